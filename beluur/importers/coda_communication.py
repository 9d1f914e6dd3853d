"""What a CODA movement says: text and reference from its communication, and the type of the structured ones."""

from __future__ import annotations

from typing import NamedTuple

from beluur.importers.coda_records import Movement
from beluur.importers.payment_reference import find_reference
from beluur.importers.swift_lines import one_line
from beluur.values.numbers import OGM, compact_reference

_OGM = ("101", "102")
_RF = "100"
_ORIGINAL_AMOUNT = "105"
_DIRECT_DEBIT = "127"
_UNPAID = frozenset("1234")
_RETURNED = frozenset("12345")  # reject, return, refund, reversal, cancellation
_NAME = "001"
_FIGURES = ("006", "007")
_TAKES_BACK = frozenset(  # family and operation: what takes an earlier booking back
    (
        "0154",  # a transfer that could not be carried out
        "0254",
        "0360",  # reversal of a voucher, of a cheque
        "0362",
        "4362",
        "0503",  # a direct debit that was not paid
        "0505",  # or paid back
        "0554",
        "0558",
    )
)


class Said(NamedTuple):
    """``returned`` is the reason of an R-transaction (AC04); "" for what is not said."""

    text: str = ""
    reference: str = ""
    bank_text: str = ""
    reversal: bool = False
    returned: str = ""


def read_communication(movement: Movement) -> Said:
    """What the communication of ``movement`` says, structured or free."""
    said = _free(movement.communication) if movement.free else _structured(movement.communication)
    bank_text = one_line(" ".join([said.bank_text, *_bank_texts(movement)]))
    return said._replace(bank_text=bank_text, reversal=said.reversal or movement.code[1:5] in _TAKES_BACK)


def name_in_information(movement: Movement) -> str:
    """The name of the other party from an information record of type 001; "" without one."""
    return next((one_line(i[3:73]) for i in movement.information if i.startswith(_NAME)), "")


def _bank_texts(movement: Movement) -> list[str]:
    texts = (i for i in movement.information if not i.startswith((_NAME, *_FIGURES)))
    return [text[3:] if text[:3].isdigit() else text for text in texts]


def _free(communication: str) -> Said:
    text = one_line(communication)
    return Said(text=text, reference=find_reference(text))


def _structured(communication: str) -> Said:
    kind, data = communication[:3], communication[3:]
    if kind in _OGM:
        return Said(reference=compact_reference(data[:12]))
    if kind == _RF:
        return Said(reference=compact_reference(data[:25]))
    if kind == _DIRECT_DEBIT:
        return _direct_debit(data)
    reference = OGM.read(data[45:57]) if kind == _ORIGINAL_AMOUNT else ""
    return Said(text=one_line(data), reference=reference)


def _direct_debit(data: str) -> Said:
    """Type 127: settlement day (6), type, scheme, paid or why not (1 each), creditor (35), mandate (35), communication (62), type
    of the R-transaction (1) and its reason (4)."""
    text = one_line(data[79:141])
    back = data[8:9] in _UNPAID or data[141:142] in _RETURNED
    return Said(
        text=text,
        reference=find_reference(text),
        bank_text=one_line(f"{data[9:44].strip()} {data[44:79].strip()}"),
        reversal=back,
        returned=data[142:146].strip() if back else "",
    )
