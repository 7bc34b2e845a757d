"""Which files are verified against which article."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from briefs.domain.article import Article
from briefs.domain.brief import Evidence
from briefs.errors import ConfigError, InputError
from briefs.seal import MARK, STORY_MARK, Seal, read_seal, words_sha256
from briefs.verify.desk import check_desk
from briefs.verify.documents import Documents, check_documents, documents_of
from briefs.verify.others import check_related, quoting
from briefs.verify.record import Record, check_record, is_record, parse
from briefs.verify.rewritten import check_markdown, disagreements
from briefs.verify.source import Source, against_source, find_source, read_source
from briefs.verify.verdict import Counts, Problem, Verdict

_BESIDE = re.compile(r"\.new(?:-\d+)?\Z")
_KINDS = (".json", ".md")


class _Family(NamedTuple):
    """The files of one article in one folder."""

    json: Path
    markdown: tuple[Path, ...]


class _Sources:
    """Reads the files of articles: the one that was given, or those that briefs name; the last is kept."""

    def __init__(self, given: Path | None, documents: Documents | None) -> None:
        self._given, self.documents = given, documents
        self._last: Source | None = None

    def of(self, seal: Seal, near: Path) -> Source | None:
        """Return the article's file as it is today; none where it is gone."""
        path = self._given or find_source(seal.source_path, near)
        if path is None:
            return None
        if self._last is None or self._last.path != path:
            try:
                self._last = read_source(path, seal.article)
            except InputError:
                if self._given is not None:
                    raise
                return None
        return self._last


def verify(path: Path, article: Path | None = None, evidence: Path | None = None) -> Verdict:
    """Verify a .json or .md of briefs, or all of them in a folder, against the article.

    The article is the text kept in the JSON, and its file, looked for from here and from where the briefs
    lie; `article` names the file, or a JSON of its briefs, where it is not found by itself. Other articles
    that are quoted are looked for beside the briefs, quoted documents in the folder `evidence`. Nothing is
    fetched and nothing is written.

    Raises InputError when `path` or `article` cannot be read, ConfigError when `article` comes with a folder
    or `evidence` is none.
    """
    documents = documents_of(evidence)
    if path.is_dir():
        if article is not None:
            raise ConfigError(f"{path}: --article goes with one file, not with a folder")
        return _folder(path, documents)
    if not path.is_file():
        raise InputError(str(path), "there is no such file", "give a .json or .md of briefs, or a folder")
    if path.suffix.lower() not in _KINDS:
        raise InputError(str(path), "is neither .json nor .md", "give a .json or .md of briefs, or a folder")
    family = _family(path, path.parent.iterdir())
    kept = _record(article) if article is not None and article.suffix.lower() == ".json" else None
    sources = _Sources(None if kept is not None else article, documents)
    if path.suffix.lower() == ".md":
        return _markdown(path, family, kept or _record(family.json), sources)
    record = _record(path)
    if record is None:
        return _one(path, "is not the JSON of an article's briefs")
    return _json(path, record, sources) + _siblings(family, record)


def _folder(folder: Path, documents: Documents | None) -> Verdict:
    """Verify all briefs below a folder, one article's files at a time."""
    problems: list[Problem] = []
    notes: list[str] = []
    counts = Counts()
    for verdict in _each(folder, documents):
        problems.extend(verdict.problems)
        notes.extend(verdict.notes)
        counts = counts + verdict.counts
    if not counts.files:
        problems.append(Problem(file=str(folder), what="holds no briefs"))
    return Verdict(problems=tuple(problems), notes=tuple(notes), counts=counts)


