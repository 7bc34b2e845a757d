"""Who says so, in words: each link of a chain reads by itself, and nobody is shown as what they are not."""

import pytest

from briefs.domain.scan import Attribution, ChainEnd, Source, SourceKind
from briefs.domain.spans import How, Mention
from briefs.steps.render.sources import chain, who

TEXT = "The agency said 40 boats were gone."


def mention(name: str, how: How = How.STATED) -> Mention:
    """Return a mention at the article's first two words."""
    return Mention(start=0, end=10, name=name, how=how)


def attribution(name: str, kind: SourceKind = SourceKind.MEDIA, **more: object) -> Attribution:
    """Return an attribution to a source of this name."""
    return Attribution.model_validate(
        {"kind": kind, "source": Source(start=0, end=10, name=name), **more}, strict=False
    )


@pytest.mark.parametrize(
    ("basis", "line"),
    [
        ((mention("the log"),), "the log"),
        (
            (mention("unnamed pilots", How.CARRIED), mention("the harbour police")),
            "unnamed pilots (carried on from what comes before, not named again here) and the harbour police",
        ),
        (
            (mention("the log"), mention("Corvo Wire", How.RESOLVED), mention("the board")),
            "the log, Corvo Wire (the article writes “The agency” here) and the board",
        ),
    ],
)
def test_links_of_a_chain_read_as_a_list(basis: tuple[Mention, ...], line: str) -> None:
    """A note on one link is closed off before the next begins."""
    lines = dict(chain(attribution("Corvo Wire", basis=basis), TEXT))
    assert lines["Leaning on"] == line


def test_hearsay_keeps_its_speaker() -> None:
    """“Roe reportedly said” is Roe's, and the brief says that somebody unnamed passed it on."""
    lines = dict(chain(attribution("Jane Roe", SourceKind.NAMED, chain_end=ChainEnd.UNNAMED), TEXT))
    assert lines["Who says so"] == "Jane Roe (named person)"
    assert lines["Passed on by"] == "somebody the article does not name"
    assert lines["The chain ends"] == "with somebody unnamed"


@pytest.mark.parametrize("kind", [SourceKind.ANONYMOUS, SourceKind.NAMED])
def test_nobody_is_added_to_a_chain_that_is_told(kind: SourceKind) -> None:
    """An unnamed source, or one that leans on somebody unnamed, needs no unnamed go-between."""
    leaning = (mention("unnamed pilots"),) if kind is SourceKind.NAMED else ()
    lines = dict(chain(attribution("Jane Roe", kind, basis=leaning, chain_end=ChainEnd.UNNAMED), TEXT))
    assert "Passed on by" not in lines


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("a spokesperson for the Orla Board", SourceKind.ORGANISATION, "unnamed, for a body"),
        ("the Orla Board", SourceKind.ORGANISATION, "body"),
        ("Dana Oak, spokesperson", SourceKind.NAMED, "named person"),
    ],
)
def test_a_spokesperson_without_a_name_is_no_body(name: str, kind: SourceKind, words: str) -> None:
    """Somebody unnamed who speaks for a body is told as such; the table keeps the plain name."""
    assert dict(chain(attribution(name, kind), TEXT))["Who says so"] == f"{name} ({words})"
    assert who(attribution(name, kind)) == name
