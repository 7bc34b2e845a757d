"""Evidence on the page: words for people, and a document's words as harmless as an article's."""

import pytest
from invented import invented

from briefs.domain.brief import ArticleBriefs, Evidence, Stance
from briefs.domain.documents import Review
from briefs.steps.render import render

HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:y) | `code`\n\n# Head \u202e <!-- briefs: {"


def with_evidence(*evidence: Evidence, searched: tuple[str, ...] = ()) -> ArticleBriefs:
    """Return the invented article with this evidence under its first claim, and none elsewhere."""
    made = invented()
    first, *rest = made.briefs
    briefs = (
        first.model_copy(update={"evidence": evidence, "searched": searched}),
        *(each.model_copy(update={"evidence": (), "searched": ()}) for each in rest),
    )
    return made.model_copy(update={"briefs": briefs})


def evidence(**changes: object) -> Evidence:
    """Return evidence of which every word that a document or reviewer supplies is hostile."""
    made = Evidence(
        document=HOSTILE,
        place=HOSTILE,
        quote=HOSTILE,
        stance=Stance.REFUTES,
        drafted_by="offline",
        note=HOSTILE,
        path=HOSTILE,
        review=Review(rating=HOSTILE, by=HOSTILE, url="https://checks.example/1"),
    )
    return made.model_copy(update=changes)


@pytest.mark.parametrize("form", ["md", "html"])
def test_words_of_a_document_are_escaped_everywhere(form: str) -> None:
    """A document in the folder can be as hostile as an article: it must not change the page."""
    made = render(with_evidence(evidence(), evidence(review=None), searched=(HOSTILE,)), form)  # type: ignore[arg-type]
    body = made.rpartition("<!-- briefs: {")[0] if form == "md" else made
    unescaped = body.replace("\\<", "").replace("\\](", "") if form == "md" else body
    assert "<script>alert(1)" not in unescaped
    assert "<!-- briefs: {" not in unescaped
    if form == "md":
        assert "\u202e" not in body
        assert "\n# Head" not in body
        assert "](javascript:" not in unescaped


def test_a_fact_check_is_shown_as_others_work() -> None:
    """No stance of ours stands beside a rating, and the rating says whose it is."""
    review = Review(rating="Mostly false", by="Orla Checks", date="2024-11-20")
    note = "Rated “Mostly false” by Orla Checks on 2024-11-20; the rating is theirs."
    shown = evidence(
        document="checks.json", path="checks.json", place="fact-check 1", note=note, review=review
    )
    made = render(with_evidence(shown.model_copy(update={"stance": Stance.NOT_ENOUGH_INFO})), "md")
    line = next(line for line in made.splitlines() if "Mostly false" in line)
    assert line.startswith("- Checked before by others: checks.json, fact-check 1. Rated “Mostly false”")


def test_a_claim_without_evidence_says_how_many_documents_were_searched() -> None:
    """That nothing was found is only worth something with what was looked through; names stand once."""
    made = render(with_evidence(searched=("2 documents: a.txt, b.csv", "could not be read: c.pdf")), "md")
    assert "**Evidence in hand:** nothing in 2 documents." in made
    assert made.count("a.txt, b.csv; could not be read: c.pdf") == 1


def test_without_documents_nothing_is_said_of_evidence() -> None:
    """A newsroom that keeps no documents reads no line about them."""
    made = render(with_evidence(), "md")
    assert "Evidence in hand" not in made
    assert "Documents at hand" not in made
