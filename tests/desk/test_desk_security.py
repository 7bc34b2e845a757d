"""Who may ask the desk, from where and with how much; headers of every answer."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from desk_pages import JSON, NURSES, SECRET, Browser, desk, workspace
from starlette.routing import Route
from starlette.testclient import TestClient

from briefs.desk.app import Serving, create_app
from briefs.desk.asking import own_path
from briefs.desk.security import HEADERS, MOST_BODY, Keys, Names, is_loopback
from briefs.store.secret import kept_secret, secret_for_now

POSTS = (
    f"/a/{NURSES}/c/b0",
    f"/a/{NURSES}/c/b0/dismiss",
    f"/a/{NURSES}/c/b0/restore",
    f"/a/{NURSES}/c/b0/q/k0",
    f"/a/{NURSES}/add",
    "/calls",
    "/who",
    "/login",
    "/logout",
)


def test_every_route_that_changes_something_is_in_the_table(browser: Browser) -> None:
    """A new POST route that nobody tried without its token would be a hole."""
    app = browser.client.app  # type: ignore[attr-defined]
    patterns = [
        re.compile(route.path_regex)
        for route in app.routes
        if isinstance(route, Route) and "POST" in (route.methods or ())
    ]
    from_description = {
        path for path, ways in browser.json("/openapi.json")["paths"].items() if "post" in ways
    }
    assert len(from_description) == len(POSTS)
    assert all(any(p.match(post) for p in patterns) for post in POSTS) or not patterns


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("given", [None, "", "x", "0" * 64, "é"])
def test_no_form_counts_without_its_token(browser: Browser, path: str, given: str | None) -> None:
    """A page of another site can send a form, but not with the token of ours."""
    browser.get("/")
    data = {"who": "Eve", "reason": "x", "note": "x"} | ({} if given is None else {"csrf": given})
    assert browser.client.post(path, data=data, follow_redirects=False).status_code == 403
    assert workspace(browser).store.last() == 0


def test_a_token_is_another_sessions_nothing(browser: Browser) -> None:
    """The token of somebody else's page, or one without its cookie, opens nothing."""
    token = browser.csrf()
    browser.client.cookies.clear()
    claim = browser.client.get(f"/a/{NURSES}", headers=JSON).json()["claims"][0]["brief"]
    answer = browser.client.post(f"/a/{NURSES}/c/{claim}", data={"csrf": token, "note": "x", "who": "Eve"})
    assert answer.status_code == 403
    browser.client.cookies.clear()
    assert browser.client.post("/who", data={"csrf": token, "who": "Eve"}).status_code == 403


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({"origin": "http://127.0.0.1"}, 303),
        ({"origin": "http://127.0.0.1:8000"}, 403),  # another server of this machine is another site
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_changes_come_from_our_own_pages(browser: Browser, header: dict[str, str], status: int) -> None:
    """What the browser says of where a form comes from is believed."""
    sent = {"csrf": browser.csrf(), "who": "Ana"}
    assert (
        browser.client.post("/who", data=sent, headers=header, follow_redirects=False).status_code == status
    )


@pytest.mark.parametrize(
    ("host", "served", "allowed", "holds"),
    [
        ("127.0.0.1:8765", "127.0.0.1", (), True),
        ("localhost:1", "127.0.0.1", (), True),
        ("LOCALHOST", "127.0.0.1", (), True),
        ("localhost.", "127.0.0.1", (), True),
        ("[::1]:8765", "127.0.0.1", (), True),
        ("evil.example", "127.0.0.1", (), False),
        ("evil.example:8765", "127.0.0.1", (), False),
        ("127.0.0.1.evil.example", "127.0.0.1", (), False),
        ("localhost@evil.example", "127.0.0.1", (), False),
        ("evil.example/localhost", "127.0.0.1", (), False),
        ("127.0.0.1, evil.example", "127.0.0.1", (), False),
        ("127.0.0.1:99999", "127.0.0.1", (), False),
        ("", "127.0.0.1", (), False),
        (None, "127.0.0.1", (), False),
        ("10.0.0.5:8765", "127.0.0.1", (), False),
        ("10.0.0.5:8765", "10.0.0.5", (), True),
        ("127.0.0.1", "10.0.0.5", (), False),
        ("10.0.0.5", "0.0.0.0", (), True),
        ("[fe80::1]", "::", (), True),
        ("desk.newsroom.example", "0.0.0.0", (), False),
        ("desk.newsroom.example", "0.0.0.0", ("desk.newsroom.example",), True),
    ],
)
def test_only_our_own_names_are_answered(
    host: str | None, served: str, allowed: tuple[str, ...], holds: bool
) -> None:
    """A name that somebody else may point at this machine (DNS rebinding) is none of ours."""
    assert Names(served, allowed).hold(host) is holds


