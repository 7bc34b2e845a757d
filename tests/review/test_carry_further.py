"""What becomes of sign-offs in a new version: added claims, answers, another id, and what is told."""

import pytest
from carrying import FIRE, NO_TEXTS, at, briefed, carried, edited, kinds, recorded

from briefs.domain.brief import ArticleBriefs
from briefs.domain.desk import Status
from briefs.domain.desk_events import (
    Added,
    Answered,
    Door,
    EventDraft,
    Moved,
    Reopened,
    question_key,
)
from briefs.domain.spans import Span
from briefs.pipeline.rereading import Rereading
from briefs.review.basis import basis_of
from briefs.review.carry import carry
from briefs.review.fold import states
from briefs.review.project import project


def added(result: ArticleBriefs, words: str) -> EventDraft:
    """Return the event of an editor who selected words that are a claim."""
    text = result.article.text
    start = text.index(words)
    read = Rereading(result, None, NO_TEXTS.get).reading(
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
    assert not carry(states(events), new, Rereading(new, None, NO_TEXTS.get)).drafts


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
