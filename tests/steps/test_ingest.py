"""Ingest: furniture, headline, metadata and identity of articles."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefs.domain.article import Article, BlockRole, Copy, FurnitureKind
from briefs.domain.slug import slug
from briefs.errors import InputError
from briefs.steps.ingest import Given, Origin, ingest

BODY = (
    "The harbour council closed three of its five ferry lines on Monday.\n\n"
    "About 4,200 people use the lines every day, the council's own figures show.\n\n"
    "Nobody knows when the boats will sail again.\n"
)


def read(text: str, name: str = "a.txt") -> Article:
    """Ingest a file of this text."""
    return ingest(text.encode(), Origin(name, name))


def furniture_of(text: str) -> list[tuple[str, str]]:
    """Return kind and words of each piece of furniture in a text."""
    article = read(text)
    return [(piece.kind.value, piece.of(article.text)) for piece in article.furniture]


@pytest.mark.parametrize(
    ("fetched", "stated", "known"),
    [
        ("https://post.example/a?from=feed", "https://www.post.example/a", "https://www.post.example/a"),
        ("https://www.post.example/a", "https://post.example/b", "https://post.example/b"),
        ("https://post.example/a", "https://agency.example/fire", "https://post.example/a"),
        (None, "https://agency.example/fire", "https://agency.example/fire"),
    ],
)
def test_a_fetched_page_states_no_address_of_another_host(
    fetched: str | None, stated: str, known: str
) -> None:
    """Protects an article's briefs from a page elsewhere that says that it is that article."""
    page = f"<html><head><link rel=canonical href='{stated}'></head><body><p>{BODY}</p></body></html>"
    origin = Origin(fetched or "a.html", fetched or "a.html", fetched, content_type="text/html")
    article = ingest(page.encode(), origin)
    assert (article.id, article.url) == (known, known)


def test_banner_is_furniture_and_headline_is_found() -> None:
    """The lines above a headline are the page's, and the first line of the article is its headline."""
    article = read(f"KQQX Port Anders\nNews\n\nHarbour Ferries Stop Running\n\n{BODY}")
    assert [piece.of(article.text) for piece in article.furniture] == ["KQQX Port Anders", "News"]
    assert article.title == "Harbour Ferries Stop Running"
    assert article.outlet == "KQQX Port Anders"


@pytest.mark.parametrize(
    ("banner", "outlet"),
    [
        ("THE ANDERS REVIEW\nEssays | Letters | Weekend", "THE ANDERS REVIEW"),
        ("The Quiet Lamp\nHome About Donate Archive", "The Quiet Lamp"),
        ("Anders Chronicle", "Anders Chronicle"),
        ("News", None),
        ("Politics · Health", None),
    ],
)
def test_banners_of_many_shapes_are_recognised(banner: str, outlet: str | None) -> None:
    """Names, menus and section words above the headline are the page's, and name the outlet."""
    article = read(f"{banner}\n\nHarbour ferries stop after talks fail\n\n{BODY}")
    assert [piece.of(article.text) for piece in article.furniture] == banner.split("\n")
    assert (article.title, article.outlet) == ("Harbour ferries stop after talks fail", outlet)


