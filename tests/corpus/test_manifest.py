"""The corpus's manifest is the project's golden expectation: it must itself be right."""

import io
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from build import FILES, SOURCES, Made, build, paragraphs
from docx import Document
from golden import CORPUS, GoldArticle, collapse, manifest, words

from briefs.domain.article import BlockRole, FurnitureKind
from briefs.domain.brief import FlagKind
from briefs.domain.scan import ChainEnd, SourceKind, Speech
from briefs.domain.spans import How

MANIFEST = manifest()
ARTICLES = pytest.mark.parametrize("article", MANIFEST.articles, ids=lambda a: a.file)
MADE = pytest.mark.parametrize("made", FILES, ids=lambda m: m.target)

ACROSS_ARTICLES = {FlagKind.FIGURES_DIFFER, FlagKind.SOURCE_DISPUTED}
"""Flags that come from comparing articles or drafts, so no article alone is written to raise them."""
SLIPS = {
    FlagKind.PROOF_CLAIMED,
    FlagKind.DATE_MISFIT,
    FlagKind.UNIT_MISFIT,
    FlagKind.QUOTATION_DIFFERS,
    FlagKind.STATEMENTS_DIFFER,
    FlagKind.NAME_UNINTRODUCED,
    FlagKind.NEGATION_MISSING,
}
"""Slips of one word: no sample has one; `python -m benchmarks.planted` puts them in, one at a time."""
UNSEEN = {FurnitureKind.HIDDEN, FurnitureKind.UNSHOWN}
"""What a page does not show; tests/readers hold it."""
PLANTED = {FlagKind.MACHINE_ADDRESSED, FlagKind.HIDDEN_TEXT}
"""What somebody put in for programs; tests/steps/test_flag_machines.py holds these flags."""

PHENOMENA = {
    "reading": (
        "advertising inside a paragraph",
        "a republication notice",
        "a pull quote that repeats the body",
        "a table",
        "a list item without a full stop",
    ),
    "cutting": (
        "British single quotes",
        "text in curly quotes with accents",
        "a multi-paragraph quotation",
        "a spliced quotation",
        "initials before a surname",
        "title with a full stop",
        "an abbreviation with inner stops",
        "a time of day",
    ),
    "who says so": (
        "according to X",
        "X told Y",
        "said X",
        "citing Z",
        "in an interview with",
        "reportedly",
        'passive "was described by some as"',
        "a speaker carried over sentences",
        "a pronoun for a named speaker",
        '"the deputy" for a name',
        '"the agency" for its name',
        "a source who told an agency",
        "an agency quoting unnamed sources",
        "a basis behind the source",
        "a report by an outlet's correspondent",
        "a document as source",
        "an anonymous source with a reason",
        "an anonymous source without a reason",
        "an anonymous source for opinion",
        "injection-like text inside a quotation",
    ),
    "figures and words of doubt": (
        "approximation",
        "a large count in words",
        "a figure in words",
        "an open lower bound",
        "a percentage with its denominator",
        "a share with its denominator",
        "a score or vote",
        "a month whose year must not be guessed",
        "if accurate",
        "a superlative with its scope",
        "a first with its scope",
        "a record",
        "three figures for one month",
    ),
    "claims": (
        "two claims in one sentence",
        "a fact inside an opinion",
        "an opinion that a named person voiced",
        "a cause",
        "a bill in first reading",
        "what a law's text requires",
    ),
    "criticism": (
        "criticism without reply",
        "criticism with a reply",
        "a criticised party that did not respond",
        "a criticised party that was not asked",
    ),
    "names and retelling": (
        "a Cyrillic name",
        "a name spelt two ways in one article",
        "a spelling variant of a name across outlets",
        "a hedge kept that another outlet drops",
        "a hedge dropped in a retelling",
        "a qualifier dropped in a retelling",
        "an unnamed source's word turned into fact",
    ),
}


def test_every_file_of_the_corpus_is_in_the_manifest() -> None:
    """An article nobody says the purpose of cannot be judged, and a listed one must be there."""
    there = {p.name for p in CORPUS.iterdir()} - {"manifest.toml", "recorded", "evidence"}
    assert there == {a.file for a in MANIFEST.articles}


