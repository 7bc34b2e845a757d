"""What becomes of sign-offs in a new version: moves, order of events, rules that changed, dismissals, added claims."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import count

import pytest

from briefs.domain.article import Article
from briefs.domain.brief import ArticleBriefs, Brief
from briefs.domain.desk import Basis, Check, Status
from briefs.domain.desk_events import (
    Added,
    Answered,
    Change,
    DeskEvent,
    DeskField,
    Dismissed,
    Door,
    Edited,
    EventDraft,
    Kept,
    Moved,
    Reopened,
    question_key,
)
from briefs.domain.scan import OWN_VOICE
from briefs.domain.spans import Quote, Span
from briefs.pipeline.order import draft
from briefs.pipeline.rereading import Rereading
from briefs.review.basis import basis_of
from briefs.review.carry import Carried, carry
from briefs.review.fold import ClaimState, states
from briefs.review.project import project
from briefs.steps.ingest import Origin, ingest

_NO_TEXTS: dict[str, str] = {}
FIRE = """Fire at the mill

The mill of Tarn lost 40 of its 90 looms on 3 May, Ana Ruiz said.

“We will build it again.” The owner, Bo Lund, told the Tarn Ledger that two men were hurt.

The mayor said: “Nobody slept that night.”

The fire burned for nine hours.
"""


@cache
def briefed(text: str, name: str = "fire.txt") -> ArticleBriefs:
    """Return the briefs of an article."""
    return draft(article(text, name))


def article(text: str, name: str = "fire.txt") -> Article:
    """Return an article."""
    return ingest(text.encode(), Origin(id=name, path=name))


def recorded(drafts: Sequence[EventDraft], before: Sequence[DeskEvent] = ()) -> list[DeskEvent]:
    """Return events as the desk would keep them."""
    numbers = count(len(before) + 1)
    at = "2024-05-04T10:00:00+00:00"
    return [*before, *(DeskEvent(**dict(each), seq=next(numbers), at=at) for each in drafts)]


def at(result: ArticleBriefs, words: str) -> Brief:
    """Return the claim that has certain words."""
    [found] = [each for each in result.briefs if words in each.claim.quote.text]
    return found


def edited(result: ArticleBriefs, brief: Brief, basis: Basis | None = None, **fields: str) -> EventDraft:
    """Return the event of an editor who fills in fields."""
    given = fields or {"said": Check.CONFIRMED.value, "status": Status.USABLE.value, "checker": "K. Aune"}
    changes = tuple(Change(field=DeskField(name), before=None, after=after) for name, after in given.items())
    what = Edited(changes=changes, basis=basis or basis_of(result.article, brief))
    return EventDraft(who="K. Aune", door=Door.DESK, article=result.article.id, brief=brief.id, what=what)


def carried(
    events: Sequence[DeskEvent], old: ArticleBriefs, new: ArticleBriefs
) -> tuple[Carried, Mapping[str, ClaimState], ArticleBriefs]:
    """Return what carrying gives, the states after it, and the new briefs with them; once more gives nothing."""
    texts = {each.article.text_sha256: each.article.text for each in (old, new)}
    versions = Rereading(new, old, texts.get)
    of = old.article.id
    found = carry(states(events), new, versions, of)
    after = states(recorded(found.drafts, events))
    assert not carry(after, new, versions, of).drafts
    return found, after, project(new, after)


def kinds(found: Carried) -> list[str]:
    """Return the kinds of events, in order."""
    return [each.what.kind for each in found.drafts]


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
    assert not carry(states(events), old, Rereading(old, old, _NO_TEXTS.get)).drafts


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
    assert not carry(states(events), again, Rereading(again, new, _NO_TEXTS.get)).drafts


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


def added(result: ArticleBriefs, words: str) -> EventDraft:
    """Return the event of an editor who selected words that are a claim."""
    text = result.article.text
    start = text.index(words)
    read = Rereading(result, None, _NO_TEXTS.get).reading(
        result.article, Span(start=start, end=start + len(words))
    )
    assert read is not None
    brief = read.model_copy(update={"id": "badded000001"})
    what = Added(brief=brief, basis=basis_of(result.article, brief))
    return EventDraft(who="K. Aune", door=Door.DESK, article=result.article.id, brief=brief.id, what=what)


@pytest.mark.parametrize(("old_words", "new_words", "kept"), [("nine", "ten", True), ("slept", "ate", False)])
def test_added_claims_are_carried(old_words: str, new_words: str, kept: bool) -> None:
    """A claim that a person added moves with its words, stays that person's, and is opened when they change."""
    old = briefed(FIRE)
    drafted = added(old, "Nobody slept that night")
    adding = drafted.what
    assert isinstance(adding, Added)
    signing = edited(old, adding.brief)
    new = briefed(FIRE.replace(old_words, new_words).replace("Fire at", "Great fire at"))
    new = new.model_copy(
        update={"briefs": tuple(b for b in new.briefs if "that night" not in b.claim.quote.text)}
    )
    _, _, result = carried(recorded([drafted, signing]), old, new)
    brief = at(result, "that night")
    assert brief.desk.added_by == "K. Aune"
    assert (brief.desk.status is Status.USABLE) is kept
    assert bool(brief.desk.changed) is not kept


