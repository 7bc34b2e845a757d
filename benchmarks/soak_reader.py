"""An editor's part of the soak: pages, filters, searches, sign-offs, answers, steadily, and bad manners.

Every request has the statuses that it may be answered with; anything else is a problem, and anything of 500
or more in any case. 409 (somebody was first) and 404 (the article was taken away meanwhile) belong to a desk
under which runs go on, and are counted. A connection is kept for some requests and then made anew.
"""

import html
import random
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

import httpx2 as httpx

JSON = {"accept": "application/json"}
_WORDS = ("harbour", "Brandvold", "tram", "October", '"', "a NEAR b", "count*", "Štěpánek", "2,31")
_ON_ONE_CONNECTION = 40
_PATIENCE = 120
"""Seconds; the desk itself waits 90 for its parser when a claim is added."""


class Asked(NamedTuple):
    """A request that was answered."""

    kind: str
    seconds: float
    status: int


class Reader:
    """Asks a desk; one thread."""

    def __init__(self, url: str) -> None:
        """Take the desk's address."""
        self._url = url
        self._draw = random.Random(7)  # noqa: S311 - what is clicked is no secret
        self._client = httpx.Client(base_url=url, timeout=_PATIENCE)
        self._form: dict[str, str] = {}
        self._slugs: list[str] = []
        self._source = ""
        self._number = 0
        self.asked: list[Asked] = []
        self.problems: list[str] = []
        self.statuses: Counter[int] = Counter()
        self.recorded = 0

    def step(self) -> None:
        """Do the next thing that an editor would."""
        self._number += 1
        if self._number % _ON_ONE_CONNECTION == 1:
            self._anew()
        if self._number % 10 == 1:
            self._look_around()
        doing = self._turns()[self._number % len(self._turns())]
        try:
            doing()
        except httpx.HTTPError as error:
            self.problems.append(f"{doing.__name__}: {type(error).__name__}: {error}")
            self._anew()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def wait(self) -> None:
        """Return when the desk has read its folder."""
        while not self._client.get("/", headers=JSON).json()["complete"]:
            time.sleep(0.2)

    def _turns(self) -> tuple[Callable[[], None], ...]:
        return (
            self._lists,
            self._sign_off,
            self._article,
            self._search,
            self._answer,
            self._lists,
            self._note,
            self._story,
            self._calls,
            self._dismiss,
            self._article,
            self._tick_off,
            self._wrong,
            self._log,
            self._broken_off,
        )

    def _anew(self) -> None:
        """Begin as a browser that is opened: a new connection, a new session."""
        self._client.close()
        self._client = httpx.Client(base_url=self._url, timeout=_PATIENCE)
        page = self._get("name", "/who", 200)
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        if found is None:
            self.problems.append("a page without a form's token")
            return
        self._form = {"csrf": html.unescape(found[1]), "who": f"Editor {self._number % 4}"}

    def _look_around(self) -> None:
        index = self._get("list, JSON", "/", 200, headers=JSON).json()
        self._slugs = [each["slug"] for each in index["articles"]] or self._slugs
        claims = self._get("list, JSON", "/?status=open", 200, headers=JSON).json()["claims"]
        self._source = claims[0]["said_by"] if claims else self._source

    def _get(self, kind: str, path: str, *may: int, headers: dict[str, str] | None = None) -> httpx.Response:
        return self._held(kind, path, lambda: self._client.get(path, headers=headers), may)

    def _post(self, kind: str, path: str, data: dict[str, str], *may: int) -> httpx.Response:
        answer = self._held(kind, path, lambda: self._client.post(path, data=data), may)
        self.recorded += answer.status_code == 303
        return answer

    def _held(
        self, kind: str, path: str, ask: Callable[[], httpx.Response], may: tuple[int, ...]
    ) -> httpx.Response:
        begun = time.perf_counter()
        answer = ask()
        self.asked.append(Asked(kind, time.perf_counter() - begun, answer.status_code))
        self.statuses[answer.status_code] += 1
        if answer.status_code not in may or answer.status_code >= 500:
            self.problems.append(f"{path[:120]}: {answer.status_code}: {answer.text[:200]!r}")
        return answer

    def _slug(self) -> str:
        return self._draw.choice(self._slugs)

    def _claim(self) -> "tuple[str, dict[str, object]] | None":
        slug = self._slug()
        answer = self._get("article, JSON", f"/a/{slug}", 200, 404, headers=JSON)
        claims = answer.json().get("claims") if answer.status_code == 200 else None
        return (slug, self._draw.choice(claims)) if claims else None

    def _lists(self) -> None:
        paths = (
            "/",
            "/?sort=date",
            "/?status=open&page=2",
            "/?priority=high&flag=figure_unsourced",
            f"/?source={quote(self._source)}",
            "/?status=usable",
            "/?q=trams",
            "/static/desk.js",
        )
        self._get("list", self._draw.choice(paths), 200)

    def _search(self) -> None:
        self._get("search", f"/search?q={quote(self._draw.choice(_WORDS))}", 200)

    def _article(self) -> None:
        self._get("article", f"/a/{self._slug()}", 200, 404)

    def _log(self) -> None:
        self._get("log", f"/a/{self._slug()}/log", 200, 404)

    def _story(self) -> None:
        self._get("story", "/story", 200)

    def _calls(self) -> None:
        self._get("call sheet", self._draw.choice(("/calls", "/calls?ticked=true", "/calls?page=2")), 200)

    def _change(self, kind: str, end: str, data: dict[str, str]) -> None:
        found = self._claim()
        if found is not None:
            slug, claim = found
            sent = {**self._form, "revision": str(claim["revision"]), **data}
            self._post(kind, f"/a/{slug}/c/{claim['brief']}{end}", sent, 303, 404, 409)

    def _sign_off(self) -> None:
        source = f"register of the harbour office, {self._number}"
        self._change("sign-off", "", {"status": "usable", "said": "confirmed", "source_consulted": source})

    def _note(self) -> None:
        self._change("note", "", {"note": f"Rang twice, {self._number}. " * 5})

    def _dismiss(self) -> None:
        if self._number // 15 % 2:
            self._change("dismissal", "/dismiss", {"reason": "said in jest"})
        else:
            self._change("dismissal", "/restore", {})

    def _answer(self) -> None:
        """Answer a question on an article's page."""
        slug = self._slug()
        page = self._get("article", f"/a/{slug}", 200, 404).text
        found = re.findall(r'action="(/a/[^"]+/q/[^"]+)"', page)
        if found:
            where = html.unescape(self._draw.choice(found))
            sent = {
                **self._form,
                "revision": str(2**40),
                "answer": f"No record, {self._number}",
                "done": "true",
            }
            self._post("answer", where, sent, 303, 404, 409)

    def _tick_off(self) -> None:
        """Answer a question on the call sheet."""
        errands = self._get("call sheet, JSON", "/calls", 200, headers=JSON).json()["errands"]
        if errands:
            one = self._draw.choice(errands)
            sent = {**self._form, "errand": one["id"], "seen": one["seen"], "done": "true"}
            self._post("answer", "/calls", sent, 303, 409)

    def add(self) -> None:
        """Add a claim that the tool missed: the desk starts its parser for that."""
        slug, first = self._slug(), self._number % 5
        page = self._get("add", f"/a/{slug}/add?first={first}", 200, 404).text
        places = [re.findall(r'value="(\d+)"', each) for each in re.findall(r"(?s)<select.*?</select>", page)]
        if len(places) == 2 and all(places):
            # Half a sentence: the whole is a claim already.
            sent = {**self._form, "start": places[0][0], "end": places[1][len(places[1]) // 2]}
            self._post("add, POST", f"/a/{slug}/add", sent, 303, 404, 409, 422)

    def _wrong(self) -> None:
        """Ask for what is not there, and without a form's token."""
        self._get("wrong", "/a/nobody-has-this", 404)
        self._get("wrong", "/?status=perhaps", 422)
        self._post("wrong", f"/a/{self._slug()}/c/none", {"csrf": "no", "note": "x"}, 403)

    def _broken_off(self) -> None:
        """Leave in the middle of a request, and of an answer."""
        address = (httpx.URL(self._url).host, httpx.URL(self._url).port or 80)
        for sent in (
            b"POST /who HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\nwho=",
            b"GET / HT",
        ):
            with socket.create_connection(address, timeout=10) as broken:
                broken.sendall(sent)
        with socket.create_connection(address, timeout=10) as broken:
            broken.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            broken.recv(64)
