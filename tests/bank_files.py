"""Small statements in four formats, all from the same payments: invented names, test accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tests.camt_file import balance, camt, detail, entry, free, parties

ACCOUNT = "NL91ABNA0417164300"
SECOND = "NL02RABO0123456789"
KRUIMEL, FICTIEF, NOBODY = "NL20INGB0001234567", "BE71096123456769", "BE68539007547034"
TUESDAY = date(2026, 11, 24)


class Pay(NamedTuple):
    """One booking; ``ref`` is the bank's own reference, ``returned`` the reason why it came back."""

    cents: int
    text: str = ""
    iban: str = KRUIMEL
    name: str = "Bakkerij Proefkruimel"
    on: date = TUESDAY
    end_to_end: str = ""
    returned: str = ""
    ref: str = ""


def euros(cents: int, point: str = ".") -> str:
    return f"{abs(cents) // 100}{point}{abs(cents) % 100:02}"


def last_day(pays: Sequence[Pay], day: date | None) -> date:
    return day or max((p.on for p in pays), default=TUESDAY)


def mt940(
    *pays: Pay, number: int = 11, opening: int = 0, day: date | None = None, since: date | None = None,
    account: str = ACCOUNT, currency: str = "EUR", wrong: int = 0, message: str = "940",
) -> str:  # fmt: skip
    """A statement as ABN AMRO writes it, without references of the bank's own; ``wrong`` cents are added to its last balance."""
    closes = last_day(pays, day)
    opens = since or min((p.on for p in pays), default=closes) - timedelta(days=1)
    lines = [f":20:X\n:25:{account}\n:28C:{number}\n:60F:{_amount(opening, opens, currency)}\n"]
    for pay in pays:
        side = "C" if pay.cents > 0 else "D"
        lines.append(f":61:{pay.on:%y%m%d%m%d}{side}{euros(pay.cents, ',')}NTRFNONREF\n")
        told = f"/TRTP/SEPA OVERBOEKING/IBAN/{pay.iban}/BIC/INGBNL2A/NAME/{pay.name}/REMI/{pay.text}"
        told += f"/EREF/{pay.end_to_end or 'NOTPROVIDED'}"
        lines += [f":86:{told[:65]}\n", *(f"{told[at : at + 65]}\n" for at in range(65, len(told), 65))]
    closing = opening + sum(p.cents for p in pays) + wrong
    return "".join(lines) + f":62F:{_amount(closing, closes, currency)}\n-\n"


def _amount(cents: int, day: date, currency: str) -> str:
    return f"{'D' if cents < 0 else 'C'}{day:%y%m%d}{currency}{euros(cents, ',')}"


def mt942(*pays: Pay, number: int = 11, account: str = ACCOUNT) -> str:
    """Part of a day, announced."""
    body = mt940(*pays, number=number, account=account)
    head, rest = body.split(":60F:", 1)
    lines = rest.split("\n", 1)[1].split(":62F:")[0]
    return f"{head}:34F:EUR0,\n:13D:2611241200+0100\n{lines}-\n"


def camt053(
    *pays: Pay, number: str = "A1", opening: int | None = 0, day: date | None = None, since: date | None = None,
    account: str = ACCOUNT, pending: Sequence[Pay] = (), batches: Sequence[Sequence[Pay]] = (), totals: Sequence[int] = (),
) -> str:  # fmt: skip
    """A statement; ``batches`` are bookings of several payments, ``totals`` such bookings of which it tells the sum only."""
    closes = last_day(pays, day)
    opens = since or min((p.on for p in pays), default=closes)
    entries = [_entry(pay) for pay in pays]
    entries += [_entry(pay, status="<Sts>PDNG</Sts>") for pay in pending]
    entries += [_batch(batch) for batch in batches]
    entries += [entry(euros(cents), booked=closes.isoformat()) for cents in totals]
    moved = sum(p.cents for p in pays) + sum(p.cents for b in batches for p in b) + sum(totals)
    head = ""
    if opening is not None:
        head = _balance("OPBD", opening, opens) + _balance("CLBD", opening + moved, closes)
    return camt(*entries, head=head, number=number, account=account)


