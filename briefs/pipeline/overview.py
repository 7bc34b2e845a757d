"""The overview of the output folder's story: its briefs are read one after another, none is kept whole."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from briefs import __version__
from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs
from briefs.domain.relations import IndexedArticle, Relation
from briefs.domain.story import Story
from briefs.steps.relate import families
from briefs.steps.render.story import story_html, story_json, story_markdown
from briefs.steps.render.told import Told
from briefs.steps.survey import TOP, Frame, Gathered, gather, survey
from briefs.steps.trace import known_as, sketch_of
from briefs.store import outputs
from briefs.store.files import content_of
from briefs.store.outputs import NO_BRIEFS, Written, write

OVERVIEW = Path(outputs.OVERVIEW).stem
"""Name of the overview's files without their suffix."""
WHOLE = 500
"""Articles up to which the overview covers the whole folder; above, the run's and what they relate to."""
MOST = 2000
"""Articles of a run, and related to it, that the overview of a larger folder covers at most."""
RelationsOf = Callable[[Sequence[str]], Iterable[Relation]]
"""Gives all relations of the claims with these ids."""
HeadsOf = Callable[[Sequence[str]], Mapping[str, IndexedArticle]]
"""Gives what the index keeps of the articles with these ids; those that it does not know are left out."""


class Scope(NamedTuple):
    """What the overview is to show."""

    top: int = TOP
    """Questions on the call sheet."""
    run: Collection[str] = ()
    """Slugs of the run's articles and of those that they relate to: what a large folder's overview covers."""
    aliases: Aliases = NO_ALIASES
    """What a newsroom says of who is the same as whom."""
    heads_of: HeadsOf = lambda _: {}
    """Spares the overview the sketches of texts of which the index has one."""


def write_overview(folder: Path, relations_of: RelationsOf, scope: Scope = Scope()) -> Written:  # noqa: B008 - frozen
    """Write `index.md`, `index.html` and `index.json` into an output folder.

    They are a function of the briefs that lie there, and of the relations between their claims. A Markdown
    file that a person has edited stays as it is. Raises ConfigError when the folder cannot be written.
    """
    story = overview(folder, relations_of, scope)
    files = {"md": story_markdown(story), "html": story_html(story), "json": story_json(story)}
    return write(folder, OVERVIEW, files)


def overview(folder: Path, relations_of: RelationsOf, scope: Scope = Scope()) -> Story:  # noqa: B008 - frozen
    """Return the overview of an output folder; files that are no article's briefs are left aside."""
    names, there = _there(folder)
    if there > WHOLE:
        names = sorted(f"{slug}.json" for slug in scope.run)
        names = [name for name in names if (folder / name).is_file()][:MOST]
    gathered: list[Gathered] = []
    articles: dict[str, IndexedArticle] = {}
    for result in _read(folder, names):
        indexed = IndexedArticle.of(result, _sketch(result.article, scope.heads_of))
        told = Told(result)
        formats = tuple(form for form in ("md", "html") if (folder / f"{indexed.slug}.{form}").is_file())
        gathered.append(gather(told.result, told, indexed.sketch, formats))
        articles[indexed.id] = indexed
    claims = [claim for article in articles.values() for claim in article.claims]
    relations = tuple(relations_of([claim.id for claim in claims]))
    frame = Frame(__version__, max(0, there - len(names)), scope.top)
    found = families(claims, relations, articles)
    known = known_as(claims, articles, scope.aliases)
    return survey(gathered, found, relations, frame, lambda name: known.get(name, name))


def _there(folder: Path) -> tuple[list[str], int]:
    """Return the names of a folder's briefs, sorted, where they are few; and how many they are."""
    names: list[str] = []
    there = 0
    for path in folder.glob("*.json"):
        # A pipe, or a link to a device, would be read for ever.
        if path.name not in NO_BRIEFS and path.is_file():
            there += 1
            if there <= WHOLE:
                names.append(path.name)
    return sorted(names), there


def _sketch(article: Article, heads_of: HeadsOf) -> tuple[int, ...]:
    head = heads_of([article.id]).get(article.id)
    known = head is not None and head.text_sha256 == article.text_sha256
    return head.sketch if head is not None and known else sketch_of(article)


def _read(folder: Path, names: Iterable[str]) -> Iterator[ArticleBriefs]:
    for name in names:
        try:
            yield ArticleBriefs.from_json(content_of(folder / name))
        except (OSError, ValueError):  # another program's, or older: the run itself tells of those
            continue
