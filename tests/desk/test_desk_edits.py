"""Changes of a claim: recorded as they were sent, refused with a reason, never lost."""

import html
import re
from pathlib import Path

import pytest
from desk_pages import NURSES, Browser, desk, on_disk, workspace

from briefs.desk.forms import LONGEST
from briefs.domain.desk import Check, Status
from briefs.domain.desk_events import Door, Edited


def _fields(page: str, name: str) -> list[str]:
    """Return the values that a page's fields of a name hold."""
    return [html.unescape(each) for each in re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)]


def test_a_sign_off_is_recorded_shown_and_written(browser: Browser, folder: Path) -> None:
    """What a person sends is an event, is on the next page at once, and in the files soon after."""
    claim = browser.claims()[2]["brief"]
    answer = browser.edit(claim, status="soften", note="Ask again\r\n<b>tomorrow</b>  ")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/a/{NURSES}?claim={claim}&done=saved#{claim}",
    )
    event = workspace(browser).store.events(brief=claim)[-1]
    assert isinstance(event.what, Edited)
    assert (event.who, event.door, event.article) == ("Ana", Door.DESK, on_disk(folder).article.id)
    assert event.what.basis.quote.text == browser.claims()[2]["quote"]
    page = browser.get(answer.headers["location"]).text
    assert "&lt;b&gt;tomorrow&lt;/b&gt;" in page
    assert "<b>tomorrow" not in page
    desk_now = browser.claims()[2]["desk"]
    assert (desk_now["status"], desk_now["note"], desk_now["checker"]) == (
        "soften",
        "Ask again\n<b>tomorrow</b>",
        "Ana",
    )
    workspace(browser).projector.settle()
    assert on_disk(folder).briefs[2].desk.status is Status.SOFTEN
    assert "tomorrow" in (folder / f"{NURSES}.md").read_text()


def test_only_what_was_sent_changes(browser: Browser) -> None:
    """A button sends one field; the others stay, and an empty one is emptied."""
    claim = browser.claims()[0]["brief"]
    browser.edit(claim, note="Call back", archive_url="https://archive.example/1")
    browser.edit(claim, status="usable")
    browser.edit(claim, note="")
    held = browser.claims()[0]["desk"]
    assert (held["note"], held["archive_url"], held["status"]) == (
        None,
        "https://archive.example/1",
        "usable",
    )
    before = workspace(browser).store.last()
    assert browser.edit(claim, status="usable").headers["location"].endswith(f"done=unchanged#{claim}")
    assert workspace(browser).store.last() == before


@pytest.mark.parametrize(
    ("sent", "field", "said"),
    [
        ({"so": "confirmed"}, "source_consulted", "source consulted"),
        ({"said": "confirmed", "source_consulted": "the article"}, "source_consulted", "article itself"),
        ({"said": "confirmed", "source_consulted": "Minutes", "checker": "–"}, "checker", "checker"),
        ({"archive_url": "javascript:alert(1)"}, "archive_url", "https://"),
        ({"archive_url": "https://"}, "archive_url", "https://"),
        ({"date": "tomorrow"}, "date", "YYYY-MM-DD"),
        ({"date": "2031-13-01"}, "date", "YYYY-MM-DD"),
        *(({field.value: "x" * (most + 1)}, field.value, f"{most:,}") for field, most in LONGEST.items()),
    ],
)
def test_a_refused_form_comes_back_filled_in(
    browser: Browser, sent: dict[str, str], field: str, said: str
) -> None:
    """The reason stands with it, nothing is recorded, and nobody types anything twice."""
    claim = browser.claims()[0]["brief"]
    typed = {"note": "kept <in> the form", **sent}
    answer = browser.edit(claim, json=False, **typed)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert "kept &lt;in&gt; the form" in answer.text or "note" in sent
    program = browser.edit(claim, json=True, **typed)
    assert (program.status_code, program.json()["field"]) == (422, field)
    assert workspace(browser).store.last() == 0


def test_confirming_takes_a_person_and_a_source(browser: Browser, folder: Path) -> None:
    """With both it is recorded, and the checks stay apart."""
    claim = browser.claims()[0]["brief"]
    assert browser.edit(claim, said="confirmed", source_consulted="Recording of the call").status_code == 303
    workspace(browser).projector.settle()
    held = on_disk(folder).briefs[0].desk
    assert (held.said, held.so, held.checker) == (Check.CONFIRMED, Check.OPEN, "Ana")


def test_nobody_signs_without_a_name(folder: Path) -> None:
    """The log says who: without a name the form comes back, and the name that is typed is kept."""
    with desk(folder, who=None) as browser:
        claim = browser.claims()[0]["brief"]
        refused = browser.edit(claim, note="mine")
        assert refused.status_code == 422
        assert "Type your name" in refused.text
        assert "mine" in refused.text
        named = browser.edit(claim, note="mine", who="  Zoë \u202eBrand ")
        assert named.status_code == 303
        assert browser.edit(claim, note="mine again").status_code == 303
        assert {event.who for event in workspace(browser).store.events()} == {"Zoë Brand"}
        assert browser.edit(claim, note="x", who="x" * 101).status_code == 422


