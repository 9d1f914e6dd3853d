"""Why it is not paid, recognised while it is typed: what was said or noted, to reasons with a score."""

from beluur.domain.reason.language import language_of
from beluur.domain.reason.ranking import Own, Ranked, offered, ranking
from beluur.playbook.reason_phrases import OTHER, REASONS

__all__ = ["OTHER", "REASONS", "Own", "Ranked", "language_of", "offered", "ranking"]
