"""Pages and lists: what is shown, of which files, and that nothing in them gets out of its place."""

import html
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from desk_pages import (
    EXAMPLE,
    JSON,
    NURSES,
    Browser,
    desk,
    example,
    folder_at,
    hostile,
    on_disk,
    put,
    renamed,
    workspace,
)

from benchmarks import desk_folder
from briefs.domain.brief import ArticleBriefs

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"


def test_every_page_opens(browser: Browser) -> None:
    """The folder, an article with each of its claims open, its log, the sheets and the help."""
    claims = browser.claims()
    pages = [
        "/",
        "/?status=open",
        "/search?q=nurses",
        "/calls",
        "/story",
        "/help",
        "/who",
        f"/a/{NURSES}",
        f"/a/{NURSES}/log",
        f"/a/{NURSES}/add",
    ]
    pages += [f"/a/{NURSES}?claim={claim['brief']}" for claim in claims]
    for path in pages:
        page = browser.get(path, accept="text/html")
        assert page.status_code == 200, path
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "<main" in page.text, path
        assert "<title>" in page.text


def test_the_whole_article_stands_on_its_page_place_by_place(browser: Browser) -> None:
    """Words are selected by these places: each piece says where it begins, and no word is missing."""
    text = example().article.text
    found = re.findall(r'<span data-at="(\d+)"[^>]*>([^<]*)</span>', browser.get(f"/a/{NURSES}").text)
    pieces = [(int(at), html.unescape(words)) for at, words in found]
    assert all(text.startswith(words, at) for at, words in pieces)
    assert "".join("".join(words for _, words in pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "slug",
    ["..", "../../etc/passwd", "%2e%2e%2fetc%2fpasswd", "....//x", "nurses.json", "index", "run", "desk", "\x00", "a\nb",
     "é", "\u202e", "x" * 400, "x" * 600, "%", "con", f"{NURSES}/", f"../outputs/{NURSES}", f"{NURSES}.json", "'; DROP TABLE articles; --"],
)  # fmt: skip
def test_an_odd_name_is_nothing_here(browser: Browser, slug: str) -> None:
    """A name from an address is looked up, never joined to the folder."""
    dots = quote(slug, safe="").replace(".", "%2E")  # a client takes "/../" out of an address by itself
    for way in (dots, quote(slug, safe="/%").replace("..", "%2e%2e")):
        for path in (f"/a/{way}", f"/a/{way}/log", f"/a/{way}/add"):
            answer = browser.get(path)
            assert answer.status_code in (303, 307, 404, 405, 422), (path, answer.status_code)
            assert "root:" not in answer.text
    assert browser.get(f"/a/{NURSES}").status_code == 200


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    """Neither a file of briefs elsewhere nor a device or a pipe is read through a name in the folder."""
    outside = folder_at(tmp_path / "outside", made=1)
    made = next(path for path in outside.glob("*.json") if path.stem != NURSES)
    (folder / made.name).symlink_to(made)
    (folder / "null.json").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.json")
    (folder / "index.json").symlink_to(made)
    (folder / "folder.json").mkdir()
    with desk(folder) as browser:
        assert [each["slug"] for each in browser.json("/")["articles"]] == [NURSES]
        for slug in (made.stem, "null", "pipe", "folder"):
            assert browser.get(f"/a/{slug}").status_code == 404
        assert browser.client.get("/story", headers=JSON).status_code == 404
        # A file that becomes a link after it was listed is not followed either.
        (folder / f"{NURSES}.json").unlink()
        (folder / f"{NURSES}.json").symlink_to(EXAMPLE / f"{NURSES}.json")
        assert browser.get(f"/a/{NURSES}").status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        XSS[:60],
        "\u202e\u2066evil\u200b",
        "a\udc80b",
        "</title></textarea><svg onload=x>",
        "{% raw %}{{ view }}",
    ],
)
def test_whatever_an_article_says_stays_words(folder: Path, words: str) -> None:
    """Titles, names, claims, questions and flags of a hostile article are text on every page."""
    put(folder, hostile("hostile-1", words))
    with desk(folder) as browser:
        claim = browser.claims("hostile-1")[0]["brief"]
        for path in (
            "/",
            "/?status=open",
            "/search?q=evil",
            "/calls",
            f"/a/hostile-1?claim={claim}",
            "/a/hostile-1/log",
            "/a/hostile-1/add?first=1",
        ):
            page = browser.get(path)
            assert page.status_code == 200, path
            assert not re.search(
                r"<script>|<img|<svg onload|onerror=alert\(1\)>|</textarea><svg", page.text
            ), path
            assert "49" not in re.findall(r"\}\}|49|\{\{", page.text)[:0]
        assert browser.client.get("/a/hostile-1", headers=JSON).status_code == 200
        assert (
            browser.edit(claim, slug="hostile-1", note=words.encode("utf-8", "replace").decode()).status_code
            == 303
        )
        assert browser.get(f"/a/hostile-1?q={quote(words, errors='replace')}").status_code == 200


