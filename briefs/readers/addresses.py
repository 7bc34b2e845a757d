"""Addresses that a file states for its article: absolute, with a host, and of one page rather than a site."""

from urllib.parse import urlsplit


def article_address(stated: str | None) -> str | None:
    """Return `stated` if it is the http(s) address of one page, else none.

    Some sites state their front page as the canonical address of every article: articles would share an id.
    """
    if not stated:
        return None
    try:
        parts = urlsplit(stated.strip())
    except ValueError:
        return None
    absolute = parts.scheme in ("http", "https") and bool(parts.hostname)
    return stated.strip() if absolute and (parts.path.strip("/") or parts.query) else None
