"""The overview of a story as one Markdown file and one page, without a script and without any request.

Everything that an article, a model or a name holds is escaped for the format, as in the briefs themselves.
"""

import re
from functools import cache

from jinja2 import Environment, Template

from briefs.domain.story import Account, ClaimRef, Filed, Story
from briefs.seal import seal_story
from briefs.steps.render import story_view, wording
from briefs.steps.render.environment import for_html, for_markdown, inline
from briefs.steps.render.escape import Markdown, escaped
from briefs.steps.render.given import writable
from briefs.steps.render.json import json
from briefs.steps.render.story_chart import chart
from briefs.steps.render.tame import visible


def story_json(story: Story) -> str:
    """Return the overview as JSON, for other programs."""
    return json(story)


def story_markdown(story: Story) -> str:
    """Return the sealed Markdown file of the overview."""
    body = _markdown().render(story=story)
    return seal_story(writable(re.sub(r"\n{3,}", "\n\n", body)))


def story_html(story: Story) -> str:
    """Return the page of the overview."""
    pages = {filed.place.slug for filed in story.filed if "html" in filed.formats}
    return writable(_html().render(story=story, suffix=_Suffix(story, pages)))


class _Suffix:
    """Gives the ending of the file that a link leads to: the article's page, else its Markdown."""

    def __init__(self, story: Story, pages: set[str]) -> None:
        # An article that is not listed has what the others have.
        self._rest = "html" if pages or not story.filed else "md"
        self._pages = pages
        self._filed = {filed.place.slug for filed in story.filed}

    def __call__(self, slug: str) -> str:
        known = slug in self._filed
        return self._rest if not known else "html" if slug in self._pages else "md"


@cache
def _html() -> Template:
    environment = for_html()
    teach_story(environment)
    environment.globals.update(style=inline("page.css"), story_style=inline("index.css"), chart=chart)
    return environment.get_template("index.html.j2")


@cache
def _markdown() -> Template:
    environment = for_markdown()
    teach_story(environment)
    environment.filters.update(claim=_claim, opened=_opened)
    return environment.get_template("index.md.j2")


def teach_story(environment: Environment) -> None:
    """Give a template environment the filters that an overview of a story uses."""
    environment.filters.update(
        article_name=story_view.article_name,
        articles=story_view.articles,
        by_level=story_view.by_level,
        day=story_view.day,
        grouped=story_view.grouped,
        kind=story_view.kind,
        remarks=story_view.remarks,
        side=story_view.side,
        stop=wording.stop,
        upperfirst=wording.upperfirst,
        visible=visible,
        whole=story_view.whole,
    )
    environment.tests.update(by_model=story_view.by_model)
    environment.globals.update(
        view=story_view,
        left_out=story_view.left_out,
        like=story_view.like,
    )


def _claim(told: Account | ClaimRef) -> Markdown:
    """Return a link to a claim's brief, by its number."""
    return Markdown(f"[{told.number}]({told.place.slug}.md#{told.brief})")


def _opened(filed: Filed) -> Markdown:
    """Return an article's title as a link to its briefs."""
    title = " ".join(filed.place.title.split()) or "Untitled article"
    return Markdown(f"[{_linkable(title)}]({filed.place.slug}.md)")


def _linkable(title: str) -> str:
    """Return a title for the text of a link, where a bracket of its own would end it."""
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", escaped(title))
