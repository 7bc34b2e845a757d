"""A lost record: what the files of the briefs say was decided is taken over, once and wholly."""

import os
from pathlib import Path

import pytest
from harbour import (
    CANCELLED,
    COUNT,
    MISSED,
    RESULT,
    SEVEN,
    Events,
    added,
    answer,
    dismissed,
    edit,
    reopened,
)

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk_events import DeskEvent, Door
from briefs.errors import DeskError
from briefs.pipeline.recovering import take_over
from briefs.review.fold import states
from briefs.review.project import project
from briefs.review.recover import recovered
from briefs.steps.render import render
from briefs.store.desk import FILE, DeskStore


def decided() -> ArticleBriefs:
    """Return briefs in which everything that a person can do was done."""
    event = Events()
    run = {"who": "briefs run", "door": Door.RUN}
    fresh = RESULT.model_copy(update={"briefs": RESULT.briefs[:2], "ledger": _without(COUNT.id)})
    signed = edit(
        so="confirmed", status="usable", checker="A. Reader", source_consulted="gate book", note="two\nlines"
    )
    events: list[DeskEvent] = [
        event(SEVEN.id, signed),
        event(SEVEN.id, answer()),
        event(CANCELLED.id, edit(CANCELLED, status="cut", date="2026-11-01")),
        event(CANCELLED.id, reopened("a figure changed", brief=CANCELLED), **run),  # type: ignore[arg-type]
        event(CANCELLED.id, answer(CANCELLED, None)),
        event(COUNT.id, edit(COUNT, status="soften", rating="Half true")),
        event(COUNT.id, added(COUNT), **run),  # type: ignore[arg-type]
        event(MISSED.id, added()),
        event(MISSED.id, dismissed("no fact", MISSED)),
        event("b0", edit(note="about words that are gone")),
        event("b0", answer()),
    ]
    return project(fresh, states(events))


def _without(brief: str) -> tuple[object, ...]:
    return tuple(
        e.model_copy(update={"briefs": tuple(b for b in e.briefs if b != brief)}) for e in RESULT.ledger
    )


def _unlogged(result: ArticleBriefs) -> ArticleBriefs:
    def bare_log(each):  # type: ignore[no-untyped-def]
        return each.model_copy(update={"desk": each.desk.model_copy(update={"log": ()})})

    return result.model_copy(
        update={"briefs": tuple(map(bare_log, result.briefs)), "former": tuple(map(bare_log, result.former))}
    )


def test_everything_that_was_decided_comes_back(tmp_path: Path) -> None:
    """Protects sign-offs, answers, dismissals and added claims when nothing but the briefs is left."""
    before = decided()
    with DeskStore.open(tmp_path) as store:
        store.append(recovered(before))
        after = project(before, states(store.events()))
    assert _unlogged(after) == _unlogged(before)
    for old, new in zip(before.briefs, after.briefs, strict=True):
        assert new.desk.log[: len(old.desk.log)] == old.desk.log
        assert new.desk.log[len(old.desk.log) :][0].endswith(
            "briefs run: taken over from the files of the briefs"
        )


def test_briefs_that_nobody_decided_about_give_nothing() -> None:
    """Protects the record from entries that nobody made."""
    assert recovered(RESULT) == ()


def test_a_desk_that_is_begun_anew_takes_the_folder_over_once(tmp_path: Path) -> None:
    """Protects sign-offs when desk.sqlite is lost, and later decisions from being overwritten by files."""
    (tmp_path / "boats.json").write_text(render(decided(), "json"), "utf-8")
    (tmp_path / "other.json").write_text('{"log": ["not ours"]}', "utf-8")
    with DeskStore.open(tmp_path) as store:
        [note] = take_over(tmp_path, store)
        assert note.endswith(
            "begun anew; what the briefs say was decided about 5 claims of 1 article was taken over"
        )
        number = store.last()
        assert take_over(tmp_path, store) == ()
        assert store.last() == number > 0
        assert store.text(RESULT.article.text_sha256) == RESULT.article.text


def test_a_folder_without_decisions_is_looked_through_once(tmp_path: Path) -> None:
    """Protects the start of every run: a thousand files are not read each time."""
    (tmp_path / "boats.json").write_text(render(RESULT, "json"), "utf-8")
    with DeskStore.open(tmp_path) as store:
        assert take_over(tmp_path, store) == ()
        (tmp_path / "boats.json").write_text(render(decided(), "json"), "utf-8")
        assert take_over(tmp_path, store) == ()
        assert store.last() == 0


def test_a_damaged_record_is_not_taken_over(tmp_path: Path) -> None:
    """Protects what can still be saved: nothing begins anew while the damaged file is there."""
    (tmp_path / "boats.json").write_text(render(decided(), "json"), "utf-8")
    (tmp_path / FILE).write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(DeskError, match="rename it"):
        DeskStore.open(tmp_path)
    (tmp_path / FILE).rename(tmp_path / "desk.damaged")
    with DeskStore.open(tmp_path) as store:
        assert take_over(tmp_path, store)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_what_is_no_plain_file_is_left_alone(tmp_path: Path) -> None:
    """Protects a run's start from a link to a device that never ends, and a pipe that never begins."""
    (tmp_path / "endless.json").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    with DeskStore.open(tmp_path) as store:
        assert take_over(tmp_path, store) == ()
