"""The overview of a story in words for people, before any format; all text here still has to be escaped."""

from collections.abc import Sequence
from typing import NamedTuple

from briefs.domain.scan import OFFLINE
from briefs.domain.story import (
    Account,
    ClaimRef,
    Clash,
    Errand,
    Filed,
    Levels,
    Place,
    Standing,
    Story,
    Thread,
    Way,
)
from briefs.steps.render.wording import count, date_words, listing, source_kind, upperfirst
from briefs.text.shortened import shortened

PROMISE = (
    "Quotations are the articles' exact words. Nothing here says whether a claim is true: an editor decides."
)
DIFFERING = (
    "What two claims say does not go together, as they are worded. Another year, place or way of counting, "
    "or a later count, may explain it: ask."
)
_TITLE = 60
"""Characters of a title that stands for an article without an outlet."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class RefGroup(NamedTuple):
    """Claims of one article that a question serves."""

    name: str
    refs: tuple[ClaimRef, ...]


def article_name(place: Place) -> str:
    """Return what an article is called in a line: its outlet, else its title, cut."""
    if place.outlet:
        return place.outlet
    title = " ".join(place.title.split()) or place.slug
    return f"“{shortened(title, _TITLE)}”"


def day(place: Place) -> str:
    """Return the day an article was published, in words."""
    return date_words(place.published[:10]) if place.published else "undated"


def whole(levels: Levels) -> str:
    """Return how many claims there are and of which priority."""
    return f"{count(levels.all, 'claim', 'claims')} ({by_level(levels)})" if levels.all else "no claim"


def by_level(levels: Levels) -> str:
    """Return how many claims there are of each priority, without those that there are none of."""
    named = (("high", levels.high), ("medium", levels.medium), ("low", levels.low))
    return ", ".join(f"{number} {name}" for name, number in named if number)


def heading(story: Story) -> str:
    """Return the title of the overview."""
    return f"Overview of {count(story.articles, 'article', 'articles')}"


def counts(story: Story) -> str:
    """Return in a sentence or two what the overview is about."""
    threads, conflicts = len(story.threads) + story.more_threads, len(story.conflicts) + story.more_conflicts
    told = f"{count(threads, 'matter is', 'matters are')} told more than once"
    differ = (
        f"in {count(conflicts, 'place', 'places')} claims do not go together"
        if conflicts
        else "no conflict was found"
    )
    return f"{whole(story.claims)} to check. {told[:1].upper()}{told[1:]}; {differ}."


def scope(story: Story) -> str | None:
    """Return which articles the overview covers, where these are not all of the folder."""
    if not story.not_covered:
        return None
    others = count(story.not_covered, "other article", "other articles")
    return f"These are the articles of the last run and what they relate to; the folder holds {others}."


def side(told: Account) -> str:
    """Return the letter of the way in which a claim is told."""
    return _letter(told.side)


def _letter(number: int) -> str:
    round_, place = divmod(number - 1, len(_LETTERS))
    return f"{_LETTERS[place]}{round_ + 1 if round_ else ''}"


def how_told(thread: Thread) -> str:
    """Return in how many articles a thing is told, and whether in one way."""
    where = f"{count(thread.articles, 'article', 'articles')}, {whole(thread.levels)}"
    if thread.conflicts:
        ways = f"told in {thread.sides} ways, {_pairs(thread)}"
    elif thread.sides > 1:
        ways = f"told in {thread.sides} ways"
    else:
        ways = "all say the same" if thread.levels.all > 1 else ""
    return f"{where}; {ways}." if ways else f"{where}."


def _pairs(thread: Thread) -> str:
    if thread.sides == 2:
        return "which differ"
    return "two of which differ" if thread.conflicts == 1 else f"{thread.conflicts} pairs of which differ"


def origins(thread: Thread) -> tuple[str, ...]:
    """Return where the attributions of each way of telling a thing come from, as far as anything is known."""
    lines = []
    for way in thread.ways:
        if way.attributions:
            line = _origins(way)
            lines.append(f"{_letter(way.number)}: {line}" if thread.sides > 1 else upperfirst(line))
    return tuple(lines)


def _origins(way: Way) -> str:
    parts = [count(way.attributions, "attribution", "attributions")]
    if len(way.origins) > 1:
        parts.append(f"{len(way.origins)} with no common source known: {'; '.join(way.origins)}")
    elif way.origins and way.unknown:
        parts.append(f"1 known origin: {way.origins[0]}")
    elif way.origins:
        parts.append(f"by the texts one origin: {way.origins[0]}")
    if way.unknown:
        whose = "it comes" if way.unknown == 1 else "they come"
        which = "" if way.unknown == way.attributions else f"of {way.unknown} "
        parts.append(f"{which}the texts do not say where {whose} from")
    return f"{'; '.join(parts)}."


def like(places: Sequence[Place], more: int) -> str | None:
    """Return which other articles say the same."""
    if not places:
        return None
    names = list(dict.fromkeys(article_name(place) for place in places))
    if more:
        names.append(f"{more} more")
    return f"The same in {listing(names)}."


def what(clash: Clash) -> str:
    """Return the heading of a conflict: the two figures or dates, else the first claim in a few words."""
    one, other = _named(clash.one, clash.one_words), _named(clash.other, clash.other_words)
    if one and other and one != other:
        return f"{one}, or {other}"
    return clash.one.short


class Shown(NamedTuple):
    """A quotation in three parts, the middle one what a conflict is about; empty where nothing is."""

    before: str
    words: str
    after: str


def shown(told: Account, words: str | None) -> Shown:
    """Return a quotation parted at the words that a conflict is about."""
    before, found, after = told.quote.partition(words) if words else (told.quote, "", "")
    return Shown(before, found, after)


def _named(told: Account, words: str | None) -> str | None:
    return told.figure.text if told.figure and words and words in told.figure.text else words


def grouped(errand: Errand) -> tuple[RefGroup, ...]:
    """Return the claims that a question serves by article."""
    groups: dict[str, list[ClaimRef]] = {}
    for ref in errand.claims:
        groups.setdefault(ref.place.article, []).append(ref)
    return tuple(RefGroup(article_name(refs[0].place), tuple(refs)) for refs in groups.values())


def by_model(errand: Errand) -> bool:
    """Tell whether a model drafted a question."""
    return errand.drafted_by != OFFLINE


def kind(standing: Standing) -> str:
    """Return what kind of source it is, and what else is known of its name."""
    words = source_kind(standing.kind, standing.name)
    return (
        "; ".join((words, *standing.also))
        if words not in standing.name.casefold()
        else "; ".join(standing.also)
    )


def articles(standing: Standing) -> str:
    """Return in which articles a source is given."""
    names = list(dict.fromkeys(article_name(place) for place in standing.articles))
    if standing.more_articles:
        names.append(f"{standing.more_articles} more")
    return "; ".join(names)


def remarks(filed: Filed) -> str:
    """Return what an editor should know of an article before opening it."""
    parts = []
    if filed.failures:
        parts.append(f"{count(filed.failures, 'part', 'parts')} of the model's work failed")
    if filed.republished_from:
        parts.append(f"first published on {filed.republished_from}")
    parts.extend(
        f"nearly the same text as {article_name(twin.place)}, {day(twin.place)}" for twin in filed.twins
    )
    return "; ".join(parts)


def left_out(number: int, one: str, many: str) -> str | None:
    """Return that there are more than a list shows."""
    return f"And {count(number, one, many)} more." if number else None
