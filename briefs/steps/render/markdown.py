"""Markdown: one file per article, for an editor who has two minutes.

Every value that a template prints is escaped unless it is `Markdown` already, so that no article, name
or address can change the structure of the file.
"""

import re
from collections.abc import Iterable
from functools import cache

from jinja2 import Template

from briefs.domain.brief import ArticleBriefs
from briefs.seal import seal
from briefs.steps.render import wording
from briefs.steps.render.entered import as_entered
from briefs.steps.render.environment import for_markdown
from briefs.steps.render.escape import Markdown, Piece, escaped
from briefs.steps.render.given import teach, values, writable
from briefs.steps.render.related import Other, Words, marks_for
from briefs.steps.render.sealing import sealed_others, sealed_runs
from briefs.steps.render.view import ClaimRef, Section, page


def markdown(result: ArticleBriefs) -> str:
    """Return the sealed Markdown file of an article's briefs."""
    shown = page(result)
    body = _template().render(
        **values(shown),
        passage=lambda section: _passage(section, result.article.text),
    )
    body = re.sub(r"\n{3,}", "\n\n", body)
    others = sealed_others(shown.result)
    documented = any(brief.evidence for brief in result.briefs)
    return writable(seal(body, result, others, sealed_runs(shown) if others or documented else ()))


@cache
def _template() -> Template:
    environment = for_markdown()
    teach(environment)
    environment.filters.update(
        claims=_claims,
        entered=as_entered,
        other_link=_other_link,
        other_words=_other_words,
        in_marks=_in_marks,
    )
    return environment.get_template("brief.md.j2")


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


def _other_link(other: Other) -> Markdown:
    """Return where a related claim stands, linked where its file lies beside this one."""
    words = escaped(other.where)
    if other.here:
        return Markdown(f"[{words}](#{other.anchor})")
    return Markdown(f"[{words}]({other.slug}.md#{other.anchor})") if other.slug else words


def _other_words(shown: Words) -> Markdown:
    """Return another article's words between quotation marks, those that it is about in bold."""
    text = shown.before + shown.words + shown.after
    left = len(text) - len(text.lstrip())
    bold = (
        [Piece(len(shown.before) - left, len(shown.before) + len(shown.words) - left)] if shown.words else []
    )
    before, after = "… " * shown.cut_before, " …" * shown.cut_after
    return Markdown(f"{before}{shown.opens}{escaped(text.strip(), bold)}{shown.closes}{after}")


def _in_marks(text: str) -> Markdown:
    """Return words of a document between quotation marks: so they are proved like any others."""
    opens, closes = marks_for(text)
    return Markdown(f"{opens}{escaped(text)}{closes}")
