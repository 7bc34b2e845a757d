"""The command line against bad input, as real processes: one clear line each, no traceback, no loss."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import bad_files
import pytest
from bad_files import ARTICLE
from whole_outputs import whole

from briefs.domain.slug import slug

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes, sockets and signals")
COMMAND = (sys.executable, "-m", "briefs")


def briefs(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own; its output as UTF-8 whatever it is."""
    result = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    decoded = (result.stdout.decode("utf-8", "replace"), result.stderr.decode("utf-8", "replace"))
    assert "Traceback" not in decoded[1], decoded[1]
    assert "please report" not in decoded[1], decoded[1]
    return subprocess.CompletedProcess(result.args, result.returncode, *decoded)


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in which $B is the command."""
    environment = {**os.environ, "B": " ".join(COMMAND)}
    command = ["bash", "-o", "pipefail", "-c", line]
    result = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert "Traceback" not in result.stderr, result.stderr
    assert "Exception ignored" not in result.stderr, result.stderr
    return result


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return a folder with one good article."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    return tmp_path


def test_every_refused_file_is_one_line_and_the_others_run(desk: Path) -> None:
    """27 files that hold no article: each named with its reason and what to do; the good one is briefed."""
    (desk / "in").mkdir()
    bad_files.refused(desk / "in")
    result = briefs("run", "in", "a.txt", "nowhere.txt", "", "/dev/zero", cwd=desk)
    assert result.returncode == 1
    errors = [line for line in result.stderr.splitlines() if line.startswith("briefs: ")]
    assert len(errors) == len(bad_files.REFUSED) + 3
    for name, words in bad_files.REFUSED.items():
        [line] = [line for line in errors if line.startswith(f"briefs: in/{name}: ")]
        assert words in line, line
        assert "; " in line, f"{line} does not say what to do"
    assert len(whole(desk / "outputs")) == 2
    record = json.loads((desk / "outputs" / "run.json").read_text("utf-8"))
    assert (record["done"], record["failed"]) == (1, len(errors))


@pytest.fixture(scope="module")
def oddities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder where odd articles have been run with two processes into all formats."""
    desk = tmp_path_factory.mktemp("odd")
    (desk / "in").mkdir()
    bad_files.odd(desk / "in")
    result = briefs("run", "in", "--jobs", "2", "--format", "md,json,html", cwd=desk)
    (desk / "stderr").write_text(result.stderr, "utf-8")
    (desk / "stdout").write_text(result.stdout, "utf-8")
    assert result.returncode == 0, result.stderr
    return desk


def test_odd_articles_are_all_briefed_and_verify(oddities: Path) -> None:
    """However odd a name or text is, its article gets three files under plain names that verify."""
    names = whole(oddities / "outputs")
    assert len(names) == 3 * (len(bad_files.ODD) + 4)
    assert all(name.isascii() and len(name) < 80 and "/" not in name for name in names)
    verified = briefs("verify", "outputs", cwd=oddities)
    assert verified.returncode == 0, verified.stdout


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_no_article_and_no_name_reaches_the_terminal_raw(oddities: Path, stream: str) -> None:
    """Escape sequences, line breaks in names and turned writing show as question marks."""
    shown = (oddities / stream).read_text("utf-8")
    assert shown.replace("\n", "").isprintable()
    assert "passwd" not in shown


def test_what_reads_worse_is_said(oddities: Path) -> None:
    """Another language, a guessed charset and unseen characters each give a note."""
    notes = (oddities / "stderr").read_text("utf-8")
    for words in (
        "rtl.txt: note: The article is in Hebrew",
        "unlabelled.txt: note: The charset is not stated; read as koi8-r",
        "unlabelled.txt: note: The article is in a language that could not be told",
        "ansi.txt: note: The text holds characters that are not seen",
        "damaged.txt: note: One place could not be decoded",
    ):
        assert words in notes


