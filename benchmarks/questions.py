"""Questions to verify: ours for a claim against those that people asked to check it.

`python -m benchmarks.questions --data DIR` reads `averitec_dev_first_half.jsonl` (AVeriTeC, Schlichtkrull et
al. 2023: claims with speaker, date and the questions of trained annotators) from DIR. Each claim goes
through the offline pipeline as a short article: its date as a dateline, an empty line, and one sentence, the
claim as it stands, closed by "according to" its speaker if the set names one (`text_of`). At most ten of the
questions drafted for it, in printed order, are matched one to one with people's by METEOR (`meteor.py`). The
sum over the number of people's questions is the claim's score, nought where we ask nothing; the mean over
claims is the figure, claims drawn with replacement for its interval. So the set's own evaluation does it,
with WordNet's synonyms besides.

METEOR rewards words of the claim said again, and five templates that repeat all of it score as well as any
careful question. So it is reported, never tuned to, and beside it stands distinctness: how unlike
questions for different claims are once the words of their own claim are taken out (1 - Dice of their stems,
mean over all pairs), for people's questions too.
"""

import calendar
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.figures import Figure, bootstrap, data_parser
from benchmarks.meteor import best_matching, meteor, stem, tokens
from briefs.steps.compose import compose
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment

DATA = "averitec_dev_first_half.jsonl"
MOST = 10
"""Questions of ours that count, the first ones printed."""
TEMPLATES = (
    "Is it true that {claim}?",
    "Who said that {claim}?",
    "What evidence is there that {claim}?",
    "When was it that {claim}?",
    "What do official records say about the claim that {claim}?",
)
"""The floor: five questions for any claim, which repeat all of it."""
_MARKS = " .?!"


class Row(NamedTuple):
    """A claim that people checked."""

    claim: str
    speaker: str | None
    date: str
    """Day-month-year, as the set has it."""
    people: tuple[str, ...]
    """The questions that people asked."""


class Asked(NamedTuple):
    """A claim with questions for it, and how well these match people's."""

    row: Row
    questions: tuple[str, ...]
    score: float


