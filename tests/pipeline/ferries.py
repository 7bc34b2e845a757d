"""An invented article in many versions, the claims that an editor signed in it, and runs over them."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from briefs.domain.brief import ArticleBriefs, Brief
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.desk_events import Change, DeskField, Door, Edited, EventDraft
from briefs.pipeline.decided import Former
from briefs.pipeline.living import Living
from briefs.pipeline.work import Drafted, Job, Wanted, process
from briefs.readers.inputs import inputs
from briefs.review.basis import basis_of
from briefs.steps.ingest import Given
from briefs.store.outputs import Written

BASE = """Orla ferries lose a third of their crews

By Henrika Solvang

Port Ansel, 4 May 2024

The ferry company Orla Lines has lost 310 of its 940 deckhands since January, according to its personnel \
report.

“We cannot crew the night boats any more,” said Danuta Rósza, president of the Seafarers’ Federation. \
“Half of the cabins stand empty.”

She said that 45 crossings had been cancelled in April.

Captain Ivo Brandt, who led the company's safety office until March, told the Orla Courier that two boats \
had sailed without a full crew.

The company’s chief executive, Marta Vell, reportedly refused a pay rise of 8 percent.

The harbour board may close the northern pier on 1 July, its chair, Petr Hladik, said.

The ministry of transport confirmed that an inquiry had begun on 22 April. It will last six months.

“The boats are safe,” Vell said. Passengers had complained about the delays.

Orla Lines scrapped 12 sailings in March, and the federation filed 30 complaints with the port court.

The last strike on the route, in 2011, lasted nine days.
"""
CLAIMS: Mapping[str, str] = {
    "headline": "lose a third",
    "deckhands": "deckhands since",
    "crew": "the night boats",
    "cabins": "of the cabins",
    "crossings": "had been cancelled",
    "boats": "Brandt",
    "rise": "a pay rise of",
    "pier": "northern pier",
    "inquiry": "an inquiry",
    "safe": "boats are safe",
    "delays": "had complained about",
    "sailings": "scrapped 12",
    "complaints": "complaints with",
    "strike": "last strike",
}
"""Words by which each claim of the article is told."""


def drafted(path: Path, text: str | None = None, forms: tuple[str, ...] = ("md", "json", "html")) -> Drafted:
    """Return the draft of an article, which is written to `path` first where its text is given."""
    if text is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    wanted = Wanted(forms, relates=True)  # type: ignore[arg-type]
    outcome = process(Job(next(iter(inputs([str(path)]))), Given(), wanted))
    assert outcome.drafted is not None, outcome.error
    return outcome.drafted


def ran(out: Path, draft: Drafted, former: Former | None = None) -> Written:
    """Write an article's files as a run does that keeps no claim index."""
    out.mkdir(parents=True, exist_ok=True)
    living = Living.open(out, former=former)
    try:
        return living.write_draft(draft, living.met(draft))
    finally:
        living.close()


def briefs_in(out: Path, draft: Drafted) -> ArticleBriefs:
    """Return the briefs that lie in the output folder."""
    return ArticleBriefs.from_json((out / f"{draft.slug}.json").read_bytes())


def claim(result: ArticleBriefs, name: str) -> Brief:
    """Return the brief of a claim of `CLAIMS`."""
    [found] = [each for each in result.briefs if CLAIMS[name] in each.claim.quote.text]
    return found


def signing(result: ArticleBriefs, brief: Brief, note: str = "") -> EventDraft:
    """Return the event of an editor who signs a claim off; the note tells claims apart."""
    said = {
        DeskField.SAID: Check.CONFIRMED.value,
        DeskField.STATUS: Status.USABLE.value,
        DeskField.CHECKER: "K. Aune",
        DeskField.SOURCE_CONSULTED: "The federation's recording",
        **({DeskField.NOTE: note} if note else {}),
    }
    changes = tuple(Change(field=field, before=None, after=after) for field, after in said.items())
    what = Edited(changes=changes, basis=basis_of(result.article, brief))
    return EventDraft(who="K. Aune", door=Door.DESK, article=result.article.id, brief=brief.id, what=what)


def sign_all(out: Path, draft: Drafted) -> ArticleBriefs:
    """Sign off every claim of `CLAIMS`, each with its name as the note; return the briefs as they then are."""
    living = Living.open(out)
    result = briefs_in(out, draft)
    living.desk.keep_text(result.article)
    living.desk.append([signing(result, claim(result, name), note=name) for name in CLAIMS])
    living.refresh(draft.slug)
    living.close()
    return briefs_in(out, draft)


class Became(NamedTuple):
    """What became of the signed claims, by their names."""

    kept: Mapping[str, Brief]
    reopened: Mapping[str, Brief]
    gone: Mapping[str, Desk]
    """Those that the article has no longer."""


def became(result: ArticleBriefs) -> Became:
    """Return what became of every signed claim; each is there exactly once."""
    noted = [each for each in result.briefs if each.desk.note]
    kept = {str(each.desk.note): each for each in noted if each.desk.signed}
    reopened = {str(each.desk.note): each for each in noted if not each.desk.signed}
    gone = {str(each.desk.note): each.desk for each in result.former if each.desk.note}
    assert len(kept) + len(reopened) + len(gone) == len(noted) + len(gone)
    assert not kept.keys() & reopened.keys()
    return Became(kept, reopened, gone)