def test_what_a_person_types_stays_words(browser: Browser) -> None:
    """A note, a name and a filter are shown as they were typed."""
    claim = browser.claims()[0]["brief"]
    browser.edit(claim, note=XSS, who="<b>Ana</b>", corrected_wording=XSS)
    for path in (
        f"/a/{NURSES}?claim={claim}",
        f"/a/{NURSES}/log",
        f"/?q={quote(XSS)}",
        f"/search?q={quote(XSS)}",
        f"/?source={quote(XSS)}",
    ):
        page = browser.get(path).text
        assert "<script>alert" not in page, path
        assert "<b>Ana" not in page, path


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"nonsense", b"\xff\xfe", b'{"a":' * 50_000, b'{"schema_version": "1"}', b"null"],
)
def test_a_file_that_holds_no_briefs_is_named_and_hides_none(folder: Path, content: bytes) -> None:
    """One broken file is said to be one; the others are listed."""
    (folder / "broken.json").write_bytes(content)
    with desk(folder) as browser:
        assert [each["slug"] for each in browser.json("/")["articles"]] == [NURSES]
        page = browser.get("/").text
        assert "broken.json" in page
        assert browser.get("/a/broken").status_code == 404
        (folder / "broken.json").unlink()
        assert "broken.json" not in browser.get("/").text


def test_briefs_under_another_name_are_not_taken(folder: Path) -> None:
    """A file's name is its article's slug: a copy under another name would be written back over the first."""
    (folder / "copy.json").write_bytes((folder / f"{NURSES}.json").read_bytes())
    with desk(folder) as browser:
        assert len(browser.json("/")["articles"]) == 1
        assert browser.get("/a/copy").status_code == 404


class TestLists:
    """Filters of a folder of thirty articles."""

    @pytest.fixture(scope="class")
    @staticmethod
    def many(tmp_path_factory: pytest.TempPathFactory) -> "object":
        """Return a browser at the desk of thirty-one articles."""
        with desk(folder_at(tmp_path_factory.mktemp("many") / "outputs", made=30)) as browser:
            yield browser

    def test_filters_agree_with_what_the_files_say(self, many: Browser) -> None:
        """Each filter leaves exactly the claims that have it, and its count says how many."""
        folder = workspace(many).folder
        briefs = [
            brief for path in sorted(folder.glob("*.json")) for brief in on_disk(folder, path.stem).briefs
        ]
        expected = {
            "priority=high": sum(b.claim.priority.level == "high" for b in briefs),
            "status=open": len(briefs),
            "flag=hedge_lost": sum(any(f.kind == "hedge_lost" for f in b.flags) for b in briefs),
            "priority=low&flag=hedge_lost": sum(
                b.claim.priority.level == "low" and any(f.kind == "hedge_lost" for f in b.flags)
                for b in briefs
            ),
            "state=unsigned": len(briefs),
            "state=signed": 0,
            f"article={NURSES}": len(example().briefs),
            "status=cut": 0,
        }
        for query, count in expected.items():
            assert many.json(f"/?{query}")["total"] == count, query
        names = {b.attribution.source.name for b in briefs if b.attribution.source}
        for name in sorted(names)[:5]:
            found = sum(
                b.attribution.source is not None and b.attribution.source.name == name for b in briefs
            )
            assert many.json(f"/?source={quote(name)}")["total"] == found

    def test_counts_of_a_filter_are_what_choosing_it_gives(self, many: Browser) -> None:
        """Every choice's number is the number of claims that its address lists."""
        page = many.get("/?priority=high").text
        for value, count in re.findall(r'<option value="(\w+)"[^>]*>[^<]*\((\d+)\)', page)[:12]:
            names = [
                name
                for name in ("status", "state", "flag")
                if f'name="{name}"' in page
                and re.search(rf'name="{name}"(?:(?!</select>).)*value="{value}"', page, re.S)
            ]
            for name in names:
                assert many.json(f"/?priority=high&{name}={value}")["total"] == int(count), (name, value)

    def test_pages_hold_every_claim_once(self, many: Browser) -> None:
        """Page by page, the most important first; a page too far is the last."""
        first = many.json("/?status=open")
        seen: list[tuple[str, str]] = []
        for page in range(1, first["pages"] + 1):
            seen += [(c["article"], c["brief"]) for c in many.json(f"/?status=open&page={page}")["claims"]]
        assert len(seen) == len(set(seen)) == first["total"]
        assert many.json("/?status=open&page=999")["page"] == first["pages"]
        levels = [c["priority"] for c in first["claims"]]
        assert levels == sorted(levels, key=("high", "medium", "low").index)

    @pytest.mark.parametrize(
        "q",
        [
            "Courier",
            "courier tram",
            '"',
            "*",
            "a OR b",
            "NEAR(",
            "5,000",
            "é",
            "x" * 900,
            "'",
            "-x",
            "(",
            "\x00",
        ],
    )
    def test_any_words_can_be_searched(self, many: Browser, q: str) -> None:
        """What a person types is words, never a query language."""
        for path in ("/search", "/"):
            assert many.get(f"{path}?q={quote(q)}").status_code == 200
        assert many.client.get(f"/search?q={quote(q)}", headers=JSON).status_code == 200

    def test_search_finds_words_of_claims_names_and_titles(self, many: Browser) -> None:
        """By the beginnings of words, all of them, whatever their case."""
        result = on_disk(workspace(many).folder, NURSES)
        word = max(re.findall(r"\w{5,}", result.briefs[0].claim.quote.text), key=len)
        found = many.json(f"/search?q={word[:5].upper()}")["claims"]
        assert result.briefs[0].id in {each["brief"] for each in found}
        assert NURSES in {each["slug"] for each in many.json("/search?q=exodus")["articles"]}

    @pytest.mark.parametrize("sort", ["open", "date", "title"])
    def test_articles_come_in_the_order_asked_for(self, many: Browser, sort: str) -> None:
        """What is open first, the latest first, or by title."""
        rows = many.json(f"/?sort={sort}")["articles"]
        keys: dict[str, Callable[[dict[str, Any]], Any]] = {
            "open": lambda r: -r["high_open"],
            "date": lambda r: r["published"],
            "title": lambda r: r["title"].lower(),
        }
        key = keys[sort]
        assert [key(r) for r in rows] == sorted((key(r) for r in rows), reverse=sort == "date")

    def test_an_articles_own_filters_do_the_same(self, many: Browser) -> None:
        """The claims that pass in the article are those that pass in the folder."""
        for query in ("priority=high", "flag=figure_unsourced", "status=open", "state=questions"):
            listed = {c["brief"] for c in many.json(f"/?article={NURSES}&{query}")["claims"]}
            view_claims = many.get(f"/a/{NURSES}?{query}").text
            assert all(f'id="{brief}"' in view_claims for brief in listed)


