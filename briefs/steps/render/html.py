"""HTML: one self-contained page, the article on the left with its claims marked, the briefs on the right.

It makes no request, and a content security policy lets it run nothing but its own style and script, each
by its hash. Every value is escaped by the template engine; no value reaches style or script. A page without
a model's lines, without related claims, or without unseen characters, has no style for them either.
"""

from functools import cache

from jinja2 import Template

from briefs.domain.brief import ArticleBriefs
from briefs.steps.render.environment import UNSEEN, for_html, inline
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


@cache
def _template() -> Template:
    environment = for_html()
    teach(environment)
    environment.globals.update(
        style=inline("page.css"),
        related_style=inline("related.css"),
        unseen_style=inline("unseen.css"),
        unseen_mark=UNSEEN,
        model_style=inline("model.css"),
        script=inline("page.js"),
    )
    return environment.get_template("page.html.j2")
