"""Numbers as news writes them, in digits and words: where they stand and what they are worth.

A numeral covers sign, digits, number words and magnitude ("2.5 million", "twenty-one thousand", "½"), not
units, currency or bounding words. The grammar is our own: libraries were measured to misread news
phrases. All patterns are possessive or bounded, so that a line of 100,000 digits takes linear time.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefs.domain.scan import Number
from briefs.language.numbers_patterns import number_patterns, number_words
from briefs.language.numbers_run import Run

MOST_DIGITS = 15
"""Longer runs of digits are serial numbers, not figures."""


class Numeral(NamedTuple):
    """A number at `start`..`end`; `low` and `high` differ only where the words name a magnitude alone."""

    start: int
    end: int
    low: Number
    high: Number | None
    vague: bool = False
    """"Tens of thousands", "several hundred"."""
    share: bool = False
    """A fraction of something: "two-thirds", "half of"."""
    written: bool = False
    """In words, not digits."""
    scale: int = 1
    """The magnitude that was written: 1,000,000 in "2.5 million"."""


_ARTICLE = re.compile(
    r"(?<!\w)(half(?:[ -]of)?[ -]an?|half|(?:an? )?quarter|(?:a )?quarter[ -]of[ -]an?"
    r"|three[ -]quarters[ -]of[ -]an?"
    r"|a few|several|a couple of|couple|a"
    r"|many)[\s-]{1,2}$",
    re.IGNORECASE,
)
_ARTICLES = {"half": 0.5, "quarter": 0.25, "a quarter": 0.25, "three": 0.75}
_MINUS = re.compile(r"(?:(?:^|(?<![0-9])[\s(])[-−]|\b(?:minus|negative)\s)$", re.IGNORECASE)
_OF_MAGNITUDE = re.compile(r"\s{1,2}of\s{1,2}(thousands|millions|billions|trillions)(?!\w)", re.IGNORECASE)
_OF_A_SCALE = re.compile(r"\sof an?\s(?:hundred|thousand|million|billion|trillion)(?!\w)", re.IGNORECASE)
"""After "a quarter": a number in all, no share."""
_SHARE_BEFORE = re.compile(
    r"\b(?:by|than|about|nearly|almost|over|least|roughly|around|under|up|to)\s$", re.IGNORECASE
)
_SHARE_AFTER = re.compile(
    # "A quarter say no": of those asked.
    r"\s(?:of|the|its|their|his|her|our|all|that|this|those|these|are|were|have|say|want|think|believe|agree|do"
    r"|feel|favou?r|support|oppose)\b",
    re.IGNORECASE,
)
_NOT_HALF_AFTER = re.compile(
    r"[\s-](?:an?|mast|board|term|price|marathon|past|to|time|way|hour|brother|sister|century|year|day)\b",
    re.IGNORECASE,
)


def find(text: str, start: int, end: int) -> Iterator[Numeral]:
    """Yield the numerals of `text` between `start` and `end`, in order, none overlapping another."""
    atoms = list(_atoms(text, start, end))
    at, free = 0, start
    while at < len(atoms):
        numeral = _read(text, atoms, at, free, end)
        at += 1
        if numeral is not None:
            yield numeral
            free = numeral.end
        while at < len(atoms) and atoms[at].start() < free:
            at += 1


def _atoms(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the pieces of numbers; the pattern is tried only where digits or a number word begin."""
    pattern, words, free = number_patterns().atom, starters(), start
    for candidate in _CANDIDATE.finditer(text, start, end):
        at = candidate.start()
        if at < free or (candidate.group()[0].isalpha() and candidate.group().lower() not in words):
            continue
        atom = pattern.match(text, at, end)
        if atom:
            free = atom.end()
            yield atom


_CANDIDATE = re.compile(r"[A-Za-z]+|[0-9]+|[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|\.(?=[0-9])")


@cache
def starters() -> frozenset[str]:
    """Return the lower-case words that are a number or a piece of one."""
    w = number_words()
    return frozenset(
        word for group in (w.units, w.teens, w.tens, w.scales, w.vague, w.fractions) for word in group
    )


