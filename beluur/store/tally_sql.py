"""How many debtors stand at each step and with how much: kept by the database itself, as the search is, so that a page of a large
administration need not walk all its debtors. Who was merged into another counts nowhere, nor who owes nothing and has no step.

On SQLite, where one writes at a time, each sum is one row. On PostgreSQL a statement adds rows with what it changed, so that
nobody waits for another; `actions.fold_tallies` makes one of them again.

What a changed row no longer is, is taken off by an INSERT that meets the sum: an UPDATE would walk the table, which to SQLite's
statistics is small.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_KEY = "administration_id, currency, step, tier, day"
_SUMS = ("debtors", "open_debtors", "asked_cents", "open_cents", "late_cents")
_INTO = f"INSERT INTO store_debtortally ({_KEY}, {', '.join(_SUMS)})"


def _counts(row: str = "") -> str:
    """Whether a debtor counts; ``row`` is what his columns are of: ``old.``, ``new.`` or nothing."""
    return f"{row}merged_into_id IS NULL AND ({row}step <> 'none' OR {row}open_cents > 0)"


def _met(row: str, sign: str) -> str:
    """SQLite: adds a row to its sum (``sign`` empty), or takes it off (``-``), by an INSERT that meets it."""
    added = ", ".join(f"{name} = {name} + excluded.{name}" for name in _SUMS)
    return f"""
    {_INTO}
    SELECT {row}administration_id, {row}currency, {row}step, {row}step_tier, COALESCE({row}step_on, '9999-12-31'),
        {sign}1, {sign}({row}open_cents > 0), {sign}{row}step_cents, {sign}MAX({row}open_cents, 0),
        {sign}CASE WHEN {row}open_cents > 0 THEN {row}overdue_cents ELSE 0 END
    WHERE {_counts(row)}
    ON CONFLICT ({_KEY}) DO UPDATE SET {added};"""


_WATCHED = "administration_id currency step step_tier step_on step_cents open_cents overdue_cents merged_into_id".split()


def _all_of(row: str) -> str:
    return ", ".join(f"{row}{name}" for name in _WATCHED)


SQLITE = (
    f"CREATE UNIQUE INDEX debtor_tally_key ON store_debtortally ({_KEY})",
    f"""
CREATE TRIGGER debtor_tally_in AFTER INSERT ON store_debtor
WHEN new.step <> 'none' OR new.open_cents > 0 BEGIN{_met("new.", "")}
END
""",
    f"""
CREATE TRIGGER debtor_tally_out AFTER DELETE ON store_debtor BEGIN
    UPDATE store_debtortally SET
        debtors = debtors - 1, open_debtors = open_debtors - (old.open_cents > 0),
        asked_cents = asked_cents - old.step_cents, open_cents = open_cents - MAX(old.open_cents, 0),
        late_cents = late_cents - CASE WHEN old.open_cents > 0 THEN old.overdue_cents ELSE 0 END
    WHERE {_counts("old.")}
        AND ({_KEY}) =
        (old.administration_id, old.currency, old.step, old.step_tier, COALESCE(old.step_on, '9999-12-31'));
END
""",  # noqa: S608 - all of it is written here
    f"""
CREATE TRIGGER debtor_tally_changed AFTER UPDATE OF {_all_of("")} ON store_debtor
WHEN ({_all_of("old.")})
    IS NOT ({_all_of("new.")}) BEGIN{_met("old.", "-")}{_met("new.", "")}
END
""",
)


def _moved(rows: str, sign: str) -> str:
    """PostgreSQL: what the debtors of the transition table ``rows`` add, or take off."""
    return f"""
        SELECT administration_id, currency, step, step_tier AS tier, COALESCE(step_on, DATE '9999-12-31') AS day,
            {sign}1 AS debtors, {sign}(open_cents > 0)::int AS open_debtors, {sign}step_cents AS asked_cents,
            {sign}GREATEST(open_cents, 0) AS open_cents,
            {sign}CASE WHEN open_cents > 0 THEN overdue_cents ELSE 0 END AS late_cents
        FROM {rows} WHERE {_counts()}"""  # noqa: S608 - all of it is written here


def _kept(name: str, event: str, tables: str, moved: str) -> tuple[str, str]:
    """PostgreSQL: the function that adds rows with what one statement moved, and its trigger."""
    sums = ", ".join(f"SUM({column})" for column in _SUMS)
    something = " OR ".join(f"SUM({column}) <> 0" for column in _SUMS)
    function = f"""
CREATE FUNCTION debtor_tally_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {_INTO}
    SELECT {_KEY},
        {sums}
    FROM ({moved}
    ) AS moved
    GROUP BY {_KEY}
    HAVING {something};
    RETURN NULL;
END $$
"""  # noqa: S608 - all of it is written here
    trigger = f"""
CREATE TRIGGER debtor_tally_{name} AFTER {event} ON store_debtor REFERENCING {tables}
FOR EACH STATEMENT EXECUTE FUNCTION debtor_tally_{name}()
"""
    return function, trigger


_NOW, _WAS = _moved("now_there", ""), _moved("was_there", "-")
POSTGRESQL = (
    *_kept("in", "INSERT", "NEW TABLE AS now_there", _NOW),
    *_kept("out", "DELETE", "OLD TABLE AS was_there", _WAS),
    *_kept(
        "changed",
        "UPDATE",
        "OLD TABLE AS was_there NEW TABLE AS now_there",
        f"{_WAS}\n        UNION ALL{_NOW}",
    ),
)
FILL = f"""
{_INTO}
SELECT administration_id, currency, step, step_tier, COALESCE(step_on, DATE '9999-12-31'),
    COUNT(*), SUM(CASE WHEN open_cents > 0 THEN 1 ELSE 0 END), SUM(step_cents),
    SUM(CASE WHEN open_cents > 0 THEN open_cents ELSE 0 END), SUM(CASE WHEN open_cents > 0 THEN overdue_cents ELSE 0 END)
FROM store_debtor WHERE {_counts()}
GROUP BY administration_id, currency, step, step_tier, COALESCE(step_on, DATE '9999-12-31')
"""  # noqa: S608 - all of it is written here


def create_tallies(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Counts what is there, and lets the database keep it."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(FILL if on_postgresql else FILL.replace("DATE '", "'"))
    for statement in POSTGRESQL if on_postgresql else SQLITE:
        schema_editor.execute(statement)


def drop_tallies(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes it away again."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name in ("in", "out", "changed"):
        table = " ON store_debtor" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS debtor_tally_{name}{table}")
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS debtor_tally_{name}()")
