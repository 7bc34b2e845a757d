"""The folder of evidence: what is read of it, what is left out, and that nothing in it stops a run."""

import json
from pathlib import Path

import pytest
from fpdf import FPDF

from briefs.domain.documents import Shelf
from briefs.errors import ConfigError
from briefs.readers.inputs import evidence_folder, inputs
from briefs.readers.shelf import read_shelf


def put(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file with its folders."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def shelf(folder: Path, **files: str | bytes) -> Shelf:
    """Read a folder with these files; "__" stands for the dot of the ending."""
    for name, content in files.items():
        put(folder, name.replace("__", "."), content)
    return read_shelf(folder)


def test_documents_come_by_path_whatever_order_they_were_written_in(tmp_path: Path) -> None:
    """The same folder gives the same documents on every machine."""
    for name in ("c.txt", "a.csv", "b/d.md", "B.txt"):
        put(tmp_path, name, "Month,Left\nMay,3\n" if name.endswith("csv") else "Nine boats left the harbour.")
    assert [each.path for each in read_shelf(tmp_path).documents] == ["B.txt", "a.csv", "b/d.md", "c.txt"]


def test_paths_and_notes_name_nothing_outside_the_folder(tmp_path: Path) -> None:
    """No absolute path gets into a brief or differs between machines."""
    found = shelf(tmp_path / "deep", a__txt="Nine boats left.", empty__md="", bad__json="{")
    assert [each.path for each in found.documents] == ["a.txt"]
    assert found.left_out == ("bad.json", "empty.md")
    assert not any(str(tmp_path) in note for note in found.notes)
    assert all("\n" not in note for note in found.notes)


def _encrypted() -> bytes:
    pdf = FPDF()
    pdf.set_encryption(owner_password="owner", user_password="user")  # noqa: S106 - of a file made here
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.cell(text="Nine boats left the harbour on Tuesday, the port office said.")
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", _encrypted(), "encrypted"),
        ("a.pdf", b"%PDF-1.7 broken", "damaged"),
        ("a.txt", b"", "empty"),
        ("a.csv", b" \n", "empty"),
        ("a.csv", b"just one line of text without any column", "no table"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "not text"),
        ("a.csv", b"1,2,3\n4,5,6\n", "without a header"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 200_000, "not JSON"),
        ("a.json", b'{"@type": "Article"}', "no ClaimReview"),
        ("a.docx", b"PK\x03\x04 broken", "a.docx"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_note(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    """A bad document costs itself and nothing else, and the run says so in one line."""
    put(tmp_path, name, content)
    put(tmp_path, "z.txt", "Nine boats left the harbour.")
    found = read_shelf(tmp_path)
    assert [each.path for each in found.documents] == ["z.txt"]
    assert found.left_out == (name,)
    assert len(found.notes) == 1
    assert reason in found.notes[0]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    """A link cannot make the tool quote what lies elsewhere on the machine."""
    secret = put(tmp_path, "secret.txt", "The password is swordfish.")
    put(tmp_path, "in/a.txt", "Nine boats left the harbour.")
    (tmp_path / "in" / "link.txt").symlink_to(secret)
    assert [each.path for each in read_shelf(tmp_path / "in").documents] == ["a.txt"]


def test_a_file_too_large_is_left_out_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred megabytes of table are refused by their size, before they are read."""
    monkeypatch.setattr("briefs.readers.inputs.MOST_BYTES", 100)
    found = shelf(tmp_path, big__csv="Month,Left\n" + "May,3\n" * 100)
    assert found.documents == ()
    assert "MB" in found.notes[0]


def test_a_folder_too_large_is_read_up_to_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of thousands of files cannot eat the machine, and what is left out is named."""
    monkeypatch.setattr("briefs.readers.shelf.MOST_DOCUMENTS", 2)
    found = shelf(tmp_path, a__txt="Nine boats.", b__txt="Ten boats.", c__txt="Eleven boats.")
    assert [each.path for each in found.documents] == ["a.txt", "b.txt"]
    assert found.left_out == ("c.txt",)


def test_a_missing_folder_is_a_wrong_option(tmp_path: Path) -> None:
    """A mistyped --evidence is said before anything is briefed."""
    with pytest.raises(ConfigError, match="not a folder"):
        read_shelf(tmp_path / "nowhere")


def test_page_and_title_are_known(tmp_path: Path) -> None:
    """A quotation from a PDF can be found again: its page is kept."""
    pdf = FPDF()
    for words in ("Nine boats left the harbour on Tuesday.", "Ten boats came back on Friday morning."):
        pdf.add_page()
        pdf.set_font("helvetica", size=12)
        pdf.multi_cell(0, text=words)
    put(tmp_path, "a.pdf", bytes(pdf.output()))
    document = read_shelf(tmp_path).documents[0]
    assert len(document.pages) == 2
    assert document.text[document.pages[1] :].startswith("Ten boats")


def test_the_folder_evidence_of_an_input_folder_holds_no_articles(tmp_path: Path) -> None:
    """Documents that the newsroom trusts are never briefed as articles, and are found without an option."""
    put(tmp_path, "a.txt", "Nine boats left.")
    put(tmp_path, "evidence/log.txt", "Ten boats left.")
    put(tmp_path, "more/evidence/b.txt", "An article in a folder further down.")
    assert [each.id for each in inputs([str(tmp_path)])] == ["a.txt", "more/evidence/b.txt"]
    assert evidence_folder([str(tmp_path)]) == tmp_path / "evidence"
    assert evidence_folder([str(tmp_path / "a.txt")]) is None


def test_two_folders_of_evidence_are_not_chosen_between(tmp_path: Path) -> None:
    """Nothing is left out silently: a person says which folder counts."""
    put(tmp_path, "one/evidence/a.txt", "Nine boats.")
    put(tmp_path, "two/evidence/a.txt", "Ten boats.")
    with pytest.raises(ConfigError, match="--evidence"):
        evidence_folder([str(tmp_path / "one"), str(tmp_path / "two")])


def _review(**changes: object) -> dict[str, object]:
    item: dict[str, object] = {
        "@type": "ClaimReview",
        "claimReviewed": "Nine boats left the harbour",
        "author": {"@type": "Organization", "name": "Harbour Checks"},
        "reviewRating": {"alternateName": "Mostly false", "ratingValue": 2, "bestRating": 5},
        "datePublished": "2024-03-01T10:00:00Z",
        "url": "https://checks.example/1",
    }
    return item | changes


@pytest.mark.parametrize(
    "wrap",
    [
        lambda item: item,
        lambda item: [item],
        lambda item: {"@context": "https://schema.org", "@graph": [{"@type": "Person"}, item]},
        lambda item: {"dataFeedElement": [{"item": [item]}]},
        lambda item: item | {"@type": ["ClaimReview", "Review"]},
        lambda item: item | {"@type": "https://schema.org/ClaimReview"},
    ],
)
def test_fact_checks_are_found_however_they_are_wrapped(tmp_path: Path, wrap: object) -> None:
    """One object, an array, a graph and a Data Commons feed all hold the same fact-check."""
    assert callable(wrap)
    document = shelf(tmp_path, a__json=json.dumps(wrap(_review()))).documents[0]
    reviewed = document.reviews[0]
    assert reviewed.claimed.of(document.text) == "Nine boats left the harbour"
    review = reviewed.review
    assert (review.rating, review.by, review.date) == ("Mostly false", "Harbour Checks", "2024-03-01")
    assert review.url == "https://checks.example/1"


@pytest.mark.parametrize(
    ("rating", "words"),
    [
        ({"ratingValue": 2, "bestRating": 5, "worstRating": 1}, "2 on a scale of 1 to 5"),
        ({"ratingValue": "2"}, "2"),
        ({"name": "Pants on fire"}, "Pants on fire"),
    ],
)
def test_a_rating_stays_in_the_reviewers_words(tmp_path: Path, rating: object, words: str) -> None:
    """What others decided is reported as theirs, never translated into a verdict of ours."""
    document = shelf(tmp_path, a__json=json.dumps(_review(reviewRating=rating))).documents[0]
    assert document.reviews[0].review.rating == words


@pytest.mark.parametrize(
    "changes",
    [
        {"claimReviewed": 7},
        {"claimReviewed": "x" * 5000},
        {"author": None},
        {"reviewRating": {"ratingValue": {"a": 1}}},
        {"reviewRating": {"ratingValue": True}},
        {"author": [[[[]]]], "publisher": {}},
    ],
)
def test_a_hostile_fact_check_is_counted_and_left_out(tmp_path: Path, changes: dict[str, object]) -> None:
    """Wrong types and endless strings cost the item alone."""
    items = [_review(**changes), _review()]
    found = shelf(tmp_path, a__json=json.dumps(items))
    assert len(found.documents[0].reviews) == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b.example", 'https://x"><img', 5, "ftp://x"]
)
def test_only_plain_web_addresses_are_kept(tmp_path: Path, url: object) -> None:
    """An address that could run something on a page is dropped."""
    document = shelf(tmp_path, a__json=json.dumps(_review(url=url))).documents[0]
    assert document.reviews[0].review.url is None
