"""The template environments of HTML and of Markdown, and style and script as they stand in a page."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from briefs.steps.render.escape import Markdown, escaped
from briefs.text.unseen import named, parts

UNSEEN = Markup('<span class="unseen" ')
"""Begins the mark of a run of unseen characters in a page; no value can hold it, since each is escaped."""
_UNSEEN = UNSEEN + Markup('data-name="{}">{}</span>')


class Inline(NamedTuple):
    """Style or script of ours as it stands in the page, with the source expression that allows it."""

    content: Markup
    allowed: str


def inline(name: str) -> Inline:
    """Return a file of the templates' folder with its hash for the page's content security policy."""
    content = files("briefs.steps.render").joinpath("templates", name).read_text("utf-8")
    digest = b64encode(sha256(content.encode()).digest()).decode()
    return Inline(Markup(content), f"'sha256-{digest}'")  # noqa: S704 - our own file, no value in it


def for_html(package: str = "briefs.steps.render") -> Environment:
    """Return an environment for a package's pages; a name that nobody gave is an error.

    Every value is escaped, and what nobody sees is named in it; one that goes back with a form is `kept`.
    """
    environment = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        finalize=_seen,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(exact=exact, kept=escape)
    return environment


def for_markdown() -> Environment:
    """Return an environment that escapes every value for Markdown, unless it is `Markdown` already."""
    return Environment(
        loader=PackageLoader("briefs.steps.render"),
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - `finalize` escapes for Markdown
    )


def exact(text: str) -> Markup:
    """Return an article's words for a page, character for character: style alone names what nobody sees.

    So they can be copied and counted as they are; each run of such characters is isolated, and turns nothing.
    """
    return Markup("").join(
        _UNSEEN.format(part.name[1:-1], part.text) if part.name else escape(part.text) for part in parts(text)
    )


def _seen(value: object) -> object:
    """Return a value for a page: of plain words, what nobody sees by its name."""
    return named(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _finalized(value: object) -> str:
    return value if isinstance(value, Markdown) else escaped(str(value))
