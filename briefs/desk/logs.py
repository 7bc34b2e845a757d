"""Logs: who changed what, of an article or of one claim."""

from urllib.parse import urlencode

from briefs.desk.asking import Asking, Refused
from briefs.desk.listing import PAGE, pager_of
from briefs.desk.opened import Opened
from briefs.desk.showing import claim_url, path_of
from briefs.desk.views import LogEntry, LogView
from briefs.domain.desk_lineage import by_claim
from briefs.review.fold import steps
from briefs.review.log_lines import log_lines
from briefs.steps.render.head import title


def log_view(asking: Asking, opened: Opened, claim: str | None, page: int) -> LogView:
    """Return a page of an article's log, the latest first; of one claim where it is named."""
    slug = opened.result.article.slug
    sections = {each.anchor: each for each in opened.page.sections}
    if claim is not None and claim not in sections and claim not in opened.states:
        raise Refused(404, "The article has no such claim.")
    entries = sorted(
        (each for each in _entries(opened) if claim in (None, each[0])), key=lambda each: -each[1].seq
    )
    query = {"claim": claim} if claim else {}
    pager = pager_of(page, len(entries), lambda n: f"{path_of(slug)}/log?{urlencode({**query, 'page': n})}")
    shown = [entry for _, entry in entries[(pager.page - 1) * PAGE : pager.page * PAGE]]
    return LogView(
        frame=asking.frame(f"Log: {title(opened.result.article)}", "articles"),
        slug=slug,
        title=title(opened.result.article),
        claim=sections.get(claim) if claim else None,
        entries=tuple(shown),
        pager=pager,
    )


def _entries(opened: Opened) -> list[tuple[str, LogEntry]]:
    """Return every line of an article's log with the claim that it belongs to now."""
    slug = opened.result.article.slug
    sections = {each.anchor: each for each in opened.page.sections}
    found = []
    for brief, events in by_claim(opened.events).items():
        section = sections.get(brief)
        for event, before, _ in steps(brief, events):
            for line in log_lines(event, before):
                entry = LogEntry(
                    seq=event.seq,
                    at=event.at,
                    who=event.who,
                    line=bare(line),
                    number=section.number if section else None,
                    short=section.short if section else "a claim that is not in the article any more",
                    url=claim_url(slug, brief) if section else None,
                )
                found.append((brief, entry))
    return found


def bare(line: str) -> str:
    """Return a line of a log without the time and the name that it begins with, which stand beside it."""
    return line.partition(": ")[2] or line
