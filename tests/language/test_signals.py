"""Signals: what a sentence does, each with the words that show it."""

import pytest
from parsed_text import parsed_lines

from briefs.domain.scan import Signals
from briefs.language.dates import dates
from briefs.language.names import entities
from briefs.language.quantities import quantities
from briefs.language.signals import signals


def read(text: str) -> Signals:
    """Return the signals of one invented sentence."""
    parsed = parsed_lines(text)
    return signals(parsed, entities(parsed), quantities(parsed), dates(parsed, None))[0]


WORDS = [
    ("prediction", "The bridge will open.", ["will"]),
    ("prediction", "The bridge opened.", []),
    ("prediction", "The mill could close.", ["could"]),
    ("prediction", "The mill could open earlier than planned.", ["could"]),
    ("prediction", "Earlier, crews could dock for free.", []),
    ("prediction", "Last winter the ferry could sail.", []),
    ("prediction", "Nobody could explain the delay.", []),
    ("prediction", "The clerk could not reach the crew.", []),
    ("prediction", "The fire may have started below.", []),
    ("prediction", "Under the bill, landlords may raise rents.", []),
    ("prediction", "The bill would lift the fine, stating that courts may deny it.", []),
    ("prediction", "The bill would ban barbecues, which may hurt shops.", ["may"]),
    ("prediction", "The bill may fail.", ["may"]),
    ("opinion", "The plan is a disgrace.", ["disgrace"]),
    ("opinion", "The so-called council met.", []),
    ("opinion", "The plan has three parts.", []),
    ("cause", "The mill closed because of the flood.", ["because of"]),
    ("comparison", "Rents rose.", ["rose"]),
    ("comparison", "More than 200 guests came.", []),
    ("comparison", "The talks come amid growing concerns.", []),
    ("comparison", "Tensions rose.", []),
    ("comparison", "A growing number of nurses quit.", ["growing"]),
    ("rule", "The court banned the march.", ["court", "banned"]),
    ("rule", "Law enforcement arrived.", []),
    ("harm", "Two sailors were killed.", ["killed"]),
    ("negation", "The ferry did not sail.", ["not"]),
    ("event", "The ferry sank.", ["sank"]),
    ("event", "The ferry has sunk.", ["sunk"]),
    ("event", "The ferry was sold.", ["sold"]),
    ("event", "The ferry might have sunk.", []),
    ("event", "The ferry did not sink.", []),
    ("event", "Ferries are useful.", []),
    ("event", "The ferry never sank.", []),
    ("event", "It is known to those who watched the ferry.", []),
    ("event", "It is known to the man who sank the ferry.", ["sank"]),
]


@pytest.mark.parametrize(("field", "sentence", "expected"), WORDS)
def test_words_that_show_a_signal_are_found(field: str, sentence: str, expected: list[str]) -> None:
    """A claim's type and worth rest on these words."""
    assert [span.of(sentence) for span in getattr(read(sentence), field)] == expected


@pytest.mark.parametrize(
    ("flag", "sentence", "expected"),
    [
        ("question", "Why did the mayor leave?", True),
        ("question", "The mayor left.", False),
        ("imperative", "Read the report.", True),
        ("imperative", "They read the report.", False),
        ("first_person", "We read the report.", True),
        ("first_person", "They read the report.", False),
        ("finite", "Mayor of Tarn in hospital", False),
        ("finite", "The mayor is in hospital.", True),
        ("generic", "Soldiers often fear the dark.", True),
        ("generic", "Ann Ellis fears the dark.", False),
        ("generic", "The mayor resigned.", False),
    ],
)
def test_flags_of_a_sentence(flag: str, sentence: str, expected: bool) -> None:
    """Questions, orders and general talk are told from statements of fact."""
    assert getattr(read(sentence), flag) is expected


def test_every_sentence_has_its_signals() -> None:
    """One entry a sentence, under the sentence's own number."""
    parsed = parsed_lines("The ferry sank.\nNobody knew.\nIt will sail again.")
    assert [each.sentence for each in signals(parsed, (), (), ())] == [0, 1, 2]
