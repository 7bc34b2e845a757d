"""What the context may lend to a wording: a name for a pronoun, a date for one left open; nothing else.

Two grounds have to agree: the model names it, and of the article's names nearby only this one is fit. A model
alone, or nearness alone, is not believed.
"""

import re
from collections.abc import Callable

from briefs.domain.claims import Claim, Lent
from briefs.domain.scan import DateMention
from briefs.domain.spans import Span
from briefs.language.roles import roles
from briefs.steps.ground.context import Context, Name, bare
from briefs.steps.ground.lists import keys, lists, without_possessive

_TOUCHES = 2
"""Characters between an open date and what completes it."""

_OPENING = 2
"""Words before a pronoun that opens its sentence: "Later, she …"."""


def name_for(context: Context, quote: Span, place: Span, given: tuple[str, ...]) -> Lent | None:
    """Return the article's name for the pronoun or description at `place` of a claim, if `given` is it.

    None for any other words, for a name that is not fit, and where another name in the three sentences
    before is fit as well, or somebody without a name may be meant. The words are empty where the claim has
    the name already.
    """
    said = keys(place.of(context.text))
    name = context.names.get(_unframed(given))
    fits = _fitness(context, place, said)
    if name is None or fits is None or not fits(name):
        return None
    reach = Span(start=context.before(place).start, end=place.start)
    near = [n for n in context.names.values() if fits(n) and any(reach.contains(p) for p in n.places)]
    if {other.best for other in near} != {name.best} or (len(said) == 1 and _others(context, name, reach)):
        return None
    known = any(quote.start <= p.start < place.start for p in name.places)
    owns = given[-1].endswith("'s") and not name.best.endswith(("'s", "’s"))
    words = "" if known else f"{name.best}’s" if owns else name.best
    return Lent(start=place.start, end=place.end, words=words)


def _others(context: Context, name: Name, reach: Span) -> bool:
    """Tell whether somebody without a name ("a port official") was brought in since the name last stood."""
    last = max(place.end for place in name.places if reach.contains(place))
    return any(roles().human(key) for key in keys(context.text[last : reach.end]))


def _fitness(context: Context, place: Span, said: tuple[str, ...]) -> Callable[[Name], bool] | None:
    """Return what a name must be to stand for the words at `place`; none where no name may.

    A pronoun has to be among the first words of its sentence: further on, somebody without a name ("a
    soldier who left her unit") may be meant. Of descriptions only those of a firm are looked up, for a name
    that is not plainly another body's: "the unit" may be any.
    """
    sentence = context.segmentation.sentence_at(place.start)
    if len(said) == 1 and said[0] in lists().he | lists().she:
        opens = sentence and len(keys(context.text[sentence.start : place.start])) <= _OPENING
        other = "she" if said[0] in lists().he else "he"
        return (lambda n: n.label == "PERSON" and context.genders.get(n.best) != other) if opens else None
    if len(said) == 2 and said[0] in {"the", "this"} and not _NARROWED.match(context.text, place.end):
        noun = without_possessive(said[1])
        earlier = keys(context.text[context.before(place).start : place.start])
        # "A company" or "the company" before: it may be that one, whose name nobody gives.
        if noun in lists().firms and noun not in earlier:
            return lambda n: n.label == "ORG" and not roles().bodies.intersection(bare(n.best))
    return None


_NARROWED = re.compile(r"\s+(?:of|that|which|who|whose|in|for|at)\b|\s*,\s*[A-Z]")
"""Words that say which one is meant: "the ministry of X"."""


def _unframed(given: tuple[str, ...]) -> tuple[str, ...]:
    said = tuple(without_possessive(key) for key in given)
    return said[1:] if said[:1] == ("the",) else said


def date_for(context: Context, claim: Claim, gap: Span, given: tuple[str, ...]) -> Lent | None:
    """Return the year for a month or day that a claim leaves open beside `gap`, if `given` is it.

    It has to be said of the same month in the three sentences before, and only one year may be said there;
    no year is guessed for anything else.
    """
    opened = next((each for each in claim.dates if each.iso is None and _touches(each, gap)), None)
    wanted = given[1:] if given[:1] and given[0] in lists().date_leads else given
    if opened is None or opened.month is None or not wanted:
        return None
    reach = Span(start=context.before(claim.quote).start, end=claim.quote.start)
    near = [each for each in context.scan.dates if reach.contains(each) and each.iso]
    match = next((each for each in near if wanted in {keys(each.text), keys(each.text)[-1:]}), None)
    if match is None or match.month != opened.month or len({(each.iso or "")[:4] for each in near}) > 1:
        return None
    year = (match.iso or "")[:4]
    if year not in keys(match.text):
        return None
    return Lent(start=opened.end, end=opened.end, words=year)


def _touches(date: DateMention, gap: Span) -> bool:
    return date.start <= gap.end + _TOUCHES and gap.start <= date.end + _TOUCHES
