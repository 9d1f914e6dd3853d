"""The parts of *Cijfers*: each its title, what it means, its lines with the calls behind them, and what a comparison says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from beluur.domain.case import DebtorKind, Result, Verdict
from beluur.domain.figures import JUDGED, Figures
from beluur.domain.goal_result import Grade
from beluur.domain.look_back import Went, choice_name
from beluur.domain.reason_actions import reason_name
from beluur.domain.share import ENOUGH, Share, differ
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say
from beluur.words import catalogue

CALLS, PROMISES, INVOICES = (
    say(f"figures.few.{of}", needed=ENOUGH) for of in ("calls", "promises", "invoices")
)
_RESULTS = [result.value for result in Result if result is not Result.NONE]


@dataclass(frozen=True, slots=True)
class Line:
    """``of`` names the calls behind it in the address (`queries.figures_calls`), empty for none; ``gold`` marks the golden
    hours, ``more`` what belongs to the line before."""

    label: Sentence
    share: Share
    of: str = ""
    gold: bool = False
    more: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """``few`` stands instead of percentages when no line has enough; ``notes`` are what the lines come to."""

    id: str
    title: Sentence
    means: Sentence
    lines: tuple[Line, ...]
    few: Sentence | None = None
    notes: tuple[Sentence, ...] = ()


def parts(f: Figures, kept_share: int, *, own: bool) -> tuple[Part, ...]:
    """From top to bottom, without those of which nothing is known. ``kept_share``: from how many percent a promise is kept;
    ``own``: they are one caller's."""
    found = (
        _road(f), _ended(f), _kept(f, kept_share), _first(f, own=own), _hours(f), _days(f), _whom(f), _reasons(f),
        _stronger(f), _goal(f), _back(f, own=own),
    )  # fmt: skip
    return tuple(part for part in found if any(line.share.n for line in part.lines) or part.notes)


def _part(
    name: str,
    lines: Iterable[Line],
    few: Sentence,
    *,
    means: Sentence | None = None,
    notes: Iterable[Sentence | None] = (),
) -> Part:
    shown = tuple(line for line in lines if line.share.n)
    nothing = few if shown and not any(line.share.enough for line in shown) else None
    said = tuple(note for note in notes if note is not None)
    return Part(
        name,
        say(f"figures.{name}"),
        means or say(f"figures.{name}_means"),
        shown,
        nothing,
        said,
    )


def _road(f: Figures) -> Part:
    answered, reached = Share(f.answered, f.attempts), Share(f.reached, f.attempts)
    lines = (
        Line(say("figures.answered"), answered, "opgenomen"),
        Line(say("figures.reached"), reached, "bereikt"),
        Line(say("figures.reached_of_answered"), Share(f.reached, f.answered)),
        Line(say("figures.promised"), Share(f.ended.get(Result.PROMISE, 0), f.talks), "eindigde.promise"),
    )
    rang = say("figures.rang_one") if f.rang == 1 else say("figures.rang_n", n=f.rang)
    notes = (say("figures.called_n", n=f.attempts) if f.attempts else None, rang if f.rang else None)
    return _part("road", lines, CALLS, notes=notes)


def _ended(f: Figures) -> Part:
    ended = sorted(((n, code) for code, n in f.ended.items() if code in _RESULTS), reverse=True)
    lines = [Line(say(f"figures.result.{code}"), Share(n, f.talks), f"eindigde.{code}") for n, code in ended]
    return _part("ended", lines, CALLS)


def _kept(f: Figures, kept_share: int) -> Part:
    lines = [
        Line(Sentence(f"verdict.{v}"), Share(f.verdicts.get(v, 0), f.judged), f"oordeel.{v}") for v in JUDGED
    ]
    unknown, to_come = (f.verdicts.get(v, 0) for v in (Verdict.UNKNOWN, Verdict.OPEN))
    notes = (
        *_promised(f),
        say("figures.unknown_n", n=unknown) if unknown else None,
        say("figures.open_n", n=to_come) if to_come else None,
    )
    return _part(
        "kept",
        lines,
        PROMISES,
        means=say("figures.kept_means", share=kept_share),
        notes=notes,
    )


def _promised(f: Figures) -> Iterator[Sentence]:
    for currency, by_verdict in f.money.items():
        judged = sum(by_verdict.get(v, 0) for v in JUDGED)
        if judged:
            kept = by_verdict.get(Verdict.KEPT, 0)
            yield say("figures.money_kept", whole=Money(judged, currency), part=Money(kept, currency))


def _first(f: Figures, *, own: bool) -> Part:
    n = sum(f.firsts.values())
    weeks = ("week", "second", "later", "never")
    lines = [Line(say(f"figures.first.{week}"), Share(f.firsts.get(week, 0), n)) for week in weeks]
    middle = None if f.first_days is None else say("figures.first_middle", days=f.first_days)
    means = say("figures.first_means_own") if own else say("figures.first_means")
    return _part("first", lines, INVOICES, means=means, notes=(middle,))


