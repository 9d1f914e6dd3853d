"""Decisions to rows: the event chain, next steps, many rows at once. Only actions come here."""

from beluur.store.save.chain import Happening, append, append_many
from beluur.store.save.many import update_many
from beluur.store.save.next_steps import save_next_steps
from beluur.store.save.search_text import save_search_text

__all__ = ["Happening", "append", "append_many", "save_next_steps", "save_search_text", "update_many"]
