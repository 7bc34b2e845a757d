"""The desk's record: what was appended stays, in order, and nobody decides on a claim they have not seen."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from desk_drafts import ARTICLE, edited, moved

from briefs.domain.article import Article, Copy, sha256
from briefs.errors import DeskError, StaleEdit
from briefs.store.desk import FILE, DeskStore

DRAFTS = Path(__file__).parent / "desk_drafts.py"


def article(text: str) -> Article:
    """Return an article that holds nothing but a text."""
    return Article(
        id=ARTICLE,
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")),
        source_sha256="0" * 64,
        slug="ferry",
        title="Ferry",
        language="en",
        copy_kind=Copy.OWN,
        source_path=ARTICLE,
        text=text,
    )


def test_what_was_appended_is_read_back_in_order(tmp_path: Path) -> None:
    """Protects the record: another process's connection reads every event as it was given."""
    with DeskStore.open(tmp_path, clock=lambda: "2026-11-22T14:05:00+00:00") as store:
        first = store.append([edited("b1"), edited("b2", who="Ž. “Réda”")])
        second = store.append([edited("b1", note="zwei\nZeilen 😀")])
    with DeskStore.open(tmp_path) as again:
        assert again.events() == (*first, *second)
        assert [event.seq for event in again.events()] == [1, 2, 3]
        assert {event.at for event in again.events()} == {"2026-11-22T14:05:00+00:00"}
        assert again.events(brief="b1") == (first[0], second[0])
        assert again.events(after=2) == second
        assert again.last() == 3
        assert again.articles() == (ARTICLE,)


def test_names_that_no_text_file_can_hold_come_back(tmp_path: Path) -> None:
    """Protects articles whose path is no valid Unicode: half a character in an id or a note stays itself."""
    draft = edited("b1", article="odd\udcff.txt", note="half \ud800")
    with DeskStore.open(tmp_path) as store:
        [event] = store.append([draft])
        store.keep_text(article("text \ud800"))
        assert store.events(article="odd\udcff.txt") == (event,)
        assert store.articles() == ("odd\udcff.txt",)
        assert store.text(article("text \ud800").text_sha256) == "text \ud800"


def test_an_edit_of_what_somebody_else_changed_is_refused(tmp_path: Path) -> None:
    """Protects two editors: the second, who has not seen the first one's edit, overwrites nothing."""
    with DeskStore.open(tmp_path) as store:
        store.append([edited("b1")], {"b1": 0})
        seen = store.revision("b1")
        theirs = store.append([edited("b1", who="B. Other")], {"b1": seen})
        with pytest.raises(StaleEdit, match=r"changed by B\. Other since you saw it") as refused:
            store.append([edited("b2"), edited("b1")], {"b2": 0, "b1": seen})
        assert refused.value.since == theirs
        assert (refused.value.brief, refused.value.expected) == ("b1", seen)
        assert store.revision("b2") == 0, "nothing of a refused edit is recorded"
        store.append([edited("b1")], {"b1": theirs[0].seq})


def test_a_claim_that_nobody_decided_about_has_revision_0(tmp_path: Path) -> None:
    """Protects first edits: both editors saw an open claim, one of them is told of the other."""
    with DeskStore.open(tmp_path) as store:
        assert store.revision("b1") == 0
        store.append([edited("b1")], {"b1": 0})
        with pytest.raises(StaleEdit):
            store.append([edited("b1")], {"b1": 0})


def test_a_claim_takes_its_past_along_under_another_id(tmp_path: Path) -> None:
    """Protects a signed claim whose id a new version changes, in this article or in another one."""
    with DeskStore.open(tmp_path) as store:
        first = store.append([edited("b1"), moved("b1", "c1", into="harbour/new.txt")])
        second = store.append([edited("c1", article="harbour/new.txt")], {"c1": 2})
        assert store.events(brief="c1") == (*first, *second)
        assert store.events(article="harbour/new.txt") == (*first, *second)
        assert store.events(article=ARTICLE) == first
        assert store.revision("b1") == 0, "the old id stands for nothing now"
        assert store.articles() == (ARTICLE, "harbour/new.txt")


