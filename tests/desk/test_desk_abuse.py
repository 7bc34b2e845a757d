"""What a hostile page, program or colleague of an editor may try; nothing of it gets through."""

import html
import re
from pathlib import Path
from urllib.parse import quote

import lxml.html
import pytest
from desk_pages import (
    JSON,
    NURSES,
    SECRET,
    Browser,
    desk,
    folder_at,
    hostile,
    on_disk,
    put,
    workspace,
)
from starlette.testclient import TestClient

from briefs.desk import rendering
from briefs.desk.app import Serving, create_app
from briefs.desk.forms import LONGEST
from briefs.desk.security import Keys
from briefs.domain.desk_events import DeskField

MARKUP = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></textarea><svg/onload=alert(1)>{{7*7}}"
SLY = "Mayor \u202eesrever\u202c 4\u200b12 ⟦U+202E⟧"
FIELDS = ("source_consulted", "corrected_wording", "note", "rating", "checker")


def _sent_back(page: str) -> set[tuple[str | None, str | None]]:
    """Return the fields of a page's forms, each by its name and what goes back with it."""
    fields = lxml.html.document_fromstring(page).iter("textarea", "input")
    return {
        (each.get("name"), (each.text or "").strip("\n") if each.tag == "textarea" else each.get("value"))
        for each in fields
    }


def _active(page: str) -> list[str]:
    """Return what a browser would run or load of a page besides the desk's own files."""
    found = []
    for element in lxml.html.document_fromstring(page).iter("*"):
        if element.tag in ("iframe", "object", "embed", "svg", "img", "base", "meta", "style"):
            found += [element.tag] if element.tag != "meta" or "http-equiv" in element.attrib else []
        if element.tag == "script" and element.get("src") != "/static/desk.js":
            found.append("script")
        for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
            if name.startswith("on") or re.match(r"\s*(?:javascript|data|vbscript):", value, re.IGNORECASE):
                found.append(f"{name}={value}")
    return found


def _pages(claim: str) -> tuple[str, ...]:
    lists = ("/", "/?status=open", f"/?q={quote(MARKUP)}", f"/search?q={quote(MARKUP)}", "/calls?ticked=true")
    return (*lists, f"/a/{NURSES}?claim={claim}", f"/a/{NURSES}/log", f"/a/{NURSES}/add?first=1", "/who")


@pytest.mark.parametrize("field", FIELDS)
def test_no_field_of_a_claim_becomes_markup(browser: Browser, folder: Path, field: str) -> None:
    """What a person writes is words on every page, and in the Markdown and HTML that follow."""
    claim, ours = browser.claims()[0]["brief"], _active((folder / f"{NURSES}.html").read_text("utf-8"))
    written = MARKUP[: LONGEST[DeskField(field)]]
    sent = {field: written, "revision": "0"}
    assert browser.post(f"/a/{NURSES}/c/{claim}", json=False, **sent).status_code == 303
    for path in _pages(claim):
        assert _active(browser.get(path).text) == [], path
    workspace(browser).projector.settle()
    assert _active((folder / f"{NURSES}.html").read_text("utf-8")) == ours
    markdown = (folder / f"{NURSES}.md").read_text("utf-8")
    assert not re.search(r"(?<!\\)<(?:script|img|svg)", markdown)
    assert getattr(on_disk(folder).briefs[0].desk, field) == written


def test_no_name_reason_or_answer_becomes_markup(browser: Browser, folder: Path) -> None:
    """Neither do names, reasons, answers, and what a conflict or a refusal gives back."""
    ours = _active((folder / f"{NURSES}.html").read_text("utf-8"))
    claims = browser.claims()
    page = browser.get(f"/a/{NURSES}").text
    answer = html.unescape(re.findall(r'action="(/a/[^"]+/q/[^"]+)"', page)[0])
    errand = browser.json("/calls")["errands"][-1]
    name = MARKUP[:100]
    sent = [
        browser.post(f"/a/{NURSES}/c/{claims[1]['brief']}/dismiss", reason=MARKUP, revision="0", who=name),
        browser.post(answer, answer=MARKUP, done="true", who=name, revision=str(2**40)),
        browser.post(
            "/calls", errand=errand["id"], seen=errand["seen"], answer=MARKUP, done="true", who=name
        ),
        browser.edit(claims[2]["brief"], note=MARKUP, who=name),
    ]
    assert [each.status_code for each in sent] == [303] * 4
    shown = [
        browser.edit(claims[2]["brief"], note=MARKUP + "2", revision="0"),  # a conflict: both are shown
        browser.edit(claims[3]["brief"], archive_url=MARKUP, note=MARKUP),  # refused: given back
        browser.post("/calls", errand=errand["id"], seen="x", answer=MARKUP, who=name),
        browser.post(f"/a/{NURSES}/add", text=MARKUP, who=name),
        browser.post("/who", who=MARKUP + "x" * 100, next=MARKUP),
    ]
    assert [each.status_code for each in shown] == [409, 422, 409, 422, 422]
    for each in (*shown, *(browser.get(path) for path in _pages(claims[2]["brief"]))):
        assert _active(each.text) == []
    workspace(browser).projector.settle()
    assert _active((folder / f"{NURSES}.html").read_text("utf-8")) == ours


