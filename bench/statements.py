"""Invented bank statements of any size, the same for the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bench.sheets import name_of

_ACCOUNT = "NL91ABNA0417164300"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>METING-1</MsgId><CreDtTm>2026-11-23T06:00:00</CreDtTm></GrpHdr>\n"
    "<Stmt><Id>METING-1-1</Id><ElctrncSeqNb>231</ElctrncSeqNb><CreDtTm>2026-11-23T06:00:00</CreDtTm>"
    "<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Meting BV</Nm></Ownr></Acct>\n"
)
_BALANCE = (
    '<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>'
    "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
)


def camt(transactions: int, debtors: int, today: date, *, version: str = "02") -> bytes:
    """A camt.053 of ``transactions`` entries that end on ``today``, three in four of them money in; version "02" or "08"."""
    draw = Random(transactions)
    entries, moved = [], 0
    for n in range(transactions):
        cents = draw.randrange(2_000, 900_000)
        inward = bool(n % 4)
        moved += cents if inward else -cents
        day = today - timedelta(days=29 - n * 30 // transactions)
        entries.append(_entry(n, n % debtors, cents, day, version, inward=inward))
    opening = 1_000_000_000
    first = today - timedelta(days=29)
    head = _HEAD.format(version=version, account=_ACCOUNT)
    balances = _BALANCE.format(kind="OPBD", amount=_amount(opening), day=first)
    balances += _BALANCE.format(kind="CLBD", amount=_amount(opening + moved), day=today)
    return (head + balances + "\n".join(entries) + "\n</Stmt></BkToCstmrStmt></Document>\n").encode()


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _entry(n: int, debtor: int, cents: int, day: date, version: str, *, inward: bool) -> str:
    amount = f'<Amt Ccy="EUR">{_amount(cents)}</Amt><CdtDbtInd>{"CRDT" if inward else "DBIT"}</CdtDbtInd>'
    status = "<Sts>BOOK</Sts>" if version == "02" else "<Sts><Cd>BOOK</Cd></Sts>"
    family = "RCDT" if inward else "ICDT"
    return (
        f"<Ntry><NtryRef>{n + 1}</NtryRef>{amount}{status}"
        f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>BANK{n:012d}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn>"
        f"<Prtry><Cd>00100</Cd><Issr>METING</Issr></Prtry></BkTxCd><NtryDtls><TxDtls>"
        f"<Refs><InstrId>I{n}</InstrId><EndToEndId>{'NOTPROVIDED' if n % 3 else f'E2E{n}'}</EndToEndId></Refs>"
        f"{''.join(_detail(n, debtor, cents, version, inward=inward))}</TxDtls></NtryDtls></Ntry>"
    )


def _detail(n: int, debtor: int, cents: int, version: str, *, inward: bool) -> Iterator[str]:
    party = "Dbtr" if inward else "Cdtr"
    name = (
        f"<Nm>{name_of(debtor)}</Nm><PstlAdr><Ctry>NL</Ctry><AdrLine>Dorpsstraat {debtor}</AdrLine></PstlAdr>"
    )
    yield f'<AmtDtls><TxAmt><Amt Ccy="EUR">{_amount(cents)}</Amt></TxAmt></AmtDtls>'
    yield f"<RltdPties><{party}>{name if version == '02' else f'<Pty>{name}</Pty>'}</{party}>"
    yield f"<{party}Acct><Id><IBAN>NL{debtor % 90 + 10}BANK{debtor:010d}</IBAN></Id></{party}Acct></RltdPties>"
    bic = "BIC" if version == "02" else "BICFI"
    yield f"<RltdAgts><{party}Agt><FinInstnId><{bic}>BANKNL2A</{bic}></FinInstnId></{party}Agt></RltdAgts>"
    yield f"<RmtInf>{_remittance(n)}</RmtInf>"


def _remittance(n: int) -> str:
    """One in four carries a Belgian structured reference, the others the invoice's number in free text."""
    if n % 4 != 1:
        return f"<Ustrd>Factuur F{200000 + n} klant {n % 977}</Ustrd>"
    base = f"{n + 1:010d}"
    return (
        "<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry><Issr>BBA</Issr></Tp>"
        f"<Ref>{base}{int(base) % 97 or 97:02d}</Ref></CdtrRefInf></Strd>"
    )
