"""Origins: what is counted as one, what is not, and that the reason is shown."""

import pytest
from tracing import article, behind, claim, names, origins

from briefs.domain.brief import Origins
from briefs.domain.scan import SourceKind
from briefs.domain.spans import How

UNNAMED = SourceKind.ANONYMOUS
BODY = SourceKind.ORGANISATION
PAPER = SourceKind.DOCUMENT
MEDIA = SourceKind.MEDIA
WIRE = (
    "Four people died when a grain store burned on the north quay, and the harbour stayed shut all day while crews "
    "worked through the silos one by one. Ships waited in the roads until the pilots came back on duty at dusk. "
    "The harbour master counted eleven of them before the light went, and none had been told when to berth."
)
TABLOID = WIRE.replace("died", "perished").replace(
    "none had been told when to berth", "nobody told them a thing"
)
OTHER = (
    "The town library opens on Sundays from next month, after readers asked for it in a letter of the spring. Two "
    "desks will be staffed and the reading room heated; loans by post go on as before for those who live far out."
)


def test_one_speaker_in_three_articles_is_one_origin() -> None:
    """A name that three outlets quote is one origin, and each brief knows of the others."""
    claims = [claim(f"c{n}", f"a{n}", "Danuta Rósza") for n in range(3)]
    found = origins(claims)
    assert found["c0"].attributions == 3
    assert found["c0"].independent == 1
    assert found["c0"].unknown == 0
    assert found["c0"].articles == 3
    assert found["c0"].shared_with == ("c1", "c2")
    assert names(found["c0"].origins) == ["Danuta Rósza"]


def test_two_speakers_are_two_origins() -> None:
    """Two people of whom nothing common is known are not counted as one."""
    found = origins([claim("c0", "a0", "Danuta Rósza"), claim("c1", "a1", "Iryna Bondárová")])
    assert found["c0"].independent == 2
    assert found["c0"].shared_with == ()


def test_own_voice_is_unknown_and_said() -> None:
    """An article's own voice counts as unknown, never as an origin that is known."""
    found = origins([claim("c0", "a0"), claim("c1", "a1"), claim("c2", "a2", "Danuta Rósza")])["c0"]
    assert (found.attributions, found.independent, found.unknown) == (3, 1, 2)
    assert [origin.known for origin in found.origins] == [True, False, False]
    assert names(found.origins)[1:] == ["The A0 Paper, in its own words", "The A1 Paper, in its own words"]


def test_possible_source_is_no_source() -> None:
    """A neighbouring sentence's source is a question, so it is no origin."""
    found = origins([claim("c0", "a0", "Danuta Rósza", how=How.POSSIBLE)])["c0"]
    assert (found.independent, found.unknown) == (0, 1)


def test_near_copies_are_one_text() -> None:
    """A copy that drops the source is counted with the text that names it, and the share of wording is shown."""
    articles = [
        article("a0", "Harbour Post", byline="Meridian Wire", text=WIRE),
        article("a1", "Now", text=TABLOID),
    ]
    found = behind([claim("c0", "a0", "a port official", kind=UNNAMED), claim("c1", "a1")], articles)
    assert names(found) == ["an unnamed port official by way of Meridian Wire"]
    assert found[0].known
    assert any("of their wording" in reason for reason in found[0].reasons)
    assert "Now names no source here; its text is that of Harbour Post, which does" in found[0].reasons
    assert "Harbour Post is by Meridian Wire" in found[0].reasons


def test_other_texts_are_no_copies() -> None:
    """Without common wording an article that names nobody stays unknown."""
    articles = [article("a0", "Harbour Post", text=WIRE), article("a1", "Now", text=OTHER)]
    found = origins([claim("c0", "a0", "Ann Ly"), claim("c1", "a1")], articles)["c0"]
    assert (found.independent, found.unknown) == (1, 1)


def test_copies_without_a_source_are_one_unknown_text() -> None:
    """Three prints of one text that names nobody are three attributions of unknown origin, and one text."""
    articles = [
        article("a0", "Harbour Post", byline="By Meridian Wire", text=WIRE),
        article("a1", "Now", text=TABLOID),
        article("a2", "Sun", text=WIRE),
    ]
    found = origins([claim(f"c{n}", f"a{n}") for n in range(3)], articles)["c0"]
    assert (found.independent, found.unknown) == (0, 3)
    assert names(found.origins) == ["Meridian Wire, in its own words"]
    assert found.shared_with == ("c1", "c2")


def test_one_sentence_of_one_text_is_one_origin_whatever_source_its_copies_name() -> None:
    """Two prints of one wire sentence that name different people do not make two origins."""
    articles = [article("a0", text=WIRE), article("a1", text=TABLOID)]
    words = "Four people died when a grain store burned on the north quay"
    claims = [
        claim("c0", "a0", "Ann Ly", quote=f"{words}, said Ann Ly."),
        claim("c1", "a1", "Bo Ek", quote=f"{words}, said Bo Ek."),
    ]
    assert origins(claims, articles)["c0"].independent == 1
    assert origins(claims)["c0"].independent == 2


