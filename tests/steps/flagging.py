"""Flags of invented articles, for the tests of the rules: from plain text, and with every note proved."""

import re

from briefs.domain.article import Article
from briefs.domain.brief import Finding, FlagKind
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Given, Origin, ingest
from briefs.steps.scan import scan
from briefs.steps.segment import segment

_QUOTED = re.compile(r"“([^“”]+)”")


def article_of(text: str, published: str | None = None) -> Article:
    """Return an article given as plain text."""
    data = text.encode("utf-8", "surrogatepass")
    return ingest(data, Origin(id="a.txt", path="a.txt"), Given(published=published))


def flags_of(article: Article) -> tuple[Finding, ...]:
    """Return the flags of an article."""
    segmentation = segment(article)
    scanned = scan(article, segmentation)
    return flag(article, segmentation, scanned, extract(article, segmentation, scanned))


def findings(text: str, published: str | None = None) -> tuple[Finding, ...]:
    """Return the flags of an article given as plain text."""
    return flags_of(article_of(text, published))


def kinds(text: str, published: str | None = None) -> set[FlagKind]:
    """Return the kinds of the flags of an article given as plain text."""
    return {finding.flag.kind for finding in findings(text, published)}


def proved(text: str) -> tuple[Finding, ...]:
    """Return the flags of an article given as plain text, having proved every one against it."""
    article = article_of(text)
    found = flags_of(article)
    prove(article, found)
    return found


def assert_flagged(kind: FlagKind, text: str, shown: str) -> None:
    """Fail unless a text gets a flag of this kind with `shown` in its note, all of its flags proved."""
    notes = [finding.flag.note for finding in proved(text) if finding.flag.kind is kind]
    assert notes
    assert shown in notes[0]


def prove(article: Article, found: tuple[Finding, ...]) -> None:
    """Fail unless every flag stands at words of the article, quotes nothing else, and stands there once."""
    collapsed = " ".join(article.text.split())
    for finding in found:
        assert finding.flag.spans
        assert all(span.of(article.text).strip() for span in finding.flag.spans)
        assert all(quoted in collapsed for quoted in _QUOTED.findall(finding.flag.note))
    places = [(each.flag.kind, frozenset((s.start, s.end) for s in each.flag.spans)) for each in found]
    assert len(places) == len(set(places))
