"""Merging an edited file with the one made anew: wording lives on where it was written, and is proved."""

import re
from collections.abc import Callable

import pytest
from handwork import GENERATED, after, in_section, reread
from harbour import CANCELLED, COUNT, RESULT, SEVEN
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.brief import ArticleBriefs, NameEntry
from briefs.domain.desk import Desk, Status
from briefs.review.markdown import read_back
from briefs.review.markdown_merge import merged
from briefs.seal import as_written, read_seal
from briefs.steps.render import render
from briefs.text.disputes import END, NOTHING, THEIRS, YOURS

REWORDED = (
    "- **Who says so:** Ilse Brandvold (named person)",
    "- **Who says so:** Brandvold, who was dismissed",
)


def without(result: ArticleBriefs, brief: str) -> ArticleBriefs:
    """Return briefs in which one claim is gone: all numbers behind it change."""
    return result.model_copy(update={"briefs": tuple(b for b in result.briefs if b.id != brief)})


def remade(edited: str, result: ArticleBriefs = RESULT, base: str = GENERATED) -> str:
    """Return an edited file merged with one made of `result`, after reading it back."""
    read = read_back(edited, base, RESULT)
    return merged(base, read.wording, render(after(result, read), "md")).markdown


def test_an_untouched_file_becomes_the_new_one() -> None:
    """Where nobody wrote anything the merge is the new file to the byte, and says that it is the tool's."""
    for result in (RESULT, without(RESULT, SEVEN.id)):
        made = render(result, "md")
        assert merged(GENERATED, reread(GENERATED).wording, made).markdown == made
        assert as_written(made)


def test_wording_lives_on_and_the_file_says_that_it_was_edited() -> None:
    """A person's lines stay, the desk is filled in, the seal lists what the new file must hold."""
    paragraph = ("**Questions**", "She never answered my letters.\n\n**Questions**")
    edited = in_section(GENERATED, SEVEN.id, REWORDED, paragraph, ("Status: open", "Status: OK"))
    now = remade(edited)
    assert REWORDED[1] in now
    assert "She never answered my letters." in now
    assert "- Status: usable\n" in now
    assert "Status: OK" not in now
    assert YOURS not in now
    assert not as_written(now)
    assert read_seal(now) is not None
    assert now.count("<!-- briefs:") == 1
    assert now.endswith("-->\n")


def test_merging_again_changes_nothing() -> None:
    """A second run over a merged file gives the same bytes."""
    edited = in_section(
        GENERATED, SEVEN.id, REWORDED, ("Status: open", "Status: maybe"), ("- Note:", "- Note: x")
    )
    read = reread(edited)
    result = after(RESULT, read)
    made = render(result, "md")
    now = merged(GENERATED, read.wording, made).markdown
    again = read_back(now, made, result)
    assert again.drafts == ()
    assert merged(made, again.wording, made).markdown == now


def test_new_numbers_are_no_conflict() -> None:
    """A rewritten question and a heading keep their wording, with the numbers that they have now."""
    question = COUNT.questions[0].text
    edited = in_section(
        GENERATED,
        COUNT.id,
        (question, "Did anybody count?"),
        ("### 3. The gate", "### 3. Our gate"),
    )
    now = remade(edited, without(RESULT, SEVEN.id))
    assert YOURS not in now
    assert "- **Q3.** Did anybody count?" in now
    assert "### 2. Our gate" in now
    assert "### 3." not in now


def test_both_changed_one_line() -> None:
    """Both wordings stand, marked in words; deleting one of them settles it."""
    brief = SEVEN.model_copy(
        update={"claim": SEVEN.claim.model_copy(update={"standalone": "Seven [of 12] lay up."})}
    )
    base = RESULT.model_copy(update={"briefs": (brief, *RESULT.briefs[1:])})
    claim = SEVEN.claim.model_copy(update={"standalone": "Seven lay up [in 2024]."})
    new = RESULT.model_copy(
        update={"briefs": (SEVEN.model_copy(update={"claim": claim}), *RESULT.briefs[1:])}
    )
    generated, made = render(base, "md"), render(new, "md")
    edited = generated.replace("Standing alone: Seven [of 12] lay up.", "Standing alone: mine.")
    now = merged(generated, edited.partition("<!--")[0], made)
    block = (
        f"{YOURS}\n\nStanding alone: mine.\n\n{THEIRS}\n\nStanding alone: Seven lay up [in 2024].\n\n{END}\n"
    )
    assert block in now.markdown
    assert now.conflicts == 1
    kept = merged(made, reread(now.markdown, new, made).wording, made)
    assert kept.markdown == now.markdown
    settled = now.markdown.replace("Standing alone: Seven lay up [in 2024].\n\n", "")
    final = merged(made, reread(settled, new, made).wording, made)
    assert final.conflicts == 0
    assert "Standing alone: mine.\n\n- **Claim:**" in final.markdown
    assert THEIRS not in final.markdown


