"""A wording that stands alone: the quoted words, with names for pronouns and every addition in brackets.

Nothing is added that the article does not give: names of its own references and sources, and dates that
the scan could complete. Taking the bracketed parts out leaves only words of the quotation, in order.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.claims import Lent
from briefs.domain.scan import DateMention, Reference, Source, Speech
from briefs.domain.spans import Frozen, How, Mention, Span
from briefs.steps.extract.stating import Statement
from briefs.steps.extract.view import within

_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_YEAR = re.compile(r"\b\d{4}\b")
_BRACKETS = str.maketrans({"[": "(", "]": ")"})


class Closed(Frozen):
    """The content of `standalone.toml`."""

    pronouns: frozenset[str]
    relative: frozenset[str]
    possessive: frozenset[str]
    after_object_her: frozenset[str]
    months: tuple[str, ...]


class Edit(NamedTuple):
    """Words to put in brackets at a place; `start` = `end` adds without taking anything out."""

    start: int
    end: int
    words: str


def standalone(text: str, statement: Statement, lent: Sequence[Lent] = ()) -> str:
    """Return the words of a statement's quotation, made to stand alone; `text` is the article's.

    `lent` are words of the article that somebody else adds; at a place that the rules edit, the rules' stand.
    """
    quote = statement.quote
    said = quote.of(text)
    # Words between quotation marks stay whole, so that they can be found again as they are printed.
    known = (*_edits(text, statement), *(Edit(each.start, each.end, each.words) for each in lent))
    apart = (edit for edit in known if not _quoted(said, edit.start - quote.start))
    edits = sorted(apart, key=lambda edit: (edit.start, edit.end))  # stable: the rules' come first
    out: list[str] = []
    reached = quote.start
    for edit in edits:
        if edit.start < reached or edit.end > quote.end:
            continue
        out.append(text[reached : edit.start])
        out.append(_bracketed(text, edit, quote))
        reached = edit.end
    out.append(text[reached : quote.end])
    return " ".join((_lead(text, statement, edits) + "".join(out)).split())


def _bracketed(text: str, edit: Edit, quote: Span) -> str:
    inner = f"[{edit.words.translate(_BRACKETS)}]"
    if edit.end > edit.start:
        return inner
    before = " " if edit.start > quote.start and not text[edit.start - 1].isspace() else ""
    after = " " if edit.end < quote.end and text[edit.end].isalnum() else ""
    return before + inner + after


def _lead(text: str, statement: Statement, edits: list[Edit]) -> str:
    """Return the bracketed words that go before the quotation: who speaks, and an unsaid subject."""
    parts = []
    source = statement.attribution.source
    if source is not None and _names_somebody(source) and not _named_in(text, statement, source.name, edits):
        direct = statement.attribution.speech in {Speech.DIRECT, Speech.MIXED}
        parts.append(f"{source.name} said:" if direct else f"According to {source.name}:")
    if statement.subject is not None:
        parts.append(_subject(text, statement, statement.subject))
    return "".join(f"[{part.translate(_BRACKETS)}] " for part in parts)


def _names_somebody(source: Source) -> bool:
    return source.how is not How.POSSIBLE and source.name.lower() not in closed().pronouns


def _subject(text: str, statement: Statement, subject: Span) -> str:
    referred = [r for view in statement.views for r in within(view.references, subject)]
    same = [r.name for r in referred if r.start == subject.start and r.end == subject.end]
    return same[0] if same else subject.of(text)


def _named_in(text: str, statement: Statement, name: str, edits: list[Edit]) -> bool:
    source = statement.attribution.source
    if source is not None and source.how is How.STATED and statement.quote.contains(source):
        return True
    known = (statement.quote.of(text), *(edit.words for edit in edits))
    return any(name.lower() in words.lower() for words in known)


def _edits(text: str, statement: Statement) -> Iterator[Edit]:
    yield from _names_for_pronouns(text, statement)
    yield from _fuller_names(text, statement)
    for view in statement.views:
        for date in within(view.dates, statement.quote):
            known = _completion(date)
            if known and text[date.end : date.end + 2] not in {"'s", "’s"}:
                yield Edit(date.end, date.end, known)


def _names_for_pronouns(text: str, statement: Statement) -> Iterator[Edit]:
    """Yield the names that pronouns and descriptions stand for, each once and only if not said before."""
    quote, source = statement.quote, statement.attribution.source
    reason = statement.attribution.anonymity_reason
    referring: list[Mention] = [r for view in statement.views for r in within(view.references, quote)]
    if source is not None and source.how is How.RESOLVED and quote.contains(source):
        referring.append(source)
    named = {e.name: e.start for view in reversed(statement.views) for e in reversed(view.entities)}
    given: set[str] = set()
    for reference in sorted(referring, key=lambda each: each.start):
        word = reference.of(text)
        said = isinstance(reference, Reference) and _before(reference.antecedent, reference, quote)
        said = said or quote.start <= named.get(reference.name, -1) < reference.start
        # "because he was not authorised": the unnamed source's own words about himself stay as they are.
        kept = reason is not None and reason.contains(reference)
        if said or kept or reference.name in given or word.lower() in closed().relative:
            continue
        given.add(reference.name)
        name = _name_for(text, reference, reference.name)
        yield Edit(
            reference.start, reference.end, name[:1].upper() + name[1:] if word[:1].isupper() else name
        )


def _before(antecedent: Span, reference: Span, quote: Span) -> bool:
    return quote.start <= antecedent.start and antecedent.end <= reference.start


def _fuller_names(text: str, statement: Statement) -> Iterator[Edit]:
    """Yield the first names that go before family names, once a name."""
    seen: set[str] = set()
    for view in statement.views:
        for entity in within(view.entities, statement.quote):
            said = entity.of(text)
            if entity.label != "PERSON" or entity.name in seen:
                continue
            seen.add(entity.name)
            first = entity.name.removesuffix(said).strip()
            if entity.name.endswith(said) and first and len(first) < len(entity.name):
                yield Edit(entity.start, entity.start, first)


def _name_for(text: str, place: Span, name: str) -> str:
    """Return the name in the case of the pronoun at `place`."""
    word = place.of(text).lower()
    following = _NEXT_WORD.match(text, place.end)
    owns = word in closed().possessive or word.endswith(("'s", "’s"))
    if word == "her" and following is not None:
        owns = following.group(1).lower() not in closed().after_object_her
    return f"{name}’s" if owns and not name.endswith(("'s", "’s")) else name


def _completion(date: DateMention) -> str:
    """Return what the article lets us add to a date: its year, or the day that a word stands for."""
    if date.iso is None or _YEAR.search(date.text):
        return ""
    year, *rest = date.iso.split("T")[0].split("-")
    if not all(part.isdigit() for part in (year, *rest)):
        return ""
    if not rest or any(month[:3] in date.text for month in closed().months):
        return year
    month, *day = (int(part) for part in rest)
    if not 1 <= month <= 12:
        return ""
    return " ".join((*(str(each) for each in day), closed().months[month - 1], year))


def _quoted(said: str, place: int) -> bool:
    """Tell whether `place` lies between double quotation marks, or curly single ones, of `said`."""
    before, after = said[:place], said[place:]
    if before.count('"') % 2 == 1 and '"' in after:
        return True
    for opening, closing in ("“”", "‘’", "„“", "«»"):
        at = before.rfind(opening)
        if at > before.rfind(closing) and closing in after:
            return True
    return False


@cache
def closed() -> Closed:
    """Return the closed word classes of the data file."""
    return Closed.model_validate(load("standalone"))