def test_byline_of_staff_and_agencies_is_no_agency() -> None:
    """A byline "Courier staff and agencies" beside "Meridian Wire" is not enough to make two texts one."""
    articles = [
        article("a0", byline="Meridian Wire", text=WIRE),
        article("a1", byline="Courier staff and agencies", text=OTHER),
    ]
    found = origins([claim("c0", "a0"), claim("c1", "a1")], articles)["c0"]
    assert len(found.origins) == 2


def test_republished_articles_are_their_first_outlet() -> None:
    """Own words of a republished article are those of the outlet that published it first."""
    articles = [
        article("a0", "Plain Lantern", republished_from="Northern Compass"),
        article("a1", "Northern Compass"),
        article("a2", "Echo", republished_from="Northern Compass"),
    ]
    found = behind([claim(f"c{n}", f"a{n}") for n in range(3)], articles)
    assert names(found) == ["Northern Compass, in its own words"]
    assert "Plain Lantern was first published by Northern Compass" in found[0].reasons


def test_same_quotation_without_speaker() -> None:
    """A quotation without a speaker is its speaker's where another article has the same words with one."""
    words = "I have been in this service for 26 years and have not seen the like"
    claims = [
        claim("c0", "a0", "Andrej Kovalik", said=f"“{words}.”"),
        claim("c1", "a1", "Bo Ek", how=How.POSSIBLE, said=f'"{words}!"'),
        claim("c2", "a2", said=f'"{words}"'),
    ]
    found = behind(claims)
    assert names(found) == ["Andrej Kovalik"]
    assert found[0].claims == ("c0", "c1", "c2")
    assert any("same quotation" in reason for reason in found[0].reasons)


@pytest.mark.parametrize("said", ["I have not seen the", "We never said that at all, not once"])
def test_short_or_other_quotations_are_not_the_same(said: str) -> None:
    """Fewer than six words in a row, or other words, join nothing."""
    claims = [
        claim("c0", "a0", "Andrej Kovalik", said="I have not seen the like"),
        claim("c1", "a1", said=said),
    ]
    assert origins(claims)["c0"].unknown == 1


def test_quotation_of_two_speakers_is_neithers() -> None:
    """A quotation that two people are said to have spoken settles nothing."""
    words = "We will not close the ward before the spring comes"
    claims = [
        claim("c0", "a0", "Ann Ly", said=words),
        claim("c1", "a1", "Bo Ek", said=words),
        claim("c2", "a2", said=words),
    ]
    found = origins(claims)["c0"]
    assert (found.independent, found.unknown) == (2, 1)


def test_spokesperson_is_the_body() -> None:
    """A body, its president and its paper are one origin, and the office is the reason."""
    claims = [
        claim("c0", "a0", "Federation of Ward Nurses", kind=BODY),
        claim("c1", "a1", "Danuta Rósza", "president of the Federation of Ward Nurses"),
        claim("c2", "a2", "Danuta Rosza"),
        claim("c3", "a3", "figures from the Federation of Ward Nurses", kind=PAPER),
    ]
    found = behind(claims)
    assert names(found) == ["Federation of Ward Nurses"]
    assert found[0].kind is BODY
    assert any("speaks for Federation of Ward Nurses: “president" in reason for reason in found[0].reasons)


def test_shared_basis() -> None:
    """Two speakers who lean on one body's data share it; the upstream is what they lean on."""
    data = ("data from Ukraine's Prosecutor General's Office",)
    claims = [
        claim("c0", "a0", "Maria Zakharova", "Russian Foreign Ministry spokesperson", basis=data),
        claim(
            "c1",
            "a1",
            "Igor Lutsenko",
            "former deputy",
            basis=("the Prosecutor General's Office of Ukraine",),
        ),
    ]
    found = behind(claims)
    assert names(found) == ["Ukraine's Prosecutor General's Office"]
    assert "all go back to Ukraine's Prosecutor General's Office" in found[0].reasons
    assert names(behind(claims[:1])) == ["Ukraine's Prosecutor General's Office, by way of Maria Zakharova"]
    assert f"Maria Zakharova leans on “{data[0]}”" in found[0].reasons


def test_unnamed_people_by_way_of_one_agency_are_one() -> None:
    """Differently worded unnamed sources of one agency are never two known ones."""
    claims = [
        claim("c0", "a0", "unnamed sources within Russian security forces", kind=UNNAMED, via=("TASS",)),
        claim("c1", "a1", "a Russian law enforcement source", kind=UNNAMED, via=("TASS journalists",)),
        claim("c2", "a2", "TASS", kind=MEDIA, basis=("unnamed sources",)),
    ]
    found = behind(claims)
    assert len(found) == 1
    assert found[0].known
    assert found[0].name.endswith("by way of TASS")
    assert "unnamed people by way of TASS: nothing shows that they are two" in found[0].reasons


