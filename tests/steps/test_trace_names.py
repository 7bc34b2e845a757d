"""Names in origins: spelling variants, people of one surname, bodies of two countries, a newsroom's own list."""

import pytest
from tracing import article, behind, claim, names, origins

from briefs.domain.aliases import Aliases
from briefs.domain.scan import SourceKind
from briefs.steps.trace import known_as
from briefs.steps.trace.identity import identify
from briefs.steps.trace.names import near_words, sound
from briefs.steps.trace.offices import body_of

BODY = SourceKind.ORGANISATION


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bezouglya", "Bezuhla"),
        ("Kovalik", "Kowalik"),
        ("Andrej", "Andrei"),
        ("Velychko", "Величко"),
        ("Zelenskyy", "Zelensky"),
        ("Zelenskiy", "Зеленський"),
        ("Lutsenko", "Lucenko"),
        ("Shevchenko", "Ševčenko"),
        ("Øyelund", "Oyelund"),
        ("Khrushchev", "Хрущев"),
        ("Zaluzhnyi", "Zaluzhny"),
        ("Mariyan", "Mariana"),
    ],
)
def test_romanisations_are_near(one: str, other: str) -> None:
    """Two romanisations of one name are near."""
    assert near_words(one.casefold(), other.casefold())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orlov", "Frolov"),
        ("Ivan", "Ivana"),
        ("Smith", "Smyth-Jones"),
        ("Hansen", "Jensen"),
        ("Viktor", "Sergei"),
        ("Mykola", "Mykhailo"),
        ("Kim", "Kem"),
        ("Petrov", "Petrenko"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    """Names that sound alike to nobody, and short ones with another letter, are not near."""
    assert not near_words(one.casefold(), other.casefold())


def test_sound_of_anything() -> None:
    """The sound of odd words is a word, and takes no long time."""
    assert sound("") == ""
    assert sound("ц" * 1000)
    assert sound("\ud800") == "\ud800"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("Mariyan Bezouglya", "People’s Deputy of the Verkhovna Rada"),
            ("Mariana Bezuhla", "Ukrainian deputy"),
        ),
        (("Andrej Kovalik", "chief fire officer"), ("Andrei Kowalik", "chief fire officer")),
        (("Томаш Величко", "deputy speaker"), ("Tomash Velychko", "deputy speaker of the assembly")),
        (("M. Bezouglya", "deputy"), ("Mariana Bezuhla", "deputy")),
        (("Bezouglya", "deputy"), ("Mariana Bezuhla", "deputy")),
    ],
)
def test_spelling_variants_of_one_office_are_one_person(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Near names with one office are one person, and the reason is shown."""
    found = behind([claim("c0", "a0", *one), claim("c1", "a1", *other)])
    assert len(found) == 1
    assert any("are taken for one person: near names, and both “" in reason for reason in found[0].reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # No office, or another one: a near name is not enough.
        (("Andrej Kovalik", None), ("Andrei Kowalik", "chief fire officer")),
        (("Andrej Kovalik", "mayor"), ("Andrei Kowalik", "chief fire officer")),
        # Two people with one surname, father and son with one office.
        (("Viktor Orlov", "minister"), ("Sergei Orlov", "minister")),
        (("Jens Okafor Sr.", "mayor"), ("Jens Okafor Jr.", "mayor")),
        (("Jens Okafor", "mayor"), ("Jens Okafor Jr.", "mayor")),
        # Near names in one office of two countries.
        (("Oleksii Reznikov", "Ukrainian minister"), ("Oleksei Reznikov", "Russian minister")),
    ],
)
def test_people_who_are_two(one: tuple[str, str | None], other: tuple[str, str | None]) -> None:
    """Names that are near, or a surname in common, do not make two people one."""
    assert origins([claim("c0", "a0", *one), claim("c1", "a1", *other)])["c0"].independent == 2


def test_surname_alone() -> None:
    """A surname is the one person of that name; of two, it is neither."""
    short, full = claim("c0", "a0", "Lutsenko"), claim("c1", "a1", "Igor Lutsenko", "former deputy")
    found = behind([short, full])
    assert names(found) == ["Igor Lutsenko"]
    assert "“Lutsenko” is taken for Igor Lutsenko: no other of that name is quoted" in found[0].reasons
    assert origins([short, full, claim("c2", "a2", "Yurii Lutsenko")])["c0"].independent == 3
    other = claim("c0", "a0", "Lutsenko", "singer")
    assert origins([other, full])["c0"].independent == 2


def test_ministries_of_two_countries() -> None:
    """One ministry's name in two countries is two bodies; without a country it is the only one named, or neither."""
    plain = claim("c0", "a0", "Ministry of Defence", kind=BODY)
    one = claim("c1", "a1", "Ukrainian Ministry of Defense", kind=BODY)
    two = claim("c2", "a2", "Russia's Defence Ministry", kind=BODY)
    assert origins([one, two])["c1"].independent == 2
    assert origins([plain, one])["c0"].independent == 1
    assert origins([plain, one, two])["c0"].independent == 3
    spoken = [
        claim("c1", "a1", "Ann Ly", "Russian Foreign Ministry spokeswoman"),
        claim("c2", "a2", "Bo Ek", "Ukrainian Foreign Ministry spokesman"),
    ]
    assert origins(spoken)["c1"].independent == 2


def test_forms_of_one_body() -> None:
    """Word order, genitives, a country's adjective and spelling do not make two bodies of one."""
    forms = ["Ministry of Trade of Ukraine", "Ukraine’s Trade Ministry", "the Ukrainian Trade Ministry"]
    assert len(behind([claim(f"c{n}", f"a{n}", form, kind=BODY) for n, form in enumerate(forms)])) == 1


def test_person_and_body_of_one_name() -> None:
    """A person and a body that bear one name are two."""
    claims = [claim("c0", "a0", "Halvard Grain"), claim("c1", "a1", "Halvard Grain", kind=BODY)]
    assert origins(claims)["c0"].independent == 2


def test_lower_case_bodies_are_their_articles_own_where_nothing_tells_them() -> None:
    """An office called "her office" of two articles is two offices."""
    claims = [claim("c0", "a0", "her office", kind=BODY), claim("c1", "a1", "her office", kind=BODY)]
    assert origins(claims)["c0"].independent == 2


def test_aliases_make_one() -> None:
    """A newsroom's list makes two names one, shows the first of the group and says who said so."""
    aliases = Aliases(same=(("Bezuhla", "Bezouglya"),))
    claims = [claim("c0", "a0", "Mariyan Bezouglya"), claim("c1", "a1", "Mariana Bezuhla")]
    assert len(behind(claims)) == 2
    found = behind(claims, aliases=aliases)
    assert names(found) == ["Mariana Bezuhla"]
    assert found[0].reasons == ("“Mariana Bezuhla” and “Mariyan Bezouglya” are one by your list of aliases",)
    bodies = [claim("c0", "a0", "MW Agency", kind=BODY), claim("c1", "a1", "Meridian Wire Agency", kind=BODY)]
    assert len(behind(bodies, aliases=Aliases(same=(("Meridian Wire Agency", "MW Agency"),)))) == 1


def test_aliases_keep_apart() -> None:
    """What the list keeps apart no likeness of names joins, directly or through a third name."""
    claims = [
        claim("c0", "a0", "Andrej Kovalik", "chief fire officer"),
        claim("c1", "a1", "Andrei Kowalik", "chief fire officer"),
    ]
    assert len(behind(claims)) == 1
    assert len(behind(claims, aliases=Aliases(apart=(("Andrej Kovalik", "Andrei Kowalik"),)))) == 2
    three = [*claims, claim("c2", "a2", "Andrey Kovalik", "chief fire officer")]
    assert len(behind(three)) == 1
    assert len(behind(three, aliases=Aliases(apart=(("Andrej Kovalik", "Andrei Kowalik"),)))) == 2


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("president of the Federation of Ward Nurses", "Federation of Ward Nurses"),
        ("Russian Foreign Ministry spokesperson", "Russian Foreign Ministry"),
        ("spokeswoman for St. Brannoc’s Hospital", "St. Brannoc’s Hospital"),
        ("board’s director of staffing", "Orla Regional Health Board"),
        ("a board spokesman", "Orla Regional Health Board"),
        ("chief executive of Halvard Grain", "Halvard Grain"),
        ("Kremlin spokesman", "Kremlin"),
        ("Russian President", None),
        ("former president of the Federation of Ward Nurses", None),
        ("chief fire officer", None),
        ("children's nurse in Lower Orla", None),
        ("professor at the University of Halmen", None),
        ("People’s Deputy of the Verkhovna Rada", None),
        ("Trade Minister", None),
        ("", None),
    ],
)
def test_for_whom_an_office_speaks(role: str, body: str | None) -> None:
    """Only who leads a body or speaks for it, and still does, gives the body's own words."""
    assert body_of(role, ("Orla Regional Health Board", "Halmen")) == body


def test_one_name_over_all_articles() -> None:
    """Over all articles variants of one office and listed aliases are one name, a mere surname is not."""
    claims = [
        claim("c0", "a0", "Andrej Kovalik", "chief fire officer", via=("Meridian Wire",)),
        claim("c1", "a1", "Andrei Kowalik", "chief fire officer"),
        claim("c2", "a2", "Andrej Kovalik", "chief fire officer"),
        claim("c3", "a3", "Kovalik"),
        claim("c4", "a4", "Danuta Rósza"),
    ]
    heads = {each.article: article(each.article) for each in claims}
    found = known_as(claims, heads, Aliases(same=(("Danuta Rosza", "Danuta Rósza"),)))
    assert found["Andrei Kowalik"] == "Andrej Kovalik"
    assert found["Kovalik"] == "Kovalik"
    assert found["Meridian Wire"] == "Meridian Wire"
    assert found["Danuta Rósza"] == "Danuta Rósza"
    assert identify([], Aliases()).one == {}
