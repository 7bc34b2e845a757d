"""Page metadata: what an HTML page states of its article in JSON-LD, OpenGraph, meta and link elements."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml.html import HtmlElement

from briefs.readers.addresses import article_address
from briefs.readers.charset import whole
from briefs.readers.dates import iso_date

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|NewsArticle|Report|Review)$")
_SUFFIX = re.compile(r"\s+[|–—·»-]\s+([^|–—·»]{2,60})$")
_PUBLISHED = re.compile(r"datePublished|publish|entry-date")
_BY = re.compile(r"^\s*by[:\s]+", re.IGNORECASE)
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline", "parsely-title", "sailthru.title"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher", "citation_journal_title"),
    "byline": ("author", "dc.creator", "byl", "parsely-author", "sailthru.author", "citation_author"),
    "published": (
        "article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "pubdate",
        "publish-date",
        "publication_date",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
    ),
    "language": ("og:locale", "content-language", "dc.language"),
    "url": ("og:url", "parsely-link"),
}
"""Our field to the `name`, `property` or `itemprop` values that state it, the most reliable first."""


class Metadata(NamedTuple):
    """What the page states; a field is none where it states nothing usable."""

    title: str | None
    outlet: str | None
    byline: str | None
    published: str | None
    language: str | None
    url: str | None


def metadata(tree: HtmlElement, base: str | None) -> Metadata:
    """Read the metadata of an uncleaned tree: JSON-LD first, then meta elements, then the page itself."""
    linked = _json_ld(tree)
    meta = _meta(tree)
    outlet = linked.get("outlet") or _first(meta, "outlet")
    title = linked.get("title") or _first(meta, "title") or _title_element(tree, outlet)
    published = linked.get("published") or _first(meta, "published") or _time_element(tree)
    language = tree.get("lang") or linked.get("language") or _first(meta, "language")
    return Metadata(
        title=title,
        outlet=outlet,
        byline=_byline(linked.get("byline")) or _byline(_first(meta, "byline")),
        published=iso_date(published) if published else None,
        language=language.replace("_", "-").strip() if language else None,
        url=_canonical(tree, base)
        or article_address(linked.get("url"))
        or article_address(_first(meta, "url")),
    )


def charset_label(head: bytes) -> str | None:
    """Return the charset that a page's first bytes state in a meta element or XML declaration."""
    match = re.search(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", head[:4096], re.IGNORECASE)
    match = match or re.search(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)", head)
    return match[1].decode("ascii", "ignore") if match else None


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (
            element.get("property")
            or element.get("name")
            or element.get("itemprop")
            or element.get("http-equiv")
        )
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], field: str) -> str | None:
    return next((meta[name] for name in _META[field] if name in meta), None)


def _json_ld(tree: HtmlElement) -> dict[str, str]:
    """Return the fields of the first article object in the page's JSON-LD (schema.org)."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            loaded = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _objects(loaded):
            if any(_ARTICLE_TYPE.search(kind) for kind in _strings(node.get("@type"))):
                return _article_fields(node)
    return {}


def _objects(loaded: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > 4:
        return
    if isinstance(loaded, list):
        for item in loaded:
            yield from _objects(item, depth + 1)
    elif isinstance(loaded, dict):
        yield loaded
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(loaded.get(key), depth + 1)


def _article_fields(node: dict[str, object]) -> dict[str, str]:
    found = {
        "title": _strings(node.get("headline")) or _strings(node.get("name")),
        "outlet": _names(node.get("publisher")),
        "byline": _names(node.get("author")) or _names(node.get("creator")),
        "published": _strings(node.get("datePublished")),
        "language": _names(node.get("inLanguage")),
        "url": _strings(node.get("url")) or _strings(node.get("mainEntityOfPage")),
    }
    fields = {key: values[0] for key, values in found.items() if values}
    if len(found["byline"]) > 1:
        fields["byline"] = ", ".join(dict.fromkeys(found["byline"]))
    return fields


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [whole(" ".join(item.split())) for item in values if isinstance(item, str) and item.strip()]


def _names(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return _strings([item.get("name") if isinstance(item, dict) else item for item in values])


def _byline(stated: str | None) -> str | None:
    """Drop "By", and values that are an address of a profile page."""
    if not stated or stated.startswith(("http://", "https://")) or "@" in stated:
        return None
    return _BY.sub("", stated).strip() or None


def _title_element(tree: HtmlElement, outlet: str | None) -> str | None:
    """Return the title element without the outlet's name behind a dash or bar."""
    for element in tree.iter("title"):
        title = " ".join((element.text or "").split())
        suffix = _SUFFIX.search(title)
        if suffix and outlet and suffix[1].casefold() == outlet.casefold():
            title = title[: suffix.start()]
        return title or None
    return None


def _time_element(tree: HtmlElement) -> str | None:
    """Return the date of a time element that is marked as the publication's."""
    for element in tree.iter("time"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        stated: str | None = element.get("datetime")
        if stated and ("pubdate" in element.attrib or _PUBLISHED.search(marks)):
            return stated
    return None


def _canonical(tree: HtmlElement, base: str | None) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            try:
                return article_address(urljoin(base or "", (element.get("href") or "").strip()))
            except ValueError:
                return None
    return None