def rows(data: Path) -> list[Row]:
    """Return the claims of the set in the folder `data`."""
    with (data / DATA).open(encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    return [
        Row(
            each["claim"],
            each["speaker"],
            each["claim_date"] or "",
            tuple(question["question"] for question in each["questions"]),
        )
        for each in read
    ]


def text_of(row: Row) -> str:
    """Return a claim as a short article: a dateline if there is a date, and one sentence with its speaker."""
    claim = " ".join(row.claim.split())
    sentence = f"{claim.rstrip(_MARKS)}, according to {row.speaker}." if row.speaker else claim
    sentence = sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
    day, _, rest = row.date.partition("-")
    month, _, year = rest.partition("-")
    dated = day.isdigit() and month.isdigit() and 1 <= int(month) <= 12
    return (
        f"{int(day)} {calendar.month_name[int(month)]} {year}\n\n{sentence}\n" if dated else f"{sentence}\n"
    )


def drafted(text: str) -> tuple[str, ...]:
    """Return the questions of the offline pipeline for an article's text, in printed order."""
    article = ingest(text.encode("utf-8"), Origin(id="benchmark", path="benchmark.txt"))
    cut = segment(article)
    found = scan(article, cut)
    extraction = extract(article, cut, found)
    made = compose(article, cut, found, extraction, flag(article, cut, found, extraction))
    return tuple(question.text for brief in made.briefs for question in brief.questions)


def scored(ours: Sequence[str], people: Sequence[str]) -> float:
    """Return the matched METEOR of our first questions over the number of people's, from 0 to 1."""
    table = [[meteor(mine, theirs) for theirs in people] for mine in ours[:MOST]]
    matched = sum(table[match.mine][match.theirs] for match in best_matching(table))
    return matched / len(people) if people else 0.0


def asked(given: Iterable[Row], draft: Callable[[Row], Sequence[str]]) -> list[Asked]:
    """Return every claim with the questions that `draft` has for it, and their score."""
    found = []
    for row in given:
        questions = tuple(draft(row))[:MOST]
        found.append(Asked(row, questions, scored(questions, row.people)))
    return found


def ours(row: Row) -> tuple[str, ...]:
    """Return the offline pipeline's questions for a claim."""
    return drafted(text_of(row))


def templates(row: Row) -> tuple[str, ...]:
    """Return the floor's questions for a claim."""
    claim = " ".join(row.claim.split()).rstrip(_MARKS)
    return tuple(each.format(claim=claim) for each in TEMPLATES)


def mean(of: Iterable[Asked]) -> float:
    """Return the mean score of claims."""
    scores = [each.score for each in of]
    return sum(scores) / len(scores) if scores else 0.0


def distinctness(of: Iterable[Asked]) -> float:
    """Return how unlike questions for different claims are, from 0 (one for all) to 1 (no word shared).

    The words of its own claim do not count in a question, so that a template shows, whatever stands in it.
    """
    bags: Counter[tuple[int, frozenset[str]]] = Counter()
    for number, each in enumerate(of):
        said = {stem(word) for word in tokens(f"{each.row.claim} {each.row.speaker or ''}")}
        for question in each.questions:
            words = {stem(word) for word in tokens(question) if word[0].isalnum()}
            bags[number, frozenset(words - said)] += 1
    total, weight = 0.0, 0
    for ((one, mine), times), ((other, theirs), often) in combinations(bags.items(), 2):
        if one == other:
            continue
        size = len(mine) + len(theirs)
        alike = 2 * len(mine & theirs) / size if size else 1.0
        total += (1 - alike) * times * often
        weight += times * often
    return total / weight if weight else 0.0


def figures(data: Path) -> list[Figure]:
    """Return the figures for questions, or none where the set is not in `data`."""
    return list(_figures(rows(data))) if (data / DATA).exists() else []


def _figures(given: Sequence[Row]) -> Iterator[Figure]:
    mine, floor = asked(given, ours), asked(given, templates)
    people = [Asked(row, row.people, 1.0) for row in given]
    what, name = "questions to verify", f"AVeriTeC dev, {len(given)} claims"
    count = sum(len(each.questions) for each in mine)
    silent = sum(not each.questions for each in mine)
    yield Figure(
        question=what,
        measure="matched METEOR (exact, stem)",
        data=name,
        value=mean(mine),
        counts=f"{count} questions; none for {silent} claims",
        interval=bootstrap(mine, mean),
        floor=f"five fixed templates {mean(floor):.2f}",
        people="0.50 best published",
    )
    yield Figure(
        question=what,
        measure="distinctness from claim to claim",
        data=name,
        value=distinctness(mine),
        counts=f"{count} questions",
        floor=f"five fixed templates {distinctness(floor):.2f}",
        people=f"people's questions {distinctness(people):.2f}",
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = data_parser(__doc__, "folder with the set")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show the N claims scored lowest")
    given = parser.parse_args(arguments)
    known = rows(given.data)
    for figure in _figures(known):
        print(figure)
        print(f"  floor: {figure.floor}; {figure.people}")
    mine = asked(known, ours)
    by_size: dict[str, list[Asked]] = {}
    for each in mine:
        size = len(each.row.people)
        by_size.setdefault("speaker named" if each.row.speaker else "no speaker", []).append(each)
        by_size.setdefault(f"{size} of people's" if size < 5 else "5 and more of people's", []).append(each)
    for name in sorted(by_size):
        print(f"  {name:<24} {mean(by_size[name]):.3f} ({len(by_size[name])} claims)")
    for each in sorted(mine, key=lambda one: one.score)[: given.misses]:
        print(f"\n{each.score:.2f} {each.row.claim}\n  people: {each.row.people}\n  ours:   {each.questions}")


if __name__ == "__main__":
    main()
