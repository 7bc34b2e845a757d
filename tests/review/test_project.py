"""Decisions in an article's briefs: put in as often as one likes, taken out without a trace."""

import pytest
from harbour import (
    CANCELLED,
    COUNT,
    ID,
    MISSED,
    RESULT,
    SENTENCES,
    SEVEN,
    TEXT,
    Events,
    added,
    answer,
    article_of,
    brief_for,
    dismissed,
    edit,
    kept,
    moved,
    place_of,
    question,
    quote_of,
    reopened,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.brief import ArticleBriefs, Brief, Question, Related
from briefs.domain.claims import Disposition, LedgerEntry, brief_id
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.desk_events import Answered, DeskEvent, Door, Happening, question_key
from briefs.domain.scan import OWN_VOICE
from briefs.domain.spans import Span
from briefs.review.basis import basis_of
from briefs.review.fold import states
from briefs.review.portable import portable
from briefs.review.project import bare, project

WHOLE = "A wholly other claim of nine words stood here once."


def projected(*happened: tuple[Brief, Happening], result: ArticleBriefs = RESULT) -> ArticleBriefs:
    """Return the briefs after a person did these things, checked as a file is."""
    event = Events()
    made = project(result, states([event(brief.id, what) for brief, what in happened]))
    ArticleBriefs.from_json(made.model_dump_json())
    return made


def of(result: ArticleBriefs, brief: Brief) -> Brief:
    """Return a brief by another one's id."""
    return next(each for each in result.briefs if each.id == brief.id)


def without(brief: Brief, result: ArticleBriefs = RESULT) -> ArticleBriefs:
    """Return the briefs as they are when the tool no longer finds a claim."""

    def entry(each: LedgerEntry) -> LedgerEntry:
        if brief.id not in each.briefs:
            return each
        return each.model_copy(update={"briefs": (), "disposition": Disposition.NOT_CHECKABLE})

    briefs = tuple(each for each in result.briefs if each.id != brief.id)
    ledger = tuple(entry(each) for each in result.ledger)
    return result.model_copy(update={"briefs": briefs, "ledger": ledger})


def test_fields_and_answers_stand_in_the_brief() -> None:
    """Protects a sign-off on its way into the files."""
    made = projected((SEVEN, edit(status="usable", so="confirmed")), (SEVEN, answer()))
    assert of(made, SEVEN).desk.status is Status.USABLE
    assert of(made, SEVEN).desk.so is Check.CONFIRMED
    [asked] = of(made, SEVEN).questions
    assert (asked.answer, asked.answered_by) == ("Yes, in the gate book.", "A. Reader")
    assert of(made, CANCELLED) == CANCELLED


def test_an_open_answer_stays_and_nobody_has_ticked_it_off() -> None:
    """Protects words written to a question that is open again."""
    made = projected((SEVEN, answer()), (SEVEN, answer(words="Not yet.", done=False)))
    [asked] = of(made, SEVEN).questions
    assert (asked.answer, asked.answered_by) == ("Not yet.", None)


def test_a_missed_claim_stands_in_its_place() -> None:
    """Protects the article's order and the ledger when an editor adds a claim."""
    early = MISSED.model_copy(
        update={
            "id": brief_id(ID, SENTENCES[2], 0),
            "claim": MISSED.claim.model_copy(update={"quote": quote_of(SENTENCES[2])}),
        }
    )
    made = projected((MISSED, added()), (early, added(early)))
    assert [brief.id for brief in made.briefs] == [SEVEN.id, CANCELLED.id, early.id, COUNT.id, MISSED.id]
    assert of(made, early).desk.added_by == "A. Reader"
    entry = made.ledger[2]
    assert (entry.briefs, entry.disposition) == ((early.id,), Disposition.CLAIM)
    assert entry.reason == "added by an editor; by the rules alone: opinion, with no fact in it"
    assert bare(made) == RESULT


def test_a_missed_claim_in_a_claims_sentence_leaves_the_reason() -> None:
    """Protects the ledger's own words where a sentence is a claim already."""
    part = MISSED.model_copy(
        update={
            "id": brief_id(ID, "cancelled 300 sailings", 0),
            "claim": MISSED.claim.model_copy(update={"quote": quote_of("cancelled 300 sailings")}),
        }
    )
    made = projected((part, added(part)))
    assert made.ledger[1].briefs == (CANCELLED.id, part.id)
    assert made.ledger[1].reason == RESULT.ledger[1].reason
    assert bare(made) == RESULT


def test_what_the_tool_finds_itself_nobody_has_added() -> None:
    """Protects a claim that newer rules find too: the tool's brief, the editor's decisions, one section."""
    made = projected((COUNT, added(COUNT)), (COUNT, edit(COUNT, status="cut")))
    assert [brief.id for brief in made.briefs] == [brief.id for brief in RESULT.briefs]
    assert (of(made, COUNT).desk.added_by, of(made, COUNT).desk.status) == (None, Status.CUT)


def test_questions_of_an_added_claim_have_ids_of_their_own() -> None:
    """Protects references: "q1" of a former version is another question than "q1" of today's."""
    twice = question(5, MISSED.id, SEVEN.questions[0].text)
    own = question(1, MISSED.id, "Who says that tickets will be dearer?")
    key = question_key(CANCELLED.questions[0].ask, CANCELLED.questions[0].text)
    brief = MISSED.model_copy(
        update={"questions": (own, twice), "see_questions": (key, "q1", "k0000")},
    )
    made = of(projected((brief, added(brief))), MISSED)
    assert [(each.id, each.text) for each in made.questions] == [("e1", own.text)]
    assert made.see_questions == (CANCELLED.questions[0].id, SEVEN.questions[0].id)


def test_a_brief_is_taken_along_without_what_belongs_to_its_file() -> None:
    """Protects a claim that is kept beyond a version: no answers, relations or ids of the former file."""
    full = projected((SEVEN, edit(status="cut")), (SEVEN, answer()))
    related = Related(kind="same", brief="b0", article="other", note="n")
    brief = of(full, SEVEN).model_copy(
        update={
            "see_questions": (CANCELLED.questions[0].id, "q99"),
            "related": (related,),
            "related_in_all": 1,
        }
    )
    taken = portable(full, brief)
    key = question_key(CANCELLED.questions[0].ask, CANCELLED.questions[0].text)
    assert taken == SEVEN.model_copy(update={"see_questions": (key,)})
    assert portable(full, taken) == taken


def test_relations_of_an_added_claim_stay() -> None:
    """Protects what relating put into an added claim when its article is projected once more."""
    event = Events()
    now = states([event(MISSED.id, added()), event(MISSED.id, edit(MISSED, status="cut"))])
    raised = Question(id="r1", text="Which of both?", ask="A", settles="s", serves=(MISSED.id,))
    related = Related(kind="conflict", brief="b0", article="other", note="n")
    once = project(RESULT, now)
    filled = once.model_copy(
        update={
            "briefs": tuple(
                each.model_copy(
                    update={
                        "related": (related,),
                        "related_in_all": 1,
                        "questions": (*each.questions, raised),
                    }
                )
                if each.id == MISSED.id
                else each
                for each in once.briefs
            )
        }
    )
    again = of(project(filled, now), MISSED)
    assert (again.related, again.related_in_all) == ((related,), 1)
    assert again.questions[-1] == raised
    assert project(project(filled, now), now) == project(filled, now)
    assert bare(filled) == RESULT


def test_a_claim_that_the_tool_no_longer_finds_is_kept() -> None:
    """Protects a sign-off when rules change and the words still stand."""
    event = Events()
    fresh = without(COUNT)
    events = [
        event(COUNT.id, edit(COUNT, status="usable")),
        event(COUNT.id, added(COUNT), who="briefs run", door=Door.RUN),
    ]
    made = project(fresh, states(events))
    assert [brief.id for brief in made.briefs] == [brief.id for brief in RESULT.briefs]
    desk = of(made, COUNT).desk
    assert (desk.gone, desk.added_by, desk.status) == (True, None, Status.USABLE)
    assert made.former == ()
    assert bare(made) == fresh


def test_a_claim_whose_words_are_gone_is_kept_apart() -> None:
    """Protects a sign-off whose paragraph was cut, and the promise that every quotation is the article's."""
    event = Events()
    text = TEXT.replace(SENTENCES[0], WHOLE)
    fresh = without(SEVEN).model_copy(
        update={
            "article": article_of(text),
            "ledger": (),
            "briefs": (),
        }
    )
    events = [
        event(SEVEN.id, edit(status="usable", note="n")),
        event(SEVEN.id, answer()),
        event(SEVEN.id, reopened("the words are gone", gone=True), who="briefs run", door=Door.RUN),
    ]
    [former] = project(fresh, states(events)).former
    assert (former.id, former.words, former.name) == (SEVEN.id, SENTENCES[0], "Ilse Brandvold")
    assert former.text_sha256 == RESULT.article.text_sha256
    assert (former.desk.gone, former.desk.note) == (True, "n")
    assert former.desk.changed == ("the words are gone",)
    assert [(each.id, each.answer) for each in former.questions] == [("a1", "Yes, in the gate book.")]
    assert bare(project(fresh, states(events))) == fresh


def test_a_missed_claim_is_never_shown_where_other_words_stand() -> None:
    """Protects the promise that every quotation is an exact slice: stale places put nothing in."""
    event = Events()
    text = "Shifted. " + TEXT
    fresh = RESULT.model_copy(update={"article": article_of(text), "ledger": (), "briefs": ()})
    made = project(fresh, states([event(MISSED.id, added())]))
    assert made.briefs == ()
    assert [each.words for each in made.former] == [SENTENCES[4]]


def test_a_claim_that_only_a_run_moved_leaves_nothing() -> None:
    """Protects the reader from empty leftovers of claims that nobody wrote anything about."""
    event = Events()
    made = project(RESULT, states([event("b0", kept(), who="briefs run", door=Door.RUN)]))
    assert made.former == ()


def test_an_answer_follows_its_question() -> None:
    """Protects an answer when a new draft prints the question under another claim."""
    asked = SEVEN.questions[0].model_copy(update={"id": "q7"})
    moved_on = RESULT.model_copy(
        update={
            "briefs": (
                SEVEN.model_copy(update={"questions": ()}),
                CANCELLED.model_copy(update={"questions": (asked,)}),
                COUNT,
            )
        }
    )
    made = projected((SEVEN, answer()), result=moved_on)
    assert of(made, CANCELLED).questions[0].answer == "Yes, in the gate book."
    assert of(made, SEVEN).questions == ()


def test_the_later_of_two_answers_counts() -> None:
    """Protects the newer answer where two claims had been asked the same."""
    later = answer(words="No, it is not.")
    made = projected((CANCELLED, answer()), (SEVEN, later))
    assert of(made, SEVEN).questions[0].answer == "No, it is not."


def test_an_answer_to_what_is_asked_no_longer_stays() -> None:
    """Protects an answer when better rules ask something else: it stands under its claim."""
    old = Answered(question="k1", text="How many boats?", ask="the owner", answer="Seven.")
    ticked = Answered(question="k2", text="When?", answer=None)
    back = Answered(question="k3", text="Where?", answer=None, done=False)
    made = projected((CANCELLED, ticked), (SEVEN, old), (SEVEN, back))
    [fresh, kept_one] = of(made, SEVEN).questions
    assert fresh == SEVEN.questions[0]
    assert (kept_one.id, kept_one.text, kept_one.ask, kept_one.answer, kept_one.answered_by) == (
        "a1", "How many boats?", "the owner", "Seven.", "A. Reader",
    )  # fmt: skip
    assert of(made, CANCELLED).questions[1].answered_by == "A. Reader"
    assert bare(made) == RESULT


def test_another_reading_of_the_same_text_is_told_and_expires_nothing() -> None:
    """Protects a sign-off from better rules, and the editor from not hearing of them."""
    other = SEVEN.model_copy(
        update={"attribution": OWN_VOICE, "claim": SEVEN.claim.model_copy(update={"hedges": ()})}
    )
    fresh = RESULT.model_copy(update={"briefs": (other, CANCELLED, COUNT)})
    desk = of(projected((SEVEN, edit(status="usable")), result=fresh), SEVEN).desk
    assert desk.status is Status.USABLE
    assert desk.changed == ()
    assert desk.read_otherwise == (
        "The tool reads this differently today: whose words these are: now the article's own voice, "
        "before Ilse Brandvold.",
        "The tool reads this differently today: words that hold back: now none, before “allegedly”.",
    )
    assert of(projected((SEVEN, edit(note="n")), result=fresh), SEVEN).desk.read_otherwise == ()


def test_another_text_is_not_another_reading() -> None:
    """Protects the difference between an article that changed and rules that did."""
    text = TEXT.replace("Seven", "Eight")
    fresh = RESULT.model_copy(update={"article": article_of(text), "briefs": (brief_for(1, 2, text),)})
    fresh = fresh.model_copy(
        update={"ledger": tuple(e.model_copy(update={"briefs": ()}) for e in fresh.ledger)}
    )
    made = projected((CANCELLED, edit(CANCELLED, status="usable")), result=fresh)
    assert of(made, CANCELLED).desk.read_otherwise == ()


def test_states_of_other_articles_touch_nothing() -> None:
    """Protects a folder of many: what was decided elsewhere stays there."""
    event = Events()
    others = states(
        [event(SEVEN.id, edit(status="cut"), article="other.txt"), event("b9", added(), article="o")]
    )
    assert project(RESULT, others) == RESULT


WHATS: list[Happening] = [
    edit(status="usable", so="confirmed"),
    edit(note="n"),
    answer(),
    answer(CANCELLED),
    Answered(question="k1", text="How many boats?", answer="Seven."),
    dismissed("no"),
    reopened("changed"),
    reopened("gone", gone=True),
    kept(),
    added(),
    added(COUNT),
    added(MISSED.model_copy(update={"claim": MISSED.claim.model_copy(update={"quote": quote_of("angry")})})),
    moved("b3"),
]
IDS = (SEVEN.id, CANCELLED.id, COUNT.id, MISSED.id, "b3")


@st.composite
def records(draw: st.DrawFn) -> list[DeskEvent]:
    """Draw what happened to the article's claims, and to one that the tool has not."""
    event = Events()
    happened = draw(
        st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(WHATS), st.sampled_from(Door)), max_size=10)
    )
    return [event(brief, what, door=door) for brief, what, door in happened]


