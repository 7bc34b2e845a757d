"""HTML: one self-contained page, the article on the left with its claims marked, the briefs on the right.

It makes no request, and a content security policy lets it run nothing but its own style and script,
each by its hash. Every value is escaped by the template engine; no value reaches style or script.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from briefs.domain.brief import ArticleBriefs
from briefs.seal import words_sha256
from briefs.steps.render import head, wording
from briefs.steps.render.desk import fields
from briefs.steps.render.marks import paragraphs
from briefs.steps.render.rest import left_out
from briefs.steps.render.view import page

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def html(result: ArticleBriefs) -> str:
    """Return the page of an article's briefs."""
    shown = page(result)
    made = _template().render(
        page=shown,
        paragraphs=paragraphs(shown),
        title=head.title(result.article),
        places=shown.layout.places,
        provenance=head.provenance(result.article),
        counts=head.counts(shown),
        promise=head.PROMISE,
        sources=head.source_lines(result.overview.sourcing.sources),
        unheard=[c for c in result.overview.criticised if c.asked != "yes"],
        groups=left_out(result),
        made=head.made(result),
        slice=lambda span: " ".join(span.of(result.article.text).split()),
    )
    return _LONE_SURROGATE.sub("\ufffd", made)


class _Inline(NamedTuple):
    """Style or script of ours as it stands in the page, with the source expression that allows it."""

    content: Markup
    allowed: str


def _inline(name: str) -> _Inline:
    content = files("briefs.steps.render").joinpath("templates", name).read_text("utf-8")
    digest = b64encode(sha256(content.encode()).digest()).decode()
    return _Inline(Markup(content), f"'sha256-{digest}'")  # noqa: S704 - our own file, no value in it


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("briefs.steps.render"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        characters=lambda n: wording.count(n, "character", "characters"),
        desk=fields,
        hash=lambda words: words_sha256(words)[:16],
        listing=wording.listing,
        origins=head.origins,
        other_spellings=head.other_spellings,
        places=lambda spans: wording.count(len(spans), "place", "places"),
        stop=wording.stop,
        upperfirst=wording.upperfirst,
    )
    environment.globals.update(
        asked=wording.ASKED,
        furniture=wording.FURNITURE,
        related=wording.RELATED,
        stances=wording.STANCES,
        types=wording.CLAIM_TYPES,
        style=_inline("page.css"),
        script=_inline("page.js"),
    )
    return environment.get_template("page.html.j2")
