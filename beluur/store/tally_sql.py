"""How many debtors stand at each step and with how much: kept by the database itself, as the search is, so that a page of a large
administration need not walk all its debtors. Who was merged into another counts nowhere, nor who owes nothing and has no step.

On SQLite, where one writes at a time, each sum is one row. On PostgreSQL a statement adds rows with what it changed, so that
nobody waits for another; `actions.fold_tallies` makes one of them again.

What a changed row no longer is, is taken off by an INSERT that meets the sum: an UPDATE would walk the table, which to SQLite's
statistics is small.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    """
CREATE UNIQUE INDEX debtor_tally_key ON store_debtortally (administration_id, currency, step, tier, day)
""",
    """
CREATE TRIGGER debtor_tally_in AFTER INSERT ON store_debtor
WHEN new.step <> 'none' OR new.open_cents > 0 BEGIN
    INSERT INTO store_debtortally (administration_id, currency, step, tier, day,
        debtors, open_debtors, asked_cents, open_cents, late_cents)
    SELECT new.administration_id, new.currency, new.step, new.step_tier, COALESCE(new.step_on, '9999-12-31'),
        1, new.open_cents > 0, new.step_cents, MAX(new.open_cents, 0),
        CASE WHEN new.open_cents > 0 THEN new.overdue_cents ELSE 0 END
    WHERE new.merged_into_id IS NULL AND (new.step <> 'none' OR new.open_cents > 0)
    ON CONFLICT (administration_id, currency, step, tier, day) DO UPDATE SET
        debtors = debtors + excluded.debtors, open_debtors = open_debtors + excluded.open_debtors,
        asked_cents = asked_cents + excluded.asked_cents, open_cents = open_cents + excluded.open_cents,
        late_cents = late_cents + excluded.late_cents;
END
""",
    """
CREATE TRIGGER debtor_tally_out AFTER DELETE ON store_debtor BEGIN
    UPDATE store_debtortally SET
        debtors = debtors - 1, open_debtors = open_debtors - (old.open_cents > 0),
        asked_cents = asked_cents - old.step_cents, open_cents = open_cents - MAX(old.open_cents, 0),
        late_cents = late_cents - CASE WHEN old.open_cents > 0 THEN old.overdue_cents ELSE 0 END
    WHERE old.merged_into_id IS NULL AND (old.step <> 'none' OR old.open_cents > 0)
        AND (administration_id, currency, step, tier, day) =
        (old.administration_id, old.currency, old.step, old.step_tier, COALESCE(old.step_on, '9999-12-31'));
END
""",
    """
CREATE TRIGGER debtor_tally_changed AFTER UPDATE OF administration_id, currency, step, step_tier, step_on, step_cents,
    open_cents, overdue_cents, merged_into_id ON store_debtor
WHEN (old.administration_id, old.currency, old.step, old.step_tier, old.step_on,
    old.step_cents, old.open_cents, old.overdue_cents, old.merged_into_id)
    IS NOT (new.administration_id, new.currency, new.step, new.step_tier, new.step_on,
    new.step_cents, new.open_cents, new.overdue_cents, new.merged_into_id) BEGIN
    INSERT INTO store_debtortally (administration_id, currency, step, tier, day,
        debtors, open_debtors, asked_cents, open_cents, late_cents)
    SELECT old.administration_id, old.currency, old.step, old.step_tier, COALESCE(old.step_on, '9999-12-31'),
        -1, -(old.open_cents > 0), -old.step_cents, -MAX(old.open_cents, 0),
        -CASE WHEN old.open_cents > 0 THEN old.overdue_cents ELSE 0 END
    WHERE old.merged_into_id IS NULL AND (old.step <> 'none' OR old.open_cents > 0)
    ON CONFLICT (administration_id, currency, step, tier, day) DO UPDATE SET
        debtors = debtors + excluded.debtors, open_debtors = open_debtors + excluded.open_debtors,
        asked_cents = asked_cents + excluded.asked_cents, open_cents = open_cents + excluded.open_cents,
        late_cents = late_cents + excluded.late_cents;
    INSERT INTO store_debtortally (administration_id, currency, step, tier, day,
        debtors, open_debtors, asked_cents, open_cents, late_cents)
    SELECT new.administration_id, new.currency, new.step, new.step_tier, COALESCE(new.step_on, '9999-12-31'),
        1, new.open_cents > 0, new.step_cents, MAX(new.open_cents, 0),
        CASE WHEN new.open_cents > 0 THEN new.overdue_cents ELSE 0 END
    WHERE new.merged_into_id IS NULL AND (new.step <> 'none' OR new.open_cents > 0)
    ON CONFLICT (administration_id, currency, step, tier, day) DO UPDATE SET
        debtors = debtors + excluded.debtors, open_debtors = open_debtors + excluded.open_debtors,
        asked_cents = asked_cents + excluded.asked_cents, open_cents = open_cents + excluded.open_cents,
        late_cents = late_cents + excluded.late_cents;
END
""",
)
POSTGRESQL = (
    """