def test_an_edit_under_a_former_id_is_refused_and_says_where_the_claim_went(tmp_path: Path) -> None:
    """Protects an editor whose page shows a claim that a run has moved since."""
    with DeskStore.open(tmp_path) as store:
        store.append([edited("b1")])
        [move] = store.append([moved("b1", "c1")])
        with pytest.raises(StaleEdit) as refused:
            store.append([edited("b1")], {"b1": 1})
        assert refused.value.since == (move,)


def test_an_id_given_away_may_stand_for_another_claim(tmp_path: Path) -> None:
    """Protects equal quotations: when one more comes first, ids are handed on and pasts stay apart."""
    with DeskStore.open(tmp_path) as store:
        [first, _, new] = store.append([edited("w0"), moved("w0", "w1"), edited("w0", who="B. Other")])
        assert store.events(brief="w0") == (new,)
        assert store.events(brief="w1")[0] == first
        swapped = [moved("w0", "w0~"), moved("w1", "w0"), moved("w0~", "w1")]
        store.append(swapped)
        assert store.events(brief="w1")[0] == new
        assert store.events(brief="w0")[0] == first
        assert store.events(brief="w0~") == ()


def test_claims_that_become_one_have_both_pasts_in_order(tmp_path: Path) -> None:
    """Protects an editor's own finding that the tool finds later: no line of either log is lost."""
    with DeskStore.open(tmp_path) as store:
        a, b, c = store.append([edited("mine"), edited("tool", who="B. Other"), edited("mine", note="m")])
        [move] = store.append([moved("mine", "tool")])
        assert store.events(brief="tool") == (a, b, c, move)
        assert store.revision("tool") == move.seq


def test_threads_and_processes_append_at_once(tmp_path: Path) -> None:
    """Protects several editors beside a run: everything is recorded once, and numbers are unique."""
    command = [sys.executable, str(DRAFTS), str(tmp_path)]
    others = [
        subprocess.Popen([*command, name, "25"], stdout=subprocess.PIPE, text=True) for name in ("p", "q")
    ]
    with DeskStore.open(tmp_path) as store, ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda at: store.append([edited(f"t-{at}")], {f"t-{at}": 0}), range(40)))
        confirmed = [
            line.split() for each in others for line in each.communicate(timeout=120)[0].splitlines()
        ]
        recorded = store.events()
    assert [each.returncode for each in others] == [0, 0]
    assert {(int(seq), brief) for seq, brief in confirmed} <= {(e.seq, e.brief) for e in recorded}
    assert len(recorded) == len({event.brief for event in recorded}) == 90


def test_without_a_file_and_without_making_one_there_is_nothing(tmp_path: Path) -> None:
    """Protects folders that have no desk: looking makes no file, and nothing is written into a void."""
    with DeskStore.open(tmp_path, create=False) as store:
        assert (store.events(), store.articles(), store.last(), store.revision("b1")) == ((), (), 0, 0)
        assert store.text("x") is None
        assert store.generated("ferry") is None
        assert store.persons("ferry") == ()
        with pytest.raises(DeskError, match="not open for writing"):
            store.append([edited()])
    assert not (tmp_path / FILE).exists()


def test_texts_and_files_are_kept(tmp_path: Path) -> None:
    """Protects merges and sign-offs: what they rest on comes back to the character."""
    with DeskStore.open(tmp_path) as store:
        for text in ("Seven boats.", "Seven boats.", "Eight boats."):
            store.keep_text(article(text))
        store.keep_generated("ferry", "one")
        store.keep_generated("ferry", "two")
        for mine in ("mine", "mine", "mine, later"):
            store.keep_person("ferry", mine)
    with DeskStore.open(tmp_path, create=False) as store:
        assert store.text(article("Seven boats.").text_sha256) == "Seven boats."
        assert store.text(article("Eight boats.").text_sha256) == "Eight boats."
        assert store.generated("ferry") == "two"
        assert store.generated("other") is None
        assert [each.markdown for each in store.persons("ferry")] == ["mine", "mine, later"]