@pytest.mark.parametrize(
    "headline",
    [
        "Mayor Resigns",
        "Home Prices Rise Again",
        "Times Change\n\nWhy the shops of the old town are leaving",
        "Herald Wins Award",
        "Opinion polls show a tie",
    ],
)
def test_headlines_are_not_taken_for_banners(headline: str) -> None:
    """A headline stays article text even where it sounds like an outlet or a section."""
    article = read(f"{headline}\n\n{BODY}")
    assert article.furniture == ()
    assert article.title == headline.partition("\n")[0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Your email address will not be published. Required fields are marked *", "comments"),
        ("Leave a Reply", "comments"),
        ("3 Comments", "comments"),
        ("Save my name, email, and website in this browser for the next time I comment.", "comments"),
        (
            "We use cookies to improve your experience. By continuing you agree to our cookie policy.",
            "cookies",
        ),
        ("Accept all cookies", "cookies"),
        ("Sign up for our daily newsletter and never miss a story.", "newsletter"),
        ("Get the Anders Post delivered straight to your inbox every morning.", "newsletter"),
        ("Share on Facebook", "sharing"),
        ("Share Tweet Email Print", "sharing"),
        ("Facebook | Twitter | WhatsApp", "sharing"),
        ("Follow us on Telegram for the latest news", "sharing"),
        ("Read more: Council delays the vote on ferries", "read_more"),
        ("Related articles", "read_more"),
        ("Advertisement", "advertising"),
        ("Story continues below advertisement", "advertising"),
        ("As an Amazon Associate we earn from qualifying purchases.", "advertising"),
        ("Powered by WordPress", "widget"),
        ("Lumo is a bold magazine WordPress theme with everything you need.", "widget"),
        ("Please enable JavaScript to view the comments powered by Disqus.", "widget"),
        ("5 min read", "widget"),
        ("Skip to content", "navigation"),
        ("Tags: ferries, harbour, council", "navigation"),
        ("Home > News > Harbour", "navigation"),
        ("© 2025 Anders Post. All rights reserved.", "legal"),
        ("Photo: Mara Lindqvist / Anders Post", "legal"),
        ("By Mara Lindqvist and Owen Tadlock", "byline"),
        ("Mara Lindqvist, Staff Writer", "byline"),
        ("Published: July 3, 2025 10:30 am", "byline"),
        ("Mara Lindqvist, 3 July 2025", "byline"),
        ("(Reporting by Mara Lindqvist; Editing by Owen Tadlock)", "byline"),
        ("Also on Anders Post: The voting machine that sulked", "read_more"),
        ("Like what you read? Share on Telegraphy, Post, Email", "sharing"),
        ("Have your say: letters@post.example", "comments"),
        ("The Post prints letters of every view. We’d like to hear what you think about this.", "comments"),
        ("Listen to Harbour Hour live at 12:45 on weekdays, or catch up here.", "widget"),
        ("Get The Sloop delivered every month. 12 issues for £19.99. Click here to order.", "advertising"),
        ("Popular on Anders Post", "read_more"),
        ("More:", "read_more"),
        ("ⓒ Anders Post, no copies without leave", "legal"),
        ("This article was originally published on Nordhaven Review.", "origin"),
        ("Republished from Nordhaven Review under a Creative Commons licence.", "origin"),
    ],
)
def test_page_furniture_is_recognised(line: str, kind: str) -> None:
    """The set phrases of pages are told from article text, each with its kind."""
    assert furniture_of(f"Ferries Stop\n\n{BODY}\n{line}\n") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Cookies were first sold at the harbour bakery in 1921.",
        "The site uses cookies to follow its visitors, the regulator found, and you cannot refuse them.",
        "“We use cookies to improve your experience,” the banner of the port authority said.",
        "By continuing to set cookies the port broke the law, according to the regulator.",
        "The newsletter reached 40,000 readers in May.",
        "Residents were told to sign up for the council's newsletter if they wanted to know.",
        "The best price was $6.18 on Monday and $15.40 on Friday.",
        "A ticket cost $6.18 new and $2.10 used (as of 1 May), a union leaflet says.",
        "Required fields of the form were left empty in 312 of 900 cases.",
        "Your email address will not be published, the ministry told 300 whistleblowers.",
        "The council shared the article on Facebook and Twitter.",
        "Related crimes rose by a fifth.",
        "Advertisement spending fell by 12 percent.",
        "The WordPress theme was written by two students who said you could see the bug at once.",
        "Copyright law was changed in 2019.",
        "The study was originally published in 2010 and withdrawn two years later.",
        "Photographs of the wreck show two holes below the waterline.",
        "By Monday evening no boat had left.",
        "July 3 was the hottest day of the year.",
        "News of the closure spread quickly.",
        "Follow the money, the auditor advised.",
        "Home prices rose.",
        "Watch sales rose every week in May.",
        "More: the word was on every poster.",
        "Two issues for $40 was what the magazine asked last year.",
        "Print runs of the local paper fell to 9,000.",
    ],
)
def test_article_about_furniture_loses_nothing(line: str) -> None:
    """An article about cookies, newsletters, prices or web pages keeps every sentence."""
    assert furniture_of(f"Ferries Stop\n\n{line}\n\n{BODY}\n{line}\n") == []


