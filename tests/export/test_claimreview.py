"""Published markup: read back by a JSON-LD processor, and only what an editor has finished is a review."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from desked import DECIDED, EXAMPLE, FINISHED, decided, hostile
from pyld import jsonld

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Check, Desk, Status
from briefs.export.claims import exportable
from briefs.export.reviews import Publisher, Reviews, not_finished, reviews
from briefs.readers.claim_reviews import read_reviews

PUBLISHER = Publisher(
    "Halmen Checkers", "https://checkers.example", "https://checkers.example/{slug}#{claim}"
)
CONTEXT = json.loads(Path(__file__).with_name("schemaorg.jsonld").read_text("utf-8"))
SCHEMA = "https://schema.org/"
PROPERTIES = {
    # Every property that schema.org 29 gives these types, itself or by way of CreativeWork, Review or Thing.
    "ClaimReview": {"url", "claimReviewed", "dateCreated", "author", "reviewRating", "itemReviewed"},
    "Claim": {"identifier", "text", "description", "author", "isBasedOn", "appearance"},
    "NewsArticle": {"url", "headline", "datePublished", "author", "publisher"},
    "CreativeWork": {"name"},
    "Organization": {"name", "url"},
    "Person": {"name", "jobTitle"},
    "Rating": {"alternateName"},
}


def made(result: ArticleBriefs, publisher: Publisher | None = PUBLISHER) -> Reviews:
    """Return the markup of an article."""
    return reviews(exportable(result), publisher)


def nodes(found: Reviews, kind: str = "") -> list[dict[str, object]]:
    """Return the items of a graph, of one type or of all."""
    return [node for node in json.loads(found.content)["@graph"] if kind in ("", node["@type"])]


def expanded(found: Reviews) -> list[dict[str, object]]:
    """Return the markup as a JSON-LD processor reads it, with our own copy of the terms and no network."""

    def load(url: str, _: object) -> dict[str, object]:
        assert url.rstrip("/") == "https://schema.org"
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": CONTEXT,
        }

    options = {"documentLoader": load}
    items: list[dict[str, object]] = jsonld.expand(json.loads(found.content), options)
    return items


def walked(node: object) -> Iterator[dict[str, object]]:
    """Yield every node that has a type; a typed value is none."""
    if isinstance(node, dict):
        if "@type" in node and "@value" not in node:
            yield node
        for value in node.values():
            yield from walked(value)
    elif isinstance(node, list):
        for value in node:
            yield from walked(value)


@pytest.mark.parametrize("result", [decided(), hostile()], ids=["decided", "hostile"])
def test_a_json_ld_processor_reads_all_of_it(result: ArticleBriefs) -> None:
    """No property is unknown to schema.org, none is dropped in expansion, and each type has only its own."""
    found = made(result)
    written = list(walked(json.loads(found.content)["@graph"]))
    for node in written:
        assert set(node) - {"@type", "@id"} <= PROPERTIES[str(node["@type"])]
    kinds: list[str] = []
    for node in (each for item in expanded(found) for each in walked(item)):
        kinds.extend(map(str, node["@type"]))  # type: ignore[call-overload]
        assert all(key.startswith(("@", SCHEMA)) for key in node)
    assert sorted(kinds) == sorted(f"{SCHEMA}{node['@type']}" for node in written)


def test_a_review_has_what_search_engines_require() -> None:
    """Google's required properties (claimReviewed, reviewRating.alternateName, url) and recommended ones."""
    [review] = nodes(made(decided()), "ClaimReview")
    assert review["claimReviewed"] == (
        "In October alone, 2,310 nurses quit, a record, Pavel Štěpánek, health correspondent of The Orla Courier, "
        "wrote in a report dated 9 November."
    )
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Half right"}
    assert str(review["url"]).startswith("https://checkers.example/halmen-gazette-nurses-a9783e#b")
    assert review["author"] == {
        "@type": "Organization",
        "name": "Halmen Checkers",
        "url": "https://checkers.example",
    }
    claim = review["itemReviewed"]
    assert isinstance(claim, dict)
    assert claim["@type"] == "Claim"
    assert claim["author"]["name"] == "Pavel Štěpánek"
    assert claim["appearance"]["publisher"]["name"] == "The Halmen Gazette"


def test_nothing_that_is_the_desks_own_is_published() -> None:
    """No note, no telephone number, no checker's name, no source consulted, no number for a rating."""
    content = made(decided()).content.decode()
    for private in (
        "Ring back",
        "Mara Lind",
        "Return of the health",
        "archive.example",
        "ratingValue",
        "Some 2,300",
    ):
        assert private not in content


