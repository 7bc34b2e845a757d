"""What a model chooses, leaves out and splits moves the offline claims, and loses none of them."""

import pytest
from grounding import MODEL, QUARRY, at, read, rejected

from briefs.domain.claims import ClaimType, Disposition, brief_id
from briefs.domain.proposals import LeaveReason
from briefs.domain.spans import Quote, Span
from briefs.steps.ground.assembling import numbered

FERRIES = """Ferries at Norrby

Most families here depend on the ferries that stop at the old pier. The harbour at Norrby closed in March.

Norrby Shipping bought the yard in 2015, and Mayor Siri Aune runs the ferry office. The yard builds boats, and Siri Aune has \
not sold them in Oslo. Norrby Rail sold the mill in 2016, and Siri Aune has not signed the sale in Oslo. The harbour at Norrby closed in March.
"""
DEPEND = "Most families here depend on the ferries that stop at the old pier."


def test_a_claim_that_both_chose_says_so_and_stays_as_it_is() -> None:
    """Protects the offline claim from the words of a model that chose it too."""
    before = at(read().extraction, "18,000 litres")
    result = read().ground(read().proposed("18,000 litres of fuel had leaked"))
    after = at(result, "18,000 litres")
    assert after.claim.choice is not None
    assert (after.claim.choice.by, after.claim.choice.says) == (MODEL, "claim")
    assert after.claim.model_copy(update={"choice": None}) == before.claim
    assert (after.id, after.attribution) == (before.id, before.attribution)
    assert result.extraction.ledger == read().extraction.ledger
    assert not result.rejections


def test_a_place_where_a_claim_is_repeated_points_at_that_claim() -> None:
    """Protects against a second claim for what the headline says too."""
    result = read().ground(read().proposed("Quarry at Ostrel Lake flooded three farms"))
    assert len(result.extraction.claims) == len(read().extraction.claims)
    chosen = at(result, "gave way on Monday").claim.choice
    assert chosen is not None
    assert chosen.says == "claim"


def test_a_claim_that_only_the_model_found_comes_in_as_a_whole_sentence() -> None:
    """Protects what a model adds: exact words, an id, its place in order, and an entry in the ledger."""
    ferries = read(FERRIES)
    result = ferries.ground(ferries.proposed("families here depend on the ferries"))
    added = at(result, "Most families")
    assert added.claim.quote.text == DEPEND
    assert added.claim.choice is not None
    assert added.claim.choice.says == "added"
    starts = [each.claim.quote.start for each in result.extraction.claims]
    assert starts == sorted(starts)
    entry = next(e for e in result.extraction.ledger if e.start == added.claim.quote.start)
    assert entry.disposition is Disposition.CLAIM
    assert entry.briefs == (added.id,)
    assert "chosen by the model" in entry.reason
    kept = {each.id for each in ferries.extraction.claims}
    assert {each.id for each in result.extraction.claims} == kept | {added.id}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("It was a sad day for a beautiful valley.", "not_checkable"),
        ("Will the lake ever recover?", "not_checkable"),
        ("Subscribe to our newsletter for more stories", "not_article_text"),
        ("sad day", "too_short"),
    ],
)
def test_what_is_no_checkable_claim_is_counted_and_dropped(words: str, kind: str) -> None:
    """Protects the brief from opinions, questions, page furniture and scraps that a weak model chooses."""
    result = read().ground(read().proposed(words))
    assert result.extraction == read().extraction
    assert rejected(result) == {kind: 1}


@pytest.mark.parametrize("kind", [ClaimType.OPINION, ClaimType.PREDICTION])
def test_what_the_model_itself_calls_an_opinion_does_not_come_in(kind: ClaimType) -> None:
    """Protects against adding what even the model says cannot be checked."""
    ferries = read(FERRIES)
    result = ferries.ground(ferries.proposed(DEPEND, type=kind))
    assert result.extraction == ferries.extraction
    assert rejected(result) == {"not_checkable": 1}


def test_words_that_are_not_at_their_place_are_dropped() -> None:
    """Protects the promise that every quotation is a slice, even from a wrong place."""
    good = read().proposed("60 sheep drowned")
    moved = good.model_copy(update={"quote": Quote(start=3, end=19, text="60 sheep drowned")})
    far = good.model_copy(update={"quote": Quote(start=10**6, end=10**6 + 16, text="60 sheep drowned")})
    result = read().ground(moved, far)
    assert result.extraction == read().extraction
    assert rejected(result) == {"not_in_article": 2}


def test_an_equal_sentence_added_later_leaves_the_ids_as_they_were() -> None:
    """Protects ids: what a model adds takes the next ordinal among equal words, never an earlier one."""
    text = QUARRY.replace("It was a sad day", DEPEND + " It was a sad day").replace(
        "Nobody", DEPEND + " Nobody"
    )
    twice = read(text)
    first, second = twice.proposed(DEPEND), twice.proposed(DEPEND, nth=1)
    both = {e.id for e in twice.ground(second, first).extraction.claims}
    assert {e.id for e in twice.extraction.claims} < both
    assert both == {e.id for e in twice.ground(first, second, first).extraction.claims}


def test_a_claim_that_the_model_would_leave_out_stays_lower_and_marked() -> None:
    """Protects the offline claim, and that a person reads why the model would not check it."""
    quiet = read(QUARRY.replace(" Will the lake ever recover?", ""))
    before = at(quiet.extraction, "rule out a second collapse")
    result = quiet.ground(leave={"She did not rule out": LeaveReason.PREDICTION})
    after = at(result, "rule out a second collapse")
    assert after.id == before.id
    assert after.claim.choice is not None
    assert after.claim.choice.says == "leave_out"
    assert after.claim.choice.why == "it takes it for a prediction"
    assert after.claim.priority.score < before.claim.priority.score
    assert after.claim.priority.reasons[-1] == (
        "lower: the model would leave it out, it takes it for a prediction"
    )
    assert after.claim.quote == before.claim.quote


