"""docs/dates-in-words.md is what is read, and a phrase means the same in each language."""

from pathlib import Path

from beluur.domain.said.page import disagreements, page

DOC = Path(__file__).parents[3] / "docs" / "dates-in-words.md"


def test_the_table_in_docs_is_what_is_read():
    assert DOC.read_text("utf-8") == page(), "run: python -m beluur.domain.said.page > docs/dates-in-words.md"


def test_the_languages_mean_the_same():
    assert disagreements() == []