def _hours(f: Figures) -> Part:
    lines = [
        Line(
            say("figures.hour", hour=f"{slot[:2]}:{slot[2:]}"), Share(*pair), f"uur.{slot}", gold=True
        )
        for slot, pair in f.slots.items()
        if slot
    ]  # fmt: skip
    lines.append(Line(say("figures.hour_other"), f.other_hours, "uur.anders"))
    return _part("hours", lines, CALLS, notes=(_compared("golden", f.golden, f.other_hours),))


def _days(f: Figures) -> Part:
    lines = [Line(say(f"figures.day.{day}"), Share(*pair), f"dag.{day}") for day, pair in f.weekdays.items()]
    return _part("days", lines, CALLS, notes=(_compared("early", f.early_week, f.rest_of_week),))


def _whom(f: Figures) -> Part:
    lines = []
    for kind in DebtorKind:
        name = say(f"hand_over.kind_{kind}")
        reached, kept = (Share(*by.get(kind, (0, 0))) for by in (f.kinds_reached, f.kinds_kept))
        lines.append(Line(say("figures.whom_reached", kind=name), reached, f"soort.{kind}"))
        lines.append(Line(say("figures.whom_kept", kind=name), kept))
    return _part("whom", lines, CALLS)


def _reasons(f: Figures) -> Part:
    lines = []
    for code, (n, promised, kept, judged) in f.reasons.items():
        label = say("figures.reason_promised", reason=reason_name(code))
        lines.append(Line(label, Share(promised, n), f"reden.{code}"))
        lines.append(Line(say("figures.reason_kept"), Share(kept, judged), more=True))
    return _part("reasons", lines, CALLS)


def _stronger(f: Figures) -> Part:
    yes, no = (Share(*f.confirmed.get(answer, (0, 0))) for answer in ("yes", "no"))
    theirs, ours = (Share(*f.proposed.get(who, (0, 0))) for who in ("debtor", "us"))
    lines = (
        Line(say("figures.answer.yes"), yes, "antwoord.yes"),
        Line(say("figures.answer.no"), no, "antwoord.no"),
        Line(say("figures.proposal.debtor"), theirs, "voorstel.debtor"),
        Line(say("figures.proposal.us"), ours, "voorstel.us"),
    )
    notes = (_compared("confirmed", yes, no), _compared("proposed", theirs, ours))
    return _part("stronger", lines, PROMISES, notes=notes)


def _goal(f: Figures) -> Part:
    n = sum(f.grades.values())
    lines = [Line(say(f"figures.grade.{g}"), Share(f.grades.get(g, 0), n), f"doel.{g}") for g in Grade]
    aimed = (
        say("figures.money_aimed", whole=Money(ask, currency), part=Money(got, currency))
        for currency, (ask, got) in f.aimed.items()
    )
    return _part("goal", lines, CALLS, notes=aimed)


def _back(f: Figures, *, own: bool) -> Part:
    """Whose looking back it is stays with him: the calls behind it are shown to himself only."""
    n = sum(f.went.values())
    lines = [
        Line(say(f"figures.went.{w}"), Share(f.went.get(w, 0), n), f"terug.{w}" if own else "") for w in Went
    ]
    for code, times in f.differently.items():
        label = say("figures.next_time", what=choice_name(code))
        lines.append(Line(label, Share(times, n), f"anders.{code}" if own else ""))
    return _part(
        "back", lines, CALLS, means=say("figures.back_means_own") if own else say("figures.back_means")
    )


def _compared(what: str, first: Share, second: Share) -> Sentence | None:
    """Whether the one is more than the other; None when there are too few to say."""
    differs = differ(first, second)
    if differs is None:
        return None
    more = first.hits * second.n >= second.hits * first.n
    says = "chance" if not differs else "more" if more else "less"
    return say(f"figures.{what}.{says}", a=first.percent, b=second.percent)


def named(of: str) -> Sentence | None:
    """The figure whose calls are shown, by its name in the address; None when there is no such."""
    kind, _, value = of.partition(".")
    name = _NAMES[kind](value) if kind in _NAMES else None
    return name if name is not None and name.code in catalogue() else None


def _hour_name(value: str) -> Sentence | None:
    if value == "anders":
        return say("figures.hour_other")
    return say("figures.hour", hour=f"{value[:2]}:{value[2:]}") if value.isdigit() else None


_NAMES: dict[str, Callable[[str], Sentence | None]] = {
    "gebeld": lambda _: say("figures.called"),
    "opgenomen": lambda _: say("figures.answered"),
    "bereikt": lambda _: say("figures.reached"),
    "eindigde": lambda value: Sentence(f"figures.result.{value}"),
    "oordeel": lambda value: Sentence(f"verdict.{value}"),
    "uur": _hour_name,
    "dag": lambda value: Sentence(f"figures.day.{value}"),
    "soort": lambda value: Sentence(f"hand_over.kind_{value}"),
    "reden": reason_name,
    "voorstel": lambda value: Sentence(f"figures.proposal.{value}"),
    "antwoord": lambda value: Sentence(f"figures.answer.{value}"),
    "doel": lambda value: Sentence(f"figures.grade.{value}"),
    "terug": lambda value: Sentence(f"figures.went.{value}"),
    "anders": choice_name,
}
