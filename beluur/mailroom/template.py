"""Templates that a user can edit: plain text with {names}; what is wrong with one, and how one is filled in.

A blank line begins a new paragraph; a line that starts with ``- `` is an item of a list. A name of a piece (a table, the payment
details, the signature) stands on a line of its own. A sentence with a name that has no value is left out, and so is what it
leaves empty: "Wij bellen op {follow_up}." does not appear when there is no such day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from beluur.mailroom.blocks import Block, Bullets, Paragraph
from beluur.mailroom.clean import one_line
from beluur.mailroom.texts_file import MailKind, Template
from beluur.values.names import one_full_stop
from beluur.values.sentence import Sentence, say

_NAME = re.compile(r"\{(\w*)\}")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")

INLINE = frozenset(
    "agreed_total amount answer_by bic caller callback consequence contact conversation corrected_amount costs credit_amount "
    "credit_note creditor date days_late deadline debtor disputed_numbers email follow_up greeting his_subject iban "
    "instalment_count invoice_numbers left passed_to pay_by phone reference spoken_on spoken_short today today_short total "
    "tried_on undisputed upheld".split()
)
PIECES = frozenset(
    "agreement answer attachments correction discussed disputes invoices_table link notice_costs notice_term own_promises "
    "payment question quoted signature".split()
)
BY_LAW = frozenset(("notice_term", "notice_costs"))
_NOTICE = ("invoices_table", "notice_term", "notice_costs", "payment", "signature")
_NEEDED = {
    **{kind: _NOTICE for kind in MailKind if kind.value.startswith("notice_")},
    MailKind.CONFIRM_PROMISE: ("agreement", "payment"),
    MailKind.CONFIRM_PLAN: ("agreement", "payment"),
    MailKind.CONFIRM_CALLBACK: ("agreement",),
    MailKind.CONFIRM_DISPUTE: ("disputes",),
    MailKind.CONFIRM_ALREADY_PAID: ("agreement",),
    MailKind.ASK_CONFIRM: ("agreement",),
    MailKind.INSTALMENT_NOTE: ("payment",),
    MailKind.TRIED_TO_REACH: ("signature",),  # it asks for a call, not for money
    MailKind.DISPUTE_ANSWER: ("answer",),
    MailKind.REPLY: ("answer",),
    MailKind.DELIVERY_QUESTION: ("question",),
}


def check_template(template: Template, kind: MailKind | None = None) -> tuple[Sentence, ...]:
    """What is wrong with ``template``: an unknown name, a lone brace, a piece inside a line or in the subject, an empty part,
    and for ``kind`` a piece that such a mail cannot do without. Empty when it is right."""
    return (*_subject_problems(template.subject), *_body_problems(template.body, kind))


def _subject_problems(subject: str) -> Iterator[Sentence]:
    if not subject.strip():
        yield say("mail.template.no_subject")
    if len(subject.strip().splitlines()) > 1:
        yield say("mail.template.subject_lines")
    yield from _name_problems(subject)
    yield from (say("mail.template.piece_in_subject", name=n) for n in _NAME.findall(subject) if n in PIECES)


def _body_problems(body: str, kind: MailKind | None) -> Iterator[Sentence]:
    if not body.strip():
        yield say("mail.template.no_body")
    for line in body.splitlines():
        yield from _name_problems(line)
        yield from _place_problems(line)
    names = set(_NAME.findall(body))
    for needed in _NEEDED.get(kind, ("invoices_table", "payment")) if kind else ():
        if needed not in names:
            yield say("mail.template.by_law" if needed in BY_LAW else "mail.template.needed", name=needed)


def _name_problems(text: str) -> Iterator[Sentence]:
    for name in _NAME.findall(text):
        if name in INLINE | PIECES:
            continue
        near = get_close_matches(name, sorted(INLINE | PIECES), n=1)
        if near:
            yield say("mail.template.unknown_like", name=name, near=near[0])
        else:
            yield say("mail.template.unknown", name=name)
    if re.search(r"[{}]", _NAME.sub("", text)):
        yield say("mail.template.brace", line=one_line(text))


def _place_problems(line: str) -> Iterator[Sentence]:
    for name in _NAME.findall(line):
        if name in PIECES and line.strip() != f"{{{name}}}":
            yield say("mail.template.alone", name=name)


def render_line(text: str, values: Mapping[str, str]) -> str:
    """``text`` on one line with its names filled in; sentences whose names have no value are left out."""
    kept = (s for s in _SENTENCE_END.split(text.strip()) if all(values.get(n) for n in _NAME.findall(s)))
    return one_line(" ".join(_NAME.sub(lambda m: _filled(m, values), s) for s in kept))


def _filled(gap: re.Match[str], values: Mapping[str, str]) -> str:
    return one_full_stop(values[gap.group(1)], gap.string[gap.end() :])


def render_subject(template: Template, values: Mapping[str, str]) -> str:
    """The subject: one line, no breaks; a name without a value leaves nothing behind."""
    return one_line(_NAME.sub(lambda m: values.get(m.group(1), ""), template.subject)).strip(" :,")


def render_body(
    template: Template, values: Mapping[str, str], pieces: Mapping[str, tuple[Block, ...]]
) -> tuple[Block, ...]:
    """The body as blocks, in the template's order."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", template.body.replace("\r\n", "\n").strip()):
        blocks.extend(_paragraph(paragraph.splitlines(), values, pieces))
    return tuple(blocks)


def _paragraph(
    lines: list[str], values: Mapping[str, str], pieces: Mapping[str, tuple[Block, ...]]
) -> Iterator[Block]:
    text: list[str] = []
    items: list[str] = []
    for raw in lines:
        piece = _NAME.fullmatch(raw.strip())
        is_piece = piece is not None and piece.group(1) in PIECES
        is_item = raw.lstrip().startswith("- ")
        if (is_piece or is_item) and text:
            yield Paragraph(tuple(text))
            text = []
        if not is_item and items:
            yield Bullets(tuple(items))
            items = []
        if piece is not None and is_piece:
            yield from pieces.get(piece.group(1), ())
        elif filled := render_line(raw.lstrip()[2:] if is_item else raw, values):
            (items if is_item else text).append(filled)
    if text:
        yield Paragraph(tuple(text))
    if items:
        yield Bullets(tuple(items))