def _read(text: str, atoms: list[re.Match[str]], at: int, free: int, end: int) -> Numeral | None:
    atom = atoms[at]
    match atom.lastgroup:
        case "digits":
            return _from_digits(text, atom, free, end)
        case "slash":
            return _from_slash(text, atom, end)
        case "sign":
            whole = atom.group()[:-1]
            value = (int(whole) if whole else 0) + number_words().signs[atom.group()[-1]]
            return _scaled(text, Numeral(atom.start(), atom.end(), value, value, share=not whole), end)
        case "part":
            return _from_part(text, atom, free)
        case _:
            return _from_words(text, atoms, at, free, end)


def digits_value(digits: str) -> Number | None:
    """Return what digits with separators are worth; none for more than `MOST_DIGITS` of them.

    Groups of three after commas, points or spaces are thousands; "1,3" is a decimal comma.
    """
    bare = re.sub(r"[ \u00a0\u2009\u202f'’]", "", digits)
    if sum(char.isdigit() for char in bare) > MOST_DIGITS:
        return None
    if "," in bare and "." in bare:
        decimal = max(bare.rfind(","), bare.rfind("."))
        bare = re.sub("[.,]", "", bare[:decimal]) + "." + bare[decimal + 1 :]
    elif bare.count(".") > 1 or re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}", bare):
        bare = bare.replace(".", "").replace(",", "")
    else:
        bare = bare.replace(",", ".")
    return float(bare) if "." in bare else int(bare)


def whole(value: float) -> Number:
    """Return `value` as an integer where it is one, free of the noise of floating-point products."""
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def _from_digits(text: str, atom: re.Match[str], free: int, end: int) -> Numeral | None:
    value = digits_value(atom.group())
    if value is None:
        return None
    start = atom.start()
    minus = _MINUS.search(text, max(free, start - 10), start)
    if minus:
        value = -value
        start = minus.start() + (1 if minus.group()[0] in " \t\n(\xa0" else 0)
    return _scaled(text, Numeral(start, atom.end(), value, value), end)


def _from_slash(text: str, atom: re.Match[str], end: int) -> Numeral | None:
    numbers = [int(digits) for digits in re.findall("[0-9]+", atom.group())]
    over, under = numbers[-2:]
    # "24/7" and "9/11" are names, not fractions.
    if over >= under or (over, under) == (9, 11):
        return None
    value = (numbers[0] if len(numbers) == 3 else 0) + over / under
    return _scaled(text, Numeral(atom.start(), atom.end(), value, value, share=len(numbers) == 2), end)


def _scaled(text: str, numeral: Numeral, end: int) -> Numeral:
    """Return `numeral` with the magnitudes and fractions that follow it taken in."""
    p, w = number_patterns(), number_words()
    value, at, scale = numeral.low, numeral.end, numeral.scale
    if part := p.and_part.match(text, at, end):
        value, at = value + _part_value(part) * (scale if scale >= _THOUSAND else 1), part.end()
    for _ in range(2):
        found = p.scale.match(text, at, end)
        if found is None:
            break
        factor = (
            w.letters[found["letter"]]
            if found["letter"]
            else w.scales[found["word"].lower().removesuffix("s")]
        )
        value, at, scale = value * factor, found.end(), scale * factor
        if part := p.and_part.match(text, at, end):
            value, at = value + _part_value(part) * factor, part.end()
    if at == numeral.end:
        return numeral
    worth = whole(value)
    return numeral._replace(end=at, low=worth, high=worth, scale=scale, share=False)


_THOUSAND = 1000


def _part_value(part: re.Match[str]) -> float:
    over = 1 if part[1].lower() in ("a", "an") else number_words().units[part[1].lower()]
    return over / number_words().fractions[part[2].lower()]


def _from_part(text: str, atom: re.Match[str], free: int) -> Numeral | None:
    """Return "half of …", "a third of …"; a fraction word by itself is an ordinal or a name."""
    word, start = atom.group().lower(), atom.start()
    under = number_words().fractions[word]
    after = text[atom.end() : atom.end() + 14]
    if _OF_A_SCALE.match(text, atom.end()):
        return None
    article = re.search(r"(?<!\w)an?\s$", text[max(free, start - 3) : start], re.IGNORECASE)
    if word == "half":
        if _NOT_HALF_AFTER.match(after):
            return None
        begin = start
    elif article is None or word.endswith("s"):
        return None
    else:
        begin = start - len(article.group())
    before = text[max(free, begin - 10) : begin]
    if word == "half" and re.search(
        r"\b(?:first|second|other|better|last|final|latter)\s$", before, re.IGNORECASE
    ):
        return None
    if not (_SHARE_AFTER.match(after) or _SHARE_BEFORE.search(before)):
        return None
    return Numeral(begin, atom.end(), 1 / under, 1 / under, share=True, written=True)


