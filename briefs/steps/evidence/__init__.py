"""Evidence: passages of the newsroom's own documents that bear on a claim, with what they say to it.

Figures are held against figures by arithmetic; words count only where they are the same or their denial. What
is neither is quoted as bearing on the claim, and left to a reader. Nothing here says that a claim is true.
"""

from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, Brief, Evidence, Stance
from briefs.domain.scan import OFFLINE
from briefs.steps.evidence.asking import Judged, Open, ask
from briefs.steps.evidence.bearing import Bearing, bearing
from briefs.steps.evidence.checked import checked_before
from briefs.steps.evidence.library import Library
from briefs.steps.evidence.row_keys import keys_of
from briefs.steps.evidence.rows import row_says
from briefs.steps.evidence.said import Said
from briefs.steps.evidence.searched import searched
from briefs.steps.evidence.settling import may_settle
from briefs.steps.evidence.sought import Sought, Subject, sought, subject
from briefs.steps.evidence.stance import stance

__all__ = ["Held", "Judged", "Library", "Open", "ask", "evidence"]

MOST_SHOWN = 3
"""Passages under one claim."""
_MOST_OPEN = 2
"""Passages under one claim that only bear on it."""
_MOST = 0.6
_SOME = 0.4
"""So much of a claim's words a passage must hold to be parsed, without figures and with them."""
_CLOSELY = 6
"""Passages under one claim that are parsed."""


class Held(NamedTuple):
    """The briefs with the passages that bear on each claim."""

    briefs: ArticleBriefs
    open: tuple[Open, ...] = ()
    """What somebody has to read: a model may be asked about it."""


def evidence(result: ArticleBriefs, library: Library) -> Held:
    """Return the briefs with the passages that bear on each claim, and what was searched.

    A document whose text is the article's own is no evidence for it.
    """
    about = subject(result)
    line = searched(library, result.article.text_sha256)
    briefs: list[Brief] = []
    pending: list[Open] = []
    for brief in result.briefs:
        chosen = _of_claim(sought(result, brief), about, library, result.article.text_sha256)
        update = {"evidence": tuple(map(_evidence, chosen)), "searched": line}
        briefs.append(brief.model_copy(update=update))
        pending += [Open(brief.id, n) for n, each in enumerate(chosen) if not each.said.settled]
    return Held(result.model_copy(update={"briefs": tuple(briefs)}), tuple(pending))


def _of_claim(claim: Sought, about: Subject, library: Library, text_sha256: str) -> list["_Shown"]:
    found = [
        each
        for passage in library.find(claim.terms)
        if passage.source.text_sha256 != text_sha256
        and (each := bearing(claim, about, passage)) is not None
        and _worth_parsing(claim, each)
    ]
    found.sort(key=lambda each: -each.weight)
    shown = [_Shown(each, said) for each in found[:_CLOSELY] if (said := _said(claim, each)) is not None]
    return _chosen(shown)


def _worth_parsing(claim: Sought, found: Bearing) -> bool:
    """Tell whether a passage can say more than words do, or holds most of the claim's: parsing takes time."""
    passage = found.passage
    if passage.cells is not None or passage.review is not None:
        return True
    if not found.figures and found.share < (_SOME if claim.quantities or claim.dates else _MOST):
        return False
    return may_settle(claim, found)


def _chosen(shown: list["_Shown"]) -> list["_Shown"]:
    """Return what an editor is shown: what settles something, and beside it nothing that has to be read."""
    settling = [each for each in shown if each.said.stance is not Stance.NOT_ENOUGH_INFO]
    checked = [each for each in shown if each.found.passage.review is not None]
    settled = {each.found.passage.source.path for each in settling}
    exact = [s for s in shown if s.said.exact and s.found.passage.source.path not in settled]
    if settling:
        return [*settling, *checked, *exact][:MOST_SHOWN]
    rest = [each for each in shown if each not in checked and each not in exact]
    return [*settling, *checked, *exact, *rest[:_MOST_OPEN]][:MOST_SHOWN]


class _Shown(NamedTuple):
    found: Bearing
    said: Said


def _said(claim: Sought, found: Bearing) -> Said | None:
    passage = found.passage
    if passage.cells is not None:
        return row_says(claim, passage)
    if passage.review is not None:
        return checked_before(claim, found, passage.review)
    return stance(claim, found)


def _evidence(shown: _Shown) -> Evidence:
    passage, said = shown.found.passage, shown.said
    document = passage.source
    return Evidence(
        document=document.name,
        place=_place(shown),
        quote=passage.text,
        stance=said.stance,
        drafted_by=OFFLINE,
        note=said.note,
        path=document.path,
        span=passage.span,
        text_sha256=document.text_sha256,
        review=passage.review,
    )


def _place(shown: _Shown) -> str:
    """Return the place in words; of a row with what it is about and the columns that were compared."""
    passage = shown.found.passage
    keys = keys_of(passage)
    if keys is None:
        return passage.place
    about = ", ".join(each for each in (keys.time.words, *keys.names[:2]) if each)
    columns = "".join(f", column “{column}”" for column in shown.said.columns)
    return f"{passage.place} ({about}){columns}" if about else f"{passage.place}{columns}"
