"""Relating claims: what is the same, what conflicts, what is related, and above all what is none of it."""

import pytest
from relating import article, claim, relation_of

from briefs.domain.relations import IndexedArticle, IndexedClaim

FIRE = "The blaze was started by an overheated conveyor bearing in the north elevator."


def kind_of(one: str, other: str) -> str | None:
    """Return kind and aspect of two bare sentences of two articles on one event."""
    found = relation_of(claim(one, "a"), claim(other, "b"))
    return f"{found.kind}/{found.aspect}" if found else None


SAME = {
    "word for word": (FIRE, FIRE),
    "other marks and spaces": (
        "“We had men on a steel stairway hot enough to blister paint,” he said.",
        '"We had men on a steel stairway  hot enough to blister paint," he said.',
    ),
    "edited for style": (
        "A fire tore through a grain terminal on the north quay of the harbour early on Thursday morning.",
        "A blaze ripped through a grain terminal on the north quay of the harbour early on Thursday morning.",
    ),
    "one within the other": (
        "The dust extraction system of the terminal had been shut down for repairs for nine days.",
        "A port official told the agency that the dust extraction system of the terminal had been shut down "
        "for repairs for nine days.",
    ),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_one_sentence_is_the_same_claim(one: str, other: str) -> None:
    """A wire sentence is recognised where outlets change marks, verbs or what stands around it."""
    assert kind_of(one, other) == "same/wording"


DIFFERENT = {
    "another number": (
        "The flood destroyed 18,000 houses along the lower river and the coast road last night.",
        "The flood destroyed 19,000 houses along the lower river and the coast road last night.",
    ),
    "another place": (
        "Police in Leeds are investigating after a man was found dead in a burning car near the canal.",
        "Police in York are investigating after a man was found dead in a burning car near the canal.",
    ),
    "another day": (
        "The harbour court will hear the operator of the north terminal on Monday in closed session.",
        "The harbour court will hear the operator of the north terminal on Friday in closed session.",
    ),
    "a sentence that any article holds": (
        "The company did not immediately respond to a request for comment.",
        "The company did not immediately respond to a request for comment.",
    ),
    "shared words only": (
        "The port minister opened a new quay for container ships in the south of the harbour.",
        "Container ships waited for days because the port was closed by the fire in the harbour.",
    ),
}


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_differs_in_something_to_check_is_not_the_same(one: str, other: str) -> None:
    """Sentences that are 99 per cent alike are two claims where a figure, name or day differs."""
    found = kind_of(one, other)
    assert found is None or not found.startswith(("same", "conflict"))


def test_strangers_are_not_compared() -> None:
    """Two articles that share no name and no topic have no related claims, however alike the sentences."""
    apart = [article("a", title="A", names=("Leeds",)), article("b", title="B", names=("Halmen",))]
    assert relation_of(claim(FIRE, "a"), claim(FIRE, "b"), apart) is None


def test_the_note_tells_that_only_one_names_a_source() -> None:
    """A copy that dropped the speaker is worth knowing."""
    found = relation_of(claim(FIRE, "a", source="Andrej Kovalik"), claim(FIRE, "b"))
    assert found is not None
    assert "Andrej Kovalik" in found.note


def test_a_lost_hedge_is_said() -> None:
    """A copy that holds back ("may have been started") is related, with the words that hold back."""
    one = claim(FIRE.replace("was", "may have been"), "a", hedges=("may",))
    found = relation_of(one, claim(FIRE, "b"))
    assert found is not None
    assert (found.kind, found.aspect) == ("related", "certainty")
    assert "“may”" in found.note
    assert found.one_words is not None
    assert found.other_words is None
    assert one.quote.text[found.one_words.start : found.one_words.end] == "may"


DENIALS = {
    "a not": (FIRE, FIRE.replace("was started", "was not started")),
    "denied that": (
        "Halvard Grain dumped burning wheat into the harbour basin.",
        "The operator denied that Halvard Grain dumped burning wheat into the harbour basin.",
    ),
    "rejected claims that": (
        "The inspectors ignored three warnings about the north elevator.",
        "The ministry rejected claims that the inspectors ignored three warnings about the north elevator.",
    ),
}


@pytest.mark.parametrize(("one", "other"), DENIALS.values(), ids=DENIALS)
def test_a_denial_conflicts_with_what_it_denies(one: str, other: str) -> None:
    """The statement denied has to be recognisably the other one."""
    assert kind_of(one, other) == "conflict/denial"


def test_a_denial_of_something_else_is_no_conflict() -> None:
    """Denying one thing about a subject does not contradict another about it."""
    one = "Halvard Grain dumped burning wheat into the harbour basin."
    other = "Halvard Grain denied that its managers had been warned about the dust in the elevator."
    found = kind_of(one, other)
    assert found is None or not found.startswith("conflict")


def test_reports_called_false_are_found_in_their_own_article_only() -> None:
    """A call that "these claims about X are false" answers the article that it stands in."""
    reports = "Reports of mass resignations at the hospital have worried the council of the town for weeks."
    denial = "“These claims about resignations are false,” a spokesman of the hospital said."
    found = relation_of(claim(reports, "a"), claim(denial, "a", start=500))
    assert found is not None
    assert (found.kind, found.aspect) == ("conflict", "denial")
    across = relation_of(claim(reports, "a"), claim(denial, "b"))
    assert across is None or across.kind == "related"


THIRD = "As the strike enters its third week, hospitals in Halmen have cancelled operations."
FOURTH = "As the strike enters its fourth week, the minister refuses to talk to the union."
TITLE = "French nurses on strike"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((None, None), "conflict"),
        (("2024-03-01", "2024-03-02"), "conflict"),
        (("2024-03-01", "2024-03-08"), None),
    ],
)
def test_the_week_of_a_strike_conflicts_unless_the_articles_are_as_far_apart(
    dates: tuple[str | None, str | None], expected: str | None
) -> None:
    """Third and fourth week can both hold a week apart; otherwise the note says what would reconcile them."""
    heads = [article(name, title=TITLE, published=day) for name, day in zip("ab", dates, strict=True)]
    found = relation_of(claim(THIRD, "a"), claim(FOURTH, "b"), heads)
    assert (found.kind if found else None) == expected
    if found:
        assert found.aspect == "date"
        assert "apart" in found.note
        assert found.one_words is not None
        assert THIRD[found.one_words.start : found.one_words.end] == "strike enters its third week"


