"""Is a line one that the brief has already? By its words, and by its mould: names and figures masked."""

import re
from itertools import islice

from rapidfuzz import fuzz

from briefs.steps.suggest.words import WORD, is_function_word, lowered, stem

LIKE = 85
"""Likeness of the words of two lines (rapidfuzz's `token_set_ratio`) from which they say the same."""
MASKED_ALIKE = 93
"""Likeness of two wordings with names and figures masked from which they are one mould."""
RECENT = 100
"""Moulds that a line is compared with for likeness; with all for equality. So time stays linear."""
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


class Said:
    """The lines that stand already, and those that came in since."""

    def __init__(self) -> None:
        self._masked: dict[str, None] = {}

    def repeats(self, text: str, beside: "list[str]") -> bool:
        """Tell whether `text` says what a line of `beside` says, or is in a mould used before."""
        plain = _plain(text)
        if any(fuzz.token_set_ratio(plain, _plain(other)) >= LIKE for other in beside):
            return True
        masked = _masked(text)
        recent = islice(reversed(self._masked), RECENT)
        return masked in self._masked or any(fuzz.ratio(masked, other) >= MASKED_ALIKE for other in recent)

    def take(self, text: str) -> None:
        """Remember `text` as one that stands now."""
        self._masked[_masked(text)] = None


def _plain(text: str) -> str:
    """Return the stems of the words that carry something."""
    return " ".join(stem(word) for word in lowered(text) if not is_function_word(word))


def _masked(text: str) -> str:
    """Return the wording in lower case with "x" for names and figures and "q" for quoted words."""
    bare = _QUOTED.sub(" q ", text)
    words: list[str] = []
    for found in WORD.finditer(bare):
        word = found.group()
        is_name = any(c.isupper() for c in word) and bool(bare[: found.start()].strip())
        mask = "x" if is_name or any(c.isdigit() for c in word) else word.lower()
        if mask != "x" or words[-1:] != ["x"]:
            words.append(mask)
    return " ".join(words)
