"""What other claims say of the same thing: conflicts first, each with the other article's exact words.

All of another article's words are as hostile as the article's own: they come out of here plain, and every
format escapes them. Links lead to files in the same folder and to nothing else.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote as percent_encoded

from briefs.domain.brief import Brief, FlagKind, Related
from briefs.domain.relations import Aspect
from briefs.steps.render.sources import OWN_VOICE
from briefs.steps.render.tame import visible
from briefs.steps.render.wording import count, date_words, listing

MOST = 8
"""Related claims shown under a claim; the JSON has more."""
_MERELY = 4
"""Of them, so many that are related and no more."""
LONGEST = 320
"""Characters shown of another article's words."""
_NAME = 60
"""Characters shown of the name or title of another article."""
_OUTLETS = 3
"""Other articles named on one line of the first screen, and in a cell of the table."""
_LABELS: Mapping[tuple[str, str | None], str] = {
    ("same", Aspect.WORDING): "Says the same, worded alike",
    ("same", Aspect.FIGURE): "Says the same",
    ("same", Aspect.DATE): "Says the same",
    ("conflict", Aspect.FIGURE): "Differs in the figure",
    ("conflict", Aspect.DATE): "Differs in the date",
    ("conflict", Aspect.DENIAL): "Differs: one says so, the other denies it",
    ("conflict", Aspect.CERTAINTY): "Differs in how certain it is",
    ("conflict", Aspect.MEASURE): "Differs in what is counted",
    ("related", Aspect.MEASURE): "Related: another thing is counted",
    ("related", Aspect.PERIOD): "Related: for another time",
    ("related", Aspect.CERTAINTY): "Related: one holds back where the other does not",
    ("related", Aspect.TOPIC): "Related: alike in subject",
}
_MARKS = re.compile("[“”]")
_PLAIN = {"same": "Says the same", "conflict": "Differs", "related": "Related"}


class Words(NamedTuple):
    """Another article's words as they are shown, cut between words where they are long."""

    before: str
    words: str
    """The figure or date that it is about; empty where it is about the whole."""
    after: str
    cut_before: bool
    cut_after: bool
    opens: str = "“"
    """The quotation mark to set before them; empty where they have their own."""
    closes: str = "”"


class Other(NamedTuple):
    """A related claim as a page shows it."""

    kind: str
    label: str
    """What it is to this claim, and in which respect."""
    note: str
    where: str
    """Outlet and date, or which claim of this article."""
    slug: str | None
    """Names the other article's files, percent-encoded; none where no file is beside this one."""
    anchor: str
    """Of the other claim, percent-encoded."""
    here: bool
    """It stands in the same article."""
    source: str | None
    quoted: Words | None


class Others(NamedTuple):
    """The related claims of one claim."""

    shown: tuple[Other, ...] = ()
    nearby: tuple[Other, ...] = ()
    """Claims of the same article that are related and no more, for a line of their own."""
    more: str = ""
    """How many are not shown, and where they are; empty where all are."""
    differing: tuple[str, ...] = ()
    """Outlets (or titles) of the other articles that conflict with the claim, each once."""

    @property
    def cell(self) -> str:
        """Return what the table says of conflicts."""
        return f"differs: {named(self.differing)}" if self.differing else ""


def others(brief: Brief, own: str, numbers: Mapping[str, int]) -> Others:
    """Return what to show of a brief's related claims.

    `own` is its article's id; `numbers` has the number of each claim of that article, by brief id.
    """
    listed = _ordered(brief, own)
    differing = dict.fromkeys(_outlet(r) for r in brief.related if r.kind == "conflict" and r.article != own)
    return Others(
        shown=tuple(_other(each, own, numbers) for each in listed.shown),
        nearby=tuple(_other(each, own, numbers) for each in _unflagged(brief, own) if _nearby(each, own)),
        more=_more(brief, listed.kept),
        differing=tuple(differing),
    )


def shown(brief: Brief, own: str) -> list[Related]:
    """Return the related claims whose words stand under a claim."""
    return list(_ordered(brief, own).shown)


class _Ordered(NamedTuple):
    """Related claims of other articles, and those of its own that say the same or differ."""

    shown: tuple[Related, ...]
    kept: tuple[Related, ...]
    """They are in the JSON alone: one that repeats another of its article, and what is beyond the limits."""


def _ordered(brief: Brief, own: str) -> _Ordered:
    listed = [each for each in _unflagged(brief, own) if not _nearby(each, own)]
    chosen: dict[tuple[str, ...], Related] = {}
    for each in listed:
        key = _says(each)
        held = chosen.get(key)
        if held is None or (_in_own_voice(held) and not _in_own_voice(each)):
            chosen[key] = each
    merely = [each for each in chosen.values() if each.kind == "related"][_MERELY:]
    shown = tuple(each for each in listed if each in chosen.values() and each not in merely)[:MOST]
    return _Ordered(shown, tuple(each for each in listed if each not in shown))


def _unflagged(brief: Brief, own: str) -> list[Related]:
    """Return the related claims without those of the same article that a flag holds against it already.

    A figure without a source names its neighbour for its source alone.
    """
    flagged = {flag.other_brief for flag in brief.flags if flag.kind is not FlagKind.FIGURE_UNSOURCED}
    return [each for each in brief.related if each.article != own or each.brief not in flagged]


