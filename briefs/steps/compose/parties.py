"""Persons and bodies as a question speaks of them: with article, number and an address to ask at."""

import re
from typing import NamedTuple

from briefs.domain.scan import SourceKind
from briefs.domain.spans import How, Mention
from briefs.steps.compose.phrases import definite, plural, possessive, short, words
from briefs.steps.compose.reading import Reading, demonyms, flat, with_article


class Party(NamedTuple):
    """A person, body, outlet or document that a question names or is put to."""

    key: str
    """The same for the same party, whatever article or capital it is written with."""
    phrase: str
    """As it stands inside a sentence: "the officials", "Anna Berg", "the Ministry of Health"."""
    many: bool
    ask: str
    """Whom to ring: the person, a press office, a desk."""
    vague: str | None = None
    """The article's own words where they name nobody: "some", "experts"."""
    person: bool = False
    """A person with a name, for whatever body that person speaks."""
    paper: bool = False
    """A letter, table or report itself, rather than who wrote it."""
    group: str | None = None
    """The article's own words for what is no one office ("law enforcement"): nobody can be rung there."""
    nobody: bool = False
    """The words found name nobody, not even in general: it can be asked about, never listed."""

    def slots(self, name: str) -> dict[str, str]:
        """Return the words that agree with this party, for the slots of `name`."""
        many = self.many
        return {
            name: self.phrase,
            f"{name}_cap": self.phrase[:1].upper() + self.phrase[1:],
            f"{name}_s": possessive(self.phrase),
            f"{name}_has": "have" if many else "has",
            f"{name}_was": "were" if many else "was",
            f"{name}_was_cap": "Were" if many else "Was",
            f"{name}_is": "are" if many else "is",
            f"{name}_answer": "answer" if many else "answers",
            f"{name}_stand": "stand" if many else "stands",
        }


def agreement(party: Party) -> dict[str, str]:
    """Return verbs in the number of `party`, for sentences whose subject it is."""
    if party.many:
        return {"do": "do", "is": "are", "was": "were", "has": "have", "s": "", "speak": "speak"} | {
            "pass": "pass",
            "hold": "hold",
            "repeat": "repeat",
        }
    return {"do": "does", "is": "is", "was": "was", "has": "has", "s": "s", "speak": "speaks"} | {
        "pass": "passes",
        "hold": "holds",
        "repeat": "repeats",
    }


def party(reading: Reading, mention: Mention, kind: SourceKind, role: str | None = None) -> Party:
    """Return how to speak of a source, a go-between or a target of criticism."""
    name = reading.full_name(_issuer(_CLAUSE.split(flat(mention.name), maxsplit=1)[0]))
    owner, _, owned_thing = name.partition(" ")
    whose = (
        bool(owned_thing) and owner.lower() in {"his", "her", "its", "their"} and owned_thing[:1].islower()
    )
    if owned_thing and owner.lower() in {"my", "our"} and not reading.own:
        name = f"the author’s {owned_thing}"
    elif whose:
        name = f"the {owned_thing}"
    elif name.lower().startswith("the same "):
        name = f"the {name[9:]}"
    if name.lower() in words("pronouns") or not name:
        return Party(f"{kind.value} {mention.start}", "the person quoted", False, reading.author, nobody=True)
    if name.split(maxsplit=1)[0].lower() in words("borders"):
        return Party(f"{kind.value} {mention.start}", "those quoted", True, reading.author, nobody=True)
    phrase = _phrase(reading, mention, name, kind)
    if kind is SourceKind.MEDIA:
        phrase = _outlet(reading, phrase)
    entity = reading.named.get(name)
    label = entity.label if entity else None
    group = _group(reading, phrase, name) if kind is SourceKind.ORGANISATION and not whose else None
    lower = phrase.removeprefix("the ").lower()
    return Party(
        key=lower,
        phrase=phrase,
        many=_people(phrase) or plural(phrase) if _described(phrase) or label != "PERSON" else False,
        ask=reading.author
        if whose or group
        else _address(reading, phrase, kind, label, role or reading.roles.get(name)),
        vague=None  # "her report" is one report, of somebody who is named nearby
        if whose
        else _vague(reading, mention, name.lower().removeprefix("the "), bare=kind is SourceKind.ANONYMOUS),
        person=label == "PERSON",
        group=group,
        paper=_OF.split(lower, maxsplit=1)[0].rpartition(" ")[2] in words("papers"),
    )


def _group(reading: Reading, phrase: str, name: str) -> str | None:
    """Return the article's words for what is no one office: "law enforcement", "the officials"."""
    head = _OF.split(phrase.removeprefix("the "), maxsplit=1)[0]
    if not _described(head) or "spokes" in head:
        return None
    named = (head, " ".join(head.split()[-2:]), head.split()[-1])
    several = plural(head) and words("plural_offices").isdisjoint(named)
    if not several and words("no_offices").isdisjoint(named):
        return None
    found = re.search(re.escape(name), reading.text, re.IGNORECASE)
    return found.group() if found else name


def _issuer(name: str) -> str:
    """Return the body in "data from the Harbour Office"; other names come back as they are."""
    found = _DOCUMENT.match(name)
    return found.group(2) if found and found.group(1).lower() in words("documents") else name


MOST_WORDS_OF_GROUP = 6
"""Words of a description that a question repeats between quotation marks."""


def _people(phrase: str) -> bool:
    """Tell whether `phrase` names a people: "Norwegians"."""
    return (
        phrase.endswith("s")
        and demonyms().get(phrase, phrase) != phrase
        and phrase not in {"Paris", "Brussels", "Athens"}
    )