def test_answers_go_where_their_question_goes() -> None:
    """An answer is found again by whom is asked what, also in an article under another id."""
    old, new = briefed(FIRE), briefed(FIRE, "later/fire.txt")
    brief = next(each for each in old.briefs if each.questions)
    question = brief.questions[0]
    what = Answered(question=question_key(question.ask, question.text), text=question.text, answer="Yes, 90.")
    drafted = EventDraft(who="K. Aune", door=Door.DESK, article=old.article.id, brief=brief.id, what=what)
    _, _, result = carried(recorded([drafted]), old, new)
    assert "Yes, 90." in [each.answer for b in result.briefs for each in b.questions]


def test_an_article_under_another_id_takes_everything_along() -> None:
    """With the former version named, all claims go on in the new article, under the ids that they have there."""
    old, new = briefed(FIRE), briefed(FIRE, "later/fire.txt")
    events = recorded([edited(old, brief) for brief in old.briefs])
    found, after, result = carried(events, old, new)
    assert set(kinds(found)) == {"moved", "kept"}
    assert all(each.what.article == new.article.id for each in found.drafts if isinstance(each.what, Moved))
    assert {brief.id for brief in new.briefs} == set(after)
    assert all(brief.desk.status is Status.USABLE for brief in result.briefs)
    assert not project(old, after).briefs[0].desk.signed


def test_what_is_only_noted_moves_without_a_fuss() -> None:
    """A note on a claim that nobody has signed goes on; no earlier sign-off is said to have expired."""
    old, new = briefed(FIRE), briefed(FIRE.replace("lost 40", "lost 50"))
    found, _, result = carried(recorded([edited(old, at(old, "looms"), note="Ask again")]), old, new)
    desk = at(result, "looms").desk
    assert desk.note == "Ask again"
    assert desk.changed == ()
    assert found.reopened == ()


def test_a_text_that_was_not_kept_expires_nothing_silently() -> None:
    """Where the old text is not known any more, nothing is decided about its words."""
    old, new = briefed(FIRE), briefed(FIRE.replace("Fire at", "Great fire at"))
    events = recorded([edited(old, at(old, "looms"))])
    assert not carry(states(events), new, Rereading(new, None, _NO_TEXTS.get)).drafts


def test_reopened_says_what_and_keeps_the_new_words() -> None:
    """The event of a reopened claim rests on the words as they now are."""
    old, new = briefed(FIRE), briefed(FIRE.replace("lost 40", "lost 50"))
    found, *_ = carried(recorded([edited(old, at(old, "looms"))]), old, new)
    [what] = [each.what for each in found.drafts if isinstance(each.what, Reopened)]
    assert what.basis == basis_of(new.article, at(new, "looms"))


TOLD = {
    "a long sentence is told by what differs": (
        "The fire at the mill burned for nine long hours in the night and took the roof of the hall on Sunday.",
        ("the roof of", "the doors of"),
        ("The words were “and took the roof of the hall” and are now “and took the doors of the hall”.",),
    ),
    "long words for a source, too": (
        "The mayor, who had been awake all night with the firemen at the old bridge, said Ana Ruiz knew it.",
        ("the old bridge", "the new bridge"),
        (
            "The words for the source were “firemen at the old bridge” and are now “firemen at the new bridge”.",
        ),
    ),
    "a hedge that also attributes is told once": (
        "Two men were reportedly hurt in the yard of the mill on Sunday evening.",
        ("were reportedly hurt", "were hurt"),
        ("The wording that holds back “reportedly” is gone.",),
    ),
    "what somebody reportedly said is theirs, with or without the word": (
        "President Bo Lund has reportedly revealed the losses of the mill.",
        ("has reportedly revealed", "has revealed"),
        ("The wording that holds back “reportedly” is gone.",),
    ),
}


@pytest.mark.parametrize("case", TOLD, ids=str)
def test_reasons_say_what_differs_and_nothing_twice(case: str) -> None:
    """Protects who reads why a sign-off is open again: short, each difference once, whose words these were."""
    sentence, (was, now), told = TOLD[case]
    old, new = (briefed(f"At the mill\n\n{text}\n") for text in (sentence, sentence.replace(was, now)))
    brief = at(old, was)
    _, _, result = carried(recorded([edited(old, brief)]), old, new)
    assert at(result, now).desk.changed == told
