"""Two scanners at the desk: one by its description (schemathesis), one by its pages and forms (wapiti).

    python -m benchmarks.scan [--schemathesis COMMAND] [--wapiti COMMAND] [--minutes 6] [--reports DIR]

A real `briefs desk` serves three made articles on a free port of loopback; nothing else is asked. Scanners
that are named run after one another, each for so many minutes at most (`make scan` installs them, from locks
of their own). Printed is how much each asked and what it found, an answer of 500 or more among it; the desk's
own log must have said nothing. Exit code 1: something was found.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import NamedTuple

import httpx2 as httpx

from benchmarks import desk_folder
from benchmarks.processes import desk

_MODULES = (
    *("backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "ldap"),
    *(
        "methods",
        "permanentxss",
        "redirect",
        "shellshock",
        "spring4shell",
        "sql",
        "timesql",
        "upload",
        "xss",
        "xxe",
    ),
)
"""Of wapiti: those that need no network. `https_redirect` and `ssl` have no meaning on loopback."""
_NO_FAULT = "positive_data_acceptance"
"""A dismissal without a reason has the described form and is refused by rule, with a sentence: no fault."""
JSON = {"accept": "application/json"}


class Found(NamedTuple):
    """What a scanner says."""

    name: str
    asked: str
    """How much it asked, in its own words."""
    findings: tuple[str, ...]


def main() -> None:
    """Serve, scan, print; exit 1 where something was found."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as name:
        reports = given.reports or Path(name) / "reports"
        reports.mkdir(parents=True, exist_ok=True)
        found = []
        with _desk(Path(name)) as url:
            if given.schemathesis:
                found.append(_by_description(given.schemathesis, url, given.minutes, reports))
            if given.wapiti:
                found.append(_by_pages(given.wapiti, url, given.minutes, reports))
        log = (Path(name) / "desk.log").read_text()
    found.append(Found("the desk's own log", f"{len(log.splitlines())} lines", _complaints(log)))
    for each in found:
        print(f"{each.name}: {each.asked}; found: {len(each.findings)}")
        for finding in each.findings:
            print(f"  {finding}")
    sys.exit(1 if any(each.findings for each in found) else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--schemathesis", metavar="COMMAND")
    parser.add_argument("--wapiti", metavar="COMMAND")
    parser.add_argument("--minutes", type=int, default=6)
    parser.add_argument("--reports", type=Path, help="folder that the scanners' own reports are kept in")
    return parser.parse_args()


@contextmanager
def _desk(root: Path) -> Iterator[str]:
    """Serve a folder of three articles; give the address."""
    folder = desk_folder.make(root / "outputs", 3, markdown=True).path
    environment = {**os.environ, "XDG_CACHE_HOME": str(root / "caches")}
    with (root / "desk.log").open("w") as log, desk(folder, log=log, environment=environment) as served:
        yield served.url


def _complaints(log: str) -> tuple[str, ...]:
    return tuple(line for line in log.splitlines() if not line.startswith("Desk ended"))


def _session(url: str) -> dict[str, object]:
    """Open a page as a browser would; return its session, its forms' token, and claims that exist."""
    with httpx.Client(base_url=url, timeout=120) as client:
        page = client.get("/who")
        token = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert token is not None
        slugs = [each["slug"] for each in client.get("/", headers=JSON).json()["articles"]]
        pages = [(slug, client.get(f"/a/{slug}").text) for slug in slugs]
        claims = [
            (slug, *each) for slug, text in pages for each in re.findall(r'/c/([^/"]+)/q/([^/"]+)"', text)
        ]
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    return {"cookie": cookie, "csrf": unescape(token[1]), "claims": claims}


def _by_description(command: str, url: str, minutes: int, reports: Path) -> Found:
    report = reports / "schemathesis.json"
    words = [
        *(command, "run", f"{url}openapi.json", "--phases", "examples,coverage,fuzzing,stateful"),
        *(
            "--checks",
            "all",
            "--exclude-checks",
            _NO_FAULT,
            "--continue-on-failure",
            "--max-time",
            str(minutes * 60),
            "--seed",
            "11",
        ),
        *("--report", "json", "--report-json-path", str(report), "--no-color"),
    ]
    environment = {
        "SCHEMATHESIS_HOOKS": "benchmarks.scan_hooks",
        "BRIEFS_SCAN": json.dumps(_session(url)),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    said = _said(words, environment, reports / "schemathesis.txt")
    if not report.exists():
        return Found("schemathesis", "nothing", (f"it did not run: {said[-300:]!r}",))
    content = json.loads(report.read_text())
    findings = [
        f"{each['severity']}: {each['title']}: {', '.join(map(str, each['operations']))}"
        for each in content["failures"]
    ]
    errors = [f"error: {str(each)[:300]}" for each in content["errors"]]
    accepted = sum(
        phase["accepted"] for ways in content["valid_rates"].values() for phase in ways.values() if phase
    )
    cases, tested = content["test_cases"]["generated"], content["operations"]["tested"]
    asked = f"{cases} cases, {tested} operations, {accepted} of the well-formed ones accepted"
    return Found("schemathesis", asked, (*findings, *errors))


def _by_pages(command: str, url: str, minutes: int, reports: Path) -> Found:
    report = reports / "wapiti.json"
    words = [
        *(command, "-u", url, "--scope", "folder", "-m", ",".join(_MODULES), "-d", "6", "--flush-session"),
        *("--max-scan-time", str(minutes * 60), "--max-attack-time", "90", "--tasks", "4", "--no-bugreport"),
        *("--store-session", str(reports / "session"), "-f", "json", "-o", str(report), "-v", "1"),
    ]
    said = _said(words, {}, reports / "wapiti.txt")
    if not report.exists():
        return Found("wapiti", "nothing", (f"it did not run: {said[-300:]!r}",))
    content = json.loads(report.read_text())
    findings = [
        f"{kind}: {each['method']} {each['path']} {each.get('parameter') or ''}: {each['info']}"
        for part in ("vulnerabilities", "anomalies")
        for kind, listed in content[part].items()
        for each in listed
    ]
    pages = content["infos"].get("crawled_pages_nbr", "?")
    return Found(
        "wapiti", f"{pages} pages and forms, {len(_MODULES)} modules", tuple(dict.fromkeys(findings))
    )


def _said(words: list[str], environment: Mapping[str, str], keep: Path) -> str:
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )
    keep.write_text(done.stdout + done.stderr)
    return done.stdout + done.stderr


if __name__ == "__main__":
    main()
