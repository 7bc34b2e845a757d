"""What a run remembers of its articles lies on disk: the record is the same bytes, memory stays flat."""

import json
import tracemalloc
from pathlib import Path

from briefs.domain.run import ArticleRun, RunRecord
from briefs.store.first_come import FirstCome
from briefs.store.outputs import write_record
from briefs.store.spool import Spool

RECORD = RunRecord(tool_version="1", engine="offline", started="2025-01-01T00:00:00+00:00", seconds=1)


def test_a_spooled_record_is_the_whole_records_bytes(tmp_path: Path) -> None:
    """Rows from disk give the file that dumping the whole record gives, whatever paths hold."""
    rows = tuple(
        ArticleRun(input=f"{number} é\n\udcff", row=number or None, seconds=0.5, notes=("a", "b")[:number])
        for number in range(3)
    )
    for count in range(4):
        spool = Spool(tmp_path)
        for row in rows[:count]:
            spool.add(row)
        whole = RECORD.model_copy(update={"articles": rows[:count]})
        expected = json.dumps(whole.model_dump(), indent=2, ensure_ascii=False) + "\n"
        for record, more in ((RECORD, spool), (whole, ())):
            written = write_record(tmp_path, record, more).read_bytes()
            assert written == expected.encode("utf-8", "backslashreplace")
        spool.close()


def test_rows_stay_when_the_disk_is_full(tmp_path: Path) -> None:
    """A row that cannot be written is kept in memory, and no row is lost or torn."""
    spool = Spool(tmp_path)
    spool.add(ArticleRun(input="one", seconds=0))
    write = spool._file.write

    def full(data: bytes) -> int:
        write(data[:5])
        raise OSError(28, "No space left on device")

    spool._file.write = full  # type: ignore[method-assign,assignment]
    spool.add(ArticleRun(input="two", seconds=0))
    spool.add(ArticleRun(input="three", seconds=0))
    assert [row["input"] for row in spool] == ["one", "two", "three"]
    assert [row["input"] for row in spool] == ["one", "two", "three"]


def test_first_come_is_remembered_in_flat_memory() -> None:
    """Ten thousand names take no memory of Python's; the first value stays."""
    names = FirstCome()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(10_000):
        assert names.first(f"name {number}", f"value {number}") == f"value {number}"
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 100_000
    assert names.first("name 7", "other") == "value 7"
    assert names.first("half \ud800", "\udcff") == "\udcff"
    assert names.first("half \ud800", "x") == "\udcff"
