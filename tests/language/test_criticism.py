"""Criticism: who is blamed by whom, and whether the article carries their answer."""

import pytest
from parsed_text import parsed_lines

from briefs.domain.scan import Attribution, Criticism, Entity, Source, SourceKind
from briefs.domain.spans import Span
from briefs.language.criticism import MOST_PLACES, criticisms


def named(text: str, name: str, label: str = "PERSON") -> tuple[Entity, ...]:
    """Return an entity at every place where `name` stands."""
    found: list[Entity] = []
    at = text.find(name)
    while at >= 0:
        found.append(
            Entity.model_validate({"start": at, "end": at + len(name), "name": name, "label": label})
        )
        at = text.find(name, at + 1)
    return tuple(found)


def said(text: str, source: str, content: str, role: str | None = None) -> Attribution:
    """Return an attribution of `content` to `source`, both words of `text`."""
    at, place = text.index(source), text.index(content)
    return Attribution(
        kind=SourceKind.NAMED,
        source=Source(start=at, end=at + len(source), name=source, role=role),
        content=(Span(start=place, end=place + len(content)),),
    )


def read(text: str, entities: tuple[Entity, ...], *attributions: Attribution) -> tuple[Criticism, ...]:
    """Return the criticisms of an invented text, one sentence a line."""
    return criticisms(parsed_lines(text), tuple(sorted(entities, key=lambda e: e.start)), (), attributions)


def test_an_accusation_names_target_and_critic() -> None:
    """The one who blames is the subject of the blaming, not the article."""
    text = "Ann Ellis accused Tom Reed of hiding the letter."
    found = read(text, named(text, "Ann Ellis") + named(text, "Tom Reed"))
    assert [(c.target.name, c.by, c.asked) for c in found] == [("Tom Reed", "Ann Ellis", "unsaid")]


def test_a_failing_is_the_words_of_its_source() -> None:
    """A reproach inside attributed words belongs to their source."""
    text = "Ann Ellis said Tom Reed failed to warn the crew."
    found = read(
        text,
        named(text, "Ann Ellis") + named(text, "Tom Reed"),
        said(text, "Ann Ellis", "Tom Reed failed to warn the crew"),
    )
    assert [(c.target.name, c.by) for c in found] == [("Tom Reed", "Ann Ellis")]


def test_a_reproach_in_the_articles_own_voice_has_no_critic() -> None:
    """Nobody is named who did not say it."""
    text = "Everyone knew of Tom Reed's incompetence."
    assert [(c.target.name, c.by) for c in read(text, named(text, "Tom Reed"))] == [("Tom Reed", None)]


def test_a_countrys_body_is_one_target_under_its_names() -> None:
    """The French army and the military of France are one body."""
    text = "The French army is in chaos.\nFrance's military failed to hold the pass."
    found = read(text, named(text, "French", "GROUP") + named(text, "France", "PLACE"))
    assert [c.target.name for c in found] == ["France's military"] * 2


def test_an_answer_is_an_attribution_to_the_targets_side() -> None:
    """A spokesperson of the criticised body counts as its answer."""
    text = "The French army is in chaos.\nFrench officials rejected the report."
    reply = said(text, "French officials", "rejected the report")
    found = read(text, named(text, "French", "GROUP"), reply)
    assert found[0].asked == "yes"
    assert found[0].answer is not None
    assert found[0].answer.of(text) == "rejected the report"


def test_declining_to_comment_is_having_been_asked() -> None:
    """Being asked is told from answering."""
    text = "Ann Ellis accused Tom Reed of hiding the letter.\nTom Reed declined to comment."
    found = read(text, named(text, "Ann Ellis") + named(text, "Tom Reed"))
    assert found[0].asked == "yes"


def test_not_having_been_asked_is_told() -> None:
    """Where the article says so itself, it is not left open."""
    text = "Ann Ellis accused Tom Reed of hiding the letter.\nTom Reed was not contacted."
    found = read(text, named(text, "Ann Ellis") + named(text, "Tom Reed"))
    assert found[0].asked == "no"


def test_self_criticism_is_not_listed() -> None:
    """Who blames himself needs no right of reply."""
    text = "Tom Reed said Tom Reed failed to warn the crew."
    assert (
        read(text, named(text, "Tom Reed"), said(text, "Tom Reed", "Tom Reed failed to warn the crew")) == ()
    )


def test_plain_reports_are_no_criticism() -> None:
    """An article about a war does not criticise everyone it names."""
    text = "Tom Reed opened the bridge.\nThe French army crossed the river.\nTom Reed did not fail to warn the crew."
    assert read(text, named(text, "Tom Reed") + named(text, "French", "GROUP")) == ()


