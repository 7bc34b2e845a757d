"""A model's wording that stands alone: what of it may be lent to the article's own words.

The model's wording is never printed. It is laid beside the quotation word by word, and must hold the same
figures, negations and hedges; what it has instead of a pronoun or beside an open date is looked up in the
article, and the article's own name or date goes into the wording of the rules, in brackets. So the wording
without its brackets is always words of the quotation, in order.

It is better than the offline wording, and replaces it, where it settles something that the rules left open: a
pronoun for which only one name nearby is fit, or a day or year that the sentences before state. Where the
rules have settled a place, their reading stands. A wording that settles nothing more changes nothing.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

from briefs.domain.claims import Claim, ExtractedClaim, Lent
from briefs.domain.proposals import ProposedClaim
from briefs.domain.spans import How, Span
from briefs.language.numbers import find
from briefs.steps.ground.context import Context, bare
from briefs.steps.ground.lending import date_for, name_for
from briefs.steps.ground.lists import Token, keys, lists, tokens, without_possessive

_MOST_WORDS = 400
_BRACKETED = re.compile(r"[\[\]]")
_FRAME_REACH = 12
"""Words before or after the quotation that may say who speaks."""


class _Laid(NamedTuple):
    """A model's wording beside the words that it quotes."""

    base: Span
    """The quoted words, a part or the whole of the claim's quotation."""
    said: tuple[Token, ...]
    """Their words; places are in the article."""
    wording: tuple[Token, ...]


