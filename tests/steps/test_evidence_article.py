"""Evidence of a whole article: what is no evidence, what was searched, and what does not depend on the machine."""

from pathlib import Path

from evident import HEADLINE, drafted, library

from briefs.steps.evidence import evidence

CLAIM = "In October 2024 1,120 nurses left the board's hospitals."


def test_the_article_itself_is_no_evidence_for_it(tmp_path: Path) -> None:
    """A copy of the article in the folder would bear out every word of it."""
    result = drafted(CLAIM)
    held = evidence(result, library(tmp_path, {"copy.txt": result.article.text})).briefs
    assert all(brief.evidence == () and brief.searched == () for brief in held.briefs)


def test_quotations_are_exact_slices_with_their_proof(tmp_path: Path) -> None:
    """Each quotation can be proved again: path, place and hash of the text that it is from."""
    text = f"{HEADLINE}\n\n“1,120 nurses left the board’s hospitals in October 2024,” it says."
    shelf = library(tmp_path, {"sub/report.txt": text, "bad.pdf": "no pdf"})
    held = evidence(drafted(CLAIM), shelf).briefs
    shown = [each for brief in held.briefs for each in brief.evidence]
    assert shown
    for each in shown:
        assert each.path == "sub/report.txt"
        assert each.span is not None
        assert each.span.of(text) == each.quote
        assert each.text_sha256 == shelf.documents[0].text_sha256
    assert held.briefs[0].searched == ("one document: sub/report.txt", "could not be read: bad.pdf")


def test_the_same_documents_give_the_same_evidence_wherever_they_lie(tmp_path: Path) -> None:
    """Nothing hangs on the absolute path or on the order in which files were written."""
    one = {"a.txt": f"{HEADLINE}\n\n{CLAIM}", "b.txt": f"{HEADLINE}\n\n{CLAIM} So the board."}
    other = dict(reversed(one.items()))
    first = evidence(drafted(CLAIM), library(tmp_path / "here", one))
    assert first == evidence(drafted(CLAIM), library(tmp_path / "there", other))