def test_the_overview_of_the_last_run_is_shown(folder: Path) -> None:
    """`/story` is what `briefs run` wrote; a broken one is none."""
    with desk(folder) as browser:
        assert browser.get("/story").status_code == 200
        story = {"story_version": "1", "articles": 2, "claims": {"high": 1}, "tool_version": "0"}
        (folder / "index.json").write_text(json.dumps(story))
        assert browser.json("/story")["articles"] == 2
        assert "2 articles" in browser.get("/story").text
        (folder / "index.json").write_text("{")
        assert browser.get("/story").status_code == 200


def test_an_empty_folder_is_a_page_too(tmp_path: Path) -> None:
    """Before the first run the desk says what makes briefs."""
    folder = tmp_path / "outputs"
    folder.mkdir()
    with desk(folder) as browser:
        page = browser.get("/")
        assert page.status_code == 200
        assert "briefs run" in page.text
        for path in ("/calls", "/story", "/search?q=x", "/?status=open"):
            assert browser.get(path).status_code == 200


def test_a_huge_list_of_names_is_cut(folder: Path) -> None:
    """Two articles whose ids differ and whose titles are equal are two rows."""
    put(folder, renamed(example(), "second-1"))
    with desk(folder) as browser:
        assert len(browser.json("/")["articles"]) == 2
        first: ArticleBriefs = on_disk(folder, "second-1")
        assert {c["brief"] for c in browser.claims("second-1")} == {b.id for b in first.briefs}


def test_a_long_article_is_printed_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article of 20,000 sentences is no page of a hundred megabytes; every claim is on one of its parts."""
    monkeypatch.setattr(desk_folder, "CLAIMS", 230)
    folder = tmp_path / "outputs"
    folder.mkdir()
    result = desk_folder.article(3)
    put(folder, result)
    ids = [brief.id for brief in result.briefs]
    with desk(folder) as browser:
        seen: list[str] = []
        path: str | None = f"/a/{result.article.slug}"
        while path is not None:
            page = browser.get(path).text
            printed = [each for each in ids if f'id="{each}"' in page]
            assert len(printed) <= 100
            seen += printed
            later = re.search(r'href="([^"]+)">Later claims</a>', page)
            path = html.unescape(later[1]) if later else None
        assert seen == ids
        last = browser.get(f"/a/{result.article.slug}?claim={ids[-1]}").text
        assert f'id="{ids[-1]}"' in last
        assert "Earlier claims" in last


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/calls", "GET, HEAD, POST"), ("/help", "GET, HEAD"), (f"/a/{NURSES}/c/b0/dismiss", "POST")],
)
def test_what_cannot_be_done_says_what_can(browser: Browser, path: str, allowed: str) -> None:
    """The header names every way in which a path can be asked, not those of one of its routes."""
    answer = browser.client.delete(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
