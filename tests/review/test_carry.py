"""What becomes of sign-offs in a new version: moves, order of events, rules that changed, dismissals."""

from collections.abc import Sequence

import pytest
from carrying import FIRE, NO_TEXTS, at, briefed, carried, edited, kinds, recorded

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Check, Status
from briefs.domain.desk_events import (
    Dismissed,
    Door,
    EventDraft,
    Kept,
)
from briefs.domain.scan import OWN_VOICE
from briefs.domain.spans import Quote
from briefs.pipeline.rereading import Rereading
from briefs.review.basis import basis_of
from briefs.review.carry import carry
from briefs.review.fold import states
from briefs.review.project import project


def test_unchanged_words_are_kept_at_their_new_places() -> None:
    """One event a claim, with the words at their places in the new text; the revision that it rests on is told."""
    old, new = (
        briefed(FIRE),
        briefed(f"{FIRE}\nRain fell.\n".replace("Fire at the mill", "Great fire at the mill")),
    )
    brief = at(old, "looms")
    events = recorded([edited(old, brief)])
    found, _, result = carried(events, old, new)
    assert kinds(found) == ["kept"]
    assert found.expected == {brief.id: 1}
    [kept] = [each.what for each in found.drafts if isinstance(each.what, Kept)]
    assert kept.basis == basis_of(new.article, at(new, "looms"))
    assert at(result, "looms").desk.status is Status.USABLE


def test_the_same_text_gives_no_event() -> None:
    """Nothing is recorded, nothing expires and nothing is read again where the text is the same."""
    old = briefed(FIRE)
    events = recorded([edited(old, brief) for brief in old.briefs])
    assert not carry(states(events), old, Rereading(old, old, NO_TEXTS.get)).drafts


def test_a_reworded_claim_goes_on_under_its_new_id() -> None:
    """It moves, is open again, and keeps what the person wrote; what differs is quoted, and nothing twice."""
    old, new = briefed(FIRE), briefed(FIRE.replace("lost 40", "lost 50"))
    brief = at(old, "looms")
    found, _, result = carried(recorded([edited(old, brief)]), old, new)
    assert kinds(found) == ["moved", "reopened"]
    desk = at(result, "looms").desk
    assert (desk.status, desk.said, desk.checker) == (Status.OPEN, Check.OPEN, "K. Aune")
    assert desk.changed == ("The figure was “40” and is now “50”.",)


def test_reasons_gather_until_somebody_decides() -> None:
    """A claim that two versions changed tells both changes; a new decision clears them."""
    first, second, third = (briefed(FIRE.replace("lost 40", f"lost {n}")) for n in (40, 50, 60))
    events = recorded([edited(first, at(first, "looms"))])
    events = recorded(carried(events, first, second)[0].drafts, events)
    found, after, result = carried(events, second, third)
    assert kinds(found) == ["moved", "reopened"]
    assert at(result, "looms").desk.changed == (
        "The figure was “40” and is now “50”.",
        "The figure was “50” and is now “60”.",
    )
    events = recorded(found.drafts, events)
    events = recorded([edited(third, at(third, "looms"))], events)
    assert at(project(third, states(events)), "looms").desk.changed == ()
    assert after[at(third, "looms").id].basis == basis_of(third.article, at(third, "looms"))


TWICE = """Two quarrels

Ana Ruiz left the hall at noon. “It was the first strike in 12 years.” The doors were open.

The port is quiet, and the ferries lie in dock.

Bo Lund stayed until the evening. “It was the first strike in 12 years.” Nobody answered him.
"""


def renumbered(result: ArticleBriefs, words: str, ids: Sequence[str]) -> ArticleBriefs:
    """Return briefs in which every place of certain words is a claim of its own, with these ids in order."""
    text, template = result.article.text, at(briefed(FIRE), "burned")
    template = template.model_copy(update={"attribution": OWN_VOICE})
    made, start = [], -1
    for name in ids:
        start = text.index(words, start + 1)
        quote = Quote(start=start, end=start + len(words), text=words)
        claim = template.claim.model_copy(
            update={"quote": quote, "also_at": (), "hedges": (), "quantities": (), "dates": ()}
        )
        made.append(template.model_copy(update={"id": name, "claim": claim, "questions": ()}))
    others = [each for each in result.briefs if words not in each.claim.quote.text]
    briefs = sorted([*others, *made], key=lambda each: each.claim.quote.start)
    return result.model_copy(update={"briefs": tuple(briefs)})


STRIKE = "It was the first strike in 12 years."


