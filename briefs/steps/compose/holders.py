"""Who would hold the record of what a claim says."""

import re
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.steps.compose.phrases import possessive
from briefs.steps.compose.reading import Reading, countries, with_article

_WORD = re.compile(r"[a-z]+")


ENOUGH = 3
"""Points from which an office is named: what is counted, or two signs of which one is sure, or an act."""


class Holder(NamedTuple):
    """An office and the records it keeps."""

    office: str
    """In a sentence: "Norway’s statistics office", "the Harbour Authority of Lund"."""
    record: str
    named: bool = False
    """The article itself names the office."""

    @property
    def keeps_texts(self) -> bool:
        """Tell whether the office keeps laws, resolutions or judgments."""
        return any(word in self.record for word in ("text", "resolutions", "judgment"))


class _Entry(NamedTuple):
    names: frozenset[str]
    office: str
    record: str
    national: bool
    local: str | None
    """The office where the claim belongs to no country in particular."""


@cache
def _entries() -> tuple[tuple[_Entry, ...], dict[str, tuple[tuple[int, int], ...]]]:
    """Return the table of holders, and for every subject word the rows it points to, with its points."""
    rows: list[_Entry] = []
    by_word: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, each in enumerate(load("record_holders")["holder"]):
        rows.append(
            _Entry(
                frozenset(each["names"]), each["office"], each["record"], each["national"], each.get("local")
            )
        )
        for points, words in ((4, each.get("acts", ())), (2, each["words"]), (1, each["weak"])):
            for word in words:
                by_word[word] = (*by_word.get(word, ()), (number, points))
    return tuple(rows), by_word


@cache
def by_name(body: str) -> tuple[int, ...]:
    """Return the rows of the table that a body's name points to."""
    said = set(_WORD.findall(body.lower()))
    return tuple(number for number, row in enumerate(_entries()[0]) if row.names & said)


def holder(reading: Reading, words: str, said: str, unit: str | None = None) -> Holder | None:
    """Return who holds the record for a claim in `words`, or none where no word points to an office.

    `said` are the attributed words alone: they show the subject, whatever office or school the speaker is
    from, and the country they name is the one whose office is asked, before that of the speaker and before
    the only one that the headline names.
    What is counted (`unit`) weighs most. An office the article names is preferred if it stands in the
    claim, or belongs to the one country that the claim is about; else the office is named as a role.
    """
    rows, by_word = _entries()
    points: dict[int, int] = {}
    for text, weight in ((unit or "", 2), (said, 1)):
        for word in dict.fromkeys(_WORD.findall(text.lower())):
            for row, worth in by_word.get(word, ()):
                points[row] = points.get(row, 0) + weight * worth
    for body in reading.bodies:
        if body.name in said:
            for row in by_name(body.name):
                points[row] = points.get(row, 0) + 2
    if max(points.values(), default=0) < ENOUGH:
        return None
    best = rows[min(points, key=lambda row: (-points[row], row))]
    about = countries(said) or countries(words) or reading.scene
    named = _named(reading, best, words, about)
    if named:
        return Holder(named, best.record, named=True)
    if best.national and about:
        return Holder(f"{possessive(with_article(about[0]))} {best.office.removeprefix('the ')}", best.record)
    return Holder(best.local or best.office, best.record)


_OWNER = re.compile(r"([A-Z]\w+['’]s)\s$")


def _named(reading: Reading, entry: _Entry, words: str, about: list[str]) -> str | None:
    for body in reading.bodies:
        if not entry.names & set(_WORD.findall(body.name.lower())):
            continue
        owner = _OWNER.search(reading.text, max(body.start - 40, 0), body.start)
        home = countries(f"{owner.group(1)} {body.name}" if owner else body.name)
        if body.name in words or (home and about and home[0] == about[0]):
            if owner:
                return f"{owner.group(1)} {body.name}"
            the = body.name in reading.with_the or " " not in body.name  # "Council" in a headline
            the = the and not body.name.lower().startswith("the ")
            return f"the {body.name}" if the else body.name
    return None