def test_a_foreign_host_gets_no_word_of_an_article(browser: Browser) -> None:
    """The refusal of a foreign name comes before everything else, files of style too."""
    for path in ("/", f"/a/{NURSES}", "/openapi.json", "/static/desk.css", "/login"):
        answer = browser.get(path, host="evil.example")
        assert (answer.status_code, len(answer.text) < 100) == (400, True), path
        assert "set-cookie" not in answer.headers or "evil" not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", f"/a/{NURSES}", 200),
        ("GET", "/static/desk.css", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/login", 303),
        ("GET", "/nowhere", 404),
        ("GET", "/static/nowhere.css", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/a/nowhere", 404),
        ("GET", "/?page=0", 422),
        ("GET", "/?status=true", 422),
        ("POST", "/", 405),
        ("PUT", "/calls", 405),
        ("DELETE", f"/a/{NURSES}", 405),
        ("TRACE", "/", 405),
        ("POST", "/calls", 403),
        ("HEAD", "/", 200),
        ("OPTIONS", "/", 405),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_every_answer_has_the_headers(
    browser: Browser, method: str, path: str, status: int, accept: str
) -> None:
    """Errors, redirects and files are answers as well."""
    answer = browser.client.request(method, path, headers={"accept": accept}, follow_redirects=False)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "server" not in answer.headers
    assert "unsafe" not in answer.headers["content-security-policy"]
    if accept == "application/json" and status >= 400 and not path.startswith("/static"):
        assert answer.json()["message"]


def test_no_page_has_a_script_or_style_of_its_own(browser: Browser) -> None:
    """The policy forbids inline script and style; a page that had some would be broken."""
    claim = browser.claims()[0]["brief"]
    pages = ("/", "/?status=open", "/search?q=nurses", f"/a/{NURSES}?claim={claim}", f"/a/{NURSES}/log",
             f"/a/{NURSES}/add", f"/a/{NURSES}/add?first=3", "/calls", "/story", "/help", "/who", "/nowhere")  # fmt: skip
    for path in pages:
        page = browser.get(path).text
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\son\w+\s*=|\sstyle\s*=|javascript:", page), path
        assert not re.search(
            r'(?:src|href|action)="(?:https?:)?//', re.sub(r'<a [^>]*rel="[^"]*noopener[^>]*>', "", page)
        ), path


def test_a_body_that_is_too_large_is_refused_whether_or_not_it_says_so(browser: Browser) -> None:
    """Nothing is read without bound: neither a stated length nor a stream."""
    csrf = browser.csrf()
    big = "x" * (MOST_BODY + 1)
    stated = browser.client.post("/who", data={"csrf": csrf, "who": big})
    assert stated.status_code == 413

    def stream() -> "object":
        yield f"csrf={csrf}&who=".encode()
        for _ in range(MOST_BODY // 1024 + 1):
            yield b"x" * 1024

    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.client.post("/who", content=stream(), headers=kind).status_code == 413  # type: ignore[arg-type]
    assert browser.client.post("/who", content=b"", headers={"content-length": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"csrf": "x"}', "application/json"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"csrf=" + b"&a=b" * 5000, "application/x-www-form-urlencoded"),
        (b"", "text/plain"),
    ],
)
def test_a_body_that_is_no_form_is_no_fault(browser: Browser, content: bytes, kind: str) -> None:
    """Whatever bytes come, they are refused by a page with a status of four hundred."""
    browser.get("/")
    answer = browser.client.post("/who", content=content, headers={"content-type": kind})
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text


def test_an_unforeseen_fault_shows_and_logs_no_word(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A traceback may hold words of an unpublished article: neither page nor log has them."""
    with desk(folder) as browser:

        def broken(_: object) -> None:
            raise RuntimeError("the minister resigned in secret")

        monkeypatch.setattr(type(workspace(browser).catalogue), "refresh", broken)
        answer = browser.get("/")
        monkeypatch.undo()
    assert answer.status_code == 500
    assert "minister" not in answer.text + caplog.text
    assert "RuntimeError" not in answer.text
    assert "unforeseen RuntimeError" in caplog.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


def test_cookies_are_for_our_pages_alone(browser: Browser) -> None:
    """No script reads them, no other site's page sends them; two desks of one machine keep theirs apart."""
    first = browser.get("/")
    assert re.fullmatch(
        r"briefs-desk-0=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict", first.headers["set-cookie"]
    )
    assert "set-cookie" not in browser.get("/").headers
    named = browser.post("/who", who="Zoë; Path=/evil")
    assert re.fullmatch(
        r"briefs-who=Zo%C3%AB%3B%20Path%3D%2Fevil; Path=/; HttpOnly; SameSite=Strict; Max-Age=\d+",
        named.headers["set-cookie"],
    )


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/a/x?claim=1", "/a/x?claim=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nset-cookie: x=1", "/"),
        ("", "/"),
        ("a", "/"),
    ],
)
def test_a_form_leads_nowhere_else(browser: Browser, given: str, path: str) -> None:
    """Where to go on after a form is a path of the desk, whatever the form says."""
    assert own_path(given) == path
    assert browser.post("/who", who="Ana", next=given).headers["location"] == path


def test_a_page_outlives_a_restart(folder: Path, tmp_path: Path) -> None:
    """What forms are signed with is kept for this user alone: what was typed meanwhile is not refused."""
    path = tmp_path / "cache" / "desk.key"
    secret = kept_secret(path)
    assert kept_secret(path) == secret
    assert len(secret) >= 32
    assert path.stat().st_mode & 0o777 == 0o600
    with desk(folder) as before:
        csrf, cookies = before.csrf(), dict(before.client.cookies)
    with desk(folder) as after:
        after.client.cookies.update(cookies)
        assert (
            after.client.post("/who", data={"csrf": csrf, "who": "Ana"}, follow_redirects=False).status_code
            == 303
        )


def test_a_key_that_cannot_be_kept_stops_nobody(tmp_path: Path) -> None:
    """A home that cannot be written costs open pages a reload after a restart, and no more."""
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert len(secret_for_now(blocked / "desk.key")) >= 32
    with pytest.raises(OSError, match=r"desk\.key|file"):
        kept_secret(blocked / "desk.key")


def test_two_commands_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    """What one of them has signed is known to all; a file that was cut short is made anew."""
    path = tmp_path / "cache" / "desk.key"
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(kept_secret, [path] * 40))) == 1
    path.write_bytes(b"short")
    assert len(kept_secret(path)) >= 32
    assert [each.name for each in path.parent.iterdir()] == ["desk.key"]


