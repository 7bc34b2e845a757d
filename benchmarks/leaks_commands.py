"""The commands that `leaks` runs: with keys where they belong, and where somebody put them by mistake."""

import re
import subprocess
import sys
from collections.abc import Iterator

import httpx2 as httpx

from benchmarks.batch_service import served
from benchmarks.leaks import Bench, Row

_HOWS = ("ok", "401", "400", "403", "404", "429", "500", "moved", "page", "torn", "says")
"""How the model's server answers: see `leaks_server`."""
_FORMS = ("--format", "md,json,html")


class Commands:
    """Runs commands one after another."""

    def __init__(self, bench: Bench, port: int) -> None:
        """Take the bench, and the port of the server that repeats what it is sent."""
        self._bench, self._port = bench, port
        self._own = {"BRIEFS_API_KEY": bench.keys["BRIEFS_API_KEY"].key, "BRIEFS_ATTEMPTS": "1"}

    def with_a_model(self) -> Iterator[Row]:
        """Yield runs with a model, whose server answers well, badly, or with the key."""
        run, own = self._bench.run, self._own
        for how in _HOWS:
            words = (
                "--out",
                f"outputs-{how}",
                "--evidence",
                "evidence",
                *_FORMS,
                "--no-cache",
                *self._way(how),
            )
            yield run(f"run, the server answers: {how}", "run", "articles", *words, environment=own)
        ok = self._way("ok")
        for what, words in (
            ("run, with the call cache", ("--out", "outputs", *ok)),
            ("run --jobs 2", ("--jobs", "2", "--out", "jobs", *ok)),
            ("run --record", ("--record", "recorded", "--out", "rec", *ok)),
            (
                "run --record, answers hold the key",
                ("--record", "recorded2", "--out", "rec2", *self._way("says")),
            ),
            ("run --replay", ("--replay", "recorded", "--out", "rep")),
            ("run --estimate", ("--estimate", *ok)),
        ):
            yield run(what, "run", "articles", *words, environment=own)
        yield run("doctor", "doctor", *ok, environment=own)
        for how in ("ok", "401", "500"):
            what = f"doctor --call, the server answers: {how}"
            yield run(what, "doctor", "--call", *self._way(how), environment=own)
        address = f"http://user:{self._bench.keys['proxy'].key}@127.0.0.1:9"
        proxy = {"HTTPS_PROXY": address, "HTTP_PROXY": address, "BRIEFS_ATTEMPTS": "1"}
        away = ("--model", "openai:gpt-5-mini")
        article = ("run", "articles/report0.txt", "--out", "proxied", "--no-cache")
        yield run("run, through a dead proxy with a password", *article, *away, environment=proxy)
        yield run("doctor --call, through the same", "doctor", "--call", *away, environment=proxy)

    def wrong_places(self) -> Iterator[Row]:
        """Yield runs where somebody put a key into a place that is none."""
        yield from self._in_the_settings()
        bench, article = self._bench, str(self._bench.root / "articles" / "report0.txt")
        inner = bench.keys["base url"].key
        host = f"127.0.0.1:{self._port}/ok/v1"
        for address in (f"http://u:{inner}@{host}", f"http://{host}?key={inner}", f"http://{host}#{inner}"):
            words = ("--model", "openai:stub", "--base-url", address)
            with bench.typed(inner):
                yield bench.run("run, --base-url holds a key", "run", article, "--out", "mute-out", *words)
                yield bench.run("doctor, --base-url holds a key", "doctor", *words)
        odd = bench.keys["odd key"].key
        for name, value in (("a line end", f"{odd}\r\nx: y"), ("é", f"{odd}é"), ("a space", f"a {odd}")):
            for command in (("run", article, "--out", "odd"), ("doctor", "--call")):
                what = f"{command[0]}, the key holds {name}"
                yield bench.run(what, *command, *self._way("ok"), environment={"BRIEFS_API_KEY": value})
        login = bench.keys["article url"].key
        with bench.typed(login):
            address = f"http://u:{login}@news.example/a"
            yield bench.run("run, the article's address holds a password", "run", address, "--out", "page")

    def _in_the_settings(self) -> Iterator[Row]:
        bench, key = self._bench, self._bench.keys["briefs.toml"].key
        mute = bench.root / "mute"
        article = str(bench.root / "articles" / "report0.txt")
        login = f"http://u:{key}@127.0.0.1:{self._port}/ok/v1"
        for line in (
            *(f'api_key = "{key}"', f'model = "{key}"', f'base_url = "{key}"', f'timeout = "{key}"'),
            *(f'prompts = "{key}"', f'"{key}" = 1', f"model = {key}", f'[prices."{key}"]\nin = "{key}"'),
            f'model = "openai:stub"\nbase_url = "{login}"',
        ):
            (mute / "briefs.toml").write_text(line + "\n")
            what = f"briefs.toml says {' '.join(line.split()).replace(key, 'KEY')[:30]}"
            yield bench.run(f"run, {what}", "run", article, "--out", "mute-out", cwd=mute)
            yield bench.run(f"doctor, {what}", "doctor", cwd=mute)
        (mute / "briefs.toml").unlink()

    def without_a_model(self) -> Iterator[Row]:
        """Yield the commands that ask no model, on what the runs have made."""
        run, out = self._bench.run, "outputs-ok"
        yield run("scan", "scan", "articles", "--json")
        yield run("verify", "verify", out, "--evidence", "evidence")
        yield run("diff", "diff", out, "outputs-500")
        for form in ("claimreview", "csv", "docx", "callsheet"):
            yield run(f"export --to {form}", "export", out, "--out", f"exported-{form}", "--to", form)
        yield run("store list", "store", "list", "--out", out)
        yield run("store vacuum", "store", "vacuum", "--out", out)
        yield run("desk --import", "desk", out, "--import")
        yield self._desk(out)

    def _desk(self, out: str) -> Row:
        """Serve with a token; ask with the token in every place that a person may put it."""
        bench, token = self._bench, self._bench.keys["BRIEFS_DESK_TOKEN"].key
        command = [sys.executable, "-m", "briefs", "desk", out, "--port", "0"]
        pipe = subprocess.PIPE
        with bench.watched():
            process = subprocess.Popen(
                command, stdout=pipe, stderr=pipe, cwd=bench.root, env=bench.environment()
            )
            assert process.stdout is not None
            first = process.stdout.readline()
            found = re.search(r"http://\S+/", first.decode())
            assert found is not None
            _ask_with(found[0], token)
            process.terminate()
            said, error = process.communicate(timeout=60)
        what = "desk, its token in path, query, header and form"
        return bench.row(what, process.returncode, first + said + error)

    def batch(self) -> Iterator[Row]:
        """Yield submissions to servers that repeat the key, and a batch from submission to briefs."""
        run, own = self._bench.run, self._own
        for how in ("401", "500", "moved", "page"):
            out = ("--out", f"batch-{how}")
            words = ("submit", "articles", *out, *self._way(how))
            yield run(f"batch submit, the server answers: {how}", "batch", *words, environment=own)
            yield run(f"batch collect, the server answers: {how}", "batch", "collect", *out, environment=own)
        with served() as url:
            way = ("--model", "openai:stub", "--base-url", url)
            out = ("--out", "batch")
            yield run("batch submit", "batch", "submit", "articles", *out, *way, environment=own)
            for _ in range(7):  # two rounds, three looks each
                yield run("batch collect", "batch", "collect", *out, environment=own)
            yield run("batch status", "batch", "status", *out, environment=own)

    def ray(self) -> Iterator[Row]:
        """Yield runs on a Ray that the command starts; its logs lie in the temporary folder."""
        for how in ("ok", "500"):
            words = ("--on", "ray", "--out", f"ray-{how}", "--no-cache", *self._way(how))
            what = f"run --on ray, the server answers: {how}"
            yield self._bench.run(what, "run", "articles", *words, environment=self._own)

    def _way(self, how: str) -> tuple[str, ...]:
        return ("--model", "openai:stub", "--base-url", f"http://127.0.0.1:{self._port}/{how}/v1")


def _ask_with(url: str, token: str) -> None:
    """Come in with a token, and put it everywhere else as well."""
    with httpx.Client(base_url=url) as client:
        form = re.search(r'name="csrf" value="([^"]+)"', client.get("/login").text)
        assert form is not None
        for path in (f"/?token={token}", f"/{token}", f"/a/{token}?claim={token}", f"/login?next=/{token}"):
            client.get(path, headers={"authorization": f"Bearer {token}", "referer": f"{url}{token}"})
        client.post("/login", data={"csrf": form[1], "token": f"{token}x"})
        assert client.post("/login", data={"csrf": form[1], "token": token}).status_code == 303
        assert client.get("/").status_code == 200
        client.request("BREW", f"/{token}", content=token.encode() * 9)
