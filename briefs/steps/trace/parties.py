"""Who or what stands in a chain of attribution: a person, a body, an outlet, a document, or nobody named."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from briefs.data import load
from briefs.domain.scan import SourceKind
from briefs.steps.trace.names import body, outlet, outlet_words, person, words
from briefs.text.stems import stem

_GENITIVE = re.compile(r"['’]s?\s+(?:own\s+)?")
_READ = 400


class Sort(StrEnum):
    """What a party is."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    """Somebody particular whose name is not given: "a port official"."""
    NOBODY = "nobody"
    """Anybody: "some", "reports", "Western media"."""


KINDS = {
    Sort.PERSON: SourceKind.NAMED,
    Sort.BODY: SourceKind.ORGANISATION,
    Sort.OUTLET: SourceKind.MEDIA,
    Sort.DOCUMENT: SourceKind.DOCUMENT,
    Sort.UNNAMED: SourceKind.ANONYMOUS,
    Sort.NOBODY: SourceKind.UNATTRIBUTED,
}


class Party(NamedTuple):
    """One link of a chain; `key` is equal for the plain forms of one name."""

    sort: Sort
    key: str
    name: str
    role: str | None = None


class _Lists(NamedTuple):
    speaks_for: tuple[str, ...]
    spokespeople: frozenset[str]
    no_longer: frozenset[str]
    owned_by: tuple[str, ...]
    vague_documents: frozenset[str]
    vague_media: frozenset[str]
    vague_people: frozenset[str]
    particular: frozenset[str]
    nameless: frozenset[str]
    head_ends: frozenset[str]
    documents: frozenset[str]
    bodies: frozenset[str]
    media_people: frozenset[str]
    calendar: frozenset[str]


@cache
def lists() -> _Lists:
    """Return the word lists by which parties are told."""
    data, roles = load("origins"), load("roles")
    bodies = roles["bodies"]
    return _Lists(
        speaks_for=tuple(sorted(data["speaks_for"], key=lambda each: (-len(each), each))),
        spokespeople=frozenset(data["spokespeople"]),
        no_longer=frozenset(data["no_longer"]),
        owned_by=tuple(data["owned_by"]),
        vague_documents=_stems(data["vague_documents"]),
        vague_media=_stems(data["vague_media"]),
        vague_people=_stems(data["vague_people"]),
        particular=frozenset(data["particular"]),
        nameless=frozenset(data["nameless"]),
        head_ends=frozenset(data["head_ends"]),
        documents=_stems(roles["documents"]["nouns"]),
        bodies=frozenset(each.lower() for each in bodies["nouns"] + bodies["marks"] + bodies["companies"]),
        media_people=frozenset(roles["media"]["people"]),
        calendar=frozenset(each.lower() for each in roles["calendar"]["words"]),
    )


def _stems(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(each) for each in listed)


def named_person(name: str, role: str | None = None) -> Party:
    """Return the party of a person with a name."""
    return Party(Sort.PERSON, _key("person", person(name), name), name, role)


def named_body(name: str) -> Party:
    """Return the party of a body, company, office or country."""
    return Party(Sort.BODY, _key("body", sorted(body(name)), name), name)


def named_outlet(name: str) -> Party:
    """Return the party of an outlet or of its journalists: "TASS journalists" are TASS."""
    bare = re.sub(r"\s+(?:journalists?|reporters?|correspondents?)$", "", name)
    return Party(Sort.OUTLET, _key("outlet", outlet_words(bare), bare), bare)


def unnamed(name: str) -> Party:
    """Return the party of people without a name, or nobody where the words would fit anybody."""
    told = description(name)
    first, *_ = [*words(name), ""]
    particular = first in lists().particular or first.isdigit()
    nobody = not told or (not particular and _anybody(name))
    return Party(Sort.NOBODY if nobody else Sort.UNNAMED, _key("unnamed", sorted(told), name), name)


def description(name: str) -> frozenset[str]:
    """Return what a description of unnamed people says of them: "sources", "security", "@Russia"."""
    idle = _stems(lists().nameless | lists().particular)
    return frozenset(each for each in body(name) if each not in idle)


def medium(name: str) -> Party:
    """Return the party of a source of kind "media": an outlet, or nobody for "local media"."""
    if all(stem(each) in lists().vague_media for each in _head(name)):
        return Party(Sort.NOBODY, _key("media", words(name), name), name)
    return named_outlet(name)


def document(name: str, names: Iterable[str]) -> Party:
    """Return the party of a document: whose it is, the paper itself, or nobody for "reports"."""
    whose = owner(name, names)
    if whose:
        return named_outlet(whose) if outlet(whose) else named_body(whose)
    head = _head(name)
    vague = all(stem(each) in lists().vague_documents for each in head)
    return Party(Sort.NOBODY if vague else Sort.DOCUMENT, _key("document", words(name), name), name)


def _key(sort: str, told: Iterable[str], name: str) -> str:
    """Return a key of a name's telling words; of the name itself where it has none ("???")."""
    joined = " ".join(told)
    return f"{sort}:{joined}" if joined else f"{sort}={name.casefold()}"


