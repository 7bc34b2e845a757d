"""The seal: it survives any content and editors' line ends, and shows every edit."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.article import Article, Copy, sha256
from briefs.domain.brief import ArticleBriefs, Brief, Made, Overview, Sourcing
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority
from briefs.domain.scan import OWN_VOICE
from briefs.domain.spans import Quote
from briefs.seal import MARK, as_written, body, read_seal, seal, words_sha256

WIDE = st.text(alphabet=st.characters(), min_size=1)


def sealed_result(text: str, name: str = "folder/one.txt") -> ArticleBriefs:
    """Return an article whose whole text is the one claim."""
    quote = Quote(start=0, end=len(text), text=text)
    claim = Claim(
        quote=quote,
        standalone=text,
        type=ClaimType.OTHER,
        priority=Priority(score=0.5, reasons=()),
    )
    entry = LedgerEntry(
        sentence=0,
        start=0,
        end=len(text),
        disposition=Disposition.CLAIM,
        reason="-",
        briefs=("b1",),
        verifiable=True,
        worth=0.5,
    )
    article = Article(
        id=name,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")),
        source_sha256=sha256(b"bytes"),
        slug="one",
        title="One",
        language="en",
        copy_kind=Copy.OWN,
        source_path=name,
        text=text,
    )
    return ArticleBriefs(
        article=article,
        overview=Overview(sourcing=Sourcing(summary="-")),
        ledger=(entry,),
        briefs=(Brief(id="b1", claim=claim, attribution=OWN_VOICE),),
        made=Made(engine="offline", tool_version="0"),
    )


@given(text=WIDE, name=WIDE, above=st.text(alphabet=st.characters()))
def test_round_trip(text: str, name: str, above: str) -> None:
    """Whatever the article, its path and the Markdown hold, the seal is read back as it was written."""
    result = sealed_result(text, name)
    markdown = seal(above, result)
    found = read_seal(markdown)
    assert found is not None
    assert (found.article, found.text_sha256) == (name, result.article.text_sha256)
    assert [(b.id, b.start, b.end) for b in found.briefs] == [("b1", 0, len(text))]
    assert found.briefs[0].sha256 == words_sha256(text)
    assert as_written(markdown)
    assert body(markdown).rstrip() == above.rstrip()


@pytest.mark.parametrize("name", ["a-->b", "--", "--->", "--!>", "<!-- briefs: {} -->", "a\r\nb", "\ud800"])
def test_nothing_ends_the_comment(name: str) -> None:
    """No path or id can close the comment early or open another one."""
    markdown = seal("# One", sealed_result("Words.", name))
    comment = markdown[markdown.index(MARK) :]
    assert comment.count("-->") == 1
    assert comment.count("<!--") == 1
    assert "--" not in comment[4:].rstrip().removesuffix("-->")


@pytest.mark.parametrize(
    "convert", [lambda m: m.replace("\n", "\r\n"), lambda m: "\ufeff" + m, lambda m: m + "\n"]
)
def test_line_ends_are_no_edit(convert: Callable[[str], str]) -> None:
    """A file that an editor saved with other line ends is still ours, and still read."""
    markdown = convert(seal("# One\n\nText.\n", sealed_result("Words.")))
    assert as_written(markdown)
    assert read_seal(markdown) is not None


@pytest.mark.parametrize(
    "edit",
    [
        lambda m: m.replace("Text", "Next"),
        lambda m: m + "A note below.\n",
        lambda m: m.replace('"end": 6', '"end": 5'),
        lambda m: m.replace('"id": "b1"', '"id": "b2"'),
        lambda m: m.replace("<!-- briefs:", "<!-- brief:"),
        lambda m: m.replace("}", "", 1),
    ],
)
def test_every_edit_shows(edit: Callable[[str], str]) -> None:
    """A changed word, a note below, a changed or garbled comment: the file is no longer ours to replace."""
    assert not as_written(edit(seal("# One\n\nText.\n", sealed_result("Words."))))


@pytest.mark.parametrize(
    "markdown",
    ["", "# One", f"{MARK} nonsense -->", f"{MARK} []-->", f"{MARK} {{", MARK + "[" * 99999 + "-->"],
)
def test_no_seal(markdown: str) -> None:
    """A missing or garbled comment is no seal, and no crash."""
    assert read_seal(markdown) is None
    assert not as_written(markdown)