class TestStale:
    """An edit on a stale page is refused with both versions shown."""

    def test_both_versions_are_shown_and_one_form_applies_mine_on_top(self, browser: Browser) -> None:
        """What the other did stays, unless it is the same field."""
        claim = browser.claims()[0]["brief"]
        browser.edit(claim, revision="0", note="theirs & <more>", status="usable", who="Ben")
        stale = browser.edit(claim, revision="0", note="mine & <mine>", corrected_wording="better")
        assert stale.status_code == 409
        page = html.unescape(stale.text)
        for words in ("theirs & <more>", "mine & <mine>", "better", "Ben"):
            assert words in page
        assert "<more>" not in stale.text
        revision = _fields(stale.text, "revision")[0]
        assert revision == "1"
        on_top = browser.edit(claim, revision=revision, note="mine & <mine>", corrected_wording="better")
        assert on_top.status_code == 303
        held = browser.claims()[0]["desk"]
        assert (held["note"], held["status"], held["corrected_wording"]) == (
            "mine & <mine>",
            "usable",
            "better",
        )
        log = browser.json(f"/a/{NURSES}/log")["entries"]
        assert [entry["who"] for entry in log] == ["Ana", "Ben"]

    def test_the_form_carries_only_what_i_changed(self, browser: Browser) -> None:
        """A whole form was sent, but fields that I left alone are not put over theirs."""
        claim = browser.claims()[0]["brief"]
        browser.edit(claim, note="old", who="Ben")
        browser.edit(claim, note="new of Ben", status="cut", who="Ben")
        stale = browser.edit(claim, revision="1", note="old", status="open", rating="Mostly so")
        assert stale.status_code == 409
        assert _fields(stale.text, "rating") == ["Mostly so"]
        assert not _fields(stale.text, "note")
        assert not _fields(stale.text, "status")

    def test_a_program_is_told_both(self, browser: Browser) -> None:
        """In-place saving gets the same as JSON, with the new revision and a piece of page."""
        claim = browser.claims()[0]["brief"]
        browser.edit(claim, note="theirs", who="Ben")
        told = browser.edit(claim, json=True, revision="0", note="mine")
        assert told.status_code == 409
        body = told.json()
        assert (body["revision"], body["theirs"], body["yours"]) == (1, {"note": "theirs"}, {"note": "mine"})
        assert "theirs" in body["html"]

    def test_dismissals_too(self, browser: Browser) -> None:
        """A reason that was typed on a stale page is shown again, and can be sent again."""
        claim = browser.claims()[0]["brief"]
        browser.edit(claim, note="theirs", who="Ben")
        stale = browser.post(f"/a/{NURSES}/c/{claim}/dismiss", revision="0", reason="my reason")
        assert stale.status_code == 409
        assert "my reason" in stale.text
        assert f"/c/{claim}/dismiss" in stale.text

    def test_a_later_revision_than_there_is_is_stale_as_well(self, browser: Browser) -> None:
        """A form of another folder's desk, or a made-up one, does not pass."""
        assert browser.edit(browser.claims()[0]["brief"], revision="99", note="x").status_code == 409

    def test_typed_words_for_a_claim_that_is_gone_can_be_copied(self, browser: Browser) -> None:
        """A run took the claim away: the page shows what was typed."""
        answer = browser.post(f"/a/{NURSES}/c/b000000000000", revision="3", note="an hour's work")
        assert answer.status_code == 404
        assert "an hour's work" in html.unescape(answer.text)


def test_a_claim_is_dismissed_with_a_reason_and_taken_back(browser: Browser, folder: Path) -> None:
    """It leaves the lists, keeps its place in the article, and comes back."""
    claim = browser.claims()[1]["brief"]
    assert browser.post(f"/a/{NURSES}/c/{claim}/dismiss", revision="0", reason=" ").status_code == 422
    assert browser.post(f"/a/{NURSES}/c/{claim}/dismiss", revision="0", reason="x" * 2001).status_code == 422
    assert (
        browser.post(f"/a/{NURSES}/c/{claim}/dismiss", revision="0", reason="An opinion").status_code == 303
    )
    assert browser.claims()[1]["desk"]["dismissed"] == "An opinion"
    listed = {each["brief"] for each in browser.json(f"/?article={NURSES}")["claims"]}
    assert claim not in listed
    assert [each["brief"] for each in browser.json("/?state=dismissed")["claims"]] == [claim]
    assert browser.post(f"/a/{NURSES}/c/{claim}/restore", revision="1").status_code == 303
    assert browser.claims()[1]["desk"]["dismissed"] is None
    again = browser.post(f"/a/{NURSES}/c/{claim}/restore", revision="2")
    assert "done=unchanged" in again.headers["location"]
    workspace(browser).projector.settle()
    assert on_disk(folder).briefs[1].desk.dismissed is None


