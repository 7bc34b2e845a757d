"""Clocks that are wrong, and servers of models that answer badly, not at all, or are restarted."""

import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks import faults_check
from benchmarks.faults_server import serving
from benchmarks.faults_shim import Shim
from benchmarks.faults_world import Situation, Skipped, Told, World, told

# The clock.


def _shim(world: World) -> Shim:
    """Return what moves the clock of runs; raises Skipped where there is none."""
    if world.shim is None:
        raise Skipped("the clock wants a C compiler")
    return world.shim


def _asking(url: str) -> tuple[str, ...]:
    return ("--model", "openai:stub", "--base-url", url, "--requests-per-minute", "6000")


def clock(first: int, then: int) -> Situation:
    """Return two runs at two times of day, in seconds from now; the second is of changed articles."""

    def play(world: World, name: str) -> Told:
        shim, folder = _shim(world), world.folder(name)
        with serving(folder / "calls.log") as server:
            model = _asking(server.url)
            shim.set_clock(first)
            world.ran(folder, *model)
            calls = len(server.calls("asked"))
            shim.set_clock(then)
            same = world.ran(folder, *model)
            again = len(server.calls("asked")) - calls
            found = world.ran(folder, *model, later=True)
            shim.set_clock(0)
            wrong = [*same.wrong, *found.wrong, *_negative(folder / "out" / "run.json")]
            if again:
                wrong.append(f"{again} calls were made again")
            wanted = world.folder(f"{name} alone")
            for later in (False, True):
                world.ran(wanted, *model, later=later)
            wrong += faults_check.differences(folder / "out", wanted / "out")
            return found._replace(wrong=tuple(wrong))

    return play


def before_1970(world: World, name: str) -> Told:
    """Ask a model at a time that no library counts, and again at the right one."""
    shim, folder = _shim(world), world.folder(name)
    with serving(folder / "calls.log") as server:
        model = _asking(server.url)
        shim.set_clock(-60 * _YEAR)
        found = world.ran(folder, *model)
        shim.set_clock(0)
        if found.code != 2:
            found = found._replace(wrong=(*found.wrong, f"exit code {found.code}"))
        return world.again(folder, found, *model)


def jumping(world: World, name: str) -> Told:
    """Have the clock jump back and forth by years while a run asks a model."""
    folder, shim, over = world.folder(name), _shim(world), threading.Event()

    def jump() -> None:
        while not over.wait(0.05):
            shim.set_clock(-400_000_000 if time.monotonic_ns() % 2 else 400_000_000)

    with serving(folder / "calls.log") as server:
        jumper = threading.Thread(target=jump)
        jumper.start()
        model = _asking(server.url)
        found = world.ran(folder, *model)
        over.set()
        jumper.join()
        shim.set_clock(0)
        return found._replace(wrong=(*found.wrong, *_negative(folder / "out" / "run.json")))


def _negative(record: Path) -> list[str]:
    found = re.findall(r'"(\w*seconds)": (-[\d.]+)', record.read_text("utf-8"))
    return [f"{name} is {value}" for name, value in found]


# The model's server.

_GOOD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
_WHOLE = b'{"id": "x", "object": "chat.completion", "created": 0, "model": "stub", "choices": []}'


def badly(answer: Callable[[socket.socket], object]) -> Situation:
    """Return a server that answers every call in one bad way, and a good one on the same port afterwards."""

    def play(world: World, name: str) -> Told:
        folder = world.folder(name)
        with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
            port = listening.getsockname()[1]
            serve = threading.Thread(target=_answer_badly, args=(listening, answer), daemon=True)
            serve.start()
            model = (
                "--model",
                "openai:stub",
                "--base-url",
                f"http://127.0.0.1:{port}/v1",
                "--timeout",
                "1.5",
            )
            with _environment(BRIEFS_ATTEMPTS="2", BRIEFS_TOTAL_TIME="3"):
                found = world.ran(folder, *model)
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
        return _and_good(world, folder, found, port, model)

    return play