def test_officials_of_two_governments_are_two() -> None:
    """Unnamed officials of two countries are not one, though one agency quotes both."""
    claims = [
        claim("c0", "a0", "Russian officials", kind=UNNAMED, via=("Reuters",)),
        claim("c1", "a1", "Ukrainian officials", kind=UNNAMED, via=("Reuters",)),
    ]
    assert origins(claims)["c0"].independent == 2
    assert origins([claims[0], claim("c2", "a2", "officials", kind=UNNAMED)])["c0"].unknown == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("some", UNNAMED),
        ("many in Russia", UNNAMED),
        ("experts", UNNAMED),
        ("legal experts", UNNAMED),
        ("officials", UNNAMED),
        ("reports", PAPER),
        ("the numbers", PAPER),
        ("official figures", PAPER),
        ("Western media", MEDIA),
        ("local media in Kharkiv Oblast", MEDIA),
        ("newspapers in the valley", MEDIA),
        ("the national press", MEDIA),
    ],
)
def test_words_that_fit_anybody_name_nobody(name: str, kind: SourceKind) -> None:
    """Words such as "some", "reports" and "Western media" do not say where from."""
    found = origins([claim("c0", "a0", name, kind=kind)])["c0"]
    assert (found.independent, found.unknown) == (0, 1)


def test_outlets_and_correspondents_are_not_where_a_figure_comes_from() -> None:
    """A report of an outlet has a name, but where the outlet has it from is not stated."""
    claims = [
        claim("c0", "a0", "Christoph Vanner", "Die Welt's correspondent", via=("Die Welt",)),
        claim("c1", "a1", "Die Welt", kind=MEDIA),
    ]
    found = origins(claims)["c0"]
    assert (found.independent, found.unknown) == (0, 2)
    assert len(found.origins) == 1


def test_cited_outlet_whose_article_is_here() -> None:
    """A claim that cites an outlet goes back to whom that outlet's own article names."""
    claims = [
        claim("c0", "a0", "The Orla Courier", kind=MEDIA),
        claim("c1", "a1", "Danuta Rósza"),
    ]
    found = behind(claims, [article("a1", "Orla Courier")])
    assert names(found) == ["Danuta Rósza"]
    assert found[0].claims == ("c0", "c1")


def test_headline_is_the_articles_source() -> None:
    """A headline in the article's own words goes with the one source that the article gives below."""
    claims = [claim("c0", "a0"), claim("c1", "a0", "Danuta Rósza")]
    assert origins(claims)["c0"].independent == 1
    assert origins(claims)["c0"].unknown == 0
    anybody = [*claims, claim("c2", "a0", "the national press", kind=MEDIA)]
    assert origins(anybody)["c0"].unknown == 1
    both = [*claims, claim("c2", "a0", "Iryna Bondárová")]
    assert origins(both)["c0"].unknown == 1


def test_sides_of_a_conflict_have_origins_of_their_own() -> None:
    """What stands behind nine days does not stand behind five, but a speaker of both is told."""
    claims = [
        claim("c0", "a0", "Ann Ly"),
        claim("c1", "a1", "Bo Ek"),
        claim("c2", "a2", "Ann Ly"),
    ]
    found = origins(claims, conflicts=[("c0", "c2")])
    assert found["c0"].attributions == 2
    assert found["c2"].attributions == 1
    assert found["c0"].shared_with == ("c2",)
    assert found["c2"].origins[0].claims == ("c2",)


def test_documents_are_their_articles_own() -> None:
    """Minutes of two articles are two papers; a paper of a named body is that body's."""
    two = [claim("c0", "a0", "the minutes", kind=PAPER), claim("c1", "a1", "the minutes", kind=PAPER)]
    assert origins(two)["c0"].independent == 2
    board = [article(f"a{n}", names=("Orla Regional Health Board", "Halmen")) for n in range(2)]
    own = [
        claim("c0", "a0", "the board's October return", kind=PAPER),
        claim("c1", "a1", "the board’s tables", kind=PAPER),
        claim("c2", "a1", "Iryna Bondárová", "board's director of staffing"),
    ]
    found = behind(own, board)
    assert names(found) == ["Orla Regional Health Board"]
    assert (
        "“the board's October return” is taken for a paper of Orla Regional Health Board" in found[0].reasons
    )


def test_one_claim_alone() -> None:
    """A claim that nothing relates to has its own origin, without a reason to show."""
    found = origins([claim("c0", "a0", "Danuta Rósza")])["c0"]
    assert found == Origins(
        attributions=1, independent=1, unknown=0, shared_with=(), articles=1, origins=found.origins
    )
    assert found.origins[0].reasons == ()
