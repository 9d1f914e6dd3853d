"""docs/states.md is what the table says."""

from pathlib import Path

from beluur.domain.diagram import page
from beluur.domain.steps import STAGE_OF, Step

DOC = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_picture_in_docs_is_the_table():
    assert DOC.read_text("utf-8") == page(), "run: python -m beluur.domain.diagram > docs/states.md"


def test_every_step_is_on_the_map():
    assert set(STAGE_OF) == set(Step)
