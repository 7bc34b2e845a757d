"""Markdown: one file per article, for an editor who has two minutes.

Every value that a template prints is escaped unless it is `Markdown` already, so that no article, name
or address can change the structure of the file.
"""

import re
from collections.abc import Iterable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from briefs.domain.brief import ArticleBriefs
from briefs.seal import seal, words_sha256
from briefs.steps.render import head, wording
from briefs.steps.render.desk import fields
from briefs.steps.render.escape import Markdown, Piece, escaped
from briefs.steps.render.rest import left_out
from briefs.steps.render.view import ClaimRef, Section, page

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def markdown(result: ArticleBriefs) -> str:
    """Return the sealed Markdown file of an article's briefs."""
    shown = page(result)
    text = result.article.text
    body = _template().render(
        page=shown,
        title=head.title(result.article),
        places=shown.layout.places,
        provenance=head.provenance(result.article),
        counts=head.counts(shown),
        promise=head.PROMISE,
        sources=head.source_lines(result.overview.sourcing.sources),
        unheard=[c for c in result.overview.criticised if c.asked != "yes"],
        groups=left_out(result),
        made=head.made(result),
        passage=lambda section: _passage(section, text),
        slice=lambda span: " ".join(span.of(text).split()),
    )
    body = re.sub(r"\n{3,}", "\n\n", body)
    return _LONE_SURROGATE.sub("\ufffd", seal(body, result))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("briefs.steps.render"),
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - `finalize` escapes for Markdown
    )
    environment.filters.update(
        claims=_claims,
        characters=lambda n: wording.count(n, "character", "characters"),
        desk=fields,
        places=lambda spans: wording.count(len(spans), "place", "places"),
        hash=lambda words: words_sha256(words)[:16],
        listing=wording.listing,
        origins=head.origins,
        other_spellings=head.other_spellings,
        stop=wording.stop,
        upperfirst=wording.upperfirst,
    )
    environment.globals.update(
        asked=wording.ASKED,
        furniture=wording.FURNITURE,
        related=wording.RELATED,
        stances=wording.STANCES,
        types=wording.CLAIM_TYPES,
    )
    return environment.get_template("brief.md.j2")


def _finalized(value: object) -> str:
    return value if isinstance(value, Markdown) else escaped(str(value))


def _passage(section: Section, text: str) -> Markdown:
    """Return the claim's words within their paragraphs, as one block quote.

    They are bold where other words stand beside them.
    """
    paragraphs = []
    apart = any(shown.span.place != shown.words.place for shown in section.shown)
    for shown in section.shown:
        offset = shown.span.start
        piece = Piece(shown.words.start - offset, shown.words.end - offset)
        paragraphs.append(f"> {escaped(shown.span.of(text), [piece] if apart else [])}")
    return Markdown("\n>\n".join(paragraphs))


def _claims(refs: Iterable[ClaimRef]) -> Markdown:
    links = [f"[{ref.number}](#{ref.anchor})" for ref in refs]
    return Markdown(f"{'claim' if len(links) == 1 else 'claims'} {wording.listing(links)}")
