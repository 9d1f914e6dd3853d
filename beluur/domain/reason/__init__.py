"""Why it is not paid, recognised while it is typed: what was said or noted, to reasons with a score."""

from beluur.domain.reason.codes import FIELD_CODES, OTHER, REASONS
from beluur.domain.reason.language import language_of
from beluur.domain.reason.ranking import Own, Ranked, offered, ranking

__all__ = ["FIELD_CODES", "OTHER", "REASONS", "Own", "Ranked", "language_of", "offered", "ranking"]