class _RefusedError(Exception):
    """A wording that does not pass the check `kind`; never leaves this module."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def reworded(context: Context, each: ExtractedClaim, proposal: ProposedClaim) -> ExtractedClaim:
    """Return the claim with what the model's wording settles beyond the offline one; else the same claim.

    What does not pass a check is counted.
    """
    wording = " ".join(_BRACKETED.sub(" ", proposal.standalone).split())
    base = _common(each.claim.quote, proposal.quote)
    if not wording or base is None:
        return each
    said = tuple(
        Token(base.start + token.start, base.start + token.end, token.key)
        for token in tokens(base.of(context.text))
    )
    try:
        lent = _lent(context, each, _Laid(base, said, tokens(wording[: 20 * _MOST_WORDS])), wording)
    except _RefusedError as refused:
        context.reject(refused.kind)
        return each
    if not lent:
        return each
    standalone = context.claim_at(each.claim.quote.place, lent).claim.claim.standalone
    if standalone == each.claim.standalone:
        return each
    update = {"standalone": standalone, "standalone_by": context.model}
    return each.model_copy(update={"claim": each.claim.model_copy(update=update)})


def _common(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start=start, end=end) if start < end else None


def _lent(context: Context, each: ExtractedClaim, laid: _Laid, wording: str) -> tuple[Lent, ...]:
    """Return what the wording lends; raises _RefusedError where it does not pass a check."""
    if max(len(laid.said), len(laid.wording)) > _MOST_WORDS or len(laid.wording) > 2 * len(laid.said) + 20:
        raise _RefusedError("wording_too_long")
    _same_turns(each.claim, context, laid)
    _same_figures(context, laid, wording)
    if any(_is_new_name(context, token, wording) for token in laid.wording):
        raise _RefusedError("name_not_in_article")
    said, given = [t.key for t in laid.said], [t.key for t in laid.wording]
    lent: list[Lent] = []
    for op, i, j, k, m in SequenceMatcher(None, said, given, autojunk=False).get_opcodes():
        if op in {"equal", "delete"}:
            continue  # the quotation's own words stand in the wording anyway
        added = laid.wording[k:m]
        at_border = (op == "insert" and i == 0) or i >= len(said) - 1 or j == len(said)
        if at_border and _frames(context, each, added):
            continue
        if op == "insert" and i == 0 and _stands_before(context, each.claim, laid.base, added):
            continue
        found = _one(context, each, laid.said[i:j], added, _around(laid, i, j))
        if found is not None:
            lent.append(found)
    return tuple(lent)


def _around(laid: _Laid, i: int, j: int) -> Span:
    """Return the place between the words before and after a change."""
    start = laid.said[i - 1].end if i else laid.base.start
    end = laid.said[j].start if j < len(laid.said) else laid.base.end
    return Span(start=start, end=max(start, end))


def _one(
    context: Context, each: ExtractedClaim, out: tuple[Token, ...], added: tuple[Token, ...], gap: Span
) -> Lent | None:
    """Return what one change lends, none where the rules have it already; raises _RefusedError."""
    if out:
        place = Span(start=out[0].start, end=out[-1].end)
        name = name_for(context, each.claim.quote, place, tuple(t.key for t in added))
        if name is None:
            raise _RefusedError("words_added")
        return name if name.words else None
    if _completes(context, gap, added):
        return None
    date = date_for(context, each.claim, gap, tuple(t.key for t in added))
    if date is None:
        raise _RefusedError("words_added")
    return date


def _completes(context: Context, gap: Span, added: tuple[Token, ...]) -> bool:
    """Tell whether words only complete a name that stands right there, as the offline wording does too."""
    given = tuple(without_possessive(token.key) for token in added)
    for form, name in context.names.items():
        if any(given == form[i : i + len(given)] for i in range(len(form) - len(given) + 1)):
            near = Span(start=max(0, gap.start - 40), end=gap.end + 40)
            if any(place.overlaps(near) for place in name.places):
                return True
    return False


def _stands_before(context: Context, claim: Claim, base: Span, added: tuple[Token, ...]) -> bool:
    """Tell whether a name is given to a part of the claim of which the subject stands before that part."""
    named = tuple(without_possessive(token.key) for token in added) in context.names
    return named and len(keys(context.text[claim.quote.start : base.start])) > 1


def _frames(context: Context, each: ExtractedClaim, added: tuple[Token, ...]) -> bool:
    """Tell whether words around the quotation only say who says it, as the offline wording does too."""
    source = each.attribution.source
    if source is None or source.how is How.POSSIBLE or len(added) > _FRAME_REACH:
        return False
    known = {*bare(source.name), *bare(source.of(context.text)), *bare(source.role or "")}
    given = {without_possessive(token.key) for token in added}
    return given <= known | lists().around


def _same_turns(claim: Claim, context: Context, laid: _Laid) -> None:
    """Refuse a wording that drops or adds a negation or a hedge."""
    said, given = [t.key for t in laid.said], [t.key for t in laid.wording]
    if _negations(said) != _negations(given):
        raise _RefusedError("negation_changed")
    if _hedges(said) != _hedges(given):
        raise _RefusedError("hedge_changed")
    shown = f" {' '.join(given)} "
    for hedge in claim.hedges:
        if laid.base.contains(hedge) and f" {' '.join(keys(hedge.of(context.text)))} " not in shown:
            raise _RefusedError("hedge_changed")


def _hedges(said: list[str]) -> Counter[str]:
    """Count the hedges; "may" as the month is none."""
    return Counter(
        key
        for before, key, after in zip(["", *said], said, [*said[1:], ""], strict=False)
        if key in lists().hedges
        and not (key == "may" and (before in lists().date_leads or before.isdigit() or after.isdigit()))
    )


def _negations(said: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for key in said:
        if key.endswith("n't") or key == "cannot":
            found["not"] += 1
        elif key in lists().negations:
            found[key] += 1
    return found


def _same_figures(context: Context, laid: _Laid, wording: str) -> None:
    """Refuse a wording of which the figures are not those of the quotation, in digits or in words.

    Figures of a name or a date of the article that the wording adds are not counted: whether it may be
    added is looked up later.
    """
    own, given = _figures(laid.base.of(context.text)), _figures(wording)
    if own - given:
        raise _RefusedError("figure_changed")
    more = given - own
    if more:
        shown, base = f" {' '.join(t.key for t in laid.wording)} ", f" {' '.join(t.key for t in laid.said)} "
        lendable = {*(d.text for d in context.scan.dates), *(n.best for n in context.names.values())}
        for text in lendable:
            form = f" {' '.join(keys(text))} "
            if form in shown and form not in base:
                more -= _figures(text)
    if more:
        raise _RefusedError("figure_changed")


def _figures(text: str) -> Counter[str]:
    return Counter(f"{each.low}..{each.high}" for each in find(text, 0, len(text)))


def _is_new_name(context: Context, token: Token, wording: str) -> bool:
    """Tell whether a word with a capital, or of another kind than words, stands nowhere in the article."""
    written = wording[token.start : token.end]
    if not any(char.isupper() for char in written) or token.key in lists().around:
        return False
    key = without_possessive(token.key)
    return key not in context.words and not all(part in context.words for part in key.split("-"))
