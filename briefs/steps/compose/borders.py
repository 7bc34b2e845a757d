"""Where a long run of words may end: where a phrase ends, and with the verb that its clause waits for."""

import re

from briefs.domain.spans import Span
from briefs.steps.compose.phrases import words

SPOKEN = 14
"""Words that a question carries well."""
LONGEST = 18
"""Most words of an excerpt: it is stretched so far where it would else end before its point."""
HALF = 5
"""A run is cut at no border before this word: what is left would say too little."""
VERBLESS = 6
"""Cost of a phrase that names somebody and does not say what they did."""

Words = list[re.Match[str]]
_SHORTENED = re.compile(r"\w(?:n[’']t|[’'](?:re|ve|ll|m))$|^(?:it|that|there|he|she|what|who)[’']s$")


def low(word: re.Match[str]) -> str:
    """Return a word in lower case, without a comma or brackets."""
    return word.group().lower().strip(",()")


def cut(found: Words, keys: list[Span]) -> tuple[Words, int]:
    """Return the part of a long run up to its best border, and what speaks against that."""
    best, least, fault = found[:SPOKEN], float("inf"), 3
    for border in range(HALF + 1, min(LONGEST, len(found)) + 1):
        kept = found[:border]
        if border == len(found):
            kept = without(kept, "unfinished")
            cost, faults = _length(border) - 2.5 + 3 * trails(kept), 1
        else:
            paused, word = kept[-1].group().endswith(","), low(found[border])
            if not (paused or word in words("borders") or _owned_by(found, border)):
                continue
            bound = 2 * (word in words("auxiliaries")) if paused else _bound(kept, word)
            kept = without(kept, "function", cut=True)
            lost = border - len(kept)
            cost = 2 * bound + 3 * lost + _length(border) - 2.5 * (word in words("clausal"))
            faults = (not paused) + (bound > 1 or lost > 0)
        cost += 2 * (bool(keys) and not any(k.start < kept[-1].end() for k in keys))
        cost += 3 * (_opens(kept, keys) + halved(kept))
        cost += VERBLESS * (not states(kept, keys))
        if cost <= least:
            best, least, fault = kept, cost, faults
    if least == float("inf"):
        best = without(best, "function", cut=True)
    return best, fault


def _length(border: int) -> float:
    return (SPOKEN - border) / 2 if border <= SPOKEN else 2 * (border - SPOKEN)


def _owned_by(found: Words, border: int) -> bool:
    """Tell the participle in "the quay | owned by the town": the phrase before it is whole."""
    before, said = low(found[border - 1]), [low(word) for word in found[border : border + 2]]
    held = before in words("auxiliaries") or before.endswith("ly")
    return said[0].endswith("ed") and said[1:] == ["by"] and not held


def trails(found: Words) -> bool:
    """Tell whether a phrase ends in an afterthought: ", they said"."""
    return any(word.group().endswith(",") for word in found[-4:-1])


def halved(found: Words) -> bool:
    """Tell "not only on the quay" without its "but also", and "either" without its "or"."""
    said = [low(word) for word in found]
    return any(
        word in _PAIRS
        and _PAIRS[word] not in said[at:]
        and (word != "only" or "not" in said[max(at - 1, 0) : at])
        for at, word in enumerate(said)
    )


def turned(said: str, after: str) -> bool:
    """Tell "has turned the quay" before "into a market": what it was turned into is the point."""
    verbs = words("turning") & set(re.findall(r"[a-z]+", said.lower()))
    return bool(verbs) and " into " not in f" {said} " and " into " in f" {after} "


_PAIRS = {"either": "or", "neither": "nor", "only": "but"}


def _opens(found: Words, keys: list[Span]) -> bool:
    """Tell whether a phrase ends in a clause that waits for its verb: "the first time that a boat"."""
    last = next((n for n in range(len(found) - 1, 0, -1) if low(found[n]) in words("relative")), None)
    return last is not None and not states(found[last + 1 :], keys)


def states(found: Words, keys: list[Span]) -> bool:
    """Tell whether a phrase shows a verb, or what it is quoted for, outside the clause about its subject.

    "The crews who left their boats" waits for its verb, "the crews who left are back" does not. Without a
    parse, verbs are auxiliaries and `keys`, the article's words for what happened or is counted.
    """
    last, shown = -2, []
    for number, word in enumerate(found):
        verb = low(word) in words("finite") or _SHORTENED.search(low(word))
        if verb or any(k.start < word.end() and word.start() < k.end for k in keys):
            if number > last + 1:
                shown.append(number)
            last = number
    about = next((n for n, w in enumerate(found) if n and low(w) in words("relative")), len(found))
    return len(shown) > 1 or any(number < about for number in shown)


def _bound(kept: Words, word: str) -> int:
    """Count what binds `word` to the words kept before it, or leaves the last of these in the air."""
    since = next((n for n, each in enumerate(reversed(kept)) if each.group().endswith(",")), len(kept))
    tail = max(0, 4 - since) if since < len(kept) and low(kept[-since]) not in words("auxiliaries") else 0
    open_verb = word not in words("clausal") and word != "and" and low(kept[-1]).endswith(("ed", "ing"))
    joined = any(low(each) == "and" for each in kept[-3:-1])
    as_soon_as = word == "as" and low(kept[-2]) == "as"
    return 2 * (word in words("binding")) + (word == "that") + 2 * open_verb + joined + tail + 2 * as_soon_as


def without(found: Words, name: str, *, cut: bool = False) -> Words:
    """Return a phrase without words at its end that cannot end one: those of the list `name`."""
    kept = list(found)
    while len(kept) > 1:
        last = low(kept[-1])
        adverb = cut and last.endswith(("ly", "’s", "'s"))
        if not adverb and (last not in words(name) or (cut and last in words("objects"))):
            break
        kept.pop()
    return kept
