"""Reading a Markdown file back as a whole: sections that were moved or copied, emptied and damaged files."""

import pytest
from handwork import GENERATED, after, all_said, in_section, reread, said
from harbour import CANCELLED, RESULT, SEVEN
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.desk import Desk, Status
from briefs.review.markdown import decoded, read_back
from briefs.steps.render import render


def test_a_section_that_stands_twice_is_not_read() -> None:
    """Copied sections say two things: nothing is applied, and the note names both lines."""
    start = GENERATED.index(f'<a id="{SEVEN.id}"></a>')
    section = GENERATED[start : GENERATED.index(f'<a id="{CANCELLED.id}"></a>')]
    read = reread(GENERATED.replace("## Names", section.replace("Status: open", "Status: cut") + "## Names"))
    assert read.drafts == ()
    (note,) = read.notes
    assert "claim 1 stands there more than once" in note


def test_a_moved_section_is_read_where_it_stands() -> None:
    """A section belongs to the brief of its anchor, wherever a person has put it."""
    start = GENERATED.index(f'<a id="{SEVEN.id}"></a>')
    section = GENERATED[start : GENERATED.index(f'<a id="{CANCELLED.id}"></a>')]
    moved = GENERATED.replace(section, "").replace(
        "## Names", section.replace("Status: open", "Status: cut") + "## Names"
    )
    read = reread(moved)
    assert [(draft.brief, said(draft)) for draft in read.drafts] == [(SEVEN.id, {"status": "cut"})]


def test_a_section_pasted_from_another_file_is_not_read() -> None:
    """Fields below a strange heading are another claim's."""
    strange = "### 7. Another article's claim\n\n**Desk**\n\n- Status: cut\n- Note: not ours\n\n"
    anchor = f'<a id="{CANCELLED.id}"></a>'
    assert reread(GENERATED.replace(anchor, f'<a id="b0000000000ff"></a>\n\n{strange}{anchor}')).drafts == ()


@pytest.mark.parametrize("text", ["", "   \n\n", "\ufeff", "nothing of ours\n"])
def test_a_file_that_was_emptied_changes_nothing(text: str) -> None:
    """An emptied or replaced file is no decision."""
    result = RESULT.model_copy(
        update={
            "briefs": tuple(b.model_copy(update={"desk": Desk(status=Status.CUT)}) for b in RESULT.briefs)
        }
    )
    assert read_back(text, render(result, "md"), result).drafts == ()


def test_without_a_generated_file_blank_fields_are_the_base() -> None:
    """A file from before anybody remembered it: what is filled in counts."""
    edited = in_section(GENERATED, SEVEN.id, ("Status: open", "Status: cut"))
    assert all_said(read_back(edited, "", RESULT)) == [{"status": "cut"}]
    assert read_back(GENERATED, "", RESULT).drafts == ()


def test_projected_it_stands_in_the_next_file() -> None:
    """What was read back is in the next file, and read against that it is no change."""
    edited = in_section(GENERATED, SEVEN.id, ("Status: open", "Status: cut"), ("- Note:", "- Note: a\n  b"))
    result = after(RESULT, reread(edited))
    assert result.briefs[0].desk.status is Status.CUT
    assert result.briefs[0].desk.note == "a\nb"
    assert read_back(edited, GENERATED, result).drafts == ()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("a – é".encode(), "a – é"),
        ("\ufeffa – é".encode(), "a – é"),
        ("a – é".encode("utf-16"), "a – é"),
        ("a – é".encode("cp1252"), "a – é"),
        (b"a\xff\x00b", "a\ufffd\x00b"),
    ],
)
def test_decoded(data: bytes, text: str) -> None:
    """A file in whatever encoding an editor's program wrote is read, and none raises."""
    assert decoded(data) == text


@settings(deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000))
def test_no_file_raises(noise: bytes, at: int) -> None:
    """Whatever bytes stand in a file, reading it gives an answer."""
    data = GENERATED.encode()
    reread(decoded(data[:at] + noise + data[at:]))
    reread(decoded(noise))


def test_a_very_large_file() -> None:
    """Megabytes of anything are read through, and the edit among them is found."""
    huge = (
        "- " + " " * 300_000 + "\n" + "x" * 3_000_000 + "\n" + "**Q1.** Answer: \n" * 15_000 + "\n" * 60_000
    )
    edited = in_section(GENERATED, SEVEN.id, ("Status: open", "Status: cut"))
    assert all_said(reread(edited.replace("## Names", huge + "\n## Names"))) == [{"status": "cut"}]
