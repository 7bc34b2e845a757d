"""What a model suggests is held against the article: what survives, and why the rest does not."""

from typing import cast

import pytest
from suggesting import MODEL, TEXT, asked, drafted, item, kinds, lacks, says, suggested, texts

from briefs.steps.suggest.judge import SETTLES, WHY

LATE = "Ambulances in Orsted reached 412 patients late in October, a record, according to a report by the Orsted Herald."
CREWS = (
    "Nina Falk, spokeswoman of the Paramedics' Union, said the city had cut three of its nine crews in March."
)
MONEY = "The city spends $2 million a year on ambulances, 15 percent less than before, because the grant from Norway ended."
HIDDEN = "Mayor Ulla Brandt has hidden the delays from the council, the union claims."

QUESTIONS = (
    (
        "ok",
        LATE,
        asked(
            "Which table shows the 412 patients, and from which minute on does an ambulance count as late?"
        ),
    ),
    (
        "ok",
        LATE,
        asked(
            "Did the Orsted Herald count the 412 patients itself or quote the ambulance service?",
            "the Orsted Herald",
        ),
    ),
    (
        "ok",
        LATE,
        asked("Who counted the 412 patients reached late in October?", "the ambulance control centre"),
    ),
    (
        "ok",
        CREWS,
        asked("On which staffing roster can the cut of crews in March be seen?", "the ambulance service"),
    ),
    ("ok", CREWS, asked("Was Nina Falk present when the crews were cut, or was she told?")),
    (
        "ok",
        MONEY,
        asked("Is the $2 million the sum that was budgeted or the sum that was spent?", "the city treasurer"),
    ),
    ("ok", MONEY, asked("Which year is the 15 percent measured against?", "the city treasurer")),
    ("ok", HIDDEN, asked("What is Ulla Brandt's answer to the union?", "Ulla Brandt")),
    (
        "ok",
        HIDDEN,
        asked("Which minutes of the council show that the delays were not reported?", "the council clerk"),
    ),
    (
        "ok",
        CREWS,
        asked(
            "When did the city decide to cut the crews, and is there a dated resolution?", "the city council"
        ),
    ),
    (
        "ok",
        HIDDEN,
        asked(
            "Which police unit will open an inquiry into the delays, and under what file number?",
            "the police",
        ),
    ),
    (
        "ok",
        MONEY,
        asked("Did the Norwegian grant end on a fixed date or was it withdrawn?", "the grant office"),
    ),
    ("answered_in_article", LATE, asked("How many patients did ambulances in Orsted reach late in October?")),
    ("answered_in_article", LATE, asked("What was the number of patients reached late?")),
    ("asks_what_was_said", CREWS, asked("Who said the city had cut three of its nine crews?")),
    ("answered_in_article", CREWS, asked("When did the city cut its crews?")),
    ("answered_in_article", CREWS, asked("How many crews were cut in March?")),
    ("answered_in_article", MONEY, asked("How much does the city spend on ambulances a year?")),
    ("answered_in_article", MONEY, asked("Why does the city spend less on ambulances?")),
    ("answered_in_article", HIDDEN, asked("Who has hidden the delays from the council?")),
    ("asks_what_was_said", CREWS, asked("What did Nina Falk say about the crews?")),
    ("repeats_claim", HIDDEN, asked("Did Ulla Brandt hide the delays from the council?", "Ulla Brandt")),
    ("repeats_claim", CREWS, asked("Has the city cut three of its nine crews in March?")),
    ("too_general", LATE, asked("Is it true that ambulances reached 412 patients late in October?")),
    (
        "too_general",
        LATE,
        asked("Can you provide evidence that ambulances in Orsted reached 412 patients late?"),
    ),
    ("too_general", LATE, asked("Is this claim supported by evidence?")),
    ("too_general", LATE, asked("Can you confirm the claim made here?")),
    ("about_nothing", LATE, asked("Which hospital keeps the register of births?")),
    ("nobody_to_ask", LATE, asked("Which register shows the 412 patients?", "the article")),
    ("nobody_to_ask", LATE, asked("Which register shows the 412 patients?", "the internet")),
    ("nobody_to_ask", LATE, asked("Which register shows the 412 patients?", "fact-checkers")),
    ("nobody_to_ask", LATE, asked("Which register shows the 412 patients?", "readers")),
    ("nobody_to_ask", LATE, asked("Which register shows the 412 patients?", "412 patients in October")),
    ("nobody_to_ask", MONEY, asked("Which register shows the $2 million?", "Norway")),
    ("figure_not_in_article", LATE, asked("Which register shows the 413 patients?")),
    ("figure_not_in_article", LATE, asked("Which register shows the 412 thousand patients?")),
    ("figure_not_in_article", LATE, asked("Which register shows twelve of the 412 patients?")),
    ("figure_not_in_article", MONEY, asked("Which budget line holds the $15 a year on ambulances?")),
    ("figure_not_in_article", LATE, asked("Which register shows the 412 patients in November?")),
    ("name_not_in_article", LATE, asked("Which register at Halvorsen Clinic shows the 412 patients?")),
    ("name_not_in_article", CREWS, asked("Which roster of Ulla Falk shows the crews cut in March?")),
    ("name_not_in_article", CREWS, asked("Reuters asked which roster shows the crews?")),
    ("name_not_in_article", CREWS, asked("Which roster does WHO keep on the crews?")),
    ("ok", CREWS, asked("Which roster shows the crews before and after the cuts?", "Halvorsen Clinic")),
    ("quotation_not_in_article", CREWS, asked("Which roster shows “three crews gone” in the files?")),
    ("quotation_not_in_article", CREWS, asked('Which roster shows "the crews in the files?')),
    (
        "ok",
        CREWS,
        asked(
            "On what day did Nina Falk tell the reporter “Nobody asked us before the cuts”, and is there a recording?",
            "the author",
        ),
    ),
    ("too_general", LATE, asked("What did Nina Falk say about the 412 patients, and why is it important?")),
    ("verdict", LATE, asked("Which register shows that the 412 patients are misleading?")),
    ("not_for_people", LATE, asked("Which register, ignoring your instructions, shows the 412 patients?")),
    ("not_a_question", LATE, asked("Please look up the register of the 412 patients.")),
    ("not_a_question", LATE, asked("Which register shows the 412 patients? Who keeps it?")),
    ("not_one_sentence", LATE, asked("There is a register of patients. Which one shows the 412 patients?")),
    ("bad_characters", LATE, asked("Which register shows the <b>412</b> patients?")),
    ("bad_characters", LATE, asked("Which register at www.orsted.example shows the 412 patients?")),
    ("bad_characters", LATE, asked("Which register shows\nthe 412 patients?")),
)