@settings(deadline=None, max_examples=50)
@given(records(), st.sampled_from([RESULT, without(SEVEN), without(COUNT, without(SEVEN))]))
def test_projecting_twice_is_projecting_once(events: list[DeskEvent], fresh: ArticleBriefs) -> None:
    """Protects re-runs: the same events give the same bytes, and taking them out leaves the tool's own."""
    now = states(events)
    once = project(fresh, now)
    assert project(once, now) == once
    assert bare(once) == bare(fresh) == fresh
    assert ArticleBriefs.from_json(once.model_dump_json()) == once
    ids = [each.id for brief in once.briefs for each in brief.questions]
    ids += [each.id for former in once.former for each in former.questions]
    assert len(ids) == len(set(ids)), "no two questions have one id"


@settings(deadline=None, max_examples=50)
@given(records())
def test_nothing_that_a_person_wrote_disappears(events: list[DeskEvent]) -> None:
    """Protects the promise: every claim that somebody wrote about stands somewhere, with its log."""
    now = states(events)
    made = project(RESULT, now)
    shown = {each.id: each.desk for each in made.briefs} | {each.id: each.desk for each in made.former}
    for name, state in now.items():
        if state.desk.log:
            assert shown[name].log == state.desk.log
    answered = {key for each in now.values() for key, a in each.answers.items() if a.done or a.answer}
    questions = [q for brief in made.briefs for q in brief.questions]
    questions += [q for former in made.former for q in former.questions]
    texts = {q.text for q in questions if q.answer or q.answered_by}
    assert len(texts) == len(answered)


def test_the_place_of_a_basis_is_exact() -> None:
    """Protects what a sign-off rests on: exact words at exact places, in the article's order."""
    basis = basis_of(RESULT.article, SEVEN)
    every = (basis.quote, basis.source, basis.cue, *basis.chain, *basis.hedges, *basis.figures)
    assert all(each is None or each.of(TEXT) == each.text for each in every)
    assert (basis.name, basis.source) == ("Ilse Brandvold", quote_of("Ilse Brandvold"))
    assert [each.text for each in basis.hedges] == ["allegedly"]
    assert place_of("Seven") == Span(start=0, end=5)
    assert basis.text_sha256 == RESULT.article.text_sha256


@pytest.mark.parametrize("desk", [Desk(), Desk(note="typed into the JSON")])
def test_bare_takes_out_what_a_file_says_of_the_desk(desk: Desk) -> None:
    """Protects the truth of the record: fields of a file are a projection and count for nothing themselves."""
    written = RESULT.model_copy(
        update={"briefs": tuple(b.model_copy(update={"desk": desk}) for b in RESULT.briefs)}
    )
    assert bare(written) == RESULT
