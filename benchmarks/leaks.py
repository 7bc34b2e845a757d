"""Keys planted wherever one may lie, every command run with all logs on, and all that was written searched.

    python -m benchmarks.leaks [--ray] [--keep DIR]

Each place has a key of its own, half of them in the shape of a provider's, half in none: the environment
(the model's key, those of other services, a proxy's, the desk's token), `briefs.toml` in the wrong place,
a login in the address of the model's server and in that of an article, and whatever a server on loopback
(`leaks_server`) gives back of the key that it was sent: in errors of every status, headers, redirects, pages,
and, in one row, in the model's own words. Every logger is set to DEBUG by a `sitecustomize` module, and every
switch of LangChain, OpenAI's client, httpx and asyncio that makes more be said is on.

Searched, byte by byte and inside compressed texts of the databases: standard output and error, the output
folder, recordings, caches, temporary and home folder, and the command lines of all processes that were
started. Printed is a row a command. Exit code 1: a key was found.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from benchmarks import desk_folder
from benchmarks.leaks_server import echoing

_LOUD = """
import faulthandler, logging, warnings
logging.basicConfig(level=logging.DEBUG)
logging.captureWarnings(True)
warnings.simplefilter("always")
faulthandler.enable()
"""
_SWITCHES = {
    **dict.fromkeys(
        ("LANGCHAIN_VERBOSE", "LANGCHAIN_DEBUG", "LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"), "true"
    ),
    **dict.fromkeys(("OPENAI_LOG", "HTTPX_LOG_LEVEL", "HTTPCORE_LOG_LEVEL", "ANTHROPIC_LOG"), "debug"),
    **dict.fromkeys(("PYTHONASYNCIODEBUG", "PYTHONUNBUFFERED"), "1"),
    "LANGSMITH_ENDPOINT": "http://127.0.0.1:9",
}


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Planted(NamedTuple):
    """A key and where it lies."""

    place: str
    key: str


def _keys() -> dict[str, Planted]:
    """Return the keys by the name of what they are put into; every one is another."""
    return {
        name: Planted(name, key)
        for name, key in (
            ("BRIEFS_API_KEY", "Vq7mZr2Lw9Xt4Kd8Bf3N"),
            ("OPENAI_API_KEY", "sk-proj-" + "Hn5Wc8Qy2Jp6Rv1Tg7Ms4Zx9"),
            ("ANTHROPIC_API_KEY", "sk-ant-" + "Bd3Fk9Lp5Xw1Qr7Vn2Yt8Hc6"),
            ("LANGSMITH_API_KEY", "lsv2_pt_" + "Gm4Zs8Kx2Wb6Np1Jv9Rt5Qd3"),
            ("HF_TOKEN", "hf_" + "Tz6Lq1Xv8Rm3Wk9Pj5Hb2Nc7Fd4"),
            ("AWS_SECRET_ACCESS_KEY", "Jw2Pk7Vd4Zn9Tb6Rx1Qm8Lh3Gc5Ys0"),
            ("OPENAI_ORG_ID", "org-" + "Kf8Wd3Rn6Zp1Xt9Vb4Mq7Jh2"),
            ("BRIEFS_DESK_TOKEN", "Qh9Bv5Tn1Zk7Wd3Xr8Mp2Fc6"),
            ("proxy", "Ws4Nq8Zb2Jt6Lx9Pv3Kd7Rm1"),
            ("briefs.toml", "Xp6Dk1Rz7Vm3Bw9Tn5Hq2Jc8"),
            ("base url", "Mt3Zv9Kp5Wx1Nb7Rq4Ld8Fh2"),
            ("article url", "Rb8Jn2Xw6Tq9Zm4Vk1Pd7Lc5"),
            ("odd key", "Nz5Qp9Wt3Xb7Kv1"),
            ("organisation", "org-" + "Zc1Vt7Mx3Qk9Wn5Rb8Jp4Ld6"),
        )
    }


class Row(NamedTuple):
    """What came of one command."""

    what: str
    code: int
    searched: int
    """Bytes of everything that was written up to then."""
    found: tuple[str, ...]
    """What no row before it has found."""


class Bench:
    """A home of its own for every command, and the search through it."""

    def __init__(self, root: Path) -> None:
        """Make the folders, two articles and a document."""
        self.root, self.keys = root, _keys()
        for name in ("home", "tmp", "caches", "loud", "said", "articles", "evidence", "mute"):
            (root / name).mkdir()
        (root / "loud" / "sitecustomize.py").write_text(_LOUD)
        for number in range(2):
            text = "\n\n".join(desk_folder.article(number).article.text.split("\n\n")[:3])
            (root / "articles" / f"report{number}.txt").write_text(text)
        (root / "evidence" / "register.csv").write_text("year,count\n2030,41\n2031,52\n")
        self._lines: set[str] = set()
        self._known: set[str] = set()
        self._typed = ""  # a key on a command line that a person types
        self._number = 0

    def environment(self, more: Mapping[str, str] = _NOTHING) -> dict[str, str]:
        """Return the environment of a command: every key, every switch, folders of its own."""
        named = {name: self.keys[name].key for name in self.keys if name.isupper()}
        folders = {
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "XDG_CACHE_HOME": str(self.root / "caches"),
            "PYTHONPATH": f"{self.root / 'loud'}:{Path(__file__).parents[1]}",
        }
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**kept, **_SWITCHES, **named, **folders, **more}

    def run(
        self, what: str, *words: str, cwd: Path | None = None, environment: Mapping[str, str] = _NOTHING
    ) -> Row:
        """Run a command of briefs to its end; search."""
        with self.watched():
            done = subprocess.run(
                [sys.executable, "-m", "briefs", *words],
                capture_output=True,
                cwd=cwd or self.root,
                env=self.environment(environment),
                timeout=600,
                check=False,
            )
        return self.row(what, done.returncode, done.stdout + done.stderr)

    def row(self, what: str, code: int, said: bytes) -> Row:
        """Keep what a command said, search everything, and print the row."""
        self._number += 1
        (self.root / "said" / f"{self._number:02}.txt").write_bytes(f"$ {what}\n".encode() + said)
        searched, every = self._searched()
        found = [each for each in dict.fromkeys(every) if each not in self._known]
        self._known.update(found)
        row = Row(what, code, searched, tuple(found))
        print(f"{what:58} exit {code:3}  {len(said):9,} said  {searched:12,} searched  "
              f"{'none' if not found else '; '.join(found)}", flush=True)  # fmt: skip
        return row

    @contextmanager
    def typed(self, key: str) -> Iterator[None]:
        """Leave out the command line on which a person typed a key; what is started from it is looked at."""
        self._typed = key
        yield
        self._typed = ""

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Keep the command lines of every process that starts meanwhile."""
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(0.2):
                for path in Path("/proc").glob("[0-9]*/cmdline"):
                    try:
                        line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                    except OSError:
                        continue
                    if not (self._typed and self._typed in line and " -m briefs " in line):
                        self._lines.add(line)

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _searched(self) -> tuple[int, list[str]]:
        searched, found = 0, []
        wanted = {each.place: each.key.encode() for each in self.keys.values()}
        written = [
            (path, path.read_bytes()) for path in sorted(self.root.rglob("*")) if _is_output(path, self.root)
        ]
        lines = "\n".join(sorted(self._lines)).encode()
        for name, content in (*((str(path.relative_to(self.root)), data) for path, data in written),
                              ("command lines", lines)):  # fmt: skip
            searched += len(content)
            for place, key in wanted.items():
                if key in content or any(key in each for each in _unpacked(content)):
                    found.append(f"key of {place} in {name}")
        return searched, found


