"""What holds for every table: tenancy first, money in cents, a retention rule for each column that can hold a person."""

from __future__ import annotations

import tomllib

import pytest
from django.apps import apps
from django.db import models

from tests.house.source import ROOT

TABLES = sorted(apps.get_app_config("store").get_models(), key=lambda m: m.__name__)
OF_TENANTS = [m for m in TABLES if any(f.name == "administration" for f in m._meta.fields)]
HOUSE = {"User", "Administration", "JobRun"}  # who works here, whose books there are, what ran at night
CAN_HOLD_TEXT = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)
RETENTION = tomllib.loads((ROOT / "docs" / "retention.toml").read_text("utf-8"))


def named(model: type[models.Model]) -> str:
    return model.__name__


@pytest.mark.parametrize("model", TABLES, ids=named)
def test_a_table_belongs_to_an_administration(model):
    assert model in OF_TENANTS or model.__name__ in HOUSE


@pytest.mark.parametrize("model", OF_TENANTS, ids=named)
def test_the_administration_comes_first_in_every_index(model):
    keys = [list(index.fields) for index in model._meta.indexes]
    keys += [list(c.fields) for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)]
    keys += [list(together) for together in model._meta.unique_together]
    first = ("administration", "administration_id", *instead_of_its_own(model))
    assert [key for key in keys if key and key[0].lstrip("-") not in first] == []


def instead_of_its_own(model: type[models.Model]) -> list[str]:
    """Foreign keys by which the database looks for what hangs on a row that goes, and that have no index of their own for it."""
    return [f.name for f in model._meta.fields if type(f) is models.ForeignKey and not f.db_index]


@pytest.mark.parametrize("model", TABLES, ids=named)
def test_cents_are_whole_and_large_enough(model):
    cents = [f for f in model._meta.fields if f.name == "cents" or f.name.endswith("_cents")]
    assert [f.name for f in cents if type(f) is not models.BigIntegerField] == []


@pytest.mark.parametrize("model", TABLES, ids=named)
def test_every_text_column_has_its_retention_rule(model):
    rules = RETENTION["tables"].get(named(model), {})
    columns = {f.name for f in model._meta.fields if isinstance(f, CAN_HOLD_TEXT)}
    assert columns - rules.keys() == set(), "say in docs/retention.toml what becomes of it"
    assert rules.keys() - columns == set(), "no such text column any more"


def test_every_rule_that_is_used_is_explained():
    used = {rule for rules in RETENTION["tables"].values() for rule in rules.values()}
    assert used == RETENTION["rules"].keys()


def test_no_rule_is_for_a_table_that_is_gone():
    assert RETENTION["tables"].keys() - {named(m) for m in TABLES} == set()