@pytest.mark.parametrize(
    "line", ["July 3, 2025", "Mara Lindqvist, Editor", "By Owen Tadlock", "Source: Nordhaven Review"]
)
def test_credits_in_the_middle_are_article_text(line: str) -> None:
    """A date or a name with a role among paragraphs belongs to the article, say to a chronology or a list."""
    middle = "\n\n".join([BODY.strip()] * 4)
    assert furniture_of(f"Ferries Stop\n\n{middle}\n\n{line}\n\n{middle}\n") == []


def test_advertising_inside_a_paragraph_takes_the_product_title_with_it() -> None:
    """A price box set into a paragraph is cut out exactly, from the last sentence's end."""
    advert = (
        "The Sea and Its Ships, V... Okafor, Lena Best Price: $3.10 Buy New $9.99 (as of 04:12 UTC - Details)"
    )
    text = f"Ferries Stop\n\nThe boats lie in the harbour. {advert} Nobody sails them.\n\n{BODY}"
    assert furniture_of(text) == [("advertising", advert)]


def test_titles_below_read_more_are_a_list_and_paragraphs_are_not() -> None:
    """A read-more list ends where the article goes on; the subhead before a paragraph stays."""
    text = f"Ferries Stop\n\n{BODY}\nRead more\n- Council delays vote\n- Boats for sale\n\nWhat comes next\n\n{BODY}"
    article = read(text)
    assert [piece.of(text) for piece in article.furniture] == [
        "Read more",
        "- Council delays vote",
        "- Boats for sale",
    ]
    assert "What comes next" in [
        block.of(text) for block in article.blocks if block.role is BlockRole.SUBHEAD
    ]


def test_metadata_stated_in_plain_text_is_read() -> None:
    """Byline, date and origin lines are furniture and metadata at once."""
    article = read(
        f"Ferries Stop\n\nBy Mara Lindqvist\nPublished: 3 July 2025\n\n{BODY}\n"
        "This article was originally published on Nordhaven Review.\n"
    )
    assert (article.byline, article.published, article.republished_from) == (
        "Mara Lindqvist",
        "2025-07-03",
        "Nordhaven Review",
    )
    assert {piece.kind for piece in article.furniture} == {FurnitureKind.BYLINE, FurnitureKind.ORIGIN}


@pytest.mark.parametrize(
    ("opening", "published", "outlet"),
    [
        ("PORT ANDERS, July 3, 2025 (Nord Wire) — The boats stopped.", "2025-07-03", "Nord Wire"),
        ("PORT ANDERS, July 3 (Nord Wire) — The boats stopped.", None, "Nord Wire"),
        ("On July 18 the boats stopped.", None, None),
    ],
)
def test_dateline_stays_article_text_and_no_year_is_guessed(
    opening: str, published: str | None, outlet: str | None
) -> None:
    """A dateline lends date and agency, is no furniture, and gives no date without its year."""
    article = read(f"Ferries Stop\n\n{opening}\n\n{BODY}")
    assert (article.published, article.outlet) == (published, outlet)
    assert article.furniture == ()


def test_what_the_user_gives_wins() -> None:
    """An outlet or date given on the command line is not overridden by the file's."""
    data = b"---\ntitle: T\noutlet: File Post\ndate: 2024-01-02\n---\n# Head\n\nBoats stopped on Monday.\n"
    article = ingest(data, Origin("a.md", "a.md"), Given(Copy.OWN, "2025-07-03", "Desk"))
    assert (article.outlet, article.published, article.copy_kind) == ("Desk", "2025-07-03", Copy.OWN)


