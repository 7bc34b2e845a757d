"""HTML: one self-contained page, the article on the left with its claims marked, the briefs on the right.

It makes no request, and a content security policy lets it run nothing but its own style and script, each
by its hash. Every value is escaped by the template engine; no value reaches style or script. A page without
a model's lines, or without related claims, has no style for them either.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from briefs.domain.brief import ArticleBriefs
from briefs.steps.render.given import teach, values, writable
from briefs.steps.render.marks import paragraphs
from briefs.steps.render.view import page


def html(result: ArticleBriefs) -> str:
    """Return the page of an article's briefs."""
    shown = page(result)
    made = _template().render(
        **values(shown),
        paragraphs=paragraphs(shown),
        relates=any(
            section.others.shown or section.others.nearby or section.origins for section in shown.sections
        ),
    )
    return writable(made)


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
    teach(environment)
    environment.globals.update(
        style=_inline("page.css"),
        related_style=_inline("related.css"),
        model_style=_inline("model.css"),
        script=_inline("page.js"),
    )
    return environment.get_template("page.html.j2")
