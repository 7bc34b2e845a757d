"""The call sheet: whose answers are wanted first, and what is asked only once."""

import pytest
from telling import article, claimed, link, place, put, story

from briefs.data import load
from briefs.domain.story import CallSheet
from briefs.steps.survey import Frame
from briefs.steps.survey.gather import Claimed, Put

A, B = place("a", "2024-03-14", "The Harbour Post"), place("b", "2024-03-15", "The Quay")


def sheet(claims: list[Claimed], puts: list[Put], *, same: bool = False, top: int = 15) -> CallSheet:
    """Return the call sheet of claims and questions of the two articles."""
    articles = [
        article(p, [c for c in claims if c.place == p], [q for q in puts if q.place == p]) for p in (A, B)
    ]
    relations = [link("same", claims[0], claims[1])] if same else []
    return story(articles, relations, frame=Frame("0", questions=top)).call_sheet


def pair(level: str = "high") -> list[Claimed]:
    """Return one claim of each article."""
    return [claimed("b1", "x", A, level=level), claimed("b2", "y", B, level=level)]


def asked(made: CallSheet) -> list[tuple[str, list[str]]]:
    """Return whom to call, with the questions to them."""
    return [(call.whom, [e.text for e in call.errands]) for call in made.calls]


def test_a_question_of_two_articles_to_one_office_is_asked_once() -> None:
    """Equal words to one office in two forms are one question with both claims."""
    puts = [
        put("Who counted?", "the press office of the Port Line", A, ["b1"]),
        put("Who counted?", "the Port Line", B, ["b2"]),
    ]
    made = sheet(pair(), puts)
    assert asked(made) == [("the press office of the Port Line", ["Who counted?"])]
    (errand,) = made.calls[0].errands
    assert [(r.brief, r.place.slug) for r in errand.claims] == [("b1", "a"), ("b2", "b")]
    assert (errand.serves.high, errand.articles, made.asked, made.left_out) == (2, 2, 1, 0)


@pytest.mark.parametrize(("same", "count"), [(True, 1), (False, 2)])
def test_what_settles_the_same_about_the_same_claim_is_asked_once(same: bool, count: int) -> None:
    """Two wordings to one office are one question where the claims say the same, and two where they do not."""
    puts = [
        put("Who counted?", "the Port Line", A, ["b1"], settles="whose count it is"),
        put("By whom was this counted?", "the Port Line", B, ["b2"], settles="whose count it is"),
    ]
    assert sheet(pair(), puts, same=same).asked == count


@pytest.mark.parametrize(
    ("text", "same", "count"),
    [
        ("Who counted the 17 people, at what hour?", True, 1),
        ("Who counted the 17 people, at what hour?", False, 2),
        ("Who counted the 19 people, at what hour?", True, 2),
        ("Has anybody outside checked the figure of 17?", True, 2),
    ],
)
def test_what_begins_alike_on_one_figure_is_asked_once(text: str, same: bool, count: int) -> None:
    """A count is asked for once of one office for one figure, in whatever words it goes on."""
    puts = [
        put("Who counted to arrive at the figure of 17, and how?", "the Port Line", A, ["b1"], settles="how"),
        put(text, "the Port Line", B, ["b2"], settles="when"),
    ]
    assert sheet(pair(), puts, same=same).asked == count


def test_an_answer_serves_all_claims_that_say_the_same() -> None:
    """A question of one article counts for the other's claim too, unless it asks the first one's newsroom."""
    puts = [
        put("How many?", "the Port Line", A, ["b1"]),
        put("Who told you?", "the news desk of The Harbour Post", A, ["b1"], own=True),
    ]
    made = sheet(pair(), puts, same=True)
    assert {call.whom: call.serves.high for call in made.calls} == {
        "the Port Line": 2,
        "the news desk of The Harbour Post": 1,
    }


