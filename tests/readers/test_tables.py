"""Delimited text as tables: delimiters, charsets, headers, ragged rows, and rows as exact places of the text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.errors import InputError
from briefs.readers.tables import number_of, read_table


@pytest.mark.parametrize(
    ("data", "columns", "first"),
    [
        (b"Month,Left\nMay,3\n", ("Month", "Left"), ("May", "3")),
        (b"Month;Left\nMay;3\n", ("Month", "Left"), ("May", "3")),
        (b"Month\tLeft\nMay\t3\n", ("Month", "Left"), ("May", "3")),
        (b"Month|Left\nMay|3\n", ("Month", "Left"), ("May", "3")),
        (b"\xef\xbb\xbfMonth,Left\r\nMay,3\r\n", ("Month", "Left"), ("May", "3")),
        ("Month;Départs\nMai;3\n".encode("cp1252"), ("Month", "Départs"), ("Mai", "3")),
        ("Month,Left\nMay,3\n".encode("utf-16"), ("Month", "Left"), ("May", "3")),
        (
            b'Board, year 2024\n\nMonth,Left,Back\nMay,"1,760",3\n',
            ("Month", "Left", "Back"),
            ("May", "1,760", "3"),
        ),
        (b'Month,Note\nMay,"two\nlines"\n', ("Month", "Note"), ("May", "two lines")),
        (b"Month,Left\nMay\n", ("Month", "Left"), ("May", "")),
        (b"Month,Left\nMay,=1+1\n", ("Month", "Left"), ("May", "=1+1")),
    ],
)
def test_tables_are_read_however_they_were_exported(
    data: bytes, columns: tuple[str, ...], first: tuple[str, ...]
) -> None:
    """Delimiter, charset, byte order mark, title lines, short rows: none of them shifts a cell."""
    found = read_table(data, "a.csv")
    assert found.table.columns == columns
    assert found.table.rows[0].cells == first


def test_a_row_is_an_exact_slice() -> None:
    """What is quoted of a table stands in the file, with its quotation marks."""
    found = read_table(b'Title of it\nMonth,Left,Back\nMay,"1,760",3\n\nJune,4,5', "a.csv")
    assert [found.text[row.start : row.end] for row in found.table.rows] == ['May,"1,760",3', "June,4,5"]
    assert [row.number for row in found.table.rows] == [3, 4]
    assert found.title == "Title of it"


def test_a_row_longer_than_the_header_is_left_out_and_counted() -> None:
    """A stray delimiter puts every cell under the wrong name: such a row must not be compared."""
    found = read_table(b"Month,Left\nMay,1,760\nJune,4\n", "a.csv")
    assert [row.cells for row in found.table.rows] == [("June", "4")]
    assert found.notes == ("1 row with more cells than the header left out.",)


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("1,760", ".", 1760),
        ("1760", "", 1760),
        ("1.760", ",", 1760),
        ("1.760", "", None),
        ("3,1", ",", 3.1),
        ("3,1", ".", None),
        ("3.1%", ".", 3.1),
        ("-12", ".", -12),
        ("−12", ".", -12),
        ("1 760", "", 1760),
        ("12,34,567", ".", None),
        ("=SUM(A1:A3)", ".", None),
        ("12 (est.)", ".", None),
        ("n/a", ".", None),
        ("", ".", None),
        ("2024-10", ".", None),
    ],
)
def test_a_cell_is_a_number_only_if_it_can_be_read_one_way(
    cell: str, decimal: str, value: float | None
) -> None:
    """A thousand and one point are never taken for one another."""
    assert number_of(cell, decimal) == value


@pytest.mark.parametrize(
    ("data", "decimal"),
    [
        (b"Place;Share\nA;3,1\n", ","),
        (b"Place;Cases\nA;1.120\n", ""),
        (b"Place,Share\nA,3.1\n", "."),
        (b'Place,Cases\nA,"1,120"\n', "."),
    ],
)
def test_the_mark_before_decimals_is_read_from_the_figures(data: bytes, decimal: str) -> None:
    """Where "1.120" may be a thousand or one, nobody decides."""
    assert read_table(data, "a.csv").table.decimal == decimal


_CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",;\t|\r\n\x00'), max_size=12)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rows_lie_in_the_text_in_order(rows: list[list[str]]) -> None:
    """Whatever the cells hold, a row's place is that row's line."""
    lines = ["Name,Left,Back", *(",".join(row) for row in rows)]
    try:
        found = read_table("\n".join(lines).encode(), "a.csv")
    except InputError:  # all rows blank, or control characters
        return
    for row in found.table.rows:
        assert found.text[row.start : row.end] in lines
