"""An invented story of four articles, holding everything that its overview can show."""

from telling import article, claimed, link, place, put, story

from briefs.domain.scan import SourceKind
from briefs.domain.story import Story
from briefs.steps.survey.gather import Gathered
from briefs.text.sketch import sketch

POST = place("harbour-post-1a2b3c", "2024-03-14", "The *Harbour* Post")
QUAY = place("quay-4d5e6f", "2024-03-16T09:30:00+01:00", "The Quay")
BARE = place("leaflet-7a8b9c")
TWIN = place("mirror-0d1e2f", "2024-03-14", "The Mirror")
_WIRE = " ".join(f"word{n}" for n in range(300))


def articles() -> list[Gathered]:
    """Return what is kept of the four articles."""
    first = claimed(
        "b01",
        "At least 300 drivers walked out, said Ada Holm.",
        POST,
        source="Ada Holm",
        via=["Meridian Wire"],
        figures=[("300", 300, None, "drivers")],
    )
    copied = claimed(
        "b02",
        "300 drivers walked out, said Ada Holm.",
        TWIN,
        source="Ada Holm",
        figures=[("300", 300, 300, "drivers")],
    )
    line = claimed(
        "b03",
        "Between 420 and 450 drivers walked out, the Port Line said.",
        QUAY,
        level="medium",
        source="Port Line",
        kind=SourceKind.ORGANISATION,
        figures=[("420 and 450", 420, 450, "drivers")],
    )
    bare = claimed("b04", "[Nobody](http://a.example) walked | out <b>", BARE, level="low")
    began = claimed(
        "b05", "The strike began on Monday.", POST, level="low", source="a driver", kind=SourceKind.ANONYMOUS
    )
    puts = [
        put("Who counted to 300?", "Ada Holm", POST, ["b01"], settles="whose count it is", first=True),
        put("Who made this count?", "Ada Holm’s office", TWIN, ["b02"], settles="whose count it is"),
        put("Which page of the log gives 450?", "the archive of the Port Line", QUAY, ["b03"], look_up=True),
        put("Who told you?", "the article’s author or outlet", BARE, ["b04"]),
    ]
    made = [
        article(POST, [first, began], puts[:1], sketch(_WIRE)),
        article(TWIN, [copied], puts[1:2], sketch(_WIRE)),
        article(QUAY, [line], puts[2:3]),
        article(BARE, [bare], puts[3:]),
    ]
    failed = made[2].filed.model_copy(update={"failures": 1, "republished_from": "Northern <i> Compass"})
    return [*made[:2], made[2]._replace(filed=failed), made[3]]


def told_story() -> Story:
    """Return the overview of the invented story."""
    held = articles()
    claims = {claim.id: claim for each in held for claim in each.claims}
    relations = [
        link("same", claims["b01"], claims["b02"]),
        link("conflict", claims["b01"], claims["b03"], "“300” in one, “420 and 450” in the other."),
        link("conflict", claims["b02"], claims["b03"], "“300” in one, “420 and 450” in the other."),
        link("conflict", claims["b03"], claims["b04"], "One says that nobody did."),
    ]
    return story(held, relations)