def refused(world: World, name: str) -> Told:
    """Name a port at which nobody listens."""
    folder = world.folder(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    model = ("--model", "openai:stub", "--base-url", f"http://127.0.0.1:{port}/v1", "--timeout", "1.5")
    with _environment(BRIEFS_ATTEMPTS="2", BRIEFS_TOTAL_TIME="3"):
        found = world.ran(folder, *model)
    return _and_good(world, folder, found, port, model)


def restarted(down: float) -> Situation:
    """Return a server that is killed in mid-run and started again on the same port after some seconds."""

    def play(world: World, name: str) -> Told:
        folder = world.folder(name)
        begun = time.monotonic()
        with serving(folder / "calls.log", seconds=0.3) as server:
            port = int(server.url.rsplit(":", 1)[1].split("/")[0])
            child = world.start(
                folder, "--model", "openai:stub", "--base-url", server.url, "--concurrency", "2"
            )
            while len(server.calls("answered")) < 2 and time.monotonic() - begun < 120:
                time.sleep(0.01)
        time.sleep(down)
        with serving(folder / "calls.log", port=port) as server:
            found = told(child, child.wait(), time.monotonic() - begun, folder / "out")
        wrong = [*found.wrong, *((f"exit code {found.code}: {found.said}",) if found.code else ())]
        twice = [key for key in set(server.calls("answered")) if server.calls("answered").count(key) > 1]
        return found._replace(wrong=(*wrong, *(f"answered twice: {key}" for key in twice)))

    return play


def worker_killed(model: bool) -> Situation:
    """Return a run on two processes of which one is killed as soon as the first brief is written."""

    def play(world: World, name: str) -> Told:
        folder = world.folder(name)
        out, begun = folder / "out", time.monotonic()
        with serving(folder / "calls.log", seconds=0.3) as server:
            asks = ("--model", "openai:stub", "--base-url", server.url) if model else ()
            child = world.start(folder, "--jobs", "2", *asks)
            killed = 0
            while not killed and time.monotonic() - begun < 120:
                if len(server.calls("answered")) >= 2 if model else list(out.glob("*.json")):
                    killed = _kill_one_of(child.pid)
                time.sleep(0.002)
            found = told(child, child.wait(), time.monotonic() - begun, out)
            answered = server.calls("answered")
            wrong = [*found.wrong, *(() if killed else ("no worker was killed",))]
            wrong += [f"answered twice: {key}" for key in set(answered) if answered.count(key) > 1]
            wanted = world.folder(f"{name} alone")
            world.ran(wanted, *asks)
            wrong += faults_check.differences(out, wanted / "out")
        return found._replace(wrong=tuple(wrong))

    return play


def _kill_one_of(group: int) -> int:
    """Kill a worker of a run and return its number; 0 where there is none."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            fields = (folder / "stat").read_text("ascii", "replace").rpartition(")")[2].split()
            is_worker = int(fields[2]) == group and int(folder.name) != group and fields[0] != "Z"
            if is_worker and b"resource_tracker" not in (folder / "cmdline").read_bytes():
                os.kill(int(folder.name), signal.SIGKILL)
                return int(folder.name)
    return 0


def _and_good(world: World, folder: Path, found: Told, port: int, model: tuple[str, ...]) -> Told:
    """Check that all parts are the offline draft and say so; then run again with a good server."""
    wrong = list(found.wrong)
    if found.code != 1:
        wrong.append(f"exit code {found.code}, not 1")
    heads = {path.name: path.read_text("utf-8")[:1500] for path in (folder / "out").glob("0*.md")}
    wrong += [
        f"{name}: does not say that calls failed" for name, head in heads.items() if "offline" not in head
    ]
    with serving(folder / "calls.log", port=port) as server:
        again = world.ran(folder, *model)
        calls = len(server.calls("asked"))
        if again.code or not calls:
            wrong.append(f"again: exit code {again.code}, {calls} calls: {again.said}")
        third = world.ran(folder, *model)
        if third.code or len(server.calls("asked")) > calls:
            wrong.append("a third run asked again")
    return found._replace(wrong=tuple(wrong))


def _answer_badly(listening: socket.socket, answer: Callable[[socket.socket], object]) -> None:
    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65_536)
            answer(connection)

    with suppress(OSError):
        while True:
            threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()


def _sent(head: bytes, body: bytes, pause: float = 0.0) -> Callable[[socket.socket], None]:
    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        for at in range(0, len(body), 1 if pause else max(1, len(body))):
            connection.sendall(body[at : at + (1 if pause else len(body))])
            time.sleep(pause)

    return send


def _endless(connection: socket.socket) -> None:
    connection.sendall(_GOOD.replace(b"content-length: ", b"transfer-encoding: chunked\r\n\r\n"))
    while True:
        connection.sendall(b"4\r\n    \r\n")
        time.sleep(0.02)


@contextmanager
def _environment(**given: str) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(given)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _page(status: bytes) -> bytes:
    page = b"<html><body>Bad gateway</body></html>"
    return b"HTTP/1.1 %s\r\ncontent-type: text/html\r\ncontent-length: %d\r\n\r\n%s" % (
        status,
        len(page),
        page,
    )


_YEAR = 31_556_952
_LONG = b"%d\r\n\r\n"
CLOCKS: dict[str, Situation] = {
    "clock put back ten years": clock(0, -10 * _YEAR),
    "clock put forward ten years": clock(0, 10 * _YEAR),
    "clock before 1970": before_1970,
    "clock after 2038": clock(0, 20 * _YEAR),
    "clock that jumps in mid-run": jumping,
}
SERVERS: dict[str, Situation] = {
    "server: nobody listens": refused,
    "server: half a reply": badly(_sent(_GOOD + _LONG % len(_WHOLE), _WHOLE[:40])),
    "server: a byte a second": badly(_sent(_GOOD + _LONG % len(_WHOLE), _WHOLE, 1.0)),
    "server: a reply without end": badly(_endless),
    "server: length too large": badly(_sent(_GOOD + _LONG % 4_000, _WHOLE)),
    "server: length too small": badly(_sent(_GOOD + _LONG % 20, _WHOLE)),
    "server: silence": badly(lambda _: time.sleep(30)),
    "server: a page, 200": badly(_sent(_page(b"200 OK"), b"")),
    "server: a page, 502": badly(_sent(_page(b"502 Bad Gateway"), b"")),
    "server: sends elsewhere": badly(
        _sent(b"HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:9/v1\r\ncontent-length: 0\r\n\r\n", b"")
    ),
    "server: no HTTP": badly(_sent(b"SSH-2.0-OpenSSH_9.2\r\n", b"")),
    "a worker killed, --jobs 2": worker_killed(model=False),
    "a worker killed, --jobs 2 with a model": worker_killed(model=True),
    "server restarted, away for 0 s": restarted(0.0),
    "server restarted, away for 3 s": restarted(3.0),
}
