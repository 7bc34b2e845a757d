"""The lines about an article as a whole: where it comes from, what it rests on, how its briefs were made."""

from collections import Counter

from briefs.domain.article import Article, GivenBy
from briefs.domain.brief import FIRST_SOURCES, ArticleBriefs, NameEntry, SourceLine
from briefs.domain.scan import SourceKind
from briefs.steps.render.drafting import READING, helper, read_by_model
from briefs.steps.render.evidence import all_searched
from briefs.steps.render.failed import in_appendix
from briefs.steps.render.sources import Line
from briefs.steps.render.view import Page, Section
from briefs.steps.render.wording import COPIES, count, date_words, listing, source_kind

PROMISE = (
    "Quotations are the article's exact words. Nothing here says whether a claim is true: an editor decides."
)


def title(article: Article) -> str:
    """Return the article's title, or words for its lack."""
    return article.title if article.title.strip() else "Untitled article"


def provenance(article: Article) -> str:
    """Return outlet, byline and date in one line, saying what is not known."""
    byline = article.byline or ""
    if byline.casefold().startswith("by "):
        byline = byline[3:]
    parts = [
        article.outlet or "Outlet not given",
        f"by {byline}" if byline else "no byline",
        date_words(article.published) if article.published else "undated",
        COPIES[article.copy_kind],
    ]
    if article.republished_from:
        parts.append(f"first published on {article.republished_from}")
    return " · ".join(parts)


def counts(page: Page) -> str:
    """Return how many claims there are, by level, and how many of them an editor holds to be none."""
    if not page.sections:
        return "No checkable claim was found."
    levels = Counter(s.level for s in page.sections if not s.is_dismissed)
    left_out = len(page.sections) - levels.total()
    by_level = ", ".join(f"{levels[name]} {name}" for name in ("high", "medium", "low") if levels[name])
    said = f"{count(levels.total(), 'claim', 'claims')} to check{': ' if by_level else ''}{by_level}."
    return f"{said} {left_out} more held to be no claim." if left_out else said


def source_lines(result: ArticleBriefs) -> list[str]:
    """Return the sources that stand first; the others stand under their claims."""
    sources, read = result.overview.sourcing.sources, read_by_model(result)
    lines = [_source_line(source, source.name.casefold() in read) for source in sources[:FIRST_SOURCES]]
    more = len(sources) - len(lines)
    return [*lines, f"and {count(more, 'other source', 'other sources')}"] if more else lines


def _source_line(source: SourceLine, by_model: bool) -> str:
    role = f", {source.role}" if source.role else ""
    via = f", by way of {listing(source.via)}" if source.via else ""
    known = next((kind for kind in SourceKind if kind.value == source.kind), None)
    kind = source_kind(known, source.name) if known else source.kind
    reading = f", {READING}" if by_model else ""
    return f"{source.name}{role} ({kind}){via}{reading}: {count(source.claims, 'claim', 'claims')}"


def differing(page: Page) -> tuple[Section, ...]:
    """Return the claims that other articles differ on, in order of importance."""
    return tuple(section for section in page.ranked if section.others.differing)


def other_spellings(name: NameEntry) -> list[str]:
    """Return the ways in which the article writes a name, other than the best one."""
    return [variant for variant in dict.fromkeys(name.variants) if variant != name.name]


def _listed(given: GivenBy) -> str:
    """Return which manifest listed an article, and what it says of it."""
    stated = ", ".join(name for name in given.fields if name != "copy")
    return f"{given.manifest}, which states its {stated}" if stated else given.manifest


def made(result: ArticleBriefs) -> tuple[Line, ...]:
    """Return how the briefs were made and from what."""
    article, how = result.article, result.made
    lines = [
        Line("Article", article.id),
        Line("Read from", article.source_path),
        Line("SHA-256 of the article's text", article.text_sha256),
        Line("SHA-256 of the file as read", article.source_sha256),
        Line("Language", article.language),
        Line("Drafted by", _drafters(result)),
    ]
    if article.given_by is not None:
        lines.append(Line("Listed in", _listed(article.given_by)))
    if article.url:
        lines.append(Line("Address", article.url))
    if article.retrieved:
        lines.append(Line("Fetched", date_words(article.retrieved)))
    lines.extend(Line("Prompt", f"{name} {version}") for name, version in sorted(how.prompts.items()))
    if found := all_searched(result.briefs):
        lines.append(Line("Searched for evidence", found))
    lines.extend(Line("Note", note) for note in article.notes)
    lines.extend(in_appendix(how.failures))
    return tuple(lines)


def _drafters(result: ArticleBriefs) -> str:
    how, asked = result.made, helper(result)
    if asked is None:
        return f"{how.engine}, briefs {how.tool_version}"
    return f"the offline rules, with the language model {asked.name}, briefs {how.tool_version}"
