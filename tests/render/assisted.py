"""The invented article again, with a model's lines of every kind and calls that failed."""

from invented import IDS, invented
from invented_article import mention, source

from briefs.domain.brief import ArticleBriefs, Brief, Failure, Flag, FlagKind, MissingEvidence, Question
from briefs.domain.claims import ModelChoice
from briefs.domain.scan import Attribution, ChainEnd, SourceKind, Speech

MODEL = "openai:harbour-mini"


def _question(number: int, brief: str, text: str, ask: str, settles: str) -> Question:
    return Question(id=f"q{number}", text=text, ask=ask, settles=settles, serves=(brief,), drafted_by=MODEL)


def _first(brief: Brief) -> Brief:
    asked = _question(
        4,
        brief.id,
        "Were passengers with a return ticket counted once or twice among the 4,200?",
        "the harbour office of Port Ansel",
        "whether 4,200 is a number of people",
    )
    claim = brief.claim.model_copy(update={"choice": ModelChoice(by=MODEL, says="claim")})
    return brief.model_copy(update={"questions": (asked, *brief.questions), "claim": claim})


def _second(brief: Brief) -> Brief:
    claim = brief.claim.model_copy(
        update={
            "standalone_by": MODEL,
            "choice": ModelChoice(
                by=MODEL, says="leave_out", why="it takes it for background that nobody disputes"
            ),
        }
    )
    return brief.model_copy(update={"claim": claim})


def _fourth(brief: Brief) -> Brief:
    missing = (
        MissingEvidence(
            what="The engine certificates of the two boats",
            why="One certificate cannot cover two engines.",
            holder="Nordisk Skibsregister",
            drafted_by=MODEL,
        ),
        MissingEvidence(
            what="The sheets that were signed", why="They would show by whom", holder="the Vellmar Line"
        ),
    )
    asked = _question(
        5,
        brief.id,
        "Which two boats ran on one engine certificate, and on which days?",
        "Nordisk Skibsregister",
        "whether two boats shared one certificate",
    )
    flag = Flag(
        kind=FlagKind.SOURCE_DISPUTED,
        note="By the article's wording these words are “Ms Brandvold”’s; the language model takes them "
        "for “a person close to the board”’s. Both readings are kept: whose words they are has to be settled.",
        spans=(),
    )
    return brief.model_copy(
        update={"missing_evidence": missing, "questions": (asked,), "flags": (flag, *brief.flags)}
    )


def _seventh(brief: Brief) -> Brief:
    claim = brief.claim.model_copy(update={"choice": ModelChoice(by=MODEL, says="added")})
    reading = Attribution(
        kind=SourceKind.NAMED,
        source=source("Ilse Brandvold"),
        via=(mention("the Skerry Gazette", "Skerry Gazette"),),
        chain_end=ChainEnd.PERSON,
        speech=Speech.INDIRECT,
        drafted_by=MODEL,
    )
    return brief.model_copy(update={"claim": claim, "attribution": reading})


def assisted() -> ArticleBriefs:
    """Return the invented briefs as a model would have helped with them, some of its calls failed."""
    result = invented()
    first, second, third, fourth, fifth, sixth, seventh = result.briefs
    briefs = (_first(first), _second(second), third, _fourth(fourth), fifth, sixth, _seventh(seventh))
    assert [brief.id for brief in briefs] == list(IDS)
    made = result.made.model_copy(
        update={
            "engine": "model",
            "model": MODEL,
            "prompts": {"extract": "3 (0f1e2d3c4b5a6978)", "compose": "2 (8796a5b4c3d2e1f0)"},
            "failures": (
                Failure(
                    where="chunk 2",
                    kind="unreachable",
                    message="no connection to the model's server; is it running?; tried 4 times",
                ),
                *(
                    Failure(
                        where=f"chunk {n}",
                        kind="timed_out",
                        message="the model did not answer in time; tried 4 times",
                    )
                    for n in range(5, 25)
                ),
                Failure(where="compose, chunk 3", kind="malformed", message=""),
            ),
        }
    )
    overview = result.overview.model_copy(update={"first_questions": ("q1", "q4", "q5", "q3")})
    return result.model_copy(update={"briefs": briefs, "made": made, "overview": overview})
