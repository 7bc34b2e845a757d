"""Terms as a search index holds them."""

from collections.abc import Iterable


def searchable(terms: Iterable[str]) -> str:
    """Return terms parted by spaces: a country's "@" as letters, no half characters of broken files."""
    found = " ".join(terms).replace("@", "country").replace(".", "point")
    return found.encode("utf-8", "replace").decode()