def test_beside_a_sentence_that_speaks_to_somebody_every_claim_keeps_its_place() -> None:
    """A question or an order may have been meant for the model: then its advice is shown and moves nothing."""
    before = at(read().extraction, "rule out a second collapse")
    after = at(read().ground(leave={"She did not rule out": LeaveReason.PREDICTION}), "a second collapse")
    assert after.claim.choice is not None
    assert after.claim.choice.says == "leave_out"
    assert after.claim.model_copy(update={"choice": None}) == before.claim


@pytest.mark.parametrize("words", ["60 sheep drowned", "Piet Lammers, allegedly knew"])
def test_a_figure_or_an_accusation_keeps_its_level(words: str) -> None:
    """Protects what matters most from a model that finds it vague."""
    before = at(read().extraction, words)
    sentence = before.claim.quote.text[:30]
    after = at(read().ground(leave={sentence: LeaveReason.VAGUE}), words)
    assert after.claim.choice is not None
    assert after.claim.choice.says == "leave_out"
    assert after.claim.priority.level == before.claim.priority.level
    assert after.claim.priority.score <= before.claim.priority.score


def test_a_sentence_both_chosen_and_left_out_is_chosen() -> None:
    """Protects against a model that contradicts itself."""
    result = read().ground(
        read().proposed("60 sheep drowned"), leave={"According to the county": LeaveReason.VAGUE}
    )
    choice = at(result, "60 sheep").claim.choice
    assert choice is not None
    assert choice.says == "claim"
    assert rejected(result) == {"omits_what_it_chose": 1}


def test_a_model_that_would_leave_nearly_all_out_is_not_heard() -> None:
    """Protects the order of claims from a model that has not understood what is asked."""
    starts = {c.claim.quote.text[:25]: LeaveReason.OPINION for c in read().extraction.claims}
    result = read().ground(leave=starts)
    assert result.extraction == read().extraction
    assert set(rejected(result)) == {"omits_nearly_all"}


def test_a_sentence_that_states_two_things_is_taken_apart_where_nothing_is_lost() -> None:
    """Protects the split: both parts checkable, all words kept, the ledger pointing at both."""
    ferries = read(FERRIES)
    whole = at(ferries.extraction, "Norrby Shipping bought")
    result = ferries.ground(
        ferries.proposed("Norrby Shipping bought the yard in 2015"),
        ferries.proposed("Mayor Siri Aune runs the ferry office"),
    )
    texts = [each.claim.quote.text for each in result.extraction.claims]
    assert whole.claim.quote.text not in texts
    assert "Norrby Shipping bought the yard in 2015" in texts
    assert "Mayor Siri Aune runs the ferry office" in texts
    entry = next(e for e in result.extraction.ledger if e.start == whole.claim.quote.start)
    assert entry.briefs == (at(result, "bought the yard").id, at(result, "runs the ferry").id)


@pytest.mark.parametrize(
    "quoted",
    [
        ("Norrby Shipping bought the yard in 2015",),
        ("Norrby Shipping bought", "Mayor Siri Aune runs the ferry office"),
        ("The yard builds boats", "Siri Aune has not sold them in Oslo"),
        ("Norrby Rail sold the mill in 2016", "Siri Aune has not signed the sale in Oslo"),
    ],
)
def test_a_claim_stays_whole_where_a_part_or_a_not_would_be_lost(quoted: tuple[str, ...]) -> None:
    """Protects the offline claim: one half, half a clause, or a negation nearby is no ground for a split."""
    ferries = read(FERRIES)
    result = ferries.ground(*(ferries.proposed(words) for words in quoted))
    assert {each.id for each in ferries.extraction.claims} == {each.id for each in result.extraction.claims}


def test_reading_a_place_gives_what_the_rules_gave() -> None:
    """Protects against two ways to read one sentence: `claim_at` of a claim's place is that claim."""
    for text in (QUARRY, FERRIES):
        for each in read(text).extraction.claims:
            again = read(text).claim_at(each.claim.quote.place).claim
            assert (
                again.claim.model_copy(
                    update={"also_at": each.claim.also_at, "priority": each.claim.priority}
                )
                == each.claim
            )
            assert again.attribution == each.attribution


def test_reading_a_blank_place_is_refused() -> None:
    """Protects callers from a claim without words."""
    with pytest.raises(ValueError, match="no sentence"):
        read().claim_at(Span(start=10**6, end=10**6 + 4))


def test_a_claim_chosen_at_its_other_place_is_not_left_out() -> None:
    """Protects a claim that the model quotes from the headline and would leave out of the body."""
    result = read().ground(
        read().proposed("Quarry at Ostrel Lake flooded three farms"),
        leave={"A quarry wall": LeaveReason.REPEATED},
    )
    choice = at(result, "gave way on Monday").claim.choice
    assert choice is not None
    assert choice.says == "claim"


def test_new_claims_take_ordinals_after_the_offline_ones() -> None:
    """Protects the ids of offline claims that quote the same words as a new one before them."""
    offline = read().extraction.claims
    (new,) = numbered(read().article.id, offline, [offline[0]])
    assert new.id == brief_id(read().article.id, offline[0].claim.quote.text, 1)
    assert new.id != offline[0].id
