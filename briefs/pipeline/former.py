"""Which version of an article another one follows, as a person names it: by file, URL, id or JSON."""

from pathlib import Path

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import DeskEvent
from briefs.domain.slug import slug
from briefs.errors import ConfigError, InputError
from briefs.pipeline.decided import Former
from briefs.pipeline.one import article_of
from briefs.readers.inputs import inputs, is_url
from briefs.steps.ingest import Given
from briefs.store.desk import DeskStore
from briefs.store.files import content_of


def former(named: str, out: Path) -> Former:
    """Return the former version that a person named; what is briefed in the folder `out` is looked at first.

    Raises ConfigError where it is neither briefed there nor can be read.
    """
    path = Path(named)
    if path.suffix == ".json" and path.is_file():
        found = _briefs(path)
        if found is None:
            raise ConfigError(f"--previous {named}: is not the JSON of an article's briefs")
        return Former(found.article.id, found, _recorded(path.parent, out, found.article.id))
    source = None if path.is_dir() else next(iter(inputs([named])))
    ids = [named, *([source.id] if source else [])]
    for name in (*ids, *map(slug, ids)):
        found = _briefs(out / f"{slug(name)}.json") or _briefs(out / f"{Path(name).name}.json")
        if found is not None and (found.article.id in ids or found.article.slug == name):
            return Former(found.article.id, found)
    return Former(_read(named, out))


def _recorded(folder: Path, out: Path, article: str) -> tuple[DeskEvent, ...]:
    """Return what was recorded about a former version that lies in another folder."""
    if folder.resolve() == out.resolve():
        return ()
    with DeskStore.open(folder, create=False) as desk:
        return desk.events(article=article)


def _read(named: str, out: Path) -> str:
    """Return the id that the former version's own file or page gives it."""
    try:
        if not is_url(named) and not Path(named).is_file():
            raise InputError(named, "is not there", "check it")
        return article_of(next(iter(inputs([named]))), Given()).id
    except InputError as error:
        raise ConfigError(
            f"--previous {named}: no article of this id, file or URL is briefed in {out}, nor can it be read "
            f"({error.reason}); name the JSON of its briefs"
        ) from error


def _briefs(path: Path) -> ArticleBriefs | None:
    try:
        return ArticleBriefs.from_json(content_of(path))
    except (OSError, ValueError):
        return None