def test_scan_gives_one_json_line_an_article_with_the_untouched_text(oddities: Path) -> None:
    """Every line of `scan --json` is JSON, and a text file's text is the file's."""
    scanned = briefs("scan", "in", "--json", cwd=oddities)
    assert scanned.returncode == 0
    lines = [json.loads(line) for line in scanned.stdout.splitlines()]
    assert len(lines) == len(bad_files.ODD) + 4
    texts = {line["article"]["source_path"]: line["article"]["text"] for line in lines}
    for name, content in bad_files.ODD.items():
        charset = {"twice.txt": "utf-16", "unlabelled.txt": "koi8-r"}.get(name, "utf-8")
        if name.endswith(".txt"):
            expected = content.decode(charset, "replace")
            assert texts[f"in/{name}"] == expected, name
    shown = briefs("scan", "in", cwd=oddities).stdout
    assert shown.replace("\n", "").isprintable()


def test_the_same_article_given_in_many_ways_is_one(desk: Path) -> None:
    """A file, its folder, its folder again and nested folders give each article once."""
    (desk / "in" / "sub").mkdir(parents=True)
    (desk / "in" / "sub" / "b.txt").write_text(ARTICLE, "utf-8")
    result = briefs("run", "a.txt", "./a.txt", "in", "in/sub", "in/../in", "a.txt", cwd=desk)
    assert result.returncode == 0
    assert len(whole(desk / "outputs")) == 4


def test_outputs_never_become_inputs(desk: Path) -> None:
    """Running a folder into itself twice gives the same; a brief given as an article is refused."""
    for _ in range(2):
        assert briefs("run", ".", "--out", ".", "--format", "md,json,html", cwd=desk).returncode == 0
    assert len(whole(desk)) == 4
    pages = [*desk.glob("*-??????.md"), *desk.glob("*-??????.html")]
    refused = briefs("run", *pages, "--out", "again", cwd=desk)
    assert refused.returncode == 1
    assert refused.stderr.count("is a brief that this tool wrote") == 2
    assert not whole(desk / "again")


@pytest.mark.parametrize(
    ("taken", "make", "code"),
    [
        ("json", os.mkdir, 1),
        ("json", os.mkfifo, 0),
        ("md", os.mkfifo, 0),
        ("run.json", os.mkdir, 1),
        ("run.json", os.mkfifo, 0),
    ],
)
def test_an_output_name_that_is_taken_stops_only_itself(
    desk: Path, taken: str, make: Callable[[Path], None], code: int
) -> None:
    """A folder, or a pipe, with an output's name: said in one line, nothing hangs, nothing is lost."""
    out = desk / "out"
    own = slug("a.txt")
    out.mkdir()
    make(out / (taken if taken == "run.json" else f"{own}.{taken}"))
    (desk / "b.txt").write_text(ARTICLE, "utf-8")
    result = briefs("run", "a.txt", "b.txt", "--out", "out", cwd=desk)
    assert result.returncode == code, result.stderr
    assert len([name for name in os.listdir(out) if name.startswith("b-")]) == 2
    if (taken, code) == ("json", 1):
        assert not (out / f"{own}.md").exists(), "half of an article's files were written"


