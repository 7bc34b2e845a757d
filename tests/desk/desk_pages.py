"""A folder of briefs to work on, and a browser without a script for the pages of its desk."""

import html
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
from starlette.testclient import TestClient

from benchmarks import desk_folder
from briefs.desk.app import Serving, create_app
from briefs.desk.security import Keys
from briefs.desk.workspace import Workspace
from briefs.domain.article import sha256
from briefs.domain.brief import ArticleBriefs
from briefs.steps.render import render

EXAMPLE = Path(__file__).parents[2] / "outputs" / "example"
NURSES = "halmen-gazette-nurses-a9783e"
SECRET = b"0123456789abcdef0123456789abcdef"
JSON = {"accept": "application/json"}


def folder_at(path: Path, made: int = 0) -> Path:
    """Return a folder with the worked example, and as many made articles as asked."""
    path.mkdir(parents=True)
    for suffix in ("json", "md", "html"):
        shutil.copy(EXAMPLE / f"{NURSES}.{suffix}", path)
    if made:
        desk_folder.make(path, made)
    return path


def example() -> ArticleBriefs:
    """Return the worked example's briefs."""
    return ArticleBriefs.from_json((EXAMPLE / f"{NURSES}.json").read_bytes())


def put(folder: Path, result: ArticleBriefs) -> None:
    """Write briefs into a folder as their JSON file."""
    (folder / f"{result.article.slug}.json").write_text(render(result, "json"), encoding="utf-8")


def renamed(result: ArticleBriefs, slug: str, **fields: object) -> ArticleBriefs:
    """Return briefs of another article: another id and slug, other ids of briefs, fields as given."""
    content = result.model_dump_json()
    for brief in result.briefs:
        content = content.replace(brief.id, f"b{sha256(f'{slug} {brief.id}'.encode())[:12]}")
    found = ArticleBriefs.from_json(content)
    article = found.article.model_copy(update={"id": f"other/{slug}", "slug": slug, **fields})
    return found.model_copy(update={"article": article})


def hostile(slug: str, words: str) -> ArticleBriefs:
    """Return briefs of an article in which everything that an article can say is `words`."""
    result = desk_folder.article(1)
    old = result.briefs[0].claim.quote
    text = result.article.text
    new = words + " " * max(0, len(old.text) - len(words))
    assert len(new) == len(old.text), "the words are longer than the claim they stand in for"
    text = text[: old.start] + new + text[old.end :]
    brief = result.briefs[0]
    claim = brief.claim.model_copy(
        update={"quote": old.model_copy(update={"text": new}), "standalone": words, "quantities": ()}
    )
    source = brief.attribution.source
    assert source is not None
    attribution = brief.attribution.model_copy(update={"source": source.model_copy(update={"name": words})})
    questions = tuple(
        q.model_copy(update={"text": words, "ask": words, "settles": words}) for q in brief.questions
    )
    flags = tuple(flag.model_copy(update={"note": words}) for flag in brief.flags)
    first = brief.model_copy(
        update={"claim": claim, "attribution": attribution, "questions": questions, "flags": flags}
    )
    article = result.article.model_copy(
        update={
            "id": words,
            "slug": slug,
            "title": words,
            "outlet": words,
            "byline": words,
            "text": text,
            "text_sha256": sha256(text.encode("utf-8", "surrogatepass")),
        }
    )
    return result.model_copy(update={"article": article, "briefs": (first, *result.briefs[1:])})


class Browser:
    """Opens pages and sends their forms, with the token and the name that they carry."""

    def __init__(self, client: "httpx.Client", who: str | None = "Ana") -> None:
        self.client, self.who = client, who

    def get(self, path: str, **headers: str) -> "httpx.Response":
        """Open a page; redirects are not followed."""
        return self.client.get(path, headers=headers, follow_redirects=False)

    def json(self, path: str) -> Any:
        """Return what a program is answered."""
        response = self.client.get(path, headers=JSON)
        assert response.status_code == 200, (path, response.status_code, response.text[:300])
        return response.json()

    def csrf(self) -> str:
        """Return the token of a page's forms."""
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/who").text)
        assert found is not None
        return html.unescape(found[1])

    def post(self, path: str, *, json: bool = False, **fields: str) -> "httpx.Response":
        """Send a form as a page would."""
        sent = {"csrf": self.csrf(), **({"who": self.who} if self.who else {}), **fields}
        return self.client.post(path, data=sent, headers=JSON if json else {}, follow_redirects=False)

    def claims(self, slug: str = NURSES) -> list[dict[str, Any]]:
        """Return an article's claims."""
        found: list[dict[str, Any]] = self.json(f"/a/{slug}")["claims"]
        return found

    def edit(self, brief: str, *, slug: str = NURSES, json: bool = False, **fields: str) -> "httpx.Response":
        """Change a claim's fields; the revision is the present one where none is given."""
        if "revision" not in fields:
            fields["revision"] = str(next(c["revision"] for c in self.claims(slug) if c["brief"] == brief))
        return self.post(f"/a/{slug}/c/{brief}", json=json, **fields)


LOCAL = Serving()


@contextmanager
def desk(
    folder: Path, *, token: str | None = None, serving: Serving = LOCAL, who: str | None = "Ana"
) -> Iterator[Browser]:
    """Run a desk in this process; the folder is read when it is handed out."""
    app = create_app(folder, Keys(SECRET, token), serving)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        app.state.workspace.catalogue.wait()
        yield Browser(client, who)


def workspace(browser: Browser) -> Workspace:
    """Return the parts of the desk that a browser asks."""
    assert isinstance(browser.client, TestClient)
    found: Workspace = browser.client.app.state.workspace  # type: ignore[attr-defined]
    return found


def on_disk(folder: Path, slug: str = NURSES) -> ArticleBriefs:
    """Return an article's briefs as their JSON file has them."""
    return ArticleBriefs.from_json((folder / f"{slug}.json").read_bytes())