def _is_output(path: Path, root: Path) -> bool:
    """Tell whether a file was written by a command, and not by this benchmark."""
    ours = {root / "loud" / "sitecustomize.py", root / "mute" / "briefs.toml"}
    return path.is_file() and not path.is_symlink() and path not in ours


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the zlib streams in a file: databases keep texts packed."""
    for each in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        try:
            yield zlib.decompressobj().decompress(content[each.start() :], 4 * 2**20)
        except zlib.error:
            continue


def main() -> None:
    """Run everything, print, and exit 1 where a key was found."""
    from benchmarks.leaks_commands import Commands  # noqa: PLC0415 - it needs what is defined here

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ray", action="store_true", help="also on a Ray of two workers, started for it")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="a new folder that everything is kept in")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = given.keep or Path(name)
        root.mkdir(parents=True, exist_ok=True)
        bench = Bench(root.resolve())
        with echoing(bench.keys["organisation"].key) as server:
            commands = Commands(bench, server.server_port)
            rows = [*commands.with_a_model(), *commands.wrong_places(), *commands.without_a_model()]
            rows += [*commands.batch(), *(commands.ray() if given.ray else ())]
            sent = server.keys
    if bench.keys["BRIEFS_API_KEY"].key not in sent:
        print("the server was never sent the key: nothing was tried")
        sys.exit(1)
    leaks = {each for row in rows for each in row.found}
    print(f"{len(rows)} commands, {len(bench.keys)} keys; keys found: {len(leaks)}")
    sys.exit(1 if leaks else 0)


if __name__ == "__main__":
    main()
