"""Whoever writes a line of his own sees it as it would be said."""

from __future__ import annotations

import pytest

from beluur.domain.playbook_example import example
from beluur.playbook import OwnLine
from beluur.playbook.moments import MAY_SAY
from beluur.playbook.texts_file import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gap_has_something_to_show(language):
    for moment, may in MAY_SAY.items():
        own = OwnLine(language, moment, " ".join(["Ja", *(f"{{{gap}}}" for gap in sorted(may))]))
        assert "{" not in example(moment, language, own=(own,)).text
        assert example(moment, language, own=(own,)).text.startswith("Ja"), moment


def test_what_cannot_be_said_is_shown_as_ours():
    own = (OwnLine("nl", "voicemail.desk", "Over uw factuur van {amount}."),)
    assert example("voicemail.desk", "nl", own=own) == example("voicemail.desk", "nl")


def test_an_ultimatum_reads_as_one_sentence():
    said = example("negotiate.ultimatum", "nl").text
    assert said.endswith(
        "Staat €\u00a0640,00 er niet op vrijdag 27 november 2026, dan sturen wij u een aanmaning. "
        "U krijgt dat ook per mail."
    )