@pytest.mark.parametrize(
    ("edit", "signed", "becomes"),
    [
        pytest.param(lambda t: t, "b0", "b0", id="nothing"),
        pytest.param(lambda t: t, "b1", "b1", id="nothing, the second"),
        pytest.param(
            lambda t: t.replace("Ana Ruiz left", f"“{STRIKE}” stood on a wall.\n\nAna Ruiz left"),
            "b0",
            "b1",
            id="one before",
        ),
        pytest.param(
            lambda t: t.replace("Ana Ruiz left", f"“{STRIKE}” stood on a wall.\n\nAna Ruiz left"),
            "b1",
            "b2",
            id="the second goes on",
        ),
        pytest.param(
            lambda t: "\n\n".join([(p := t.strip().split("\n\n"))[0], p[3], p[2], p[1]]) + "\n",
            "b0",
            "b1",
            id="change places",
        ),
        pytest.param(
            lambda t: "\n\n".join([(p := t.strip().split("\n\n"))[0], p[3], p[2], p[1]]) + "\n",
            "b1",
            "b0",
            id="places changed",
        ),
        pytest.param(
            lambda t: t.replace(
                "Ana Ruiz left the hall at noon. “It was the first strike in 12 years.” The doors were open.\n\n",
                "",
            ),
            "b1",
            "b0",
            id="the first is gone",
        ),
    ],
)
def test_equal_words_are_followed_by_their_context(edit: object, signed: str, becomes: str) -> None:
    """Of claims with equal words, each keeps its own decisions, whatever number its id has in the new text."""
    after_text = edit(TWICE)  # type: ignore[operator]
    old = renumbered(briefed(TWICE), STRIKE, ["b0", "b1"])
    new = renumbered(briefed(after_text), STRIKE, [f"b{n}" for n in range(after_text.count(STRIKE))])
    pair = [each for each in old.briefs if each.id in ("b0", "b1")]
    events = recorded(
        [
            edited(old, each, said=Check.CONFIRMED.value, note=f"note of {each.id}", checker="K. Aune")
            for each in pair
        ]
    )
    _, after, _ = carried(events, old, new)
    assert after[becomes].desk.note == f"note of {signed}"
    assert after[becomes].desk.said is Check.CONFIRMED
    assert len({each.desk.note for each in after.values()}) == 2


def other_reading(result: ArticleBriefs, words: str, name: str | None) -> ArticleBriefs:
    """Return briefs in which another reader names another source for a claim."""
    brief = at(result, words)
    source = brief.attribution.source
    assert source is not None
    read = brief.attribution.model_copy(
        update={"source": source.model_copy(update={"name": name}) if name else None, "cue": None}
    )
    briefs = tuple(
        each.model_copy(update={"attribution": read}) if each.id == brief.id else each
        for each in result.briefs
    )
    return result.model_copy(update={"briefs": briefs})


def test_rules_that_read_otherwise_expire_nothing() -> None:
    """Where today's rules read the old text as they read the new one, it was the rules, and the sign-off holds."""
    by_others = other_reading(briefed(FIRE), "looms", "Bo Lund")
    new = briefed(FIRE.replace("nine hours", "ten hours"))
    brief = at(by_others, "looms")
    found, _, result = carried(recorded([edited(by_others, brief)]), by_others, new)
    assert kinds(found) == ["kept"]
    desk = at(result, "looms").desk
    assert desk.status is Status.USABLE
    assert any("Bo Lund" in each for each in desk.read_otherwise)


def test_another_model_expires_nothing() -> None:
    """A new draft that names another source for the same words, in a text that changed elsewhere, is a note."""
    old = briefed(FIRE)
    new = other_reading(briefed(FIRE.replace("nine hours", "ten hours")), "looms", "Bo Lund")
    found, _, result = carried(recorded([edited(old, at(old, "looms"))]), old, new)
    assert kinds(found) == ["kept"]
    assert at(result, "looms").desk.status is Status.USABLE
    assert at(result, "looms").desk.read_otherwise


def test_a_claim_that_is_no_longer_found_is_the_editors() -> None:
    """Its words stand and the rules leave them out: it is kept, in the same text and in a new one."""
    old, later = briefed(FIRE), briefed(FIRE.replace("Fire at", "Great fire at"))
    brief = at(old, "looms")
    events = recorded([edited(old, brief)])
    for new in (old, later):
        without = new.model_copy(
            update={"briefs": tuple(b for b in new.briefs if "looms" not in b.claim.quote.text)}
        )
        found, _, result = carried(events, old, without)
        assert "added" in kinds(found)
        kept = at(result, "looms")
        assert kept.desk.gone
        assert kept.desk.status is Status.USABLE
        assert [each.text for each in kept.questions]


def test_words_that_are_gone_are_told_once() -> None:
    """A claim whose words left the article is open again and said to be gone; the next version says nothing."""
    old, new = briefed(FIRE), briefed(FIRE.replace("The fire burned for nine hours.", "It rained."))
    events = recorded([edited(old, at(old, "burned"))])
    found, after, result = carried(events, old, new)
    assert kinds(found) == ["reopened"]
    assert [each.words for each in result.former] == ["The fire burned for nine hours."]
    assert after[at(old, "burned").id].desk.changed
    events = recorded(found.drafts, events)
    again = briefed(FIRE.replace("The fire burned for nine hours.", "It rained hard."))
    assert not carry(states(events), again, Rereading(again, new, NO_TEXTS.get)).drafts


def test_dismissals_are_carried_and_expire_like_sign_offs() -> None:
    """A dismissed claim stays dismissed while its words stand; with other words it is shown again."""
    old = briefed(FIRE)
    brief = at(old, "looms")
    what = Dismissed(reason="Agreed by all", basis=basis_of(old.article, brief))
    drafted = EventDraft(who="K. Aune", door=Door.DESK, article=old.article.id, brief=brief.id, what=what)
    _, _, same = carried(recorded([drafted]), old, briefed(FIRE.replace("Fire at", "Great fire at")))
    assert at(same, "looms").desk.dismissed == "Agreed by all"
    _, _, other = carried(recorded([drafted]), old, briefed(FIRE.replace("lost 40", "lost 50")))
    assert at(other, "looms").desk.dismissed is None
    assert at(other, "looms").desk.changed