def test_a_field_that_the_desk_changed_too() -> None:
    """The desk's value and the file's stand side by side; keeping the file's makes it a change at last."""
    desk = Desk(status=Status.USABLE)
    now = RESULT.model_copy(update={"briefs": (SEVEN.model_copy(update={"desk": desk}), *RESULT.briefs[1:])})
    made = render(now, "md")
    read = read_back(in_section(GENERATED, SEVEN.id, ("Status: open", "Status: cut")), GENERATED, now)
    both = merged(GENERATED, read.wording, made)
    assert f"{YOURS}\n\n- Status: cut\n\n{THEIRS}\n\n- Status: usable\n\n{END}\n" in both.markdown
    again = read_back(both.markdown, made, now)
    assert again.drafts == ()
    assert "Status stands in two versions" in again.notes[0]
    assert merged(made, again.wording, made).markdown == both.markdown
    settled = read_back(both.markdown.replace("- Status: usable\n\n", ""), made, now)
    assert [(c.before, c.after) for d in settled.drafts for c in d.what.changes] == [("usable", "cut")]  # type: ignore[union-attr]
    final = after(now, settled)
    assert YOURS not in merged(made, settled.wording, render(final, "md")).markdown


def test_what_was_written_into_a_claim_that_is_gone_is_kept() -> None:
    """A person's lines of a section that the new file lacks stand behind the section before it, once."""
    edited = in_section(GENERATED, CANCELLED.id, ("**Questions**", "I phoned the line.\n\n**Questions**"))
    new = without(RESULT, CANCELLED.id)
    made = render(new, "md")
    result = merged(GENERATED, reread(edited).wording, made)
    assert result.markdown.count("I phoned the line.") == 1
    assert "Kept from a part that is no longer here (The Vellmar Line cancelled" in result.markdown
    assert result.notes
    assert (
        result.markdown.index(SEVEN.id)
        < result.markdown.index("I phoned")
        < result.markdown.index(f'"{COUNT.id}"')
    )
    again = merged(made, read_back(result.markdown, made, new).wording, made)
    assert again.markdown == result.markdown


def test_a_claim_that_goes_on_under_another_id() -> None:
    """Wording follows the claim: the old section's edit stands in the new one's."""
    edited = in_section(
        GENERATED, CANCELLED.id, ("- **Claim:** figure", "- **Claim:** a figure that I doubt")
    )
    new_id = "b0123456789ab"
    briefs = tuple(b if b.id != CANCELLED.id else b.model_copy(update={"id": new_id}) for b in RESULT.briefs)
    made = render(RESULT.model_copy(update={"briefs": briefs}), "md")
    result = merged(GENERATED, reread(edited).wording, made, {CANCELLED.id: new_id})
    assert "a figure that I doubt" in result.markdown
    assert CANCELLED.id not in result.markdown
    assert result.conflicts == 0


def section(markdown: str, brief: str) -> str:
    """Return a claim's section."""
    start = markdown.index(f'<a id="{brief}"></a>')
    return markdown[
        start : min(at for mark in ('<a id="', "## Names") if (at := markdown.find(mark, start + 5)) > 0)
    ]


def test_sections_that_a_person_moved_stay_moved() -> None:
    """The order of a person's file is kept, with new text in each section."""
    moved = GENERATED.replace(section(GENERATED, SEVEN.id), "").replace(
        "## Names", section(GENERATED, SEVEN.id) + "## Names"
    )
    now = remade(in_section(moved, COUNT.id, ("Status: open", "Status: cut")))
    assert re.findall(r'<a id="(b\w+)"', now) == [CANCELLED.id, COUNT.id, SEVEN.id]
    assert "- Status: cut" in section(now, COUNT.id)


def test_a_deleted_section_stays_away_until_it_changes() -> None:
    """What a person took out stays out while it is the same; news about it comes in again."""
    edited = GENERATED.replace(section(GENERATED, CANCELLED.id), "")
    assert f'<a id="{CANCELLED.id}"' not in remade(edited)
    claim = CANCELLED.claim.model_copy(update={"standalone": "The line cancelled [300] sailings."})
    new = RESULT.model_copy(update={"briefs": (SEVEN, CANCELLED.model_copy(update={"claim": claim}), COUNT)})
    assert f'<a id="{CANCELLED.id}"' in remade(edited, new)


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n- ", "\n* "),
        lambda text: re.sub(r"<a id=[^\n]*\n", "", text),
        lambda text: text.partition("<!-- briefs")[0],
        lambda text: text + text[text.index("<!-- briefs") :],
    ],
    ids=["CRLF", "BOM", "bullets", "no anchors", "no seal", "two seals"],
)
def test_how_a_program_saved_it_makes_no_conflict(saved: Callable[[str], str]) -> None:
    """Other line ends, bullets, lost anchors and seals: the new file comes out whole, with the edit in it."""
    edited = saved(in_section(GENERATED, COUNT.id, ("**Desk**", "Mine.\n\n**Desk**")))
    made = render(without(RESULT, SEVEN.id), "md")
    now = merged(GENERATED, reread(edited).wording, made)
    assert now.conflicts == 0
    assert now.markdown.replace("Mine.\n\n", "") == made