def camt052(*pays: Pay, number: str = "R1", account: str = ACCOUNT) -> str:
    """Part of a day, booked so far."""
    return camt(*(_entry(pay) for pay in pays), message="052", number=number, account=account)


def camt054(*batches: Sequence[Pay], number: str = "N1", account: str = ACCOUNT) -> str:
    """The payments in bookings of several."""
    return camt(*(_batch(batch) for batch in batches), message="054", number=number, account=account)


def _balance(kind: str, cents: int, day: date) -> str:
    return balance(kind, euros(cents), day.isoformat(), "DBIT" if cents < 0 else "CRDT")


def _entry(pay: Pay, status: str = "<Sts>BOOK</Sts>") -> str:
    before = f"<AcctSvcrRef>{pay.ref}</AcctSvcrRef>" if pay.ref else ""
    return entry(
        euros(pay.cents),
        "CRDT" if pay.cents > 0 else "DBIT",
        _detail(pay),
        status=status,
        booked=pay.on.isoformat(),
        before=before,
    )


def _batch(pays: Sequence[Pay]) -> str:
    whole = sum(p.cents for p in pays)
    details = (_detail(pay, amount=euros(pay.cents)) for pay in pays)
    return entry(
        euros(whole), "CRDT" if whole > 0 else "DBIT", *details, booked=last_day(pays, None).isoformat()
    )


def _detail(pay: Pay, amount: str = "") -> str:
    role = "Dbtr" if pay.cents > 0 else "Cdtr"
    ids = f"<Refs><EndToEndId>{pay.end_to_end}</EndToEndId></Refs>" if pay.end_to_end else ""
    back = f"<RtrInf><Rsn><Cd>{pay.returned}</Cd></Rsn></RtrInf>" if pay.returned else ""
    said = free(pay.text) if pay.text else ""
    return detail(ids + parties(**{role: (pay.name, pay.iban)}) + said + back, amount=amount)


def ing_csv(*pays: Pay, account: str = ACCOUNT) -> str:
    """The bank's list, newest first."""
    head = '"Datum","Naam / Omschrijving","Rekening","Tegenrekening","Code","Af Bij","Bedrag (EUR)","Mutatiesoort","Mededelingen"'
    rows = [
        f'"{p.on:%Y%m%d}","{p.name}","{account}","{p.iban}","OV","{"Bij" if p.cents > 0 else "Af"}",'
        f'"{euros(p.cents, ",")}","Overschrijving","Naam: {p.name} Omschrijving: {p.text}"'
        for p in pays
    ]
    return "\n".join([head, *reversed(rows)]) + "\n"


def coda(*pays: Pay, account: str = "BE68539007547034", opening: int = 1000_00, count: str = "001") -> str:
    """A CODA of one day."""
    from tests.importers.test_coda import closing, group, more, moved
    from tests.importers.test_coda import opening as first

    closes = last_day(pays, None)
    yesterday = closes - timedelta(days=1)
    lines = []
    for n, pay in enumerate(pays, start=1):
        day = f"{pay.on:%d%m%y}"
        lines.append(
            moved(pay.cents, pay.text, seq=n, day=day, bank=pay.ref or f"C{closes:%d%m}{count}{n:04}")
        )
        lines += more(n, text=pay.text, name=pay.name[:26], account=pay.iban, reference=pay.end_to_end)
    last = closing(opening + sum(p.cents for p in pays), account=account, day=f"{closes:%d%m%y}")
    start = first(opening, day=f"{yesterday:%d%m%y}", account=f"2{'':3}{account}", count=count)
    return group(*lines, first=start, last=last, start=opening)