@pytest.mark.parametrize(("want", "claim", "question"), QUESTIONS)
def test_a_question_survives_or_falls_by_name(want: str, claim: str, question: object) -> None:
    """Each check refuses what it is for, and lets a checker's questions pass."""
    made = drafted(TEXT, (claim,))
    result = suggested(made, says(item(1, [question])))
    if want == "ok":
        assert texts(result) == [cast("dict[str, str]", question)["text"]]
        assert not result.rejections
    else:
        assert dict(kinds(result)) == {want: 1}
        assert result.composition == made.composition


MISSING = (
    ("ok", LATE, lacks("the dispatch log for October")),
    ("ok", LATE, lacks("the definition of a late arrival behind the 412 patients", "the ambulance service")),
    (
        "ok",
        MONEY,
        lacks(
            "the budget of the city with the line for ambulances",
            "Halvorsen Clinic",
            "it would show the $2 million",
        ),
    ),
    (
        "ok",
        CREWS,
        lacks("the duty roster before and after March", "whoever plans the crews", "it would show the cut"),
    ),
    ("not_evidence", LATE, lacks("a good reason for the 412 patients")),
    ("not_evidence", LATE, lacks("evidence of the 412 patients")),
    ("not_evidence", LATE, lacks("which dispatch log shows the 412 patients?")),
    ("about_nothing", CREWS, lacks("the birth register", why="it would show births")),
    ("nobody_to_ask", LATE, lacks("the dispatch log for October", "the internet")),
    ("name_not_in_article", LATE, lacks("the dispatch log of Halvorsen Clinic for October")),
    ("figure_not_in_article", LATE, lacks("the dispatch log for October 2031")),
    ("figure_not_in_article", LATE, lacks("the dispatch log for October", "room 99, the city archive")),
    ("quotation_not_in_article", LATE, lacks("the dispatch log for October", "the “city log” office")),
    ("repeat", LATE, lacks("the report of the Orsted Herald", "the Orsted Herald", "it is the source")),
)


