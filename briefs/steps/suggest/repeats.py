"""Is a line one that the brief has already? By its words, and by its mould: names and figures masked."""

import re
from itertools import islice

from rapidfuzz import fuzz

from briefs.language.numbers_patterns import number_words
from briefs.steps.suggest.words import WORD, is_function_word, lowered, stem

LIKE = 85
"""Likeness of the words of two lines (rapidfuzz's `token_set_ratio`) from which they say the same."""
MASKED_ALIKE = 88
"""Likeness of two wordings with names and figures masked from which they are one mould."""
FRAME = 3
"""Words at the end that, with the first one, make the frame of a line."""
RECENT = 100
"""Moulds that a line is compared with for likeness; with all for equality. So time stays linear."""
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


class Said:
    """The lines that stand already, and those that came in since."""

    def __init__(self) -> None:
        self._masked: dict[str, None] = {}
        self._frames: set[tuple[str, ...]] = set()

    def repeats(self, text: str, beside: "list[str]") -> bool:
        """Tell whether `text` says what a line of `beside` says, or is in a mould used before."""
        if any(_alike(_plain(text), _plain(other)) for other in beside):
            return True
        if _frame(text) in self._frames:
            return True
        masked = _masked(text)
        recent = islice(reversed(self._masked), RECENT)
        return masked in self._masked or any(fuzz.ratio(masked, other) >= MASKED_ALIKE for other in recent)

    def take(self, text: str) -> None:
        """Remember `text` as one that stands now."""
        self._masked[_masked(text)] = None
        self._frames.add(_frame(text))


def _frame(text: str) -> tuple[str, ...]:
    """Return what a weak model keeps while it changes the middle: "did … or hear of them"."""
    words = lowered(text)
    return (words[0], *words[-FRAME:]) if len(words) > 2 * FRAME else tuple(words)


def _alike(one: str, other: str) -> bool:
    # With few words on one side, all of them may stand in the other line by chance.
    few = min(len(one.split()), len(other.split())) < 3
    ratio = fuzz.token_sort_ratio if few else fuzz.token_set_ratio
    return ratio(one, other) >= LIKE


def _plain(text: str) -> str:
    """Return the stems of the words that carry something; what a line quotes is not what it asks."""
    return " ".join(stem(word) for word in lowered(_QUOTED.sub(" ", text)) if not is_function_word(word))


def _masked(text: str) -> str:
    """Return the wording in lower case with "x" for names and figures and "q" for quoted words."""
    bare = _QUOTED.sub(" q ", text)
    words: list[str] = []
    for found in WORD.finditer(bare):
        word = found.group()
        is_name = any(c.isupper() for c in word) and bool(bare[: found.start()].strip())
        counts = any(c.isdigit() for c in word) or word.lower() in number_words().scales
        mask = "x" if is_name or counts else word.lower()
        if mask != "x" or words[-1:] != ["x"]:
            words.append(mask)
    return " ".join(words)
