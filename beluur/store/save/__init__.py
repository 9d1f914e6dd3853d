"""Decisions to rows: the event chain, next steps, many rows at once. Only actions come here."""

from beluur.store.save.alike import insert_alike
from beluur.store.save.chain import (
    Happening,
    Heads,
    Sealed,
    Writer,
    append,
    append_many,
    append_sealed,
    lock_heads,
    seal,
    seal_payload,
)
from beluur.store.save.many import db_day, db_moment, insert_many, reserve_ids, update_if, update_many
from beluur.store.save.next_steps import next_step_rows, save_next_steps, write_next_steps
from beluur.store.save.payload import payload_of, sentence_text
from beluur.store.save.search_text import save_search_text, search_document
from beluur.store.save.statistics import refresh_statistics

__all__ = [
    "Happening",
    "Heads",
    "Sealed",
    "Writer",
    "append",
    "append_many",
    "append_sealed",
    "db_day",
    "db_moment",
    "insert_alike",
    "insert_many",
    "lock_heads",
    "next_step_rows",
    "payload_of",
    "refresh_statistics",
    "reserve_ids",
    "save_next_steps",
    "save_search_text",
    "seal",
    "seal_payload",
    "search_document",
    "sentence_text",
    "update_if",
    "update_many",
    "write_next_steps",
]
