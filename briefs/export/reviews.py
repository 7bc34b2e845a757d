"""schema.org markup: an editor's finished reviews as ClaimReview, every other claim as Claim.

A ClaimReview says what an editor found, in the editor's own words, and who publishes it. No rating is made
up, none is turned into a number, and nothing that is meant for the desk alone (notes, who was consulted, who
checked) is published. Properties are those of schema.org and of Google's guide to ClaimReview.
"""

import json
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from briefs.domain.article import Article
from briefs.domain.brief import Brief
from briefs.domain.desk import Check, Status
from briefs.domain.scan import OFFLINE, Attribution, SourceKind
from briefs.domain.spans import How
from briefs.export.claims import Exportable
from briefs.export.plain import shown
from briefs.review.rules import refusal
from briefs.steps.render.view import Section

Node = dict[str, object]
_PERSON, _BODY = "Person", "Organization"
_KINDS = {
    SourceKind.NAMED: _PERSON,
    SourceKind.ORGANISATION: _BODY,
    SourceKind.MEDIA: _BODY,
}
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""So that the markup can stand in a page's script element whatever an article contains."""


class Publisher(NamedTuple):
    """Who publishes the reviews."""

    name: str
    url: str | None = None
    """Address of the organisation."""
    review_url: str | None = None
    """Address of the page with a review; {slug} and {claim} stand for the name of the article's files and the
    claim's id."""


class Reviews(NamedTuple):
    """An article's markup."""

    content: bytes
    reviews: int
    claims: int
    not_reviews: Mapping[str, int]
    """Why claims are no ClaimReview, in words for people, with how many."""


def reviews(exported: Exportable, publisher: Publisher | None) -> Reviews:
    """Return an article's claims as JSON-LD: one graph, claims in the article's order."""
    article = exported.page.result.article
    graph: list[Node] = []
    reasons: Counter[str] = Counter()
    for section in exported.sections:
        claim = _claim(section, article)
        reason = not_finished(section.brief, article)
        if reason is None and publisher is None:
            reason = "finished, but no --publisher is given"
        if reason is not None or publisher is None:
            reasons[reason or ""] += 1
            graph.append(claim)
        else:
            graph.append(_review(section, claim, article, publisher))
    document = {"@context": "https://schema.org", "@graph": graph}
    text = shown(json.dumps(document, ensure_ascii=False, indent=2))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    found = len(graph) - reasons.total()
    return Reviews(f"{text}\n".encode(), found, reasons.total(), dict(sorted(reasons.items())))


def not_finished(brief: Brief, article: Article) -> str | None:
    """Return why a claim cannot be published as a review, in words for people; none where it can.

    Finished is what an editor has decided about with a rating of their own: that the source said it is
    confirmed, whether it is so is answered either way, by a named checker from a source other than the
    article.
    """
    desk = brief.desk
    undecided = not desk.signed or desk.status is Status.OPEN
    obstacles = (
        ("open again, because the article changed", bool(desk.changed)),
        ("not signed off", undecided),
        ("no rating by an editor", not (desk.rating or "").strip()),
        ("not confirmed that the source said it", desk.said is not Check.CONFIRMED),
        ("whether it is so is open", desk.so is Check.OPEN),
        ("no checker, or no source consulted but the article", refusal(desk, article) is not None),
    )
    return next((reason for reason, there in obstacles if there), None)


def claim_uri(brief: Brief, what: str) -> str:
    """Return a name for a claim or its review that is the same in every export (RFC 4122, version 5)."""
    return uuid5(NAMESPACE_URL, f"briefs:{what}:{brief.id}").urn


def _review(section: Section, claim: Node, article: Article, publisher: Publisher) -> Node:
    brief = section.brief
    url = publisher.review_url
    if url is not None:
        url = url.replace("{slug}", quote(article.slug)).replace("{claim}", brief.id)
    return _node(
        "ClaimReview",
        {
            "@id": claim_uri(brief, "review"),
            "url": url,
            "claimReviewed": " ".join((section.standalone or brief.claim.quote.text).split()),
            "dateCreated": brief.desk.date,
            "author": _node(_BODY, {"name": publisher.name, "url": publisher.url}),
            "reviewRating": _node("Rating", {"alternateName": (brief.desk.rating or "").strip()}),
            "itemReviewed": claim,
        },
    )


def _claim(section: Section, article: Article) -> Node:
    brief = section.brief
    attribution = brief.attribution
    document = attribution.source if attribution.kind is SourceKind.DOCUMENT and _is_sure(brief) else None
    return _node(
        "Claim",
        {
            "@id": claim_uri(brief, "claim"),
            "identifier": brief.id,
            "text": brief.claim.quote.text,
            "description": section.standalone,
            "author": _author(brief, article),
            "isBasedOn": _node("CreativeWork", {"name": document.name}) if document else None,
            "appearance": _appearance(article),
        },
    )


def _author(brief: Brief, article: Article) -> Node | None:
    """Return who makes a claim, where the article names them; what is only possible is not published."""
    attribution = brief.attribution
    if attribution.kind is SourceKind.UNATTRIBUTED and attribution.source is None:
        return _outlet(article)
    kind = _KINDS.get(attribution.kind)
    if kind is None or attribution.source is None or not _is_sure(brief):
        return None
    role = attribution.source.role if kind == _PERSON else None
    return _node(kind, {"name": attribution.source.name, "jobTitle": role})


def _is_sure(brief: Brief) -> bool:
    """Tell whether the article gives the source itself, or an editor has confirmed what a model read."""
    attribution: Attribution = brief.attribution
    if attribution.source is None or attribution.source.how is How.POSSIBLE:
        return False
    return attribution.drafted_by == OFFLINE or brief.desk.said is Check.CONFIRMED


def _appearance(article: Article) -> Node:
    byline = (article.byline or "").strip()
    if byline.casefold().startswith("by "):
        byline = byline[3:].strip()
    return _node(
        "NewsArticle",
        {
            "url": article.url,
            "headline": " ".join(article.title.split()) or None,
            "datePublished": article.published,
            "author": _node(_PERSON, {"name": byline}) if byline else None,
            "publisher": _outlet(article),
        },
    )


def _outlet(article: Article) -> Node | None:
    return _node(_BODY, {"name": article.outlet}) if article.outlet else None


def _node(kind: str, properties: Mapping[str, object]) -> Node:
    """Return a node without the properties that nothing is known of."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value is not None}}