def _bare(page: str) -> list[str]:
    """Return the words of a page that hold a character nobody sees, but for what goes back with a form."""
    found = []
    for element in lxml.html.document_fromstring(page).iter("*"):
        shown = [element.tail, *(v for name, v in element.attrib.items() if name != "value")]
        if element.tag != "textarea" and element.get("class") != "unseen":
            shown.append(element.text)
        found += [str(words) for words in shown if words and re.search("[\u202e\u200b]", str(words))]
    return found


def test_what_nobody_sees_is_named_on_every_page_and_goes_back_as_it_is(tmp_path: Path) -> None:
    """Characters that turn or hide words, an article's or a person's, are named; forms hold them exactly."""
    folder = folder_at(tmp_path / "out")
    put(folder, hostile("sly", SLY))
    with desk(folder) as browser:
        claim, other = browser.claims("sly")[:2]
        assert browser.edit(claim["brief"], slug="sly", note=SLY, source_consulted=SLY).status_code == 303
        answer = html.unescape(re.findall(r'action="(/a/[^"]+/q/[^"]+)"', browser.get("/a/sly").text)[0])
        assert browser.post(answer, answer=SLY, done="true", revision="1").status_code == 303
        path = f"/a/sly/c/{other['brief']}/dismiss"
        assert browser.post(path, reason=SLY, revision="0").status_code == 303
        clash = browser.edit(claim["brief"], slug="sly", note=f"{SLY}!", revision="0")
        assert clash.status_code == 409
        asked = quote(SLY)
        paths = ("/", "/?status=open", f"/?q={asked}", f"/search?q={asked}", "/calls", "/calls?ticked=true")
        pages = [
            browser.get(path).text
            for path in (*paths, f"/a/sly?claim={claim['brief']}", "/a/sly/log", "/a/sly/add?first=2")
        ]
    assert [_bare(page) for page in (*pages, clash.text)] == [[]] * 10
    assert all("U+202E" in page for page in pages)
    shown = _sent_back(pages[-3])
    assert {("note", SLY), ("answer", SLY), ("source_consulted", SLY)} <= shown
    assert f"{SLY}!" in {value for _, value in _sent_back(clash.text)}
    assert ("q", SLY) in _sent_back(pages[3])


def test_all_that_goes_back_with_a_form_is_kept() -> None:
    """Every value of a form's field says in its template that nothing is named in it."""
    for path in sorted(Path(rendering.__file__).parent.glob("templates/*.html")):
        text = path.read_text("utf-8")
        values = re.findall(r'\svalue="\{\{(.*?)\}\}|\{\{([^{}]*)\}\}</textarea>', text)
        assert [each for each in values if "| kept " not in "".join(each)] == [], path.name


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("javascript:alert(1)", False),
        (" jAvAscript:alert(1)//https://", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("//evil.example", False),
        ("https://archive.example/\"onmouseover='alert(1)'", True),
    ],
)
def test_an_archive_link_is_a_web_address_and_nothing_more(
    browser: Browser, address: str, kept: bool
) -> None:
    """A link that a person may click runs nothing and says where it leads."""
    claim = browser.claims()[0]["brief"]
    assert browser.edit(claim, archive_url=address).status_code == (303 if kept else 422)
    assert _active(browser.get(f"/a/{NURSES}?claim={claim}").text) == []


@pytest.mark.parametrize(
    "words",
    ["' OR 1=1 --", '" OR ""="', "'; DROP TABLE claims; --", "x' UNION SELECT * FROM articles --", "%' AND 1=0 --",
     '"a" NEAR/2 "b"', "short:x OR quote:*", "^a", "{a b} : c", "a*b*", '"', "\x00", "()", "AND", "-", "\udcff"],
)  # fmt: skip
def test_words_never_become_a_query(browser: Browser, words: str) -> None:
    """Neither SQL nor the search's own operators come out of an address, a filter or a name."""
    given, before = quote(words, errors="replace"), len(browser.claims())
    for path in (f"/?q={given}", f"/?source={given}", f"/?article={given}", f"/search?q={given}"):
        found = browser.client.get(path, headers=JSON)
        assert found.status_code == 200, path
    bare = " ".join(re.findall(r"\w+", words))
    if bare:  # as words they may find something, the same without what is no letter
        same = [browser.json(f"/search?q={quote(q, errors='replace')}")["total"] for q in (words, bare)]
        assert same[0] == same[1]
    for path in (f"/a/{given}", f"/a/{NURSES}/log?claim={given}", f"/a/{given}/add", f"/?status={given}",
                 f"/?sort={given}", f"/?page={given}", f"/calls?page={given}"):  # fmt: skip
        assert browser.get(path).status_code in (404, 422), path
    assert browser.post(f"/a/{NURSES}/c/{given}", note="x", revision="0").status_code == 404
    assert len(browser.claims()) == before
    assert workspace(browser).store.last() == 0