def test_a_full_disk_leaves_no_half_article(desk: Path) -> None:
    """Articles that do not fit any more are named, and have no file at all; the others verify."""
    out = desk / "small"
    out.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=60k", "tmpfs", str(out)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("cannot mount a small disk here")
    try:
        (desk / "b.txt").write_text(ARTICLE * 9, "utf-8")
        result = briefs("run", "a.txt", "b.txt", "--out", "small", "--no-store", cwd=desk)
        assert result.returncode == 1
        assert "briefs: b.txt: small/b-" in result.stderr
        assert "No space left" in result.stderr
        assert len(whole(out)) == 2
        assert briefs("verify", "small", cwd=desk).returncode == 0
    finally:
        subprocess.run(["umount", str(out)], check=True)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"TERM": "dumb", "COLUMNS": "20", "HOME": ""},
    ],
    ids=["ascii", "C", "dumb"],
)
def test_poor_surroundings_change_no_output(desk: Path, environment: dict[str, str]) -> None:
    """A terminal that knows ASCII alone, no locale and no home make no difference to the files."""
    (desk / "crab\U0001f980.txt").write_text(ARTICLE, "utf-8")
    assert briefs("run", "crab\U0001f980.txt", cwd=desk, **environment).returncode == 0
    assert briefs("verify", "outputs", cwd=desk, **environment).returncode == 0


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        pytest.param("$B run - <&-", 1, "standard input: is closed", id="stdin closed"),
        pytest.param("$B run - </dev/null", 1, "is empty", id="stdin empty"),
        pytest.param("$B run a.txt >&-", 0, "", id="stdout closed"),
        pytest.param("$B run a.txt 2>&-", 0, "", id="stderr closed"),
        pytest.param("$B run a.txt >/dev/full", 1, "No space left", id="stdout full"),
        pytest.param("$B scan --json a.txt a.txt | true", 1, "", id="reader gone"),
        pytest.param("$B run a.txt | true", 1, "", id="reader of the table gone"),
        pytest.param("$B --help | true; true", 0, "", id="reader of help gone"),
        pytest.param("$B run a.txt --published 2025-W01-1", 0, "", id="date by weeks"),
        pytest.param("$B run a.txt --published 0001-01-01", 0, "", id="first date"),
        pytest.param("$B run a.txt --published 9999-12-31", 0, "", id="last date"),
        pytest.param("$B run a.txt --out a.txt/$'\\e[31mx'", 2, "cannot be written", id="out under a file"),
        pytest.param("$B run http://127.0.0.1:9/x", 1, "private address", id="private address"),
        pytest.param("$B run http://[::1]/ http://0x7f.1/", 1, "private address", id="private, disguised"),
        pytest.param("$B run file:///etc/passwd", 1, "does not exist", id="no web address"),
        pytest.param("$B run http://", 1, "http(s) address", id="no host"),
        pytest.param("$B verify a.txt nowhere.md", 1, "neither .json nor .md", id="verify no brief"),
    ],
)
def test_streams_and_options(desk: Path, line: str, code: int, words: str) -> None:
    """Closed, full and empty streams and odd options: the right exit code and at most one line each."""
    result = shell(line, desk)
    assert result.returncode == code, result.stderr
    assert words in result.stderr
    assert result.stderr.replace("\n", "").isprintable()


class _Server(BaseHTTPRequestHandler):
    """Pages that end badly."""

    def do_GET(self) -> None:
        if self.path == "/private":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
            self.end_headers()
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        elif self.path == "/good":
            page = (
                f"<!doctype html><html><body><article><h1>Crates</h1><p>{ARTICLE * 3}</p></article>".encode()
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)
        elif self.path == "/silent":
            time.sleep(20)
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"<p>and on and on</p>")
                    time.sleep(0.05)
            except OSError:
                return

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Return the address of a server on this machine."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    listening.daemon_threads = True
    Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()


def test_bad_servers_cost_seconds_and_a_line(desk: Path, server: str) -> None:
    """A redirect to a private address, a loop, silence and a page without end; a good page still runs.

    The process under test is told that this machine is a public address, and to wait two seconds; the
    command line itself has no such option.
    """
    driver = (
        "import sys, briefs.readers.url as url\n"
        "strict = url.is_public\n"
        "url.is_public = lambda address: address == '127.0.0.1' or strict(address)\n"
        "url.is_own = lambda address: False\n"
        "given = url.Limits\n"
        "url.Limits = lambda **limits: given(**(limits | {'seconds': 2.0}))\n"
        "from briefs.cli import main\n"
        "main(['run', *sys.argv[1:]], prog_name='briefs')\n"
    )
    paths = ("private", "round", "silent", "endless", "good")
    result = subprocess.run(
        [sys.executable, "-c", driver, *(f"{server}/{path}" for path in paths)],
        cwd=desk,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 1, result.stderr
    errors = [line for line in result.stderr.splitlines() if line.startswith("briefs: ")]
    assert len(errors) == 4
    for line, words in zip(
        errors, ("private address", "redirects more than", "longer", "longer"), strict=True
    ):
        assert words in line
    assert len(whole(desk / "outputs")) == 2