def basis(name: str, names: Iterable[str]) -> Party:
    """Return the party of something that a source leans on, of which only the words are known."""
    head = _head(name)
    last = stem(head[-1]) if head else ""
    if lists().documents & {last, stem(head[0]) if head else ""}:
        return document(name, names)
    if lists().nameless & set(words(name)) or last in lists().vague_people:
        return unnamed(name)
    if outlet(name):
        return named_outlet(name)
    if bodily(name):
        return named_body(name)
    return named_person(name) if name[:1].isupper() else named_body(name)


def bodily(name: str) -> bool:
    """Tell whether a name looks like a body's: a body's noun in it, or a country and nothing more."""
    found = words(name)
    return bool(lists().bodies & set(found)) or all(each.startswith("@") for each in body(name))


def owner(name: str, names: Iterable[str]) -> str | None:
    """Return whose a document is: "data from Ukraine's Prosecutor General's Office", "the board's return".

    A common noun stands for the one name among `names` that ends with it.
    """
    name = name[:_READ]
    for joined in _owned_by().finditer(name):
        after = name[joined.end() :]
        # "the number of Ukrainians" is nobody's number, "the records of the Pension Office" are the office's.
        told = joined.group().split()[0] != "of" or bodily(after)
        if told and after[:1].isupper() and not set(words(after)[:1]) & lists().calendar:
            return after
    pieces = _GENITIVE.split(name)
    if len(pieces) < 2 or stem((words(pieces[-1]) or ("",))[-1]) not in lists().documents:
        return None
    whose = name[: len(name) - len(pieces[-1])]
    whose = re.sub(r"['’]s?\s+(?:own\s+)?$", "", whose)
    whose = re.sub(r"^(?:the|a|an)\s+", "", whose, flags=re.IGNORECASE)
    return whose if whose[:1].isupper() else full_name(whose, names)


@cache
def _owned_by() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{'|'.join(lists().owned_by)})\s+(?:(?:the|a|an)\s+)?")


def full_name(noun: str, names: Iterable[str]) -> str | None:
    """Return the one name that a common noun stands for: "board" for "Orla Regional Health Board"."""
    wanted = words(noun)
    if not wanted:
        return None
    bearers = {
        words(each): each
        for each in sorted(names)
        if set(wanted) <= set(words(each)) and words(each) != wanted
    }
    return next(iter(bearers.values())) if len(bearers) == 1 else None


def _head(name: str) -> tuple[str, ...]:
    """Return the words up to the noun of a description, without its article."""
    found = words(name)
    if found and found[0] in {"the", "these", "those", "its", "his", "her", "their"}:
        found = found[1:]
    for place, each in enumerate(found):
        if place and each in lists().head_ends:
            return found[:place]
    return found


def _anybody(name: str) -> bool:
    head = [each for each in _head(name) if each not in lists().nameless]
    if not head:
        return True
    if len(head) == 1:
        return True
    return stem(head[-1]) in lists().vague_people and stem(head[-1]) != "sourc"
