"""How often a reason is recognised in phrases that were not learnt from: `python -m bench.reasons [LANGUAGE...]`.

The corpus in folds that keep the phrases of a group together, so that no phrase has its paraphrase among what was learnt. Key
words are learnt from and never asked. Beside it phrases of another writer (excuse-phrases.tsv beside the checkout), which nothing
learns.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from beluur.domain.reason import REASONS, ranking
from beluur.domain.reason.features import features
from beluur.domain.reason.model import Model, learn, model
from beluur.playbook.reason_phrases import KEY, REASON_LANGUAGES, Phrase, phrases
from bench.measure import Figure, Report, median

FOLDS = 10
OTHERS = Path(__file__).resolve().parents[2] / "shared" / "excuse-phrases.tsv"
Place = tuple[str, int]  # the reason meant, and its place in the ranking from 0


def folds(found: Sequence[Phrase], count: int = FOLDS) -> Iterator[tuple[list[Phrase], list[Phrase]]]:
    """Pairs of what to learn from and what to ask; groups stay whole and are dealt out by reason."""
    groups = sorted({(p.reason, p.group) for p in found if p.group != KEY})
    Random(7).shuffle(groups)
    groups.sort(key=lambda group: group[0])
    fold_of = {group: at % count for at, group in enumerate(groups)}
    for fold in range(count):
        held = [p for p in found if fold_of.get((p.reason, p.group)) == fold]
        yield [p for p in found if fold_of.get((p.reason, p.group)) != fold], held


def places(recogniser: Model, asked: Iterable[Phrase], language: str) -> Iterator[Place]:
    """Where the reason meant comes in the ranking of each phrase."""
    for phrase in asked:
        scores = recogniser.scores(recogniser.vector(features(phrase.text, language)))
        meant = scores[REASONS.index(phrase.reason)]
        yield phrase.reason, sum(score > meant for score in scores)


def crossed(language: str, count: int = FOLDS) -> list[Place]:
    """The places of all phrases of the corpus, each asked of a recogniser that does not know its group."""
    return [
        place
        for known, held in folds(phrases(language), count)
        for place in places(learn(known, language), held, language)
    ]


def of_others(language: str) -> list[Place]:
    """The places of the phrases of another writer; none without the file."""
    if not OTHERS.exists():
        return []
    rows = (line.split("\t") for line in OTHERS.read_text("utf-8").splitlines()[1:])
    asked = [Phrase(reason, "", text) for lang, reason, text in rows if lang == language]
    return list(places(model(language), asked, language))


def shares(found: Sequence[Place]) -> str:
    """``first 81 %  within three 93 %``."""
    if not found:
        return "nothing to ask"
    first, three = (100 * sum(place < most for _, place in found) / len(found) for most in (1, 3))
    return f"first {first:3.0f} %  within three {three:3.0f} %  of {len(found)}"


def print_shares(language: str) -> None:
    """Per reason and together."""
    found = crossed(language)
    by_reason: dict[str, list[Place]] = defaultdict(list)
    for reason, place in found:
        by_reason[reason].append((reason, place))
    for reason in REASONS:
        print(f"      {language} {reason:<26} {shares(by_reason[reason])}")
    print(f"      {language} {'all, groups not seen':<26} {shares(found)}")
    print(f"      {language} {'all, another writer':<26} {shares(of_others(language))}", flush=True)


def measure_reasons(report: Report, languages: Sequence[str] = REASON_LANGUAGES) -> None:
    """Prints how well, and adds how fast."""
    for language in languages:
        print_shares(language)
    text = "boekhoudster is met verlof, wacht ook zelf nog op geld van de klant, belt daarna terug"
    own = [(p.text, p.reason) for p in phrases("nl")[:500]]
    report.add(Figure("a reason, language unknown", median(lambda: ranking(text), 25), 0.005))
    report.add(
        Figure("a reason, with 500 picks of one's own", median(lambda: ranking(text, "nl", own), 25), 0.005)
    )


if __name__ == "__main__":
    measured = Report()
    measure_reasons(measured, sys.argv[1:] or REASON_LANGUAGES)
    sys.exit(0 if measured.good else 1)