def test_authors_without_a_name_are_not_one_person() -> None:
    """Each article's nameless author is somebody else, and is called after the article."""
    nobody = "the article’s author or outlet"
    puts = [put("Who told you?", nobody, A, ["b1"]), put("Who told you?", nobody, B, ["b2"])]
    assert [call.whom for call in sheet(pair(), puts).calls] == [
        "the author or outlet of “Title of a”",
        "the author or outlet of “Title of b”",
    ]


@pytest.mark.parametrize(("related", "count"), [(True, 1), (False, 2)])
def test_an_office_that_every_town_has_is_one_only_within_a_story(related: bool, count: int) -> None:
    """“The council” of two articles is asked once where the articles relate, else it is two councils."""
    puts = [put("Who counted?", "the council", A, ["b1"]), put("Who counted?", "the council", B, ["b2"])]
    assert sheet(pair(), puts, same=related).asked == count


def test_look_ups_stand_apart_and_are_not_crowded_out() -> None:
    """Of three questions one is a look-up if there is any, whatever else would settle more."""
    claims = [claimed(f"b{n}", "x", A) for n in range(9)]
    puts = [put(f"Call {n}?", f"Person {'ABCDEFGH'[n]}", A, [f"b{n}", "b8"]) for n in range(8)]
    puts.append(put("Which page?", "the archive of the Quay", A, ["b8"], look_up=True))
    made = sheet(claims, puts, top=3)
    assert [e.text for call in made.look_ups for e in call.errands] == ["Which page?"]
    assert (made.asked, made.left_out, len(made.calls)) == (3, 6, 2)


def test_what_settles_most_high_claims_comes_first() -> None:
    """High claims count before first screens, those before medium claims; leave to reprint comes last."""
    usage = load("question_bank")["usage"][0]["settles"]
    claims = [
        claimed("b0", "x", A),
        claimed("b1", "x", A),
        *(claimed(f"b{n}", "x", A, level="medium") for n in range(2, 6)),
    ]
    puts = [
        put("Reprint?", "P Q", A, ["b0", "b1"], settles=usage),
        put("Medium?", "R S", A, ["b2", "b3", "b4", "b5"]),
        put("First?", "T U", A, ["b0"], first=True),
        put("Plain?", "V W", A, ["b0"]),
        put("Both?", "X Y", A, ["b0", "b1"]),
    ]
    made = sheet(claims, puts)
    order = ["Both?", "First?", "Plain?", "Medium?", "Reprint?"]
    assert [e.text for call in made.calls for e in call.errands] == order
    assert [e.text for call in sheet(claims, puts, top=4).calls for e in call.errands] == order[:4]


def test_nobody_fills_the_sheet_while_others_wait() -> None:
    """One person with many questions leaves room for others; what is left out is said."""
    claims = [claimed(f"b{n}", "x", A) for n in range(2)]
    puts = [put(f"Question {n}?", "Ada Holm", A, ["b0", "b1"], settles=f"matter {n}") for n in range(9)]
    puts += [put("Other?", f"Person {'ABCDEF'[n]}", A, ["b0"]) for n in range(6)]
    made = sheet(claims, puts, top=6)
    call = next(call for call in made.calls if call.whom == "Ada Holm")
    assert (len(call.errands), call.more, len(made.calls)) == (2, 7, 5)


def test_claims_that_an_editor_has_decided_ask_nothing_more() -> None:
    """A question that serves only decided claims is not on the sheet."""
    claims = [claimed("b1", "x", A, is_open=False), claimed("b2", "y", B)]
    puts = [put("Done?", "Ada Holm", A, ["b1"]), put("Open?", "Ada Holm", B, ["b2"])]
    made = sheet(claims, puts)
    assert asked(made) == [("Ada Holm", ["Open?"])]


def test_no_question_may_be_wanted() -> None:
    """With none wanted the sheet is empty and says how many there are."""
    made = sheet(pair(), [put("Who?", "Ada Holm", A, ["b1"])], top=0)
    assert (made.calls, made.look_ups, made.asked, made.left_out) == ((), (), 0, 1)
