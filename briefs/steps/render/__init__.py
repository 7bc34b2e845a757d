"""Render: a projection of an article's briefs into a format. Same value in, same bytes out.

Nothing here decides anything, reads a clock or a locale, or changes a word of the article.
"""

from typing import Literal

from briefs.domain.brief import ArticleBriefs

Format = Literal["md", "json", "html"]


def render(result: ArticleBriefs, form: Format) -> str:
    """Return the whole file in the asked format, ending with a newline."""
    # Imported here: writing JSON alone does not load the templates.
    if form == "json":
        from briefs.steps.render.json import json  # noqa: PLC0415

        return json(result)
    if form == "html":
        from briefs.steps.render.html import html  # noqa: PLC0415

        return html(result)
    from briefs.steps.render.markdown import markdown  # noqa: PLC0415

    return markdown(result)
