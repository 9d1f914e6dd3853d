"""What is said in words: how many cases of the tables are read right, and how long one takes. It runs while somebody types."""

from __future__ import annotations

from beluur.domain.said import read_said
from bench.measure import Figure, Report, timed
from tests.domain.said.tables import LANGUAGES, TODAY, meaning, table

TARGET = 0.002  # seconds a phrase
ROUNDS = 5


def measure_saying(report: Report) -> None:
    """The tables of all languages; the fastest of a few rounds, for the machine has other things to do."""
    for language in LANGUAGES:
        cases = list(table(language))
        right = sum(meaning(read_said(said, TODAY, language)) == means for said, means in cases)
        phrases = [said for said, _ in cases]
        seconds = min(
            timed(
                lambda phrases=phrases, language=language: [read_said(p, TODAY, language) for p in phrases]
            )[0]
            for _ in range(ROUNDS)
        )
        remark = f"({right} of {len(cases)} right)"
        report.add(Figure(f"read a phrase said in {language}", seconds / len(cases), TARGET, remark=remark))


if __name__ == "__main__":
    measure_saying(Report())
