"""What an article says itself stays its own, where chains end, and that any text is survived."""

import pytest
from attributed_text import found_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.domain.scan import ChainEnd
from briefs.domain.spans import How, Span
from briefs.language.attribution import attributions
from briefs.language.names import entities
from briefs.language.parse import parse
from briefs.language.references import references
from briefs.steps.ingest import Origin, ingest
from briefs.steps.segment import segment
from briefs.text.quotes import quotations

SILENT = [
    "The crane fell on Friday and killed two men.",
    "Needless to say, the crane fell.",
    "That is to say, the yard closed.",
    "Take a small port, say, five cranes.",
    "All told, 40 people lost their jobs.",
    "The council has the final say on the plan.",
    "The harbour is a “dead end” for large ships.",
    "The scale of the loss highlights a gap in the law.",
    "These figures show how far the yard has fallen.",
    "It is important to note that the yard had closed before.",
    "The yard was sold to a firm from Norland for 4 million.",
    "The ability of the crew will determine the outcome.",
    "In spring, the river rises and the fields flood.",
    "The ministry declined to comment.",
    "From May, hospitals will have to report departures by ward.",
    "The firm did not immediately respond to questions about the crane.",
    "The Ministry of Works referred questions to the board.",
    "A spokesman for the Larkholt Mission, which keeps two posts, declined to say when it would leave.",
    "The proposed bill would end the grant, stating that courts may refuse bail.",
    "INFERNO: Worn brake brought the crane down",
    "Courts may deny bail in such cases.",
    "Islanders no longer believe in the ferry and that is why they are leaving.",
    "The islanders are tired and no longer think it is worth waiting.",
    "The harbour police no longer believes in the tower and considers it pointless to man it.",
    "The islanders want to leave and no longer believe in the ferry.",
    "The villagers do not believe in the dam.",
    "Since then, the numbers have clearly indicated that the yard is doomed.",
    "The evidence suggests that the dam will fail.",
    "Harbour Guard Faces Crisis as 2,000 Cases Reported Monthly, Raising Concerns Over Safety",
    "Two cases of theft in May raised doubts about the guard.",
    "Dockers left in large numbers. Since then, the numbers have clearly indicated that the yard is doomed.",
    "The sale was seen as evidence of a crisis. The evidence suggests that the yard will close.",
    "Crews who leave often cite long hours, low pay and the noise as their motives.",
    "Islanders who leave often complain of the noise.",
    "Prices range from 10 to 20 crowns.",
    "Estimates of the cost vary widely.",
    "The estimates would cost the board as much as 40 crowns.",
    "They were misled last year by the board's own count.",
    "The minister stood by his own estimate.",
    "The vote was decided by the count of postal ballots.",
    "By that count, the town should have 40 boats.",
    "By any estimate, the town is poor.",
    "The town spent it on its own estimate of 40 crowns.",
    "He walked in full view of the guards.",
    "The firm grew by leaps, by data, and by luck.",
    "The rate rose by 2 points, by one in each half of the year.",
]

SPOKEN = [
    ("Farmers do not believe that the dam will hold.", "farmers"),
    ("Analysts believe that the dam will fail.", "analysts"),
    ("The ministry no longer expects prices to fall.", "the ministry"),
    ("Ines Varga said she no longer believed that the yard would open.", "Ines Varga"),
    ("The Statistics Bureau released new figures. The figures show that exports fell.", "the figures"),
    ("Official figures show that exports fell.", "official figures"),
    ("According to the data, exports fell.", "the data"),
    ("The audit raised doubts about the guard.", "the audit"),
    ("The mayor, in her account to the inquiry, said the log was lost.", "the mayor"),
    ("Analysts often say that the dam will fail.", "analysts"),
    ("Residents who live near the plant say that it smells.", "residents"),
    ("Boats left in large numbers. The new numbers show that exports fell.", "the new numbers"),
    ("The bureau released its numbers. The numbers show that exports fell.", "the numbers"),
]


@pytest.mark.parametrize("text", SILENT)
def test_own_voice_has_no_source(text: str) -> None:
    """What an article says itself is put into nobody's mouth."""
    assert [each for each in found_in(text) if each.source is not None] == []


@pytest.mark.parametrize(("text", "source"), SPOKEN)
def test_view_and_paper_keep_their_source(text: str, source: str) -> None:
    """What somebody thinks or forecasts, and what figures show whose they are, is not the article's own voice."""
    assert [each.source.name for each in found_in(text) if each.source is not None] == [source]


@pytest.mark.parametrize(
    "text",
    ["Ines Varga reportedly said that the yard had closed.", "“It is lost,” Ines Varga reportedly said."],
)
def test_hearsay_is_the_speaker_s_and_ends_with_nobody(text: str) -> None:
    """Somebody's words at second hand stay theirs, once, and the chain ends with whoever passed them on."""
    told = [(each.source.name if each.source else None, each.chain_end) for each in found_in(text)]
    assert told == [("Ines Varga", ChainEnd.UNNAMED)]


