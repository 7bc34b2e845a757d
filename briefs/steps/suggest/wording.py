"""What no line of a model may hold: strange characters, figures, names or quotations, verdicts, machine talk.

A name is looked for as news writes it: a word with a capital that does not open its line, or that opens it
and is no everyday word. Doubt goes against the line: a suggestion too few costs less than an invention.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from briefs.data import load
from briefs.domain.spans import Span
from briefs.language.numbers_patterns import number_words
from briefs.steps.suggest.page import PER_CENT, Page
from briefs.steps.suggest.words import WORD, documents, is_function_word, listed, lowered, parties, stem
from briefs.text.quotes import quotations

_MARKUP = frozenset("<>[]{}|\\`*_~^#@=")
_URL = re.compile(r"://|www\.|\b\w+\.(?:com|org|net|gov|edu|info|io|co)\b", re.IGNORECASE)
_HIDDEN = ("C", "Zl", "Zp", "So", "Sk")
_MARKS = ('"', "“", "”", "„", "‟", "＂", "«", "»", "‹", "›", "「", "」", "『", "』", "``", "''", "‘‘", "’’")
_FIGURE = re.compile(r"[$€£¥₽₴]?\d+(?:[.,:/’']\d+)*[^\W_]*%?|[^\W\d_]+|[^\w\s]")
_NO_FIGURE = re.compile(
    r"\b(?:count\w*|name\w*|person|people|record\w*|register\w*|list\w*|report\w*) twice\b(?! as)"
    r"|\b(?:the|these|those) two (?:figures|numbers|statements|claims|dates|reports|counts|accounts)\b",
    re.IGNORECASE,
)
"""Counting words of a question itself, not of what it asks about."""
_JOINT = re.compile(r"[\s\-‑–]{1,2}")
_NAME_JOINT = re.compile(r"[\s\-‑–&]{1,3}")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")


def strange(page: Page, text: str) -> str | None:
    """Return the name of the first check that no line may fail and this one does; names are not looked at."""
    if bad_characters(text):
        return "bad_characters"
    if to_a_machine(text):
        return "not_for_people"
    if strange_quotation(page, text):
        return "quotation_not_in_article"
    return "figure_not_in_article" if strange_figure(page, text) else None


def bad_characters(text: str) -> bool:
    """Tell whether `text` holds control characters, line breaks, markup, pictures or an address."""
    if not text.strip() or _URL.search(text):
        return True
    return any(c in _MARKUP or unicodedata.category(c).startswith(_HIDDEN) for c in text)


def strange_quotation(page: Page, text: str) -> bool:
    """Tell whether words between quotation marks are not a slice of the article, or a mark stands alone."""
    rest = text
    for found in quotations(text, [Span(start=0, end=len(text))]):
        if not found.closed or not page.quotes(found.inner.of(text)):
            return True
        rest = rest[: found.span.start] + " " * (found.span.end - found.span.start) + rest[found.span.end :]
    return any(mark in rest for mark in _MARKS)


def strange_figure(page: Page, text: str) -> bool:
    """Tell whether `text` has a figure, in digits or words, or a month or weekday, that the article has not.

    Figures side by side ("15 million") must stand side by side in the article too.
    """
    plain = PER_CENT.sub("%", _NO_FIGURE.sub(" ", text).lower())
    if any(c.isnumeric() and not c.isascii() and c not in page.text for c in plain):
        return True
    return any(not page.counts(run) for run in _figures(plain))


def _figures(text: str) -> Iterator[str]:
    """Yield the figures of `text` in lower case, those side by side as one."""
    run: tuple[int, int] | None = None
    for found in _FIGURE.finditer(text):
        word = found.group()
        if not any(c.isnumeric() for c in word) and word not in _number_words():
            continue
        if run and _JOINT.fullmatch(text, run[1], found.start()):
            run = (run[0], found.end())
            continue
        if run:
            yield text[run[0] : run[1]]
        run = (found.start(), found.end())
    if run:
        yield text[run[0] : run[1]]


@cache
def _number_words() -> frozenset[str]:
    """Return the words for figures and dates; those that are everyday words too are left out."""
    words = number_words()
    dates = load("dates")
    numbers = {*words.units, *words.teens, *words.tens, *words.scales, *words.vague, *words.fractions}
    plurals = {f"{word}s" for word in (*words.scales, *words.tens)}
    more = {
        "twice",
        "thrice",
        "double",
        "doubled",
        "triple",
        "tripled",
        "treble",
        "quadruple",
        "dozen",
        "pair",
        "couple",
    }
    ordinals = set(dates["ordinals"])
    months = {name.lower() for names in dates["months"] for name in names[:1]}
    days = {name.lower() for name in dates["weekdays"]}
    everyday = {"one", "zero", "first", "second", "seconds", "scores", "score", "many", "several", "few"}
    return frozenset(numbers | plurals | more | ordinals | months | days) - everyday - {"may", "march"}


def strange_name(page: Page, text: str) -> bool:
    """Tell whether `text` has a name, or a word of no Latin script, that the article has not."""
    if any(c.isalpha() and not _is_latin(c) and c not in page.text for c in text):
        return True
    return any(not _is_known(page, run) for run in _names(page, text))


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN")


def _names(page: Page, text: str) -> Iterator[str]:
    """Yield the runs of words with capitals, possessives taken off; an everyday word at the start is none."""
    start = end = -1
    for found in WORD.finditer(text):
        word = found.group()
        bare = _POSSESSIVE.sub("", word)
        opens = not text[: found.start()].strip("\"'“‘(")
        capital = any(c.isupper() or c.istitle() for c in word)
        mixed = any(c.isalpha() for c in word) and any(c.isdigit() for c in word)
        is_name = (capital or mixed) and not (opens and _is_everyday(page, word)) and word != "I"
        if is_name and start >= 0 and _NAME_JOINT.fullmatch(text, end, found.start()):
            end = found.start() + len(bare)
        elif is_name:
            if start >= 0:
                yield text[start:end]
            start, end = found.start(), found.start() + len(bare)
        if is_name and bare != word:
            yield text[start:end]
            start = end = -1
    if start >= 0:
        yield text[start:end]


def _is_everyday(page: Page, word: str) -> bool:
    """Tell whether a word that opens a line is one that needs no capital elsewhere."""
    lower = word.lower()
    if word != lower.capitalize():
        return False
    return (
        is_function_word(lower)
        or lower in listed("openers")
        or lower in page.spoken
        or stem(lower) in documents()
        or stem(lower) in parties()
    )


def _is_known(page: Page, run: str) -> bool:
    if page.holds(run):
        return True
    words = run.split()
    if len(words) > 1:
        if page.holds_in_any_case(run):
            return True
        # "Norwegian Foreign Ministry" where the article has "Norway’s Foreign Ministry".
        return page.names_country(words[0]) and _is_known(page, " ".join(words[1:]))
    return page.names_country(run) or (stem(run.lower()) in parties() and page.holds_in_any_case(run))


def verdict(page: Page, text: str, claim: Span) -> bool:
    """Tell whether `text` has a word that judges truth, unless the claim has it."""
    said = set(lowered(claim.of(page.text)))
    return any(word in listed("verdicts") and word not in said for word in lowered(text))


def to_a_machine(text: str) -> bool:
    """Tell whether `text` speaks of itself, of the call, or to another model."""
    plain = " ".join(text.lower().replace("’", "'").split())
    return any(phrase in plain for phrase in listed("instructions"))