CREATE FUNCTION debtor_tally_in() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO store_debtortally (administration_id, currency, step, tier, day,
        debtors, open_debtors, asked_cents, open_cents, late_cents)
    SELECT administration_id, currency, step, tier, day,
        SUM(debtors), SUM(open_debtors), SUM(asked_cents), SUM(open_cents), SUM(late_cents)
    FROM (
        SELECT administration_id, currency, step, step_tier AS tier, COALESCE(step_on, DATE '9999-12-31') AS day,
            1 AS debtors, (open_cents > 0)::int AS open_debtors, step_cents AS asked_cents,
            GREATEST(open_cents, 0) AS open_cents,
            CASE WHEN open_cents > 0 THEN overdue_cents ELSE 0 END AS late_cents
        FROM now_there WHERE merged_into_id IS NULL AND (step <> 'none' OR open_cents > 0)
    ) AS moved
    GROUP BY administration_id, currency, step, tier, day
    HAVING SUM(debtors) <> 0 OR SUM(open_debtors) <> 0 OR SUM(asked_cents) <> 0 OR SUM(open_cents) <> 0
        OR SUM(late_cents) <> 0;
    RETURN NULL;
END $$
""",
    """
CREATE TRIGGER debtor_tally_in AFTER INSERT ON store_debtor REFERENCING NEW TABLE AS now_there
FOR EACH STATEMENT EXECUTE FUNCTION debtor_tally_in()
""",
    """
CREATE FUNCTION debtor_tally_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO store_debtortally (administration_id, currency, step, tier, day,
        debtors, open_debtors, asked_cents, open_cents, late_cents)
    SELECT administration_id, currency, step, tier, day,
        SUM(debtors), SUM(open_debtors), SUM(asked_cents), SUM(open_cents), SUM(late_cents)
    FROM (
        SELECT administration_id, currency, step, step_tier AS tier, COALESCE(step_on, DATE '9999-12-31') AS day,
            -1 AS debtors, -(open_cents > 0)::int AS open_debtors, -step_cents AS asked_cents,
            -GREATEST(open_cents, 0) AS open_cents,
            -CASE WHEN open_cents > 0 THEN overdue_cents ELSE 0 END AS late_cents
        FROM was_there WHERE merged_into_id IS NULL AND (step <> 'none' OR open_cents > 0)
    ) AS moved
    GROUP BY administration_id, currency, step, tier, day
    HAVING SUM(debtors) <> 0 OR SUM(open_debtors) <> 0 OR SUM(asked_cents) <> 0 OR SUM(open_cents) <> 0
        OR SUM(late_cents) <> 0;
    RETURN NULL;
END $$
""",
    """
CREATE TRIGGER debtor_tally_out AFTER DELETE ON store_debtor REFERENCING OLD TABLE AS was_there
FOR EACH STATEMENT EXECUTE FUNCTION debtor_tally_out()
""",
    """
CREATE FUNCTION debtor_tally_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO store_debtortally (administration_id, currency, step, tier, day,
        debtors, open_debtors, asked_cents, open_cents, late_cents)
    SELECT administration_id, currency, step, tier, day,
        SUM(debtors), SUM(open_debtors), SUM(asked_cents), SUM(open_cents), SUM(late_cents)
    FROM (
        SELECT administration_id, currency, step, step_tier AS tier, COALESCE(step_on, DATE '9999-12-31') AS day,
            -1 AS debtors, -(open_cents > 0)::int AS open_debtors, -step_cents AS asked_cents,
            -GREATEST(open_cents, 0) AS open_cents,
            -CASE WHEN open_cents > 0 THEN overdue_cents ELSE 0 END AS late_cents
        FROM was_there WHERE merged_into_id IS NULL AND (step <> 'none' OR open_cents > 0)
        UNION ALL
        SELECT administration_id, currency, step, step_tier AS tier, COALESCE(step_on, DATE '9999-12-31') AS day,
            1 AS debtors, (open_cents > 0)::int AS open_debtors, step_cents AS asked_cents,
            GREATEST(open_cents, 0) AS open_cents,
            CASE WHEN open_cents > 0 THEN overdue_cents ELSE 0 END AS late_cents
        FROM now_there WHERE merged_into_id IS NULL AND (step <> 'none' OR open_cents > 0)
    ) AS moved
    GROUP BY administration_id, currency, step, tier, day
    HAVING SUM(debtors) <> 0 OR SUM(open_debtors) <> 0 OR SUM(asked_cents) <> 0 OR SUM(open_cents) <> 0
        OR SUM(late_cents) <> 0;
    RETURN NULL;
END $$
""",
    """
CREATE TRIGGER debtor_tally_changed AFTER UPDATE ON store_debtor REFERENCING OLD TABLE AS was_there NEW TABLE AS now_there
FOR EACH STATEMENT EXECUTE FUNCTION debtor_tally_changed()
""",
)
FILL = """
INSERT INTO store_debtortally (administration_id, currency, step, tier, day,
    debtors, open_debtors, asked_cents, open_cents, late_cents)
SELECT administration_id, currency, step, step_tier, COALESCE(step_on, DATE '9999-12-31'),
    COUNT(*), SUM(CASE WHEN open_cents > 0 THEN 1 ELSE 0 END), SUM(step_cents),
    SUM(CASE WHEN open_cents > 0 THEN open_cents ELSE 0 END), SUM(CASE WHEN open_cents > 0 THEN overdue_cents ELSE 0 END)
FROM store_debtor WHERE merged_into_id IS NULL AND (step <> 'none' OR open_cents > 0)
GROUP BY administration_id, currency, step, step_tier, COALESCE(step_on, DATE '9999-12-31')
"""


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
