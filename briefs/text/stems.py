"""Stems of English words: "deserters", "deserted" and "desertion" are one."""

from functools import lru_cache

from snowballstemmer import stemmer

_KEPT = 50_000
"""So many different words cover a large archive's vocabulary in a few megabytes."""


@lru_cache(maxsize=_KEPT)
def stem(word: str) -> str:
    """Return the stem of one lower-case English word (Porter2: Porter 2001, "Snowball").

    A new stemmer for each word that is not kept: the library's keeps the word it works on, so that two
    threads must not share one.
    """
    return str(stemmer("english").stemWord(word))
