"""An article that is nothing but its text, for tests of the steps before anything is read into it."""

from collections.abc import Sequence

from briefs.domain.article import Article, Block, Copy, Furniture, sha256


def article(text: str, blocks: Sequence[Block] = (), furniture: Sequence[Furniture] = ()) -> Article:
    """Return an article with the given text; blocks default to none at all."""
    return Article(
        id="one",
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")),
        source_sha256=sha256(b""),
        slug="one",
        title="One",
        language="en",
        copy_kind=Copy.OWN,
        source_path="one.txt",
        blocks=tuple(blocks),
        furniture=tuple(furniture),
        text=text,
    )
