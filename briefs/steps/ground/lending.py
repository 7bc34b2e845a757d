"""What the context may lend to a wording: a name for a pronoun, a date for one left open; nothing else.

Two grounds have to agree: the model names it, and of the article's names nearby only this one is fit. A model
alone, or nearness alone, is not believed.
"""

from briefs.domain.claims import Claim, Lent
from briefs.domain.scan import DateMention
from briefs.domain.spans import Span
from briefs.steps.ground.context import Context, Name
from briefs.steps.ground.lists import keys, lists, without_possessive

_TOUCHES = 2
"""Characters between an open date and what completes it."""


def name_for(context: Context, quote: Span, place: Span, given: tuple[str, ...]) -> Lent | None:
    """Return the article's name for the pronoun at `place` of a claim, if `given` is that name.

    None for any other words, for a name that is not fit for the pronoun, and where another name in the
    three sentences before it is fit as well. The words are empty where the claim has the name already.
    """
    said = keys(place.of(context.text))
    name = context.names.get(_unframed(given))
    if len(said) != 1 or name is None or not _fits(context, said[0], name):
        return None
    reach = Span(start=context.before(place).start, end=place.start)
    fit = {
        other.best
        for other in context.names.values()
        if _fits(context, said[0], other) and any(reach.contains(p) for p in other.places)
    }
    if fit != {name.best}:
        return None
    known = any(quote.start <= p.start < place.start for p in name.places)
    owns = given[-1].endswith("'s") and not name.best.endswith(("'s", "’s"))
    words = "" if known else f"{name.best}’s" if owns else name.best
    return Lent(start=place.start, end=place.end, words=words)


def _fits(context: Context, pronoun: str, name: Name) -> bool:
    """Tell whether a pronoun can stand for a name: "he" and "she" for a person who may be one."""
    if name.label != "PERSON":
        return False
    told = context.genders.get(name.best)
    if pronoun in lists().he:
        return told != "she"
    return pronoun in lists().she and told != "he"


def _unframed(given: tuple[str, ...]) -> tuple[str, ...]:
    said = tuple(without_possessive(key) for key in given)
    return said[1:] if said[:1] == ("the",) else said


def date_for(context: Context, claim: Claim, gap: Span, given: tuple[str, ...]) -> Lent | None:
    """Return the date of the sentences before that completes an open date beside `gap`, if `given` is it.

    None where the claim leaves no date open there, where the months differ, and where several dates of
    that kind stand in the sentences before.
    """
    opened = next((each for each in claim.dates if each.iso is None and _touches(each, gap)), None)
    wanted = given[1:] if given[:1] and given[0] in lists().date_leads else given
    if opened is None or not wanted:
        return None
    reach = Span(start=context.before(claim.quote).start, end=claim.quote.start)
    near = [each for each in context.scan.dates if reach.contains(each) and each.kind in _FIXED and each.iso]
    match = next((each for each in near if keys(each.text) == wanted), None)
    if match is None or any(o.kind == match.kind and o.iso != match.iso for o in near):
        return None
    if opened.month is not None and match.month not in {None, opened.month}:
        return None
    return Lent(start=opened.end, end=opened.end, words=" ".join(match.text.split()))


_FIXED = frozenset({"date", "month", "year"})


def _touches(date: DateMention, gap: Span) -> bool:
    return date.start <= gap.end + _TOUCHES and gap.start <= date.end + _TOUCHES
