"""The newsroom's fact-check spreadsheet: CSV, one row a claim; its byte order mark tells Excel of UTF-8.

RFC 4180: commas, doubled quotation marks, CRLF. A cell that a spreadsheet would take for a formula gets one
apostrophe before it, and so does one that begins with an apostrophe: taking one leading apostrophe off every
cell that has one gives the words back.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from briefs.domain.article import Article
from briefs.domain.brief import FormerClaim
from briefs.domain.desk import Desk
from briefs.export.claims import NO_LONGER, Exportable, is_done, remarks
from briefs.export.plain import shown
from briefs.steps.render.view import Section
from briefs.steps.render.wording import CHECKS, CLAIM_TYPES, STATUSES

COLUMNS = (
    "Article",
    "Outlet",
    "Published",
    "Link",
    "No.",
    "Priority",
    "Where",
    "The article's words",
    "Standing alone",
    "Kind of claim",
    "Who says so",
    "Passed on by",
    "Leaning on",
    "The chain ends",
    "Figures",
    "Dates",
    "Flags",
    "Open questions",
    "Answers",
    "Missing evidence",
    "Said so",
    "Is it so",
    "Status",
    "Checker",
    "Date checked",
    "Source consulted",
    "Archive link",
    "Corrected wording",
    "Rating",
    "Note",
    "Remarks",
    "Claim ID",
    "File",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a cell begins that a spreadsheet may calculate (OWASP, "CSV injection"), and the apostrophe itself."""


def spreadsheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the whole file: the row of names, then the given rows."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(words) for words in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def rows(exported: Exportable) -> Iterator[tuple[str, ...]]:
    """Yield an article's rows, one a claim, in the article's order; last the claims that it no longer has."""
    for section in exported.sections:
        yield _row(section, exported)
    for former in exported.former:
        yield _former(former, exported)


def read_cell(cell: str) -> str:
    """Return the words that a cell of the file stands for."""
    return cell[1:] if cell.startswith("'") else cell


def _cell(words: str) -> str:
    safe = shown(words)
    return f"'{safe}" if safe.startswith(DANGEROUS) else safe


def _row(section: Section, exported: Exportable) -> tuple[str, ...]:
    article, brief = exported.page.result.article, section.brief
    claim, desk = brief.claim, brief.desk
    chain = {line.label: line.text for line in section.lines}
    open_questions = [each for each in section.questions if not is_done(each.question)]
    cells = {
        **_article(article),
        "No.": str(section.number),
        "Priority": section.level,
        "Where": "; ".join(dict.fromkeys((section.place, *section.also))),
        "The article's words": claim.quote.text,
        "Standing alone": section.standalone or "",
        "Kind of claim": CLAIM_TYPES[claim.type],
        "Who says so": chain.get("Who says so", ""),
        "Passed on by": chain.get("Passed on by", ""),
        "Leaning on": chain.get("Leaning on", ""),
        "The chain ends": chain.get("The chain ends", ""),
        "Figures": "; ".join(_figures(section)),
        "Dates": "; ".join(" ".join(date.text.split()) for date in claim.dates),
        "Flags": _lines(f"{flagged.label}: {flagged.flag.note}" for flagged in section.flags),
        "Open questions": _lines(map(exported.question, open_questions)),
        "Answers": _lines(
            exported.question(each) for each in section.questions if each not in open_questions
        ),
        "Missing evidence": _lines(map(exported.missing, brief.missing_evidence)),
        "Claim ID": brief.id,
        **_desk(desk),
    }
    return tuple(cells[name] for name in COLUMNS)


def _former(former: FormerClaim, exported: Exportable) -> tuple[str, ...]:
    """Return the row of a claim that the article no longer has: what the desk knows of it."""
    cells = {
        **_article(exported.page.result.article),
        "The article's words": former.words or "",
        "Who says so": former.name or "",
        "Answers": _lines(f"{each.text} – {each.answer or 'ticked off'}" for each in former.questions),
        "Claim ID": former.id,
        **_desk(former.desk),
        "Remarks": NO_LONGER,
    }
    return tuple(cells.get(name, "") for name in COLUMNS)


def _article(article: Article) -> dict[str, str]:
    return {
        "Article": " ".join(article.title.split()),
        "Outlet": article.outlet or "",
        "Published": article.published or "",
        "Link": article.url or "",
        "File": article.slug,
    }


def _desk(desk: Desk) -> dict[str, str]:
    return {
        "Said so": CHECKS[desk.said],
        "Is it so": CHECKS[desk.so],
        "Status": STATUSES[desk.status],
        "Checker": desk.checker or "",
        "Date checked": desk.date or "",
        "Source consulted": desk.source_consulted or "",
        "Archive link": desk.archive_url or "",
        "Corrected wording": desk.corrected_wording or "",
        "Rating": desk.rating or "",
        "Note": desk.note or "",
        "Remarks": _lines(remarks(desk)),
    }


def _figures(section: Section) -> Iterator[str]:
    for figure in section.brief.claim.quantities:
        words = " ".join(figure.text.split())
        unit = figure.unit or ""
        yield words if not unit or unit.casefold() in words.casefold() else f"{words} {unit}"


def _lines(words: Iterable[str]) -> str:
    return "\n".join(words)
