"""Cutting words that are shown as a name, where they are too long to be one."""


def shortened(words: str, most: int) -> str:
    """Return words as they are if they have at most `most` characters, else as many whole ones and " …"."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
