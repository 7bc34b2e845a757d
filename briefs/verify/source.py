"""The article's file behind briefs: found again, read again, and compared with what they were made from."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefs.domain.article import Article, sha256
from briefs.errors import InputError
from briefs.readers.inputs import Input, is_url, load
from briefs.seal import Seal, words_sha256
from briefs.steps.ingest import Origin, ingest
from briefs.text.equality import Words
from briefs.verify.verdict import Problem, Verdict, short


class Source(NamedTuple):
    """An article's file as it is today."""

    path: Path
    sha256: str
    article: Article | None
    """What is read from it today; none where it cannot be read."""
    reason: str
    """Why it cannot be read; empty where it can."""


def find_source(source_path: str, near: Path) -> Path | None:
    """Return the article's file by the path that briefs give, from here or from where the briefs lie."""
    if is_url(source_path) or "\x00" in source_path or not source_path.strip("-"):
        return None
    path = Path(source_path)
    folders = (Path(), near.parent, near.parent.parent)
    for candidate in (*(folder / path for folder in folders), near.parent / path.name):
        try:
            if candidate.is_file():
                return candidate
        except OSError:  # a name too long for this file system
            return None
    return None


def read_source(path: Path, article_id: str = "") -> Source:
    """Read an article's file again; raises InputError when there is no such file."""
    data = load(Input(id=article_id or path.name, path=str(path), kind="file")).data
    try:
        article = ingest(data, Origin(id=article_id or path.name, path=str(path)))
    except InputError as error:
        return Source(path, sha256(data), None, error.reason)
    return Source(path, sha256(data), article, "")


def against_source(name: str, seal: Seal, text: str, source: Source | None) -> Verdict:
    """Compare the frozen `text`, and what `seal` lists of it, with the article's file.

    Changed bytes are a problem. Equal bytes that give another text today are a note (another version of
    the reader), unless quoted words are not in that text at all.
    """
    if source is None:
        return Verdict(notes=(f"{name}: {_absent(seal)}; checked against the text kept in the briefs",))
    problems: list[Problem] = []
    notes: list[str] = []
    same = source.sha256 == seal.source_sha256
    if not same:
        what = "the article has changed since, or this is another one"
        problems.append(Problem(file=name, what=what, where=str(source.path)))
    if source.article is None:
        notes.append(f"{name}: {source.path} cannot be read today: {source.reason}")
    elif source.article.text != text:
        if same:
            notes.append(
                f"{name}: {source.path} is read differently today, its bytes are the same "
                f"({_difference(text, source.article.text)})"
            )
        problems.extend(_gone(name, seal, text, source.article.text))
    return Verdict(problems=tuple(problems), notes=tuple(notes))


def _absent(seal: Seal) -> str:
    if is_url(seal.source_path):
        return "the article is a web page, which is not fetched"
    return f"the article's file is not here ({seal.source_path})"


def _gone(name: str, seal: Seal, text: str, today: str) -> Iterator[Problem]:
    """Yield the briefs whose quoted words the article's file does not hold."""
    words = Words(today)
    for brief in seal.briefs:
        quoted = brief.of(text)
        if words_sha256(quoted) == brief.sha256 and not words.hold(quoted):
            what = f"the quotation of {brief.id} is not in the article's file"
            yield Problem(file=name, what=what, where=f"“{short(quoted)}”")


def _difference(frozen: str, today: str) -> str:
    """Say where two texts begin to differ."""
    place = next((i for i, (a, b) in enumerate(zip(frozen, today, strict=False)) if a != b), None)
    if place is None:
        place = min(len(frozen), len(today))
    return f"from character {place}: {frozen[place : place + 20]!r}, today {today[place : place + 20]!r}"
