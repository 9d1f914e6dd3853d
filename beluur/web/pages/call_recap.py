"""The recap on the call screen: for which invoices, and whether the mail leaves at once."""

from __future__ import annotations

from beluur.domain.call_check import after_dispute, covers_of
from beluur.domain.call_report import CallReport
from beluur.domain.recap import recap
from beluur.playbook import Line
from beluur.queries.call_screen import CallScreen


def recap_lines(report: CallReport, screen: CallScreen, language: str) -> tuple[Line, ...]:
    """What is read aloud, in the language of the confirmation; its hints in ``language``."""
    case = after_dispute(screen.case, report)
    covers = tuple(i for i, _cents in covers_of(report.promise, case, screen.today)) if report.promise else ()
    return recap(
        report,
        screen.case,
        covers=covers,
        language=report.language,
        hints=language,
        own=screen.own,
        mail_leaves=screen.creditor.can_mail,
    )
