"""The other articles that briefs quote: their frozen texts, in the JSON files beside the briefs."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from briefs.domain.brief import ArticleBriefs, Related
from briefs.seal import Seal, words_sha256
from briefs.verify.record import is_record, parse
from briefs.verify.rewritten import Kept, Quoting
from briefs.verify.verdict import Problem, Verdict, short


def check_related(name: str, result: ArticleBriefs, folder: Path) -> Verdict:
    """Check every quotation of another article in a JSON file against that article's JSON beside it.

    What is not there cannot be checked: a note says so. Quotations of the article itself are checked too.
    """
    problems: list[Problem] = []
    unchecked: dict[str, int] = {}
    own = Kept(result.article.id, result.article.title, result.article.text, result.article.text_sha256)
    for brief in result.briefs:
        for number, related in enumerate(brief.related):
            if related.quote is None:
                continue
            kept = own if related.article == own.article else kept_beside(folder, related.slug)
            if kept is None:
                unchecked[related.article] = unchecked.get(related.article, 0) + 1
                continue
            where = f"{brief.id}, related claim {number + 1}"
            problems.extend(Problem(file=name, what=what, where=where) for what in _wrong(related, kept))
    notes = [f"{name}: not checked: {_many(n)} of {each}, which is not here" for each, n in unchecked.items()]
    return Verdict(problems=tuple(problems), notes=tuple(notes))


def quoting(seal: Seal, result: ArticleBriefs | None, folder: Path) -> Quoting:
    """Return what Markdown may quote of other articles: those of its seal and of the JSON beside it."""
    related = [each for brief in result.briefs for each in brief.related] if result is not None else []
    slugs = {(each.article, each.slug) for each in seal.others}
    slugs.update((each.article, each.slug) for each in related)
    kept: list[Kept] = []
    missing: list[str] = []
    for article, slug in sorted(slugs, key=lambda pair: (pair[0], pair[1] or "")):
        found = kept_beside(folder, slug)
        if found is not None and found.article == article:
            kept.append(found)
        elif result is None or article != result.article.id:
            missing.append(f"{slug}.json" if slug else article)
    if result is None and seal.quoted and not missing:
        missing.append("documents, or the JSON of these briefs")
    said = (_strings(result) if result is not None else ()) if missing else ()
    return Quoting(tuple(kept), tuple(dict.fromkeys(missing)), tuple(said))


def kept_beside(folder: Path, slug: str | None) -> Kept | None:
    """Return what `folder` keeps of another article; none where its JSON is not there."""
    if not slug or Path(slug).name != slug:
        return None
    return _kept(folder / f"{slug}.json")


@lru_cache(maxsize=256)
def _kept(path: Path) -> Kept | None:
    try:
        content = parse(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError):
        return None
    if not is_record(content) or not isinstance(content, dict):
        return None
    article = content["article"]
    if not isinstance(article, dict):
        return None
    name, title, text = article.get("id"), article.get("title"), article.get("text")
    if not isinstance(name, str) or not isinstance(title, str) or not isinstance(text, str):
        return None
    return Kept(name, title, text, words_sha256(text))


def _wrong(related: Related, kept: Kept) -> Iterator[str]:
    quote, words = related.quote, related.words
    if quote is None:
        return
    if kept.article != related.article:
        yield f"{related.slug}.json holds {kept.article}, not {related.article}"
    elif related.text_sha256 not in (None, kept.sha256):
        yield f"{related.article} has another text today; run briefs on it again"
    elif quote.of(kept.text) != quote.text:
        place = f"at characters {quote.start} to {quote.end}"
        yield f"“{short(quote.text, 60)}” is not in {related.article} {place}"
    elif words is not None and (words.of(kept.text) != words.text or not quote.contains(words)):
        yield f"“{short(words.text, 60)}” is not in the quotation of {related.article}"


def _strings(result: ArticleBriefs) -> Iterator[str]:
    """Yield what a brief's JSON quotes of other articles, itself or in words about them."""
    for brief in result.briefs:
        for related in brief.related:
            yield from (each for each in (related.note, related.title, related.source) if each)
            if related.quote is not None:
                yield related.quote.text
        yield from (each for origin in brief.origins.origins for each in (origin.name, *origin.reasons))
        yield from (question.text for question in brief.questions)


def _many(number: int) -> str:
    return "1 quotation" if number == 1 else f"{number} quotations"
