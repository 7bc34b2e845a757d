"""One article, for a caller in Python or a command: read it, scan it, draft its briefs."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefs.domain.article import Article, Copy, GivenBy
from briefs.domain.brief import ArticleBriefs
from briefs.domain.scanline import ScanLine
from briefs.errors import ConfigError, InputError
from briefs.readers.dispatch import EXTENSIONS
from briefs.readers.inputs import Input, Loaded, inputs, is_url, load, shown
from briefs.readers.names import Names, checked, one_form
from briefs.readers.rows import Row
from briefs.steps.ingest import Given, Origin, ingest
from briefs.text.shortened import shortened

if TYPE_CHECKING:
    from briefs.llm.engines import Engine
    from briefs.pipeline.order import Draft

_NAMED = 200
"""Characters of a path in a manifest that a message shows beside the row."""


def run(  # noqa: PLR0913 - keywords, each with a meaning of its own
    path_or_text: str | Path,
    *,
    copy: Literal["own", "published"] = "published",
    published: str | None = None,
    outlet: str | None = None,
    model: str = "offline",
    base_url: str | None = None,
) -> ArticleBriefs:
    """Return the briefs of one article, given as a file, an http(s) URL, or its text.

    A `Path` is a file. A `str` is a URL if it starts with http:// or https://, a file if one of that
    name exists or it can only be meant as a file's name ("draft.txt"), and otherwise the article's text.
    `published` is an ISO 8601 date. `model` is "offline", "openai:NAME", "local:FILE.gguf" or
    "PROVIDER:NAME", and `base_url` any server with OpenAI's interface; unlike the command, this function
    takes neither from the environment, so that no draft leaves the machine unasked. Nothing is written.
    Calls that fail stand in `made.failures`; that part of the draft is the offline one.

    Raises InputError when the article cannot be read or a folder is given, ConfigError when `published` is
    not a date or the model cannot be used, TypeError for what is neither text nor a path.
    """
    if not isinstance(path_or_text, str | Path):
        raise TypeError(f"an article is a str or a pathlib.Path, not {type(path_or_text).__name__}")
    given = given_by_user(copy, published, outlet)
    engine = _engine(model, base_url)
    article = _article(path_or_text, given)
    if engine is None:
        from briefs.pipeline.order import draft  # noqa: PLC0415 - loads the parser

        return draft(article)
    return _in_a_loop(article, engine).briefs


def _article(path_or_text: str | Path, given: Given) -> Article:
    text = str(path_or_text)
    if isinstance(path_or_text, str) and not _names_a_file_or_url(text):
        return ingest(text.encode("utf-8", "surrogatepass"), Origin(id="text", path="text.txt"), given)
    if os.path.isdir(text):
        raise InputError(text, "is a folder", "give one article, or use `briefs run` for a folder")
    return article_of(next(iter(inputs([text]))), given)


def _engine(model: str, base_url: str | None) -> "Engine | None":
    if model == "offline" and base_url is None:
        return None
    from briefs.config import settings_of  # noqa: PLC0415 - only where a model is asked for
    from briefs.llm.engines import engine  # noqa: PLC0415

    return engine(settings_of(model=model, base_url=base_url))


def _in_a_loop(article: Article, engine: "Engine") -> "Draft":
    """Run the calls on an event loop of their own, also where the caller's thread is running one."""
    from briefs.pipeline.asking import ask_for  # noqa: PLC0415 - imports the model room

    def whole() -> "Draft":
        return asyncio.run(ask_for(article, engine))

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return whole()
    with ThreadPoolExecutor(1) as thread:  # a notebook's loop is busy with the caller
        return thread.submit(whole).result()


def given_by_user(copy: str, published: str | None, outlet: str | None) -> Given:
    """Return what the user says of an article; raises ConfigError when `published` is not a date."""
    if published is not None:
        try:
            published = date.fromisoformat(published).isoformat()
        except ValueError:
            raise ConfigError(f"--published {published!r}: not a date; write it as YYYY-MM-DD") from None
    return Given(copy=Copy(copy), published=published, outlet=outlet and one_form(outlet))


def _names_a_file_or_url(text: str) -> bool:
    if is_url(text):
        return True
    if len(text.split()) == 1 and text.lower().endswith(tuple(EXTENSIONS)):
        return True  # a mistyped name must not be briefed as if it were an article
    try:
        return "\n" not in text and Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or a NUL in it: a text
        return False


def article_of(found: Input, given: Given, loaded: Loaded | None = None) -> Article:
    """Read and freeze one article; raises InputError when it cannot be read.

    `loaded` is its content where another process has read it already (standard input).
    """
    try:
        loaded = loaded or load(found)
        origin = Origin(
            id=found.id,
            path=found.path,
            url=loaded.url,
            retrieved=loaded.retrieved,
            content_type=loaded.content_type,
            text=loaded.text,
        )
        return ingest(loaded.data, origin, given if found.row is None else given_by_row(found.row, given))
    except InputError as error:
        if found.row is None or error.name == found.name:
            raise
        name = f"{found.name}: {shortened(error.name, _NAMED)}"
        raise InputError(name, error.reason, error.advice) from error


def given_by_row(row: Row, given: Given) -> Given:
    """Return what a manifest's row states of its article; what it leaves open is as `given` for all."""
    found = checked(Names(row.stated.title, row.stated.outlet, row.stated.byline), "the manifest")
    names = found.names
    stated = row.stated._replace(title=names.title, outlet=names.outlet, byline=names.byline)
    return Given(
        copy=stated.copy_kind or given.copy,
        published=stated.published or given.published,
        outlet=stated.outlet or given.outlet,
        title=stated.title,
        byline=stated.byline,
        url=stated.url,
        id=stated.id,
        refused=found,
        by=GivenBy(manifest=shown(Path(row.manifest).name), fields=stated.named),
    )


def scan_line(found: Input, given: Given) -> ScanLine:
    """Return all that one article says of itself; raises InputError when it cannot be read."""
    from briefs.pipeline.order import Reading  # noqa: PLC0415 - loads the parser

    return ScanLine.of(*Reading(article_of(found, given)).read)
