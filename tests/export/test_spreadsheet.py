"""The spreadsheet: read back by the csv module, harmless in a spreadsheet program."""

import csv
import io

import pytest
from desked import QUOTED, decided, hostile
from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.brief import ArticleBriefs
from briefs.export.claims import exportable
from briefs.export.plain import shown
from briefs.export.spreadsheet import COLUMNS, read_cell, rows, spreadsheet


def read(content: bytes) -> list[dict[str, str]]:
    """Return the rows as another program reads them, each cell as documented."""
    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [{name: read_cell(cell) for name, cell in line.items()} for line in lines]


def made(result: ArticleBriefs) -> bytes:
    """Return the spreadsheet of one article."""
    return spreadsheet(rows(exportable(result)))


def test_one_row_a_claim_with_what_the_desk_decided() -> None:
    """Rows in the article's order, the dismissed claim left out, the former one last and marked."""
    result = decided()
    found = read(made(result))
    assert len(found) == len(result.briefs) - 1 + 1
    row = found[3]
    assert row["The article's words"] == result.briefs[3].claim.quote.text
    assert (row["No."], row["Said so"], row["Is it so"], row["Status"]) == (
        "4",
        "confirmed",
        "not confirmed",
        "soften",
    )
    assert (row["Checker"], row["Date checked"], row["Rating"]) == ("Mara Lind", "2031-11-14", "Half right")
    assert row["Who says so"].startswith("Pavel Štěpánek, health correspondent")
    assert row["Passed on by"] == "Orla Courier"
    assert row["Figures"] == "2,310 nurses"
    assert all(each["Claim ID"] != result.briefs[9].id for each in found)
    former = found[-1]
    assert former["The article's words"] == "=1+1 beds were closed"
    assert former["Remarks"].startswith("The article no longer has this claim")


def test_answers_and_remarks_stand_in_their_columns() -> None:
    """An answered question is no open one; why a sign-off does not hold is said."""
    found = read(made(decided()))
    assert "It is another *count*. (Jo Ferrant)" in found[4]["Answers"]
    assert "ticked off (Jo Ferrant)" in found[4]["Answers"]
    assert "another *count*" not in found[4]["Open questions"]
    assert found[7]["Remarks"] == "Open again: The figure was “24,000” and is now “25,000”."


def test_no_cell_is_a_formula_and_no_word_is_lost() -> None:
    """Cells that would be calculated begin with an apostrophe, and come back as they were."""
    content = made(hostile())
    raw = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert not [cell for cell in raw if cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n")]
    assert [row["The article's words"] for row in read(content)] == [
        shown(words) for words in sorted(QUOTED, key=hostile().article.text.index)
    ]


def test_excel_and_the_standard_can_read_it() -> None:
    """A byte order mark, CRLF at the end of rows, every row as long as the first."""
    content = made(decided())
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert made(decided()) == content


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_words_come_back(words: list[str]) -> None:
    """Whatever a cell holds, reading it as documented gives it back; what UTF-8 has no place for is shown."""
    row = (words * len(COLUMNS))[: len(COLUMNS)]
    content = spreadsheet([row])
    [_, found] = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert [read_cell(cell) for cell in found] == [shown(each) for each in row]


@pytest.mark.parametrize("text", ["plain", "a\tb\nc", "é\u202e😀"])
def test_what_can_be_written_is_not_changed(text: str) -> None:
    """Only what formats refuse is shown as something else."""
    assert shown(text) == text


def test_what_cannot_be_written_is_shown() -> None:
    """Control characters as pictures, half characters and what XML has no place for as U+FFFD, one for one."""
    assert shown("a\x00\x0b\x7fb\ud800\ufffe") == "a\u2400\u240b\u2421b\ufffd\ufffd"
