"""Pages and Markdown of an article that attacks its readers, in the real browser: nothing runs, nothing is hidden."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Dialog, Page, Route

from benchmarks.fuzz_properties import briefs_of
from briefs.domain.brief import ArticleBriefs
from briefs.steps.ingest import Origin, ingest
from briefs.steps.render import render
from briefs.steps.segment import segment

RUN = "document.title='run'"
ATTACK = f"""<script>{RUN}</script> Mayor <img src=x onerror="{RUN}"> \u202esreyap\u202c 4\u200b12 boats

Anna Kord [left](javascript:{RUN}) on <a href="javascript:{RUN}">Monday</a>, ![x](http://evil.example/x.png) she said.

"><svg onload={RUN}> $\\href{{javascript:{RUN}}}{{x}}$ \\(\\unicode{{x}}\\) [a]: http://evil.example <http://evil.example> sank.

--> <style>body{{background:url(http://evil.example/)}}</style> <meta http-equiv=refresh content=0;url=http://evil.example> won.

```html
<iframe srcdoc="<script>parent.{RUN}</script>"></iframe> {{{{ 7 * 7 }}}} &lt;script&gt; </textarea></title><base href=//evil.example>
"""
SEEN = "el => getComputedStyle(el, '::before').content + ' ' + getComputedStyle(el).unicodeBidi"


@pytest.fixture(scope="module")
def attacked() -> ArticleBriefs:
    """Return briefs of the attack's sentences."""
    article = ingest(ATTACK.encode(), Origin(id="../<b>x</b>\u202e.txt", path="../<b>x</b>.txt"))
    return briefs_of(article, segment(article))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page without an origin; the test fails by whatever it asks for, runs or complains of."""
    faults: list[str] = []

    def asked(route: Route) -> None:
        faults.append(route.request.url)
        route.abort()

    def said(dialog: Dialog) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    context = chromium.new_context()
    context.route("http*://**/*", asked)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    opened = context.new_page()
    opened.on("dialog", said)
    yield opened
    context.close()
    assert not faults


def test_the_page_of_a_hostile_article_runs_nothing_and_hides_nothing(
    page: Page, attacked: ArticleBriefs, tmp_path: Path
) -> None:
    """Markup stays words, no request is made, and what nobody sees is named and turns nothing."""
    (tmp_path / "a.html").write_text(render(attacked, "html"), "utf-8")
    page.goto((tmp_path / "a.html").as_uri())
    assert page.title() != "run"
    assert page.locator("main img, main svg, main iframe, main script, main style, base, form").count() == 0
    assert page.locator("a[href^='javascript'], a[href*='evil'], [onerror], [onload]").count() == 0
    text = page.locator("main").evaluate("el => el.textContent")
    assert "".join(attacked.article.text.split()) == "".join(text.split())
    marked = page.locator("main .unseen").evaluate_all(f"all => all.map({SEEN})")
    assert marked == ['"U+202E" isolate', '"U+202C" isolate', '"U+200B" isolate']
    bare = page.evaluate(
        "() => [...document.body.innerHTML.matchAll(/(.{9})[\\u202a-\\u202e\\u200b]/gsu)].map(m => m[1])"
    )
    assert all(before.endswith('">') for before in bare), bare


def test_the_markdown_of_a_hostile_article_runs_nothing_in_a_permissive_renderer(
    page: Page, attacked: ArticleBriefs
) -> None:
    """A renderer that lets raw HTML through finds none but our anchors, no picture, and no link but our own."""
    permissive = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page.set_content(permissive.render(render(attacked, "md")))
    assert page.title() != "run"
    assert page.locator("script, img, svg, iframe, style, meta, base, form, object").count() == 0
    links = page.locator("a[href]").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
    assert "\u202e" not in page.locator("body").inner_text()
    assert "\u27e6U+202E\u27e7sreyap" in page.locator("body").inner_text()