def test_no_address_alone_changes_anything(browser: Browser) -> None:
    """A link, an image or a header that names another method is no form: GET never writes."""
    claim, csrf = browser.claims()[0]["brief"], browser.csrf()
    form = f"csrf={csrf}&who=Eve&note=x&revision=0&reason=x&_method=POST&done=true"
    ways = browser.json("/openapi.json")["paths"]
    for path in ways:
        address = path.replace("{slug}", NURSES).replace("{brief}", claim).replace("{key}", "k")
        for method in ("GET", "HEAD", "OPTIONS"):
            override = {
                "x-http-method-override": "POST",
                "x-http-method": "POST",
                "x-method-override": "POST",
            }
            answer = browser.client.request(
                method, f"{address}?{form}", headers=override, follow_redirects=False
            )
            assert answer.status_code < 500
            assert "briefs-who" not in answer.headers.get("set-cookie", "")
            assert not [name for name in answer.headers if name.startswith("access-control")]
    assert workspace(browser).store.last() == 0


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/..%2f..%2fapp.py", "/static/%2e%2e/%2e%2e/security.py", "/static/..\\app.py",
     "/static//etc/passwd", "/static/%00", "/static/....//app.py", "/a/..%2f..%2fdesk.sqlite", "/a/desk.sqlite",
     "/desk.sqlite", "/outputs/desk.sqlite", "/%2e%2e/%2e%2e/etc/passwd", "/.git/config", "/static/desk.css/..;/"],
)  # fmt: skip
def test_no_path_leads_to_another_file(browser: Browser, path: str) -> None:
    """Only the desk's own pages and its three static files are served."""
    assert browser.get(path).status_code in (404, 405)


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u010d\u010a", "%0d%0a", "\u2028"])
def test_no_value_adds_a_header(browser: Browser, break_: str) -> None:
    """A line end in what a form or an address says begins no header of the answer."""
    evil = f"/a{break_}set-cookie: evil=1{break_}{break_}<script>"
    claim = browser.claims()[0]["brief"]
    answers = [
        browser.post("/who", who=f"Eve{break_}set-cookie: evil=1", next=evil),
        browser.edit(claim, note="x", back=f"/a/{NURSES}{break_}set-cookie: evil=1"),
        browser.get(f"/login?next={quote(evil)}"),
        browser.get(f"/a/{quote(evil)}"),
    ]
    for each in answers:
        assert each.status_code < 500
        assert "evil" not in (each.headers.get("set-cookie") or "").replace("%20evil%3D1", "").split("=")[0]
        assert not re.search(r"[\r\n]", str(each.headers.get("location", "")))
        assert "evil" not in each.cookies


def test_a_name_that_looks_the_same_is_the_same(browser: Browser) -> None:
    """Composed or not, with or without what nobody sees: the log shows one person."""
    claim = browser.claims()[0]["brief"]
    for number, name in enumerate(("Zoë Lund", "Zoe\u0308 Lund", "Zoë\u200b Lund\u202e", " Zoë \u00a0Lund ")):
        assert browser.edit(claim, note=f"note {number}", who=name).status_code == 303
    assert {event.who for event in workspace(browser).store.events()} == {"Zoë Lund"}


def test_the_token_counts_in_its_form_alone(folder: Path) -> None:
    """In an address it would stand in histories and logs of others: there it opens nothing."""
    token = "-".join(("a", "token", "of", "24", "characters"))
    app = create_app(folder, Keys(SECRET, token), Serving("10.0.0.5", 8765))
    with TestClient(app, base_url="http://10.0.0.5:8765", follow_redirects=False) as client:
        for path in (f"/?token={token}", f"/login?token={token}&next=/", f"/{token}"):
            client.get(path, headers={"authorization": f"Bearer {token}", "x-token": token})
        client.cookies.set("briefs-entry-8765", token)
        assert client.get("/").status_code == 303
        page = client.get("/login")
        assert page.headers["referrer-policy"] == "same-origin"
        assert token not in page.text


def test_two_desks_do_not_share_a_form(folder: Path) -> None:
    """A form's token is worth nothing at a desk with another key, nor is an entry under another token."""
    first, second = Keys(SECRET, "one-token-of-characters"), Keys(SECRET, "two-token-of-characters")
    session = "s" * 43
    assert not Keys(b"x" * 32).is_form(session, first.form(session))
    assert not second.has_entered(session, first.entry(session))
    assert not first.has_entered("t" * 43, first.entry(session))
    with desk(folder) as browser:
        assert browser.client.post("/who", data={"csrf": Keys(b"x" * 32).form(session)}).status_code == 403