_DOCUMENT = re.compile(
    r"(?:(?:the|an?|its|official|new) )*(\w+) (?:from|by|of|(?:published|compiled|issued|kept|held) by) (.+)",
    re.I,
)
_CLAUSE = re.compile(r",| who | which | that | whose | where ")


_OF = re.compile(r" (?:of|from|by|to|on|in|dated|issued|published|seen|obtained) ")
_SPOKES = re.compile(r"\bspokes\w+\b(?: (?:for|of))?|^(?:an?|the) ", re.IGNORECASE)
_PAST = re.compile(r"(?:the )?(?:former|retired|late|ex-|then)", re.IGNORECASE)
_OWNED = re.compile(r"[A-Z]\S*(?:'s|’s|s’|s') ")
_OF_A_NAME = re.compile(r"of (?:the )?[A-Z]")
_PLACED = re.compile(r" (?:in|at|from|on|within|across) ")


def _described(phrase: str) -> bool:
    """Tell a description ("the Russian officials") from a name: its last word has no capital."""
    return bool(phrase) and not phrase.rsplit(maxsplit=1)[-1][:1].isupper()


def _phrase(reading: Reading, mention: Mention, name: str, kind: SourceKind) -> str:
    if name in demonyms():
        return with_article(name)
    name = short(_uncapitalised(reading, mention, name, kind))
    if _OWNED.match(name):
        return name
    if name[:1].islower() or _described(name):
        bare = any(name.lower().endswith(mass) for mass in words("bare_nouns"))
        return name if bare else definite(name)
    entity = reading.named.get(name)
    person = entity is not None and entity.label == "PERSON"
    if not person and name in reading.with_the:
        return definite(name)
    return name


def _uncapitalised(reading: Reading, mention: Mention, name: str, kind: SourceKind) -> str:
    """Return `name` without the capital that it only has because a sentence starts with it."""
    first, _, rest = name.partition(" ")
    titled = kind is SourceKind.ORGANISATION and _OF_A_NAME.match(rest)  # "Ministry of Defence"
    if first in demonyms() or _OWNED.match(name) or titled:
        return name
    low = first[:1].lower() + first[1:] + (f" {rest}" if rest else "")
    if first.lower() in words("function") or first.lower() in words("vague"):
        return low
    opens = mention.how is How.STATED and reading.starts_sentence(mention.start)
    is_name = any(e.start == mention.start for e in reading.entities.within(mention.place))
    described = rest[:1].islower() or _described(name) or (kind is SourceKind.ANONYMOUS and not rest)
    return low if opens and described and not is_name else name


def _vague(reading: Reading, mention: Mention, lower: str, *, bare: bool) -> str | None:
    if bare and mention.name.lower() == lower and " " not in lower and plural(lower):
        return _words_for(reading, mention, lower)  # "soldiers": of a kind, none in particular
    head = _PLACED.split(lower, maxsplit=1)[0]
    if head in words("documents") or _people(
        mention.name
    ):  # "the numbers", "Norwegians": nobody's in particular
        return _words_for(reading, mention, lower)
    group = head.rsplit(maxsplit=1)[-1] if head else ""
    if head not in words("vague") and (group not in words("vague") or group in words("inside")):
        return None
    return _words_for(reading, mention, lower)


def _words_for(reading: Reading, mention: Mention, lower: str) -> str:
    exact = mention.of(reading.text)
    return exact if exact and flat(exact) == exact and len(exact.split()) <= MOST_WORDS_OF_GROUP else lower


def _outlet(reading: Reading, phrase: str) -> str:
    """Return the outlet in "the Courier journalists": the name without the people who work for it."""
    if not _described(phrase):
        return phrase
    bare = phrase.removeprefix("the ")
    if bare.rsplit(maxsplit=1)[-1] not in words("newsroom"):
        return phrase
    held = [name for name in reading.named if bare.startswith((f"{name} ", f"{name}’s "))]
    return max(held, key=len) if held else phrase


def _address(reading: Reading, phrase: str, kind: SourceKind, label: str | None, role: str | None) -> str:
    if "spokes" in phrase or (kind is SourceKind.MEDIA and label == "PERSON"):
        return phrase
    outlet = kind is SourceKind.MEDIA and not phrase.removeprefix("the ")[:1].islower()
    if outlet:
        return f"the news desk of {phrase}"
    # "local media" is nobody in particular.
    if kind in {SourceKind.DOCUMENT, SourceKind.ANONYMOUS, SourceKind.MEDIA} or _people(phrase):
        return reading.author
    if phrase.removeprefix("the ") in demonyms():
        return f"the government of {phrase}"
    if (label != "PERSON" and kind is SourceKind.ORGANISATION) or label in {"ORG", "GROUP", "PLACE"}:
        return f"the press office of {phrase}"
    return _office(phrase, role) if role else phrase


def _office(phrase: str, role: str) -> str:
    """Return where to ring somebody who holds `role`; one who held it once is rung in person."""
    speaks_for = _SPOKES.sub("", role).strip(" ,") if "spokes" in role else ""
    if speaks_for and not phrase.startswith("the "):
        bare = speaks_for.startswith(("the ", "St. ", "St ")) or _OWNED.match(speaks_for)
        return f"the press office of {speaks_for if bare else f'the {speaks_for}'}"
    if not _PAST.match(role) and words("offices") & {w.strip(",.’'s").lower() for w in role.split()}:
        return f"{possessive(phrase)} office"
    return phrase