class TestQuestions:
    """Questions are ticked off under a claim."""

    @staticmethod
    def _first(browser: Browser) -> "tuple[str, str]":
        page = browser.get(f"/a/{NURSES}").text
        found = re.search(rf"/a/{NURSES}/c/(b\w+)/q/(k\w+)", page)
        assert found is not None
        return found[1], found[2]

    def test_an_answer_is_kept_and_can_be_opened_again(self, browser: Browser, folder: Path) -> None:
        """Ticked off with words, then open again with the words kept."""
        claim, key = self._first(browser)
        path = f"/a/{NURSES}/c/{claim}/q/{key}"
        assert browser.post(path, revision="0", answer="Yes, by <phone>", done="true").status_code == 303
        page = browser.get(f"/a/{NURSES}?claim={claim}").text
        assert "Yes, by &lt;phone&gt;" in page
        workspace(browser).projector.settle()
        brief = next(each for each in on_disk(folder).briefs if each.id == claim)
        assert [(q.answer, q.answered_by) for q in brief.questions if q.answer] == [
            ("Yes, by <phone>", "Ana")
        ]
        assert browser.post(path, revision="1", answer="Yes, by <phone>").status_code == 303
        workspace(browser).projector.settle()
        brief = next(each for each in on_disk(folder).briefs if each.id == claim)
        assert [(q.answer, q.answered_by) for q in brief.questions if q.answer] == [("Yes, by <phone>", None)]

    def test_another_field_does_not_make_it_stale_but_another_answer_does(self, browser: Browser) -> None:
        """Two people work on one claim: one writes a note, the other asks."""
        claim, key = self._first(browser)
        path = f"/a/{NURSES}/c/{claim}/q/{key}"
        browser.edit(claim, note="theirs", who="Ben")
        assert browser.post(path, revision="0", answer="first", done="true").status_code == 303
        stale = browser.post(path, revision="1", answer="second", done="true", who="Ben")
        assert stale.status_code == 409
        assert "first" in stale.text
        assert "second" in stale.text
        assert browser.post(path, revision="2", answer="second", done="true", who="Ben").status_code == 303

    def test_what_is_no_question_is_refused_with_the_answer_shown(self, browser: Browser) -> None:
        """A question may have gone with a new version of the article."""
        claim, _ = self._first(browser)
        answer = browser.post(
            f"/a/{NURSES}/c/{claim}/q/k0", revision="0", answer="an hour's work", done="true"
        )
        assert answer.status_code == 409
        assert "an hour's work" in html.unescape(answer.text)
        claim, key = self._first(browser)
        long = browser.post(f"/a/{NURSES}/c/{claim}/q/{key}", revision="0", answer="x" * 20_001, done="true")
        assert long.status_code == 422


def test_the_page_to_come_back_to_keeps_its_filters(browser: Browser) -> None:
    """Whoever works through the open claims is not thrown out of them; another address is not taken."""
    claim = browser.claims()[0]["brief"]
    back = f"/a/{NURSES}?status=open&claim={claim}#{claim}"
    assert browser.edit(claim, note="1", back=back).headers["location"] == (
        f"/a/{NURSES}?status=open&claim={claim}&done=saved#{claim}"
    )
    for elsewhere in ("https://evil.example/", "//evil.example", "/calls"):
        assert (
            browser.edit(claim, note=elsewhere, back=elsewhere)
            .headers["location"]
            .startswith(f"/a/{NURSES}?claim=")
        )


def test_a_program_gets_the_claim_as_it_now_is(browser: Browser) -> None:
    """In-place saving needs the new revision, the counts and the piece of page."""
    claim = browser.claims()[0]["brief"]
    saved = browser.edit(claim, json=True, status="usable")
    assert saved.status_code == 200
    body = saved.json()
    assert (body["revision"], body["status"], body["counts"]["usable"], body["brief"]) == (
        1,
        "usable",
        1,
        claim,
    )
    assert f'id="{claim}"' in body["html"]
    assert browser.csrf() in body["html"]


def test_logs_say_who_changed_what(browser: Browser) -> None:
    """For the article and for one claim, the latest first."""
    first, second = (each["brief"] for each in browser.claims()[:2])
    browser.edit(first, note="one")
    browser.edit(second, status="cut", who="Ben")
    whole = browser.json(f"/a/{NURSES}/log")
    assert [(e["who"], e["seq"]) for e in whole["entries"]] == [("Ben", 2), ("Ana", 1)]
    own = browser.json(f"/a/{NURSES}/log?claim={first}")
    assert [(e["who"], e["line"]) for e in own["entries"]] == [("Ana", "note “one”")]
    assert browser.get(f"/a/{NURSES}/log?claim=b0").status_code == 404
    assert "Ben" in browser.get(f"/a/{NURSES}/log").text
