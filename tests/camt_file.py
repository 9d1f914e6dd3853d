"""CAMT files as a bank would write them, built small: invented names, test accounts."""

from __future__ import annotations

ACCOUNT = "NL91ABNA0417164300"
PAYER = "BE68539007547034"
NS = "urn:iso:std:iso:20022:tech:xsd:camt.{}.001.{}"
_MESSAGES = {
    "053": ("BkToCstmrStmt", "Stmt"),
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def camt(
    *entries: str, head: str = "", message: str = "053", version: str = "02", account: str = ACCOUNT, number: str = "A1"
) -> str:  # fmt: skip
    """A file with one statement."""
    return document(
        statement(*entries, head=head, message=message, account=account, number=number),
        message=message,
        version=version,
    )


def document(*statements: str, message: str = "053", version: str = "02") -> str:
    outer = _MESSAGES[message][0]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NS.format(message, version)}"><{outer}>'
        f"<GrpHdr><MsgId>M1</MsgId></GrpHdr>\n{''.join(statements)}</{outer}></Document>\n"
    )


def statement(
    *entries: str, head: str = "", message: str = "053", account: str = ACCOUNT, number: str = "A1"
) -> str:
    kind = _MESSAGES[message][1]
    whose = f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>" if account else ""
    lines = "\n".join(entries)
    return f"<{kind}><Id>{number}</Id>{whose}{head}\n{lines}\n</{kind}>"


def entry(
    amount: str = "121.00", side: str = "CRDT", *details: str, currency: str = "EUR", status: str = "<Sts>BOOK</Sts>",
    booked: str = "2026-11-02", rest: str = "", before: str = "",
) -> str:  # fmt: skip
    """An entry; ``before`` stands before its details, ``rest`` behind them."""
    day = f"<BookgDt><Dt>{booked}</Dt></BookgDt>" if booked else ""
    inside = f"<NtryDtls>{''.join(details)}</NtryDtls>" if details else ""
    indicated = f"<CdtDbtInd>{side}</CdtDbtInd>" if side else ""
    return f'<Ntry><Amt Ccy="{currency}">{amount}</Amt>{indicated}{status}{day}{before}{inside}{rest}</Ntry>'


def detail(inside: str = "", *, amount: str = "", side: str = "", currency: str = "EUR") -> str:
    own = f'<Amt Ccy="{currency}">{amount}</Amt>' if amount else ""
    indicated = f"<CdtDbtInd>{side}</CdtDbtInd>" if side else ""
    return f"<TxDtls>{own}{indicated}{inside}</TxDtls>"


def parties(**named: tuple[str, str]) -> str:
    """``parties(Dbtr=("Klant BV", PAYER))``."""
    inside = "".join(
        (f"<{role}><Nm>{name}</Nm></{role}>" if name else "")
        + (f"<{role}Acct><Id><IBAN>{iban}</IBAN></Id></{role}Acct>" if iban else "")
        for role, (name, iban) in named.items()
    )
    return f"<RltdPties>{inside}</RltdPties>"


def free(*lines: str) -> str:
    return f"<RmtInf>{''.join(f'<Ustrd>{line}</Ustrd>' for line in lines)}</RmtInf>"


def structured(*references: str, documents: tuple[str, ...] = ()) -> str:
    given = "".join(f"<Strd><CdtrRefInf><Ref>{ref}</Ref></CdtrRefInf></Strd>" for ref in references)
    named = "".join(f"<Strd><RfrdDocInf><Nb>{number}</Nb></RfrdDocInf></Strd>" for number in documents)
    return f"<RmtInf>{given}{named}</RmtInf>"


def balance(kind: str, amount: str, day: str, side: str = "CRDT", currency: str = "EUR") -> str:
    indicated = f"<CdtDbtInd>{side}</CdtDbtInd>" if side else ""
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount}</Amt>{indicated}'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def code(words: str) -> str:
    domain, family, sub = words.split("/")
    return f"<BkTxCd><Domn><Cd>{domain}</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly></Domn></BkTxCd>"