class TestToken:
    """A desk that others reach needs its token."""

    @pytest.fixture
    def outside(self, folder: Path) -> TestClient:
        """Return a client of a desk at another address than loopback."""
        app = create_app(folder, Keys(SECRET, "a-token-of-24-characters"), Serving("10.0.0.5", 8765))
        return TestClient(app, base_url="http://10.0.0.5:8765", follow_redirects=False)

    def test_nothing_is_shown_without_it(self, outside: TestClient) -> None:
        """Neither a title nor the description of the routes, for a page, a program or a form."""
        with outside as client:
            for path in ("/", f"/a/{NURSES}", "/openapi.json", "/calls", "/help"):
                page = client.get(path)
                assert page.status_code == 303, path
                assert page.headers["location"].startswith("/login?next=%2F")
                assert client.get(path, headers=JSON).status_code == 401
            assert client.post("/calls", data={}).status_code == 401
            assert NURSES not in client.get("/login").text
            assert client.get("/static/desk.css").status_code == 200

    def test_it_opens_a_session_and_closes_it(self, outside: TestClient) -> None:
        """Typed once, kept in a cookie that is worth nothing in another session."""
        with outside as client:
            browser = Browser(client)
            page = client.get("/login?next=/calls").text
            found = re.search(r'name="csrf" value="([^"]+)"', page)
            assert found is not None
            wrong = client.post(
                "/login", data={"csrf": found[1], "token": "not-the-token-at-all-no", "next": "/"}
            )
            assert wrong.status_code == 403
            assert "not-the-token" not in wrong.text
            right = client.post(
                "/login", data={"csrf": found[1], "token": "a-token-of-24-characters", "next": "/calls"}
            )
            assert (right.status_code, right.headers["location"]) == (303, "/calls")
            assert "a-token" not in right.headers["set-cookie"]
            assert "HttpOnly; SameSite=Strict" in right.headers["set-cookie"]
            assert client.get("/").status_code == 200
            entry = client.cookies["briefs-entry-8765"]
            assert browser.post("/logout").status_code == 303
            assert client.get("/").status_code == 303
            client.cookies.clear()
            client.get("/login")
            client.cookies.set("briefs-entry-8765", entry)
            assert client.get("/").status_code == 303

    def test_loopback_is_not_its_name(self, outside: TestClient) -> None:
        """Its own address alone is answered."""
        with outside as client:
            assert client.get("/login", headers={"host": "evil.example:8765"}).status_code == 400


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.4", False),
        ("desk.example", False),
        ("", False),
    ],
)
def test_what_no_other_machine_reaches(host: str, own: bool) -> None:
    """A token is needed wherever others may come in; a name other than localhost may be anything."""
    assert is_loopback(host) is own