def test_lines_below_the_seal_are_kept() -> None:
    """What a person wrote at the very end stands above the seal afterwards."""
    now = remade(GENERATED + "\nTo do: call the harbour.\n")
    assert "To do: call the harbour.\n\n<!-- briefs:" in now


def test_an_emptied_file_is_made_anew() -> None:
    """An empty file holds nobody's words."""
    assert remade("\n \n") == GENERATED


def test_a_section_that_stands_twice_is_kept_twice() -> None:
    """Nothing of a copied section is thrown away, and nothing of it is applied."""
    copy = section(GENERATED, SEVEN.id).replace("Status: open", "Status: cut")
    now = remade(GENERATED.replace("## Names", copy + "## Names"))
    assert now.count(f'<a id="{SEVEN.id}"></a>') == 2
    assert "- Status: cut" in now


def test_own_lines_in_the_desk_stay_beside_their_field() -> None:
    """A line of a person's own between the fields stays where it was."""
    edited = in_section(
        GENERATED, SEVEN.id, ("- Checker:", "- Checker: Jana\n- ask Karl, too"), ("- Date:\n", "")
    )
    now = section(remade(edited), SEVEN.id)
    assert "- Checker: Jana\n- ask Karl, too\n- Date:\n" in now


def test_a_deletion_that_the_tool_changed_is_shown() -> None:
    """A line that a person deleted and the tool made anew is offered again, with what it was."""
    claim = SEVEN.claim.model_copy(
        update={"priority": SEVEN.claim.priority.model_copy(update={"reasons": ("new",)})}
    )
    new = RESULT.model_copy(
        update={"briefs": (SEVEN.model_copy(update={"claim": claim}), *RESULT.briefs[1:])}
    )
    line = re.search(r"- \*\*Priority.*\n", section(GENERATED, SEVEN.id)).group()  # type: ignore[union-attr]
    now = remade(in_section(GENERATED, SEVEN.id, (line, "")), new)
    assert f"{YOURS}\n\n{NOTHING}\n\n{THEIRS}\n\n- **Priority: high** (new)\n" in now


def test_a_name_that_was_ticked_off_stays_ticked() -> None:
    """A tick on the list of names outlasts a new count of its places, and a person's own list stays as it is."""
    names = (
        NameEntry(name="Ilse Brandvold", places=(SEVEN.claim.quote.place,)),
        NameEntry(name="Skerry", places=()),
    )
    base = RESULT.model_copy(update={"overview": RESULT.overview.model_copy(update={"names": names})})
    more = (
        names[0].model_copy(update={"places": (SEVEN.claim.quote.place, COUNT.claim.quote.place)}),
        names[1],
    )
    new = RESULT.model_copy(update={"overview": RESULT.overview.model_copy(update={"names": more})})
    generated = render(base, "md")
    edited = generated.replace("- [ ] Ilse", "- [x] my own\n- [x] Ilse")
    now = merged(generated, read_back(edited, generated, base).wording, render(new, "md"))
    assert now.conflicts == 0
    assert "- [x] my own\n- [x] Ilse Brandvold (2 places)\n- [ ] Skerry (0 places)" in now.markdown


LINES = st.sampled_from(
    ["mine", "", "- mine", "> mine", "# mine", "| mine |", "Status: mine", "- Note: mine", "```"]
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 120), st.none() | LINES), max_size=6), st.booleans())
def test_no_word_of_a_person_is_lost(edits: list[tuple[int, str | None]], gone: bool) -> None:
    """Lines put in or taken out anywhere: whatever a person wrote is in the file, on the desk or in both."""
    lines: list[str] = GENERATED.partition("\n\n<!-- briefs")[0].split("\n")
    written = 0
    for at, line in edits:
        if line is None:
            del lines[at % len(lines)]
        else:
            lines.insert(at % len(lines), line)
            written += "mine" in line
    edited = "\n".join(lines)
    standing = edited.count("mine")
    read = reread(edited)
    result = after(without(RESULT, CANCELLED.id) if gone else RESULT, read)
    made = render(result, "md")
    now = merged(GENERATED, read.wording, made)
    recorded = sum("mine" in str(draft.what.model_dump()) for draft in read.drafts)
    assert now.markdown.count("mine") + recorded >= standing
    again = read_back(now.markdown, made, result)
    assert merged(made, again.wording, made).conflicts == now.conflicts