def _says(related: Related) -> tuple[str, ...]:
    """Return what makes two related claims one for the reader: a figure in a headline and again below it."""
    words, quote = related.words, related.quote
    if related.kind != "related" or words is None or quote is None or not quote.contains(words):
        return (related.brief,)
    text = quote.text[words.start - quote.start : words.end - quote.start]
    return (related.article, str(related.aspect), text)


def _in_own_voice(related: Related) -> bool:
    return related.source in (None, OWN_VOICE)


def _nearby(related: Related, own: str) -> bool:
    return related.kind == "related" and related.article == own


def named(outlets: Sequence[str]) -> str:
    """Return the names of other articles, the first few of them."""
    more = len(outlets) - _OUTLETS
    return f"{', '.join(outlets[:_OUTLETS])} and {more} more" if more > 0 else listing(tuple(outlets))


def _other(related: Related, own: str, numbers: Mapping[str, int]) -> Other:
    here = related.article == own
    number = numbers.get(related.brief)
    return Other(
        kind=related.kind,
        label=_LABELS.get((related.kind, related.aspect), _PLAIN[related.kind]),
        note=_note(related),
        where=f"claim {number}" if here and number else "this article" if here else _where(related),
        slug=percent_encoded(related.slug, safe="") if related.slug and not here else None,
        anchor=percent_encoded(related.brief, safe=""),
        here=here and number is not None,
        source=visible(related.source) if related.source else None,
        quoted=_quoted(related),
    )


def _note(related: Related) -> str:
    """Return why two claims are related; of a denial, what they say stands beside it."""
    note = _balanced(visible(related.note))
    if related.aspect != Aspect.DENIAL or related.quote is None:
        return note
    plain, quotations, _ = note.partition(": “")
    return f"{plain}." if quotations else note


def _balanced(note: str) -> str:
    """Return a note without double quotation marks where one lacks its partner."""
    depth = 0
    for mark in _MARKS.findall(note):
        depth += (mark == "“") - (mark == "”")
        if not 0 <= depth <= 1:
            break
    return note if depth == 0 else _MARKS.sub("", note)


def _outlet(related: Related) -> str:
    """Return what to call the other article: its outlet, else the first words of its title, else its id."""
    name = visible(related.outlet or related.title or related.article)
    return name if len(name) <= _NAME else f"{name[:_NAME].rpartition(' ')[0] or name[:_NAME]} …"


def _where(related: Related) -> str:
    date = date_words(related.published.partition("T")[0]) if related.published else "undated"
    return f"{_outlet(related)}, {date}"


def _more(brief: Brief, kept: Sequence[Related]) -> str:
    """Return how many claims are not shown: in how many articles, where all of them are known."""
    beyond = max(0, brief.related_in_all - len(brief.related))
    if beyond:
        return f"and {beyond + len(kept)} more; the JSON lists {len(brief.related)} in all"
    if not kept:
        return ""
    articles = count(len({each.article for each in kept}), "article", "articles")
    return f"and {len(kept)} more in {articles}; the JSON lists {'it' if len(kept) == 1 else 'them'}"


def _quoted(related: Related) -> Words | None:
    quote, place = related.quote, related.words
    if quote is None:
        return None
    start, end = 0, len(quote.text)
    inside = place is not None and quote.contains(place) and place.start < place.end
    first = place.start - quote.start if place is not None and inside else 0
    last = place.end - quote.start if place is not None and inside else 0
    if end > LONGEST:
        room = max(0, LONGEST - (last - first))
        start = _border(quote.text, max(0, first - room // 2), first) if first > room // 2 else 0
        end = _back(quote.text, start + LONGEST, last)
    text = quote.text
    opens, closes = marks_for(text[start:end])
    return Words(
        before=text[start:first],
        words=text[first:last],
        after=text[last:end] if inside else text[start:end],
        cut_before=start > 0,
        cut_after=end < len(text),
        opens=opens,
        closes=closes,
    )


class Marks(NamedTuple):
    """The quotation marks to set around words."""

    opens: str
    closes: str


def marks_for(text: str) -> Marks:
    """Return the marks that words still need; a quotation that begins or ends in them has one of its own."""
    words = text.strip()
    first, last = words[:1] == "“", words[-1:] == "”" and len(words) > 1
    if first and last:
        return Marks("", "")
    if first and "”" not in words:
        return Marks("", "”")
    if last and "“" not in words:
        return Marks("“", "")
    return Marks("“", "”")


def _border(text: str, wanted: int, most: int) -> int:
    """Return the first place from `wanted` on where a word begins after white space; 0 if none by `most`."""
    for place in range(max(1, wanted), most + 1):
        if text[place - 1].isspace() and not text[place].isspace():
            return place
    return 0


def _back(text: str, wanted: int, least: int) -> int:
    """Return the last place up to `wanted` where a word ends before white space; the end if there is none."""
    if wanted >= len(text):
        return len(text)
    for place in range(wanted, max(least, 1) - 1, -1):
        if text[place].isspace() and not text[place - 1].isspace():
            return place
    return len(text)