def test_one_critics_reproaches_are_listed_a_few_times() -> None:
    """A tirade does not fill the first screen."""
    text = "\n".join(["Tom Reed failed to warn the crew."] * 9)
    assert len(read(text, named(text, "Tom Reed"))) == MOST_PLACES


def test_a_body_is_found_by_its_kind() -> None:
    """The words "the board" are the one board that the text has named, also beside other bodies."""
    text = "The Kirn Water Board met.\nAnn Ellis of the Reed Union accused the board of hiding a leak."
    bodies = named(text, "Kirn Water Board", "ORG") + named(text, "Reed Union", "ORG")
    found = read(text, bodies + named(text, "Ann Ellis"))
    assert [(c.target.name, c.by) for c in found] == [("Kirn Water Board", "Ann Ellis")]


def test_two_bodies_of_a_kind_are_not_confused() -> None:
    """Where two boards are named, "the board" is nobody identifiable."""
    text = "The Kirn Water Board met the Aldous School Board.\nAnn Ellis accused the board of hiding a leak."
    bodies = named(text, "Kirn Water Board", "ORG") + named(text, "Aldous School Board", "ORG")
    assert read(text, bodies + named(text, "Ann Ellis")) == ()


def test_a_safeguard_out_of_use_is_its_owners() -> None:
    """That an alarm was off is a reproach of the plant's owner, whom the text names with the plant."""
    text = "A fire broke out at the Ellis Steel plant.\nThe plant's smoke alarm had been switched off for a week."
    assert [(c.target.name, c.by) for c in read(text, ())] == [("Ellis Steel", None)]


def test_other_things_switched_off_are_no_reproach() -> None:
    """Lights go out at night."""
    text = "A fire broke out at the Ellis Steel plant.\nThe plant's lights had been switched off for a week."
    assert read(text, ()) == ()


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("Tom Reed withheld the letter.", "Tom Reed"),
        ("Tom Reed should resign.", "Tom Reed"),
        ("Tom Reed allegedly sold the boat twice.", "Tom Reed"),
        ("There are complaints against Tom Reed.", "Tom Reed"),
        ("The letter warned Tom Reed of the leak.", "Tom Reed"),
        ("They blamed the delay on Tom Reed.", "Tom Reed"),
        ("Tom Reed is a coward.", "Tom Reed"),
        ("The government withheld the grant.", "the government"),
        ("Tom Reed never listened to the crew.", "Tom Reed"),
    ],
)
def test_shapes_of_reproach(sentence: str, target: str) -> None:
    """Whoever is reproached is listed, in whatever shape the reproach comes."""
    assert [c.target.name for c in read(sentence, named(sentence, "Tom Reed"))] == [target]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tom Reed has reportedly revealed the losses.",
        "They blamed Tom Reed's delay on the fog.",
        "Tom Reed is not a coward.",
        "A government withheld the grant.",
    ],
)
def test_what_does_not_reproach_is_left_out(sentence: str) -> None:
    """A report is no allegation, a denial no charge, and "a government" is no one."""
    assert read(sentence, named(sentence, "Tom Reed")) == ()


def test_a_denial_is_an_answer() -> None:
    """Who denies has been heard, though no words are quoted; the denied critic has not."""
    text = "Ann Ellis accused Tom Reed of hiding the letter.\nTom Reed denied the claims of Ann Ellis."
    found = read(text, named(text, "Ann Ellis") + named(text, "Tom Reed"))
    assert [(c.target.name, c.asked) for c in found] == [("Tom Reed", "yes")]


def test_not_yet_asked_is_told() -> None:
    """The words "had not been asked" are a no as plain as "was not asked"."""
    text = "Ann Ellis accused Tom Reed of hiding the letter.\nTom Reed had not been asked when we closed."
    found = read(text, named(text, "Ann Ellis") + named(text, "Tom Reed"))
    assert found[0].asked == "no"


def test_the_criticising_words_are_whole() -> None:
    """A place that ends in a conjunction or cuts a quotation in two reads badly on the first screen."""
    text = "Ann Ellis accused Tom Reed of \u201crunning with his eyes shut\u201d and left."
    found = read(text, named(text, "Ann Ellis") + named(text, "Tom Reed"))
    assert found[0].place.of(text).endswith("shut\u201d")
    text = "Tom Reed is a coward and a cheat, and everyone in the building knows it."
    assert not read(text, named(text, "Tom Reed"))[0].place.of(text).endswith(" and")