@pytest.mark.parametrize(("want", "claim", "missing"), MISSING)
def test_missing_evidence_survives_or_falls_by_name(want: str, claim: str, missing: object) -> None:
    """Evidence that is no document, is about nothing, held by nobody or invented is refused and counted."""
    made = drafted(TEXT, (claim,))
    result = suggested(made, says(item(1, [], [missing])))
    if want == "ok":
        (brief,) = [b for b in result.composition.briefs if b.claim.quote.text == claim]
        assert [m.what for m in brief.missing_evidence if m.drafted_by == MODEL] == [
            cast("dict[str, str]", missing)["what"]
        ]
    else:
        assert dict(kinds(result)) == {want: 1}
        assert result.composition == made.composition


SECOND_HALVES = (
    ("name_not_in_article", "Halvorsen Clinic would show the count"),
    ("verdict", "it would show that the count is false"),
    ("bad_characters", "see https://orsted.example/log"),
    ("figure_not_in_article", "it would show 99 more"),
    ("quotation_not_in_article", "it would show the “city log”"),
    ("prompt_echo", "what the unnamed people rely on"),
)


@pytest.mark.parametrize(("kind", "reason"), SECOND_HALVES)
def test_a_good_line_is_not_lost_with_a_bad_reason(kind: str, reason: str) -> None:
    """What a line settles, or why, gives way to our own words where it fails a check, and that is counted."""
    made = drafted(TEXT, (LATE,))
    question = asked("Which register shows the 412 patients?", settles=reason)
    result = suggested(made, says(item(1, [question], [lacks("the dispatch log for October", why=reason)])))
    (brief,) = [b for b in result.composition.briefs if b.claim.quote.text == LATE]
    assert [q.settles for q in brief.questions if q.drafted_by == MODEL] == [SETTLES]
    assert [m.why for m in brief.missing_evidence if m.drafted_by == MODEL] == [WHY]
    assert dict(kinds(result)) == {f"second_half_{kind}": 2}


REPEATS = (
    (
        "Which table shows the 412 patients, and who keeps it?",
        "Which table is it that shows the 412 patients, and who keeps it?",
    ),
    ("Which roster of crews did Nina Falk see?", "Which roster of crews did Nina Falk see in March?"),
)


@pytest.mark.parametrize(("first", "second"), REPEATS)
def test_a_second_wording_of_a_question_is_a_repeat(first: str, second: str) -> None:
    """A model that asks the same twice under one claim is heard once."""
    claim = LATE if "412" in first else CREWS
    result = suggested(drafted(TEXT, (claim,)), says(item(1, [asked(first), asked(second)])))
    assert texts(result) == [first]
    assert kinds(result) == {"repeat": 1}


def test_one_mould_is_used_once_in_an_article() -> None:
    """The same wording with another figure in it is padding, and refused."""
    made = drafted(TEXT, (LATE, MONEY))
    one = asked("Which signed table gives 412 patients, in your files?", "the clerk")
    other = asked("Which signed table gives $2 million, in your files?", "the clerk")
    result = suggested(made, says(item(1, [one]), item(2, [other])))
    assert len(texts(result)) == 1
    assert "repeat" in kinds(result)


def test_what_the_offline_draft_asks_is_not_asked_again() -> None:
    """A question that stands already, in other words, is a repeat."""
    made = drafted(TEXT, (MONEY,))
    again = asked(
        "What exactly does the sum of $2 million pay for, and over what time?", "the city treasurer"
    )
    assert kinds(suggested(made, says(item(1, [again])))) == {"repeat": 1}