def test_hard_wrapped_lines_are_one_block() -> None:
    """Text broken at a column is read by paragraphs; its headline stays apart."""
    paragraph = "The harbour council closed three of its five ferry lines on\nMonday after a strike of dock workers had left the boats\nwithout fuel for the better part of the week, and nobody could\nsay when they would sail again."
    article = read(f"Ferries Stop\n\n{paragraph}\n\n{paragraph}\n")
    assert [block.of(article.text) for block in article.blocks] == ["Ferries Stop", paragraph, paragraph]


def test_lines_of_a_web_article_are_blocks_of_their_own() -> None:
    """Paragraphs without blank lines between them are not taken for wrapped lines."""
    lines = BODY.replace("\n\n", "\n")
    assert len(read(f"Ferries Stop\n{lines}").blocks) == 4


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        (
            "Der Rat hat am Montag drei der fünf Linien geschlossen, und niemand weiß, wann die Boote wieder fahren.",
            "de",
        ),
        (
            "Рада закрила три з п'яти ліній, і ніхто не знає, коли човни підуть знову, та це не все про що йдеться.",
            "uk",
        ),
        ("Boats. Stop.", "und"),
    ],
)
def test_language_is_told_or_left_open(text: str, language: str) -> None:
    """The language is told from common words, and not at all from too few."""
    article = read(text)
    assert article.language == language
    assert any("English" in note for note in article.notes) == (language not in ("en", "und"))


@pytest.mark.parametrize(
    "article_id", ["../../etc/passwd", "a" * 400, "Überfähre/Київ.txt", "C:\\x\\y", "", "…", "CON"]
)
def test_slug_is_safe_everywhere(article_id: str) -> None:
    """No id can leave the output folder or be too long for a file system."""
    assert re.fullmatch(r"[a-z0-9-]{8,60}", slug(article_id))


def test_slugs_of_different_ids_differ() -> None:
    """Ids that differ only in what a slug drops do not overwrite each other's files."""
    assert slug("Kyjiv.txt") != slug("kyjiv.txt") != slug("Київ.txt")


def test_text_that_is_furniture_alone_is_refused() -> None:
    """A page of nothing but buttons is no article."""
    with pytest.raises(InputError, match="no article text"):
        read("Advertisement\n\nShare on Facebook\n")


def test_invisible_characters_stay_and_are_noted() -> None:
    """Direction marks can make a text read differently from what it is: a person is told."""
    article = read(f"Ferries \u202eStop\n\n{BODY}")
    assert "\u202e" in article.text
    assert any("direction" in note for note in article.notes)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                [
                    "\r\n",
                    "\n \t\n",
                    "\r",
                    "\n\n",
                    "\u2028",
                    "soft\u00adhyphen",
                    "👩‍🚀",
                    "שלום עולם",
                    "Share on Facebook",
                    "News",
                    "Read more",
                    "Buy New $1.00 Best Price: $2 (as of 01:00 UTC - Details)",
                    "e\u0301",
                    "\x00",
                    "By Ann Lee",
                ]
            ),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_places_are_valid_for_any_text(parts: list[str]) -> None:
    """Blocks and furniture are ordered, disjoint and cover every visible character of any Unicode text."""
    source = "".join(parts)
    try:
        article = ingest(source.encode(), Origin("a.txt", "a.txt"))
    except InputError:
        return
    assert article.text in (source, source[1:])
    for spans in (article.blocks, article.furniture):
        assert all(a.end <= b.start for a, b in pairwise(spans))
    covered: set[int] = set()
    for span in (*article.blocks, *article.furniture):
        covered.update(range(span.start, span.end))
    assert all(i in covered for i, character in enumerate(article.text) if not character.isspace())


def test_a_text_longer_than_any_article_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole archive in one file is refused in one line instead of running for many minutes."""
    monkeypatch.setattr("briefs.steps.ingest.MOST_CHARACTERS", 50)
    with pytest.raises(InputError, match=r"long\.txt: has 60 characters of text.*give one article a file"):
        ingest(b"Harbour board meets. " * 2 + b"Nobody came again.", Origin(id="long.txt", path="long.txt"))
