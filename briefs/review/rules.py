"""What a sign-off takes: who stands for it, and a source consulted that is not the article itself.

An article that says something proves that it says it, not that its source said so, and not that it is so.
"""

import re
from functools import cache
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from briefs.data import load
from briefs.domain.article import Article
from briefs.domain.desk import Check, Desk

_ADDRESS = re.compile(r"(?:https?://|www\.|(?:[\w-]+\.)+[a-z]{2,}/)[^\s<>\"“”]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_TRAILING = ".,;:!?)]}'’»"


def refusal(desk: Desk, article: Article) -> str | None:
    """Return why a claim's fields cannot stand as they are, in one sentence; none where they can.

    Only a check that is confirmed takes anything: whoever leaves it open, or could not confirm it, may.
    """
    if Check.CONFIRMED not in (desk.said, desk.so):
        return None
    if not _WORD.search(desk.checker or ""):
        return "To confirm takes a checker: give the name of the person who stands for it."
    consulted = desk.source_consulted or ""
    if _names_nothing(consulted):
        return "To confirm takes a source consulted: name the document, recording or person."
    if is_the_article(consulted, article):
        return (
            "The article itself cannot confirm what it says: name another document, recording or person "
            "that was consulted."
        )
    return None


def is_the_article(consulted: str, article: Article) -> bool:
    """Tell whether a source consulted is nothing but the article itself, by address, file, title or name."""
    addresses = {address for each in (article.url, article.id) if each and (address := _address(each))}
    others = False

    def without(match: re.Match[str]) -> str:
        nonlocal others
        others = others or _address(match.group().rstrip(_TRAILING)) not in addresses
        return " "

    rest = _ADDRESS.sub(without, consulted)
    if others:
        return False
    rest = _words(rest)
    for name in (article.source_path, PurePath(article.source_path).name, article.id, article.title):
        own = _words(name)
        if len(own) > 3:  # a title of one letter would be in every word
            rest = f" {rest} ".replace(f" {own} ", " ").strip()
    lists = _lists()
    return all(word in lists.article or word in lists.around or word.isdigit() for word in rest.split())


class _Lists:
    def __init__(self) -> None:
        lists = load("desk")
        self.article = frozenset(lists["article"])
        self.around = frozenset(lists["around"])
        self.tracking = frozenset(lists["tracking"])
        self.nothing = frozenset(lists["nothing"])


@cache
def _lists() -> _Lists:
    return _Lists()


def _names_nothing(consulted: str) -> bool:
    words = _words(consulted)
    return not words or words in _lists().nothing


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _address(stated: str) -> str | None:
    """Return what two spellings of one page's address have in common; none for what is no web address."""
    try:
        parts = urlsplit(stated if "://" in stated else f"https://{stated}")
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "." not in host:
        return None
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.casefold() not in _lists().tracking and not name.casefold().startswith("utm_")
    )
    path = unquote(parts.path).rstrip("/").casefold()
    return f"{host.removeprefix('www.').removeprefix('m.')}{path}{urlencode(asked)}"
