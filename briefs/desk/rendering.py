"""The desk's templates: every value is escaped, and a name that nobody gave is an error."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup, escape

from briefs.domain.desk import Check, Status
from briefs.steps.render import story_view
from briefs.steps.render.environment import for_html
from briefs.steps.render.given import teach, writable
from briefs.steps.render.marks import Segment
from briefs.steps.render.story import teach_story
from briefs.steps.render.story_chart import chart
from briefs.steps.render.wording import CHECKS, STATUSES, count, date_words
from briefs.text.unseen import Part, parts

NOTHING: Mapping[str, object] = MappingProxyType({})


class Rendering:
    """Makes pages and pieces of pages from views."""

    def page(self, template: str, view: NamedTuple, more: Mapping[str, object] = NOTHING) -> str:
        """Return a page or a piece of one; the template gets `view`, and `more` by name."""
        return writable(_environment().get_template(template).render(view=view, **more))


def still(text: str) -> Markup:
    """Return an article's text for a page on which places are counted: a parser of HTML changes none of it.

    It would make a line end of a carriage return and drop the null character (HTML 13.2.3.5, 13.2.6.4.7).
    """
    return escape(text.replace("\0", "\ufffd")).replace("\r", Markup("&#13;"))


def pieces(segment: Segment) -> Iterator[Part]:
    """Yield a segment's words, cut at what nobody sees: so every place on the page is one of the text's."""
    for part in parts(segment.text):
        yield part._replace(start=segment.start + part.start)


@cache
def _environment() -> Environment:
    """Return the templates' environment; templates themselves are compiled when they are used, once."""
    environment = for_html("briefs.desk")
    teach(environment)
    teach_story(environment)
    environment.filters.update(
        count=count,
        date_words=date_words,
        pieces=pieces,
        still=still,
        check_words=lambda value: CHECKS[Check(value)],
        status_words=lambda value: STATUSES[Status(value)],
    )
    environment.globals.update(checks=CHECKS, statuses=STATUSES, story_view=story_view, chart=chart)
    return environment
