"""The pieces of work that `faults_sweep` disturbs: a file of each kind, and a run as a whole."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from benchmarks import faults_articles, faults_check
from benchmarks.desk_folder import article
from benchmarks.faults_child import warm
from benchmarks.faults_sweep import Scenario
from briefs.cli import main as command
from briefs.domain.desk_events import Change, DeskField, Door, Edited, EventDraft
from briefs.domain.documents import Passage, Shelved, Source
from briefs.domain.spans import Span
from briefs.errors import BriefsError, StoreError
from briefs.review.basis import basis_of
from briefs.store.calls import Calls
from briefs.store.desk import DeskStore
from briefs.store.files import prepare, replace_all
from briefs.store.passages import Folder, PassageIndex, write

Confirm = Callable[[str], None]
_NUMBER = 4


def _nothing(_: Path) -> None:
    """Prepare nothing."""


def _sound(folder: Path) -> Iterator[str]:
    yield from faults_check.damaged(folder)


# Files that take the place of others.

_BEFORE = {f"{name}.txt": f"{name} before\n" * 400 for name in ("one", "two", "three")}
_AFTER = {name: text.replace("before", "after") for name, text in _BEFORE.items()}


def _files(folder: Path) -> None:
    for name, text in _BEFORE.items():
        (folder / name).write_text(text)


def _replace(folder: Path, confirm: Confirm) -> None:
    prepare(folder)
    replace_all({folder / name: text.encode() for name, text in _AFTER.items()})
    confirm("done")


def _replaced(folder: Path, confirmed: list[str], killed: bool) -> Iterator[str]:
    for name, before in _BEFORE.items():
        text = (folder / name).read_text()
        if text not in ((_AFTER[name],) if confirmed else (before, _AFTER[name])):
            yield f"{name}: neither old nor new"
    if not killed and len(faults_check.left_over(folder)) > 1:  # one, where removing it is what failed
        yield f"left over: {faults_check.left_over(folder)}"


def _same_files(folder: Path, wanted: Path) -> Iterator[str]:
    found, other = ({path.name: path.read_bytes() for path in each.iterdir()} for each in (folder, wanted))
    if found != other:
        yield f"other files: {sorted(found.keys() ^ other.keys())}"


# Finished calls.


def _calls(folder: Path) -> None:
    calls = Calls(folder / "calls.sqlite")
    calls.put("before", "kept before")
    calls.close()


def _call(folder: Path, confirm: Confirm) -> None:
    calls = Calls(folder / "calls.sqlite")
    for number in range(_NUMBER):
        calls.put(str(number), f"reply {number}")
        if calls.note is None:
            confirm(str(number))
    calls.close()


def _kept(folder: Path, confirmed: list[str], killed: bool) -> Iterator[str]:  # noqa: ARG001 - a scenario's
    yield from _sound(folder)
    # A file whose beginning cannot be read is put aside: nothing of it is gone.
    there = [*sorted(folder.glob("calls.sqlite.damaged-?")), folder / "calls.sqlite"]
    files = [Calls(path) for path in there]
    for key in ("before", *confirmed):
        if all(calls.get(key) is None for calls in files):
            yield f"the call {key} is lost"
    for calls in files:
        if calls.note:
            yield calls.note
        calls.close()


def _same_calls(folder: Path, wanted: Path) -> Iterator[str]:  # noqa: ARG001
    calls = Calls(folder / "calls.sqlite")
    if any(calls.get(str(number)) is None for number in range(_NUMBER)):
        yield "a call is not kept"
    calls.close()


# Sign-offs.


def _draft(number: int, status: str) -> EventDraft:
    result = article(1)
    brief = result.briefs[number]
    changes = (Change(field=DeskField.STATUS, before="open", after=status),)
    what = Edited(changes=changes, basis=basis_of(result.article, brief))
    return EventDraft(who="A. Reader", door=Door.DESK, article=result.article.id, brief=brief.id, what=what)


def _desk(folder: Path) -> None:
    with DeskStore.open(folder) as desk:
        desk.append([_draft(0, "cut")])


def _sign(folder: Path, confirm: Confirm) -> None:
    with DeskStore.open(folder) as desk:
        for number in range(1, _NUMBER):
            desk.keep_text(article(1).article)
            if desk.revision(article(1).briefs[number].id) == 0:
                desk.append([_draft(number, "usable")])
            confirm(article(1).briefs[number].id)
            desk.keep_generated("slug", f"Markdown {number}")


def _signed(folder: Path, confirmed: list[str], killed: bool) -> Iterator[str]:  # noqa: ARG001
    yield from _sound(folder)
    with DeskStore.open(folder) as desk:
        there = [event.brief for event in desk.events()]
    for brief in (article(1).briefs[0].id, *confirmed):
        if there.count(brief) != 1:
            yield f"the sign-off of {brief} is there {there.count(brief)} times"


def _same_desk(folder: Path, wanted: Path) -> Iterator[str]:
    if faults_check.decided(folder) != faults_check.decided(wanted):
        yield "other events"


# The index of a folder of evidence.


def _shelve(folder: Path, confirm: Confirm) -> None:
    source = Source("register.txt", "Register", "0" * 64)
    passages = [
        Shelved(Passage(source, Span(start=0, end=9), f"Boats {n}", f"paragraph {n}"), f"boats {n}", "")
        for n in range(30)
    ]
    try:
        write(folder / "evidence.sqlite", Folder((source,)), passages)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(str(error)) from error
    confirm("done")


def _shelved(folder: Path, confirmed: list[str], killed: bool) -> Iterator[str]:
    if confirmed or (folder / "evidence.sqlite").exists():
        with closing(PassageIndex(folder / "evidence.sqlite")) as index:
            if len(index) != 30 or not index.find(["boats"]):
                yield "passages are missing"
    if not killed and len(faults_check.left_over(folder)) > 1:
        yield f"left over: {faults_check.left_over(folder)}"


def _same_shelf(folder: Path, wanted: Path) -> Iterator[str]:  # noqa: ARG001
    yield from _shelved(folder, ["done"], True)


# A run over the outputs of a former one, in which a person has signed off and edited.

_ARTICLES = 2
_SEED = 8


class Run:
    """`briefs run` over the second version of two articles; what it reads of them is read only once."""

    def __init__(self, place: Path) -> None:
        self._place = place
        warm(read_once=True)
        for version in (1, 2):
            faults_articles.write(self._input(version), _ARTICLES, _SEED, version)
        self._former = place / "former"
        self._ran(self._former, 1)
        self._edit(self._former)
        self._ran(place / "latter", 2)

    @property
    def scenario(self) -> Scenario:
        """Return it as a scenario."""
        return Scenario("run", self._prepare, self._act, self._check, self._same)

    def _input(self, version: int) -> Path:
        return self._place / f"version-{version}" / "in"

    def _ran(self, out: Path, version: int) -> None:
        given = ["run", str(self._input(version)), "--out", str(out), "--format", "md,json,html", "--quiet"]
        result = CliRunner().invoke(command, given)
        if "unexpected" in result.output or "unforeseen" in result.output:
            raise RuntimeError(result.output)
        if result.exit_code:
            raise BriefsError(f"exit code {result.exit_code}: {result.output or 'says nothing'}")

    def _edit(self, folder: Path) -> None:
        path = min(folder.glob("000-*.md"))
        text = path.read_text("utf-8").replace("- Checker:", "- Checker: K. Aune", 1)
        path.write_text(text.replace("**Desk**", "By hand.\n\n**Desk**", 1), "utf-8")

    def _prepare(self, folder: Path) -> None:
        shutil.copytree(self._former, folder / "out")

    def _act(self, folder: Path, confirm: Confirm) -> None:  # noqa: ARG002
        self._ran(folder / "out", 2)

    def _check(self, folder: Path, confirmed: list[str], killed: bool) -> Iterator[str]:  # noqa: ARG002
        out = folder / "out"
        edited = frozenset({min(out.glob("000-*.md")).name})
        yield from faults_check.half_written(out)
        yield from faults_check.not_ours(out, edited)
        yield from faults_check.damaged(out)
        if "By hand." not in min(out.glob("000-*.md")).read_text("utf-8"):
            yield "a person's line is lost"
        if not killed and len(faults_check.left_over(out)) > 1:
            yield f"left over: {faults_check.left_over(out)}"

    def _same(self, folder: Path, wanted: Path) -> Iterator[str]:
        yield from faults_check.differences(folder / "out", wanted / "out")
        yield from (f"left over: {name}" for name in faults_check.left_over(folder / "out"))


STORES = (
    Scenario("files", _files, _replace, _replaced, _same_files),
    Scenario("calls", _calls, _call, _kept, _same_calls),
    Scenario("desk", _desk, _sign, _signed, _same_desk),
    Scenario("evidence", _nothing, _shelve, _shelved, _same_shelf),
)