DESKS = [
    (FINISHED, None),
    (FINISHED.model_copy(update={"so": Check.CONFIRMED}), None),
    (Desk(), "not signed off"),
    (FINISHED.model_copy(update={"status": Status.OPEN}), "not signed off"),
    (FINISHED.model_copy(update={"rating": None}), "no rating by an editor"),
    (FINISHED.model_copy(update={"rating": "  "}), "no rating by an editor"),
    (FINISHED.model_copy(update={"said": Check.OPEN}), "not confirmed that the source said it"),
    (FINISHED.model_copy(update={"said": Check.NOT_CONFIRMED}), "not confirmed that the source said it"),
    (FINISHED.model_copy(update={"so": Check.OPEN}), "whether it is so is open"),
    (FINISHED.model_copy(update={"checker": None}), "no checker, or no source consulted but the article"),
    (
        FINISHED.model_copy(update={"source_consulted": "the article"}),
        "no checker, or no source consulted but the article",
    ),
    (FINISHED.model_copy(update={"changed": ("x",)}), "open again, because the article changed"),
]


@pytest.mark.parametrize(("desk", "reason"), DESKS)
def test_only_a_finished_check_is_a_review(desk: Desk, reason: str | None) -> None:
    """Each thing that is missing makes the claim a Claim, with the reason told."""
    result = decided()
    brief = result.briefs[3].model_copy(update={"desk": desk})
    assert not_finished(brief, result.article) == reason
    one = result.model_copy(update={"briefs": (brief,)})
    found = made(one)
    assert (found.reviews, found.claims) == ((1, 0) if reason is None else (0, 1))
    assert dict(found.not_reviews) == ({} if reason is None else {reason: 1})


def test_without_a_publisher_nobody_reviews() -> None:
    """A finished check is a Claim until somebody says who publishes it."""
    found = made(decided(), None)
    assert found.reviews == 0
    assert found.not_reviews["finished, but no --publisher is given"] == 1
    assert nodes(found, "ClaimReview") == []


def test_dismissed_claims_are_not_there_and_the_others_are() -> None:
    """One item a claim, less the dismissed one; the claim that the article no longer has is not published."""
    result = decided()
    assert len(nodes(made(result))) == len(result.briefs) - sum(
        d.dismissed is not None for d in DECIDED.values()
    )
    assert "beds were closed" not in made(result).content.decode()


def test_names_of_claims_last_and_differ() -> None:
    """An id is the same in the next export, also when the desk has changed, and no two are one."""
    one, other = made(decided()), made(ArticleBriefs.from_json(EXAMPLE.read_bytes()))
    ids = [
        node["@id"]
        for each in (one, other)
        for node in walked(json.loads(each.content)["@graph"])
        if "@id" in node
    ]
    claims = {i for i in ids if ids.count(i) == 2}
    assert len(claims) == len(nodes(one))
    assert all(str(i).startswith("urn:uuid:") for i in ids)


def test_the_markup_can_stand_in_a_page() -> None:
    """Whatever an article contains, the markup ends no script element and is UTF-8."""
    content = made(hostile()).content.decode()
    assert not {"<", ">", "&", "\u2028"} & set(content)
    texts = [node["text"] for node in nodes(made(hostile()))]
    assert '=HYPERLINK("http://evil.example")' in texts
    assert any("Ilse\x00 Brand\x0bvold\x1f; +8 \ufffdmore" in str(text) for text in texts)


def test_an_unsure_source_is_not_published_as_the_author() -> None:
    """What a model read, or stands nearby, is no fact to publish; an editor's confirmation makes it one."""
    result = decided()
    read = result.briefs[3].attribution.model_copy(update={"drafted_by": "small-model"})
    for desk, there in ((Desk(), False), (FINISHED, True)):
        brief = result.briefs[3].model_copy(update={"attribution": read, "desk": desk})
        [node] = nodes(made(result.model_copy(update={"briefs": (brief,)})))
        claim = node.get("itemReviewed", node)
        assert isinstance(claim, dict)
        assert ("author" in claim) is there


def test_other_desks_can_read_the_reviews() -> None:
    """Our reader of earlier fact-checks takes the file in, with the editor's own words for the rating."""
    read = read_reviews(made(decided()).content, "halmen.json")
    assert "In October alone, 2,310 nurses quit" in read.text
    [found] = read.reviews
    assert (found.review.rating, found.review.by) == ("Half right", "Halmen Checkers")
