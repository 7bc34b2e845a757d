"""Who would hold the record of what a claim says."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from briefs.data import load
from briefs.steps.compose.bodies import words_of
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


@lru_cache(maxsize=4096)
def by_name(body: str) -> tuple[int, ...]:
    """Return the rows of the table that a body's name points to."""
    said = words_of(body)
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
    for number in reading.bodies.within(said):
        for row in by_name(reading.bodies.all[number].name):
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


def _named(reading: Reading, entry: _Entry, words: str, about: list[str]) -> str | None:
    bodies = reading.bodies
    called = bodies.called(entry.names)
    found = [number for number in bodies.within(words) if number in called.numbers][:1]
    found += [called.first_of[country] for country in about[:1] if country in called.first_of]
    if not found:
        return None
    name, owner = bodies.all[min(found)].name, bodies.owner(min(found))
    if owner:
        return f"{owner} {name}"
    the = name in reading.with_the or " " not in name  # "Council" in a headline
    the = the and not name.lower().startswith("the ")
    return f"the {name}" if the else name