def test_quotation_without_a_speaker_in_reach_is_left() -> None:
    """A quotation after the article's own sentence gets no speaker by guess."""
    text = "The market was full. Prices had risen.\n\n“Nobody can pay for bread any longer.”"
    assert found_in(text) == ()


def test_lone_quotation_has_a_possible_speaker() -> None:
    """A quotation that names no speaker beside one report is offered that speaker, never as fact."""
    text = "Smoke lay on the town. The pier burnt, Ines Varga said.\n\n“I have not seen the like in twenty years.”"
    last = next(each for each in found_in(text) if each.content[0].of(text).startswith("“"))
    assert last.source is not None
    assert (last.source.name, last.source.how) == ("Ines Varga", How.POSSIBLE)


def test_article_does_not_pass_on_to_itself() -> None:
    """What somebody told the outlet that publishes the article came through nobody else."""
    article = ingest(b"Ines Varga told Corvo News that the pier had moved.", Origin(id="t", path="t.txt"))
    segmentation = segment(article)
    parsed = parse(article.text, segmentation)
    named = entities(parsed)
    quoted = quotations(article.text, segmentation.paragraphs)
    told = attributions(parsed, named, references(parsed, named), quoted, "Corvo News")
    assert [each.via for each in told] == [()]


def test_two_women_leave_the_pronoun_open() -> None:
    """With two candidates the source stays as it stands."""
    text = (
        "Reporters waited for Ines Varga and Dana Oak. The doors stayed shut. She said the talks had failed."
    )
    last = found_in(text)[-1]
    assert last.source is not None
    assert (last.source.name, last.source.how) == ("she", How.STATED)


def test_reason_for_anonymity_is_kept() -> None:
    """The words that say why a source has no name are found, and are no attribution of their own."""
    text = "“The deal is dead,” said one diplomat, who spoke on condition of anonymity because talks go on."
    (got,) = found_in(text)
    assert got.anonymity_reason is not None
    assert got.anonymity_reason.of(text) == "on condition of anonymity because talks go on"
    assert got.chain_end is ChainEnd.UNNAMED


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Ines Varga said the dam was sound.", ChainEnd.PERSON),
        ("A source said the dam was sound.", ChainEnd.UNNAMED),
        ("The dam was reportedly sound.", ChainEnd.UNNAMED),
        ("The ministry said the dam was sound.", ChainEnd.UNSTATED),
        ("Ines Varga, citing a 2021 audit, said that the dam was sound.", ChainEnd.DOCUMENT),
        ("Ines Varga, citing unnamed officials, said that the dam was sound.", ChainEnd.UNNAMED),
        ("Jane Roe, citing data from the Statistics Bureau, said exports fell.", ChainEnd.PERSON),
    ],
)
def test_chain_ends(text: str, end: ChainEnd) -> None:
    """A chain ends with a document only if it can be found, else with a person, unnamed people or nothing."""
    assert found_in(text)[0].chain_end is end


def test_role_comes_with_the_name() -> None:
    """The office stands beside the name, also where a later sentence gives the surname alone."""
    text = "Harbour Ministry spokesperson Ines Varga met the crew. The dam is sound, Varga said."
    last = found_in(text)[-1]
    assert last.source is not None
    assert (last.source.name, last.source.role) == ("Ines Varga", "Harbour Ministry spokesperson")


def test_wishes_in_somebodys_words_are_not_attributed_apart() -> None:
    """What farmers want in Varga's words is hers; what they *claim* there stays, as a second hand."""
    told = found_in("Ines Varga said that farmers want to keep the dam.")
    assert [each.source.name for each in told if each.source] == ["Ines Varga"]
    told = found_in("Ines Varga said that farmers claimed that the dam would fail.")
    assert {each.source.name for each in told if each.source} == {"Ines Varga", "farmers"}


def test_next_sentence_takes_no_quotation() -> None:
    """A quotation that ended with its sentence is not given to the speaker of the next one."""
    text = "Dana Oak spoke of “a dark day for the town.” Ines Varga said the pier had burnt."
    said = [each for each in found_in(text) if each.source and each.source.name == "Ines Varga"]
    assert [each.content[0].of(text) for each in said] == ["the pier had burnt"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(
        alphabet=st.sampled_from("ab said Roe “”‘’'\".,:;!?()\n\u0301🙂İß he She told that"), max_size=300
    )
)
def test_any_text_is_survived(text: str) -> None:
    """Whatever stands in an article, all places lie within it and in order."""
    for each in found_in(f"x{text}"):
        spans: list[Span] = [*each.content, *each.via, *each.basis]
        assert each.content
        assert all(0 <= span.start < span.end <= len(text) + 1 for span in spans)


def test_thousands_of_quotations_are_survived() -> None:
    """A paragraph of nothing but quotations costs linear time."""
    text = "“It is so,” he said. " * 200 + "“Why?” " * 1800
    assert found_in(text)