def _from_words(text: str, atoms: list[re.Match[str]], at: int, free: int, end: int) -> Numeral | None:
    first = atoms[at].group().lower()
    if first in number_words().vague:
        return _from_vague(text, atoms[at], first, end)
    run = Run(first)
    last = at
    while last + 1 < len(atoms) and atoms[last + 1].lastgroup == "word":
        gap = text[atoms[last].end() : atoms[last + 1].start()]
        # "Two million and one half": the half of a million, not one.
        part = "and" in gap and number_patterns().and_part.match(text, atoms[last].end(), end)
        if (
            part
            or not number_patterns().gap.fullmatch(gap)
            or not run.take(atoms[last + 1].group().lower(), gap.strip().lower())
        ):
            break
        last += 1
    start, stop = atoms[at].start(), atoms[last].end()
    share = _share(text, atoms, last, run.value)
    if share and first == "three" and _OF_A_SCALE.match(text, share[0]):
        return None
    if share:
        return Numeral(start, share[0], share[1], share[1], share=True, written=True)
    begin, factor, vague = _articled(text, start, free, first)
    minus = _MINUS.search(text, max(free, begin - 10), begin)
    if minus and minus.group().strip().isalpha():
        begin, factor = minus.start(), -factor
    value = whole(run.value * factor)
    high: Number = value * 10 if vague else value
    numeral = Numeral(begin, stop, value, high, vague=vague, written=True, scale=run.scale)
    if point := number_patterns().point.match(text, stop, end):
        digits = "".join(str(number_words().units[word]) for word in point[1].lower().split())
        value = float(f"{int(value)}.{digits}")
        numeral = numeral._replace(end=point.end(), low=value, high=value)
    return numeral if vague else _scaled(text, numeral, end)


def _share(text: str, atoms: list[re.Match[str]], last: int, over: Number) -> tuple[int, float] | None:
    """Return the end and value of "two-thirds", where a fraction word follows the number."""
    if last + 1 >= len(atoms) or atoms[last + 1].lastgroup != "part" or not 0 < over < 100:
        return None
    part = atoms[last + 1]
    gap, word = text[atoms[last].end() : part.start()], part.group().lower()
    if gap not in (" ", "-", "‑") or (over > 1) != word.endswith(("s", "halves")):
        return None
    if word == "half" and text[part.end() : part.end() + 4] != " of ":
        return None
    return part.end(), over / number_words().fractions[word]


def _articled(text: str, start: int, free: int, first: str) -> tuple[int, float, bool]:
    """Return where "half a million" or "several hundred" begins, its factor, and whether it is vague."""
    if first not in number_words().scales:
        return start, 1, False
    article = _ARTICLE.search(text, max(free, start - 24), start)
    if article is None:
        return start, 1, False
    words = article[1].lower()
    if words in ("a few", "several", "a couple of", "couple", "many"):
        return article.start(), 2, True
    factor = next((value for key, value in _ARTICLES.items() if words.startswith(key)), 1)
    return article.start(), factor, False


def _from_vague(text: str, atom: re.Match[str], word: str, end: int) -> Numeral | None:
    value = number_words().vague[word]
    if of := _OF_MAGNITUDE.match(text, atom.end(), end):
        value *= number_words().vague[of[1].lower()]
        return Numeral(atom.start(), of.end(), 2 * value, 10 * value, vague=True, written=True)
    # "tens" and "scores" count only with "of"; "the sixties" and "he scores" do not come here.
    if word in ("tens", "scores") and not re.match(r"\s{1,2}of\s", text[atom.end() : atom.end() + 5]):
        return None
    return Numeral(atom.start(), atom.end(), 2 * value, None, vague=True, written=True)