def test_two_strikes_are_not_one() -> None:
    """Two countries may each have "the strike"."""
    heads = [article("a", title="French nurses on strike"), article("b", title="Spanish nurses on strike")]
    assert relation_of(claim(THIRD, "a"), claim(FOURTH, "b"), heads) is None


def _on(day: str, iso: str, name: str) -> object:
    text = f"The harbour court fined the operator of the grain terminal for the blocked stairway on {day}."
    return claim(text, name, dates={day: iso})


@pytest.mark.parametrize(("published", "expected"), [("2024-03-20", "conflict"), ("2024-03-05", None)])
def test_one_event_on_two_days_conflicts_only_in_hindsight(published: str, expected: str | None) -> None:
    """An article written before the later day may tell of another event."""
    heads = [article(name, published=published) for name in "ab"]
    one, other = (_on("4 March", "2024-03-04", "a"), _on("6 March", "2024-03-06", "b"))
    found = relation_of(one, other, heads)  # type: ignore[arg-type]
    assert (found.kind if found else None) == expected


def test_records_of_one_thing_are_the_same_within_an_article() -> None:
    """A headline and the body call one number the highest since one time."""
    one = claim("Highest number of resignations since the war", "a")
    other = claim("This is the highest number of resignations in a month since the war.", "a", start=90)
    found = relation_of(one, other)
    assert found is not None
    assert found.kind == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The nation's largest coal firm filed for bankruptcy.",
            "The largest coal firms lost money last year.",
        ),
        ("At least four sailors drowned off Kell.", "At least two houses burnt down near Kell."),
        ("He has the record of a decent referee.", "Her record as a coach is well known."),
    ],
)
def test_not_every_superlative_is_a_record(one: str, other: str) -> None:
    """Only figures have records here; "largest company", "at least" and a person's record are none."""
    assert kind_of(one, other) is None


def _injured(text: str, name: str, number: str, title: str) -> tuple[IndexedClaim, IndexedArticle]:
    told = claim(
        text,
        name,
        counts={number: (float(number), float(number), "people", None)},
        names=("Lyon",),
        dates={"Thursday": "2024-05-02"},
    )
    quantities = tuple(each.model_copy(update={"predicate": "injure"}) for each in told.quantities)
    head = article(name, title=title, names=("Lyon", "Jean Morel"), published="2024-05-02")
    return told.model_copy(update={"quantities": quantities}), head


def test_tolls_of_two_events_in_one_town_do_not_conflict() -> None:
    """A crash and a fire of one day have their own dead, though town, day and prosecutor are the same."""
    crash, first = _injured(
        "Five people were killed and 12 injured when a bus overturned near Lyon on Thursday.",
        "a",
        "12",
        "Bus crash near Lyon kills five",
    )
    fire, second = _injured(
        "Three people were killed and 20 injured in a fire at a paint factory in Lyon on Thursday.",
        "b",
        "20",
        "Factory fire in Lyon leaves three dead",
    )
    assert relation_of(crash, fire, [first, second]) is None


DISTRACTORS = (
    (
        "The Tausk Union repaired 15,674 heated water pipes at Mamar in April.",
        "The Ralinsel Board repaired 36,310 heated water pipes at Grisusk in August.",
    ),
    (
        "The Dukro Board insured 51,332 tarred hotels at Lamonam in February 2023.",
        "The Kahasun Board insured 87,439 tarred hotels at Linpra in December 2022.",
    ),
)


@pytest.mark.parametrize("texts", DISTRACTORS)
def test_other_names_are_another_subject(texts: tuple[str, str]) -> None:
    """Common words in a row are no topic where the names say that it is another body in another place.

    What both bodies are called, a board or an agency, is no name that they share.
    """
    one, other = (claim(text, name) for text, name in zip(texts, "ab", strict=True))
    assert relation_of(one, other) is None


def test_a_denial_is_never_the_same_as_what_it_denies() -> None:
    """The words are nearly equal, and yet the one thing that matters differs."""
    for one, other in DENIALS.values():
        assert not (kind_of(one, other) or "").startswith("same")