def test_formats_and_count() -> None:
    """At least ten articles, with every format that has a reader."""
    formats = Counter(Path(a.file).suffix for a in MANIFEST.articles)
    assert formats == {".txt": 4, ".md": 3, ".html": 3, ".docx": 2, ".pdf": 1}


@ARTICLES
def test_length(article: GoldArticle) -> None:
    """Articles are as long as news articles are: 300 to 900 words."""
    assert 300 <= len(words(article).split()) <= 900


@ARTICLES
def test_quoted_words_stand_in_the_article(article: GoldArticle) -> None:
    """Everything the manifest quotes is in the article word for word."""
    page = words(article)
    quoted = [
        article.title,
        *(c.quote for c in article.claims),
        *article.not_claims,
        *(w for f in article.flags for w in f.words),
        *(s.words for s in article.shows),
        *(c.words for c in article.criticised),
        *(b.text for b in article.blocks),
        *(q.text for q in article.quantities),
        *(d.text for d in article.dates),
        *(link.words for link in article.links),
        *(n for name in article.names for n in (name.name, *name.variants)),
        *(f.begins for f in article.furniture if not _printed(article, f.begins)),
    ]
    assert [q for q in quoted if collapse(q) != q or q not in page] == []


def _printed(article: GoldArticle, begins: str) -> bool:
    """Tell whether a piece is one that printing adds to each page, and so in no source."""
    running = {m.running for m in FILES if m.target == article.file and m.running}
    return begins in running or (bool(running) and begins.startswith("Page "))


@ARTICLES
def test_claims_are_in_the_articles_order(article: GoldArticle) -> None:
    """The manifest lists claims as a reader meets them; a repeated wording comes after its first place."""
    page, after = words(article), 0
    for claim in article.claims:
        place = page.find(claim.quote, after)
        assert place >= 0, claim.id
        after = place + 1


@ARTICLES
def test_no_sentence_is_expected_twice(article: GoldArticle) -> None:
    """What is furniture or pure opinion is not also expected as a claim."""
    for claim in article.claims:
        for other in (*article.not_claims, *(f.begins for f in article.furniture)):
            assert other not in claim.quote
            assert claim.quote not in other


@ARTICLES
def test_names_of_speakers_are_the_articles(article: GoldArticle) -> None:
    """Nothing is expected that the article does not say: speakers, ways and bases stand in it."""
    page = words(article)
    expected = [n for c in article.claims for n in (c.speaker, *c.via, *c.basis) if n]
    assert [n for n in expected if n not in page] == []


@ARTICLES
def test_attributions_are_whole(article: GoldArticle) -> None:
    """A speaker has a way of being found, and the article's own voice has neither speaker nor speech."""
    for claim in article.claims:
        if claim.kind is SourceKind.UNATTRIBUTED:
            assert (claim.speaker, claim.how, claim.speech) == (None, None, Speech.NONE), claim.id
        else:
            assert (claim.speaker is None) == (claim.how is None), claim.id
            assert claim.speech is not Speech.NONE, claim.id
        unnamed = claim.chain_end is ChainEnd.UNNAMED
        assert not unnamed or claim.kind is SourceKind.ANONYMOUS, claim.id


def test_ids_and_references() -> None:
    """A claim's id is its own, and every reference leads to a claim of the right article."""
    home = {c.id: a for a in MANIFEST.articles for c in a.claims}
    assert len(home) == sum(len(a.claims) for a in MANIFEST.articles)
    for article in MANIFEST.articles:
        for claim in article.claims:
            assert claim.repeats is None or home[claim.repeats] is article
    for relation in MANIFEST.relations:
        files = [home[c].file for c in relation.claims]
        assert len(set(files)) == len(files) > 1, relation
    for origin in MANIFEST.origins:
        assert {home[c].file for c in origin.claims} == set(origin.articles), origin
        assert {home[c].family for c in origin.claims} == {origin.family}, origin


