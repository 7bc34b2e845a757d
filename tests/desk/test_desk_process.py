"""The desk as a person starts it: its address, its end, and what a kill leaves."""

import html
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import httpx2 as httpx
import pytest
from desk_pages import JSON, NURSES, desk, example, folder_at, on_disk, workspace

from briefs.domain.desk import Status
from briefs.store.desk import DeskStore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")


class Running(NamedTuple):
    """A desk in a process of its own."""

    process: "subprocess.Popen[str]"
    url: str
    said: str

    def form(self, client: httpx.Client) -> str:
        """Return the token of a session's forms."""
        found = re.search(r'name="csrf" value="([^"]+)"', client.get("/who").text)
        assert found is not None
        return html.unescape(found[1])


def _command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "briefs", "desk", str(folder), *options]


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """Start a desk on a free port; it is killed afterwards if it has not ended."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")}
    process = subprocess.Popen(
        _command(folder, "--port", "0", *options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.search(r"http://\S+/", line)
        assert found is not None, (line, process.stderr.read() if process.stderr else "")
        yield Running(process, found[0], line)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _edit(client: httpx.Client, csrf: str, brief: str, **fields: str) -> httpx.Response:
    sent = {"csrf": csrf, "who": "Ana", "revision": "0", **fields}
    return client.post(f"/a/{NURSES}/c/{brief}", data=sent, headers=JSON)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_desk_that_is_ended_has_written_its_files(folder: Path, how: signal.Signals) -> None:
    """What was signed off in the last second is in JSON and Markdown, and the end is no failure."""
    briefs = example().briefs[:8]
    with running(folder) as running_desk:
        assert running_desk.url.startswith("http://127.0.0.1:")
        with httpx.Client(base_url=running_desk.url) as client:
            csrf = running_desk.form(client)
            for brief in briefs:
                assert (
                    _edit(client, csrf, brief.id, status="usable", note=f"note of {brief.id}").status_code
                    == 200
                )
            running_desk.process.send_signal(how)
        _, said = running_desk.process.communicate(timeout=60)
    assert running_desk.process.returncode == 0
    assert said.strip().splitlines()[-1] == "Desk ended; everything is written."
    assert "Traceback" not in said
    assert [each.desk.status for each in on_disk(folder).briefs[:8]] == [Status.USABLE] * 8
    assert f"note of {briefs[7].id}" in (folder / f"{NURSES}.md").read_text()


def test_a_kill_loses_no_sign_off_that_was_confirmed(tmp_path: Path) -> None:
    """Two hundred sign-offs by four editors over HTTP, and kill -9 in their midst.

    Each answer that said "saved" is there afterwards, the file opens, and the next desk writes the files.
    """
    folder = folder_at(tmp_path / "outputs", made=19)
    slugs = sorted(path.stem for path in folder.glob("*.json"))
    work = [(slug, brief.id) for slug in slugs for brief in on_disk(folder, slug).briefs][:200]
    confirmed: list[tuple[str, str]] = []
    with running(folder) as running_desk:

        def editor(number: int) -> None:
            with httpx.Client(base_url=running_desk.url, timeout=30) as client, suppress(httpx.HTTPError):
                csrf = running_desk.form(client)
                for slug, brief in work[number::4]:
                    sent = {
                        "csrf": csrf,
                        "who": f"Editor {number}",
                        "revision": "0",
                        "status": "usable",
                        "note": brief,
                    }
                    answer = client.post(f"/a/{slug}/c/{brief}", data=sent, follow_redirects=False)
                    assert answer.status_code == 303, answer.text[-600:]
                    confirmed.append((slug, brief))

        editors = [threading.Thread(target=editor, args=(number,)) for number in range(4)]
        for each in editors:
            each.start()
        while len(confirmed) < 90 and any(each.is_alive() for each in editors):
            time.sleep(0.001)
        running_desk.process.kill()
        for each in editors:
            each.join()
    assert 90 <= len(confirmed) < 200
    with DeskStore.open(folder) as store:
        held = {event.brief for event in store.events()}
    assert {brief for _, brief in confirmed} <= held
    assert len(held) <= len(confirmed) + 4  # at most one under way an editor
    with desk(folder) as browser:
        workspace(browser).projector.settle()
        assert browser.json("/?status=usable")["total"] == len(held)
        for slug, brief in confirmed:
            found = next(each for each in on_disk(folder, slug).briefs if each.id == brief)
            assert (found.desk.status, found.desk.note) == (Status.USABLE, brief)


def test_a_port_that_is_taken_is_said_in_one_line(folder: Path) -> None:
    """With what to do, and the exit code of a wrong option."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(_command(folder, "--port", port), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "the port is taken" in done.stderr
    assert "--port" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("folder_name", "options", "said"),
    [
        ("nowhere", (), "is not a folder"),
        ("outputs", ("--host", "256.256.256.256"), "--host"),
        ("outputs", ("--host", "192.0.2.1", "--port", "0"), "--host"),
        ("outputs", ("--token", "short"), "at least 16 characters"),
        ("outputs", ("--port", "70000"), "--port"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(
    folder: Path, folder_name: str, options: tuple[str, ...], said: str
) -> None:
    """A wrong folder, address, token or port: exit code 2, no traceback."""
    done = subprocess.run(
        _command(folder.parent / folder_name, *options), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_desk_that_cannot_be_read_is_not_served(folder: Path) -> None:
    """Somebody else's file in its place is left as it is."""
    (folder / "desk.sqlite").write_text("a person's own file")
    done = subprocess.run(_command(folder, "--port", "0"), capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "desk.sqlite" in done.stderr
    assert (folder / "desk.sqlite").read_text() == "a person's own file"


def test_a_desk_of_which_a_part_is_missing_is_not_served(folder: Path) -> None:
    """What fails only when the parts are put together is one line as well."""
    with DeskStore.open(folder):
        pass
    database = sqlite3.connect(folder / "desk.sqlite")
    with database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("DELETE FROM sqlite_master WHERE name NOT LIKE 'events%'")
    database.close()
    done = subprocess.run(_command(folder, "--port", "0"), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "desk.sqlite" in done.stderr


def test_another_address_needs_a_token_that_is_printed_once(folder: Path) -> None:
    """It stands on standard output, in no log, and opens the desk."""
    with running(folder, "--host", "0.0.0.0") as running_desk:
        assert running_desk.process.stdout is not None
        line = running_desk.process.stdout.readline()
        token = line.rpartition(": ")[2].strip()
        assert len(token) >= 32
        with httpx.Client(base_url=running_desk.url) as client:
            assert client.get("/").status_code == 303
            csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/login").text)
            assert csrf is not None
            sent = {"csrf": csrf[1], "token": token, "next": "/"}
            assert client.post("/login", data=sent).status_code == 303
            assert client.get("/").status_code == 200
            client.get(f"/nowhere?secret={token}")
        running_desk.process.send_signal(signal.SIGTERM)
        out, said = running_desk.process.communicate(timeout=60)
    assert token not in out + said
    assert [
        path.name for path in folder.rglob("*") if path.is_file() and token.encode() in path.read_bytes()
    ] == []


def test_nothing_of_a_request_is_logged(folder: Path) -> None:
    """Words of an unpublished article, names and notes stay out of the terminal."""
    with running(folder) as running_desk:
        with httpx.Client(base_url=running_desk.url) as client:
            csrf = running_desk.form(client)
            _edit(client, csrf, example().briefs[0].id, note="the-secret-note")
            client.get("/search?q=the-secret-search")
            client.get("/a/the-secret-slug")
        running_desk.process.send_signal(signal.SIGTERM)
        out, said = running_desk.process.communicate(timeout=60)
    assert "the-secret" not in out + said
    assert said == "Desk ended; everything is written.\n"


def test_broken_requests_end_nothing(folder: Path) -> None:
    """Bytes that are no HTTP, endless headers and a connection that says nothing leave the desk up."""
    with running(folder) as running_desk:
        port = int(running_desk.url.rsplit(":", 1)[1].strip("/"))
        for sent in (
            b"\x00\xff\xfe\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET / HTTP/1.1\r\nhost: " + b"a" * 100_000 + b"\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + b"x: y\r\n" * 50_000 + b"\r\n",
            b"POST /who HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999999999999999\r\n\r\n",
            b"POST /who HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
            b"GET / HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
            b"GET http://evil.example/ HTTP/1.1\r\nhost: evil.example\r\n\r\n",
            b"",
        ):
            with socket.create_connection(("127.0.0.1", port), timeout=10) as connection, suppress(OSError):
                connection.sendall(sent)
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(4096)
                assert not answer or re.match(rb"HTTP/1.1 (4\d\d|200|303)", answer), answer[:80]
        with httpx.Client(base_url=running_desk.url) as client:
            assert client.get("/").status_code == 200


def test_what_was_typed_before_a_restart_can_be_sent_after_it(folder: Path) -> None:
    """The page that was open keeps its token, and a page of before keeps its revision."""
    brief = example().briefs[0].id
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running(folder, "--port", str(port)) as first, httpx.Client(base_url=first.url) as client:
        csrf = first.form(client)
        assert _edit(client, csrf, brief, note="one").status_code == 200
        cookies = dict(client.cookies)
        first.process.kill()
        first.process.wait()
        with running(folder, "--port", str(port)), httpx.Client(base_url=first.url, cookies=cookies) as again:
            assert _edit(again, csrf, brief, note="two", revision="1").status_code == 200
            stale = _edit(again, csrf, brief, note="three", revision="1")
            assert stale.status_code == 409
            assert json.loads(stale.text)["theirs"] == {"note": "two"}
