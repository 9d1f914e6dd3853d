"""How often a reason is recognised in phrases that were not learnt from: `python -m bench.reasons [LANGUAGE...] [confused]`.

Asked is at first place in 80 % and within three in 92 %. The corpus in folds that keep the phrases of a group together, so that
no phrase has its paraphrase among what was learnt; then each of its writers asked of a recogniser that learnt only from the
others. What is said beside any reason ("hold on") is learnt from and has rows of its own only. Key words are learnt from and
never asked; they were made of what the first writer wrote, so that his phrases are easier with them than a stranger's: they are
left out where it is he who is asked of the others. Beside it phrases that nothing learns: unheard.tsv here, for English also
blind.tsv and oblique.tsv (roundabout, or about something next to it), which the fourth writer wrote before he wrote what is
learnt, fresh.tsv, which the fifth wrote so, and excuse-phrases.tsv beside the checkout.
``confused`` prints which reason is taken for which.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time

from beluur.domain.reason import OTHER, REASONS, offered, ranking
from beluur.domain.reason.model import Model, learn, model
from beluur.domain.reason.ranking import scored
from beluur.playbook.reason_phrases import BESIDE, KEY, REASON_LANGUAGES, WRITERS, Phrase, phrases
from bench.measure import Figure, Report, median

FOLDS = 10
FIRST_ASKED, THREE_ASKED = 80, 92  # per cent
UNHEARD, BLIND, OBLIQUE, FRESH = (
    Path(__file__).with_name(f"{name}.tsv") for name in ("unheard", "blind", "oblique", "fresh")
)
OTHERS = Path(__file__).resolve().parents[2] / "shared" / "excuse-phrases.tsv"
CONFUSED = "confused"


@dataclass(frozen=True)
class Asked:
    """A phrase, its place in the ranking from 0 by the reason meant, and which came first."""

    phrase: Phrase
    place: int
    took: str


def folds(found: Sequence[Phrase], count: int = FOLDS) -> Iterator[tuple[list[Phrase], list[Phrase]]]:
    """Pairs of what to learn from and what to ask; groups stay whole and are dealt out by reason."""
    groups = sorted({(p.reason, p.group) for p in found if p.group != KEY})
    Random(7).shuffle(groups)
    groups.sort(key=lambda group: group[0])
    fold_of = {group: at % count for at, group in enumerate(groups)}
    for fold in range(count):
        held = [p for p in found if fold_of.get((p.reason, p.group)) == fold]
        yield [p for p in found if fold_of.get((p.reason, p.group)) != fold], held


def ask(
    recogniser: Model, asked: Iterable[Phrase], language: str, *, typing: bool = False
) -> Iterator[Asked]:
    """What the recogniser makes of each phrase; ``typing``: as on the call screen, where nothing closes the last word."""
    for phrase in asked:
        text = phrase.text.rstrip(".?!") if typing else phrase.text
        _, scores = scored(recogniser, text, language, typing=typing)
        meant = scores[REASONS.index(phrase.reason)]
        took = REASONS[scores.index(max(scores))]
        yield Asked(phrase, sum(score > meant for score in scores), took)


def crossed(
    language: str, found: Sequence[Phrase], count: int = FOLDS, *, typing: bool = False
) -> list[Asked]:
    """All of ``found``, each asked of a recogniser that does not know its group."""
    return [
        one
        for known, held in folds(found, count)
        for one in ask(learn(known, language), held, language, typing=typing)
    ]


def of_writer(language: str, writer: str) -> list[Asked]:
    """The phrases of ``writer``, asked of what the others taught."""
    known = [p for p in phrases(language) if p.writer != writer]
    held = [p for p in phrases(language) if p.writer == writer and p.group != KEY]
    return list(ask(learn(known, language), held, language))


def of_file(path: Path, language: str) -> list[Asked]:
    """The phrases of a file that nothing learns, asked of the whole recogniser; none without the file."""
    if not path.exists():
        return []
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines()[1:])
    asked = [Phrase(reason, "", text) for lang, reason, text in rows if lang == language]
    return list(ask(model(language), asked, language))


def shares(found: Sequence[Asked]) -> str:
    """``first  81 %  within three  93 %  of 100``, and whether that is what was asked."""
    if not found:
        return "nothing to ask"
    first, three = (100 * sum(one.place < most for one in found) / len(found) for most in (1, 3))
    mark = "" if first >= FIRST_ASKED and three >= THREE_ASKED else "  below"
    return f"first {first:5.1f} %  within three {three:5.1f} %  of {len(found)}{mark}"


def print_shares(language: str, *, confused: bool = False) -> None:
    """Per reason, together, and per writer."""
    every = phrases(language)
    all_found = crossed(language, every)
    found = _of_a_reason(all_found)
    by_reason: dict[str, list[Asked]] = defaultdict(list)
    for one in found:
        by_reason[one.phrase.reason].append(one)
    rows = {reason: by_reason[reason] for reason in REASONS} | {
        "groups not seen": found,
        "  as the screen reads them": _of_a_reason(crossed(language, every, typing=True)),
        **{
            f"  the {w} writer's": [one for one in all_found if one.phrase.writer == w]
            for w in WRITERS[language]
        },
        "  without key words": _of_a_reason(crossed(language, [p for p in every if p.group != KEY])),
        **{f"{w}, learnt from the others": of_writer(language, w) for w in WRITERS[language]},
        "never learnt, ours": of_file(UNHEARD, language),
        "never learnt, blind": of_file(BLIND, language),
        "never learnt, oblique": of_file(OBLIQUE, language),
        "never learnt, fresh": of_file(FRESH, language),
        "never learnt, shared": of_file(OTHERS, language),
    }
    for name, of_row in rows.items():
        print(f"      {language} {name:<26} {shares(of_row)}", flush=True)
    print_none(language)
    if confused:
        print_confused(found)


def _of_a_reason(found: Sequence[Asked]) -> list[Asked]:
    """Without what is said beside any reason: that has a row of its own."""
    return [one for one in found if one.phrase.writer != BESIDE]


def print_none(language: str) -> None:
    """How often nothing is offered, for what is none of these and for what has a reason, of the phrases that are never learnt."""
    seen: dict[bool, list[bool]] = {True: [], False: []}
    for path in (UNHEARD, BLIND, OBLIQUE, FRESH, OTHERS):
        for one in of_file(path, language):
            nothing = not offered(ranking(one.phrase.text, language))
            seen[one.phrase.reason == OTHER].append(nothing)
    none, some = (f"{sum(seen[other])} of {len(seen[other])}" for other in (True, False))
    print(f"      {language} nothing offered: {none} that are none of these, {some} that have a reason")


def print_confused(found: Sequence[Asked]) -> None:
    """For each reason which others were taken for it, most often first."""
    for reason in REASONS:
        wrong = Counter(one.took for one in found if one.phrase.reason == reason and one.took != reason)
        print(f"      {reason:<26} {', '.join(f'{n} {took}' for took, n in wrong.most_common(6))}")


def measure_reasons(
    report: Report, languages: Sequence[str] = REASON_LANGUAGES, *, confused: bool = False
) -> None:
    """Prints how well, and adds how fast."""
    for language in languages:
        print_shares(language, confused=confused)
    text = "boekhoudster is met verlof, wacht ook zelf nog op geld van de klant, belt daarna terug"
    own = [(p.text, p.reason) for p in phrases("nl")[:500]]
    begun = process_time()
    learn(phrases("nl"), "nl")
    report.add(Figure("learning the reasons in Dutch, of a processor", process_time() - begun, 1.0))
    report.add(Figure("a reason, language unknown", median(lambda: ranking(text), 25), 0.0005))
    report.add(
        Figure("a reason, with 500 picks of one's own", median(lambda: ranking(text, "nl", own), 25), 0.005)
    )


if __name__ == "__main__":
    measured = Report()
    wanted = [language for language in REASON_LANGUAGES if language in sys.argv[1:]]
    measure_reasons(measured, wanted or REASON_LANGUAGES, confused=CONFUSED in sys.argv)
    sys.exit(0 if measured.good else 1)
