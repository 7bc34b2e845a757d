"""The process that reads PDFs: it may die of one, and the next one is read all the same."""

import os
import signal

import pytest
from fpdf import FPDF

from briefs.errors import InputError
from briefs.readers import apart


def pdf() -> bytes:
    """Return a file with one line of text."""
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=11)
    document.multi_cell(0, 6, "The council closed three of its five ferry lines on Monday.")
    return bytes(document.output())


def test_a_file_that_ends_the_process_is_refused_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever native code does with a hostile file, the run goes on with one line about that file."""
    reader = apart._Reader()
    with monkeypatch.context() as patched:
        patched.setattr(apart, "_START", "import os; os.abort()")
        with pytest.raises(InputError, match=r"^bomb\.pdf: takes more memory or time"):
            reader.read(pdf(), "bomb.pdf")
    assert "ferry lines" in reader.read(pdf(), "a.pdf").text
    process = reader._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)  # as a system does that is out of memory
    process.wait()
    assert "ferry lines" in reader.read(pdf(), "b.pdf").text
    with pytest.raises(InputError, match=r"^c\.pdf: is a damaged PDF; export it again"):
        reader.read(b"%PDF-1.7 nothing", "c.pdf")
    reader.end()


@pytest.mark.parametrize(("asked", "dies"), [("2 * a.MEMORY", True), ("a.MEMORY // 8", False)])
def test_the_process_is_bounded(asked: str, dies: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading process that asks for more memory than allowed dies of it; what is allowed it gets."""
    greedy = (
        "import briefs.readers.apart as a, briefs.readers.pdf as p; plain = p.read_pdf; "
        f"p.read_pdf = lambda data, name: (bytearray({asked}), plain(data, name))[1]; "
    )
    imported = "from briefs.readers.apart import"
    monkeypatch.setattr(apart, "_START", apart._START.replace(imported, greedy + imported))
    reader = apart._Reader()
    if dies:
        with pytest.raises(InputError, match="takes more memory"):
            reader.read(pdf(), "a.pdf")
    else:
        assert "ferry lines" in reader.read(pdf(), "a.pdf").text
    reader.end()