def _each(folder: Path, documents: Documents | None) -> Iterator[Verdict]:
    families: dict[Path, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _KINDS and path.is_file():
            families.setdefault(_json_of(path), []).append(path)
    for json, files in families.items():
        family = _family(json, files)
        sources = _Sources(None, documents)
        record = _record(json)
        if record is not None:
            yield _json(json, record, sources)
        for path in family.markdown:
            if record is None and STORY_MARK in _text(path) and MARK not in _text(path):
                yield Verdict(notes=(f"{path}: the overview; verify each article's own brief",))
            elif record is None and MARK not in _text(path):
                yield Verdict(notes=(f"{path}: is not a brief; left out",))
            else:
                yield _counted(_markdown(path, family, record, sources), again=record is not None)


def _counted(verdict: Verdict, *, again: bool) -> Verdict:
    """Return a verdict on Markdown whose briefs are not counted where the JSON's have been."""
    if not again:
        return verdict
    return verdict.model_copy(update={"counts": verdict.counts.model_copy(update={"briefs": 0})})


def _family(path: Path, files: Iterable[Path]) -> _Family:
    json = _json_of(path)
    beside = sorted(p for p in files if p.suffix.lower() == ".md" and _json_of(p) == json)
    return _Family(json, tuple(beside))


def _json_of(path: Path) -> Path:
    """Return the JSON that goes with a file: NAME.json for NAME.md and NAME.new.md."""
    stem = _BESIDE.sub("", path.stem) if path.suffix.lower() == ".md" else path.stem
    return path.with_name(f"{stem}.json")


def _record(path: Path) -> Record | None:
    """Return the checked JSON at `path`; none where there is none, or it is not an article's briefs."""
    if not path.is_file():
        return None
    try:
        content = parse(path.read_bytes())
    except (OSError, ValueError) as error:
        return Record(_one(path, f"is not readable JSON: {error}"), None, None, None)
    return check_record(str(path), content) if is_record(content) else None


def _json(path: Path, record: Record, sources: _Sources) -> Verdict:
    verdict = record.verdict
    if record.result is not None:
        verdict = verdict + check_related(str(path), record.result, path.parent)
        verdict = verdict + check_documents(str(path), record.result, sources.documents)
        verdict = verdict + check_desk(str(path), record.result, path.parent)
    if record.listing is not None and record.text is not None:
        source = sources.of(record.listing, path)
        verdict = verdict + against_source(str(path), record.listing, record.text, source)
    return verdict


def _siblings(family: _Family, record: Record) -> Verdict:
    """Compare a JSON file with the Markdown beside it, whose own words are not checked here."""
    problems: list[Problem] = []
    for path in family.markdown:
        seal = read_seal(_text(path))
        if seal is not None and record.listing is not None and not _superseded(path, seal, family, record):
            problems.extend(disagreements(str(path), seal, record.listing, family.json.name))
    return Verdict(problems=tuple(problems))


def _superseded(path: Path, seal: Seal, family: _Family, record: Record) -> bool:
    """Tell whether this is an earlier draft that a person edited, and a later one lies beside it."""
    if record.listing is None or _lists(seal) == _lists(record.listing):
        return False
    others = (read_seal(_text(other)) for other in family.markdown if other != path)
    return any(other is not None and _lists(other) == _lists(record.listing) for other in others)


def _lists(seal: Seal) -> tuple[object, ...]:
    return (seal.article, seal.text_sha256, seal.briefs)


def _markdown(path: Path, family: _Family, record: Record | None, sources: _Sources) -> Verdict:
    name, markdown = str(path), _text(path)
    seal = read_seal(markdown)
    if seal is None:
        return check_markdown(name, markdown, "")
    verdict = Verdict()
    if record is not None and record.listing is not None:
        if _superseded(path, seal, family, record):
            verdict += Verdict(notes=(f"{name}: an earlier draft, edited; a later one lies beside it",))
        else:
            found = disagreements(name, seal, record.listing, family.json.name)
            verdict += Verdict(problems=tuple(found))
    source = sources.of(seal, path)
    text = _frozen(seal, record, source)
    if text is None:
        where = f"looked for {seal.source_path} and {family.json.name}; give it with --article PATH"
        return verdict + _one(path, "cannot find the article that it was made from", where)
    elsewhere = quoting(seal, record.result if record is not None else None, path.parent)
    checked = check_markdown(name, markdown, text, _besides(record, source), elsewhere)
    return verdict + against_source(name, seal, text, source) + checked


def _documented(evidence: Evidence) -> tuple[str, ...]:
    """Return the words that stand under a claim about a passage of a document."""
    review = evidence.review.rating if evidence.review else ""
    return (evidence.quote, evidence.document, evidence.place, evidence.note or "", review)


def _besides(record: Record | None, source: Source | None) -> list[str]:
    """Return what a file may quote besides the text: names, what was left outside it, standalone wordings.

    Those wordings are the quoted words with additions in square brackets; the JSON's check proves it.
    """
    result = record.result if record is not None else None
    article = result.article if result is not None else source.article if source is not None else None
    besides = beside_text(article) if article is not None else []
    if result is not None:
        besides.extend(brief.claim.standalone for brief in result.briefs)
        besides.extend(
            words for brief in result.briefs for each in brief.evidence for words in _documented(each)
        )
    return besides


def beside_text(article: Article) -> list[str]:
    """Return what an article’s briefs show of it that is not its text: names, and what was left out."""
    names = (article.title, article.outlet, article.byline, article.republished_from)
    places = (article.id, article.source_path)  # a file's name may hold quotation marks
    return [*(each for each in (*names, *places) if each), *(omitted.excerpt for omitted in article.omitted)]


def _frozen(seal: Seal, record: Record | None, source: Source | None) -> str | None:
    """Return the text that a sealed file was made from, or else the nearest to it that there is."""
    today = source.article.text if source is not None and source.article is not None else None
    kept = record.text if record is not None else None
    for text in (kept, today):
        if text is not None and words_sha256(text) == seal.text_sha256:
            return text
    return today if today is not None else kept


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be read", "check its permissions") from error


def _one(path: Path, what: str, where: str = "") -> Verdict:
    return Verdict(problems=(Problem(file=str(path), what=what, where=where),), counts=Counts(files=1))