def test_story_families() -> None:
    """Two events are told by four articles each, with sameness, conflict and more than one origin."""
    families = Counter(a.family for a in MANIFEST.articles if a.family)
    assert families == {"terminal-fire": 4, "nurses-leaving": 4}
    assert {r.kind for r in MANIFEST.relations} == {"same", "conflict", "related"}
    assert all(count > 1 for count in Counter(o.family for o in MANIFEST.origins).values())


def test_clean_articles_expect_no_flag() -> None:
    """False flags can be counted only where none was planted."""
    clean = [a for a in MANIFEST.articles if a.clean]
    assert len(clean) >= 2
    assert all(not a.flags for a in clean)
    assert all(a.claims for a in clean)


@pytest.mark.parametrize("group", PHENOMENA)
def test_every_phenomenon_is_shown(group: str) -> None:
    """Whatever the tool promises to handle, some article shows."""
    shown = {s.what for a in MANIFEST.articles for s in a.shows}
    assert set(PHENOMENA[group]) - shown == set()


def test_every_kind_of_thing_is_shown() -> None:
    """No flag, furniture, source, way of speech or chain is without an example."""
    claims = [c for a in MANIFEST.articles for c in a.claims]
    assert {f.kind for a in MANIFEST.articles for f in a.flags} == set(
        FlagKind
    ) - ACROSS_ARTICLES - SLIPS - PLANTED
    assert {f.kind for a in MANIFEST.articles for f in a.furniture} == set(FurnitureKind) - UNSEEN
    assert {b.role for a in MANIFEST.articles for b in a.blocks} == set(BlockRole) - {BlockRole.BODY}
    assert {c.kind for c in claims} == set(SourceKind)
    assert {c.how for c in claims} == {*How, None}
    assert {c.chain_end for c in claims} == {*ChainEnd, None}
    assert {c.asked for a in MANIFEST.articles for c in a.criticised} == {"yes", "no", "unsaid"}
    assert any(a.published is None for a in MANIFEST.articles)
    assert any(a.not_claims and len(a.not_claims) > len(a.claims) for a in MANIFEST.articles)


def test_the_wire_story_is_nearly_the_same_in_three_outlets() -> None:
    """Runs of six words of the first story: half are in the second, some in the third, none in the last."""
    fire = [a for a in MANIFEST.articles if a.family == "terminal-fire"]
    runs = [_runs(words(a).replace("’", "'")) for a in fire]
    shared = [len(runs[0] & other) / len(runs[0]) for other in runs[1:]]
    assert shared[0] > 0.45
    assert shared[1] > 0.2
    assert shared[2] < 0.02


def _runs(text: str, length: int = 6) -> set[tuple[str, ...]]:
    tokens = text.split()
    return {tuple(tokens[i : i + length]) for i in range(len(tokens) - length + 1)}


@MADE
def test_made_files_are_current(made: Made) -> None:
    """The committed PDF and Word files are what their sources make, twice over."""
    committed = (CORPUS / made.target).read_bytes()
    assert _content(build(made)) == _content(committed)
    assert build(made) == build(made)


def _content(data: bytes) -> dict[str, bytes]:
    """Return an archive's members, because compressed bytes differ between builds of zlib."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@MADE
def test_made_files_hold_their_sources_words(made: Made) -> None:
    """Nothing is lost or changed on the way into the PDF and Word files."""
    expected = [p.removeprefix("# ") for p in paragraphs((SOURCES / made.source).read_text(encoding="utf-8"))]
    path = CORPUS / made.target
    if made.target.endswith(".docx"):
        assert [p.text for p in Document(str(path)).paragraphs] == expected
        return
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) > 1, "a sentence should run over a page"
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    kept = [line for line in lines if line.strip() != made.running and not line.startswith("Page ")]
    assert collapse(" ".join(kept)) == collapse(" ".join(expected))


def test_relations_name_each_pair_once() -> None:
    """Two claims cannot stand in two relations."""
    pairs = Counter(frozenset((a, b)) for r in MANIFEST.relations for a, b in pairwise(sorted(r.claims)))
    assert [pair for pair, count in pairs.items() if count > 1] == []
