"""Render: a projection of an article's briefs into a format. Same value in, same bytes out."""

from typing import Literal

from briefs.domain.brief import ArticleBriefs

Format = Literal["md", "json", "html"]


def render(result: ArticleBriefs, form: Format) -> str:
    """Return the whole file in the asked format, ending with a newline."""
    return result.model_dump_json(indent=2) + "\n"
