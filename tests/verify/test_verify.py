"""Verify: whatever an adversary or an editor does to briefs, what no longer holds is named, and nothing else."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.domain.article import Article, Copy, sha256
from briefs.domain.brief import ArticleBriefs, Brief, Made, Overview, Sourcing
from briefs.domain.claims import Claim, ClaimType, Disposition, LedgerEntry, Priority, brief_id
from briefs.domain.scan import OWN_VOICE
from briefs.domain.spans import Quote
from briefs.errors import ConfigError, InputError
from briefs.seal import MARK, seal
from briefs.steps.ingest import Origin, ingest
from briefs.verify import Verdict, verify
from briefs.verify.rewritten import check_markdown

TEXT = (
    "Mill at Ostrava closes\n\n"
    "The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May. Its owner Ana Růžičková said: "
    "“We lost the last buyer, and with it the mill.” Nobody was dismissed *that day*.\n\n"
    "About 1,200 people worked there & in two smaller mills."
)
QUOTES = (
    "The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May.",
    "Its owner Ana Růžičková said: “We lost the last buyer, and with it the mill.”",
    "About 1,200 people worked there & in two smaller mills.",
)
IDS = tuple(brief_id("mill.txt", quote, 0) for quote in QUOTES)
BODY = f"""\
# Mill at Ostrava closes

The article calls the loss of its buyer “the last buyer, and with it the mill”.

| | Claim |
|---|---|
| high | About 1,200 people worked there & in two smaller mills. |

<a id="{IDS[0]}"></a>

### 1. The mill closed

> **The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May.** Its owner Ana Růžičková said:
> “We lost the last buyer, and with it the mill.” Nobody was dismissed \\*that day\\*.

- Question: which records show that it “closed on 4 May”?

<a id="{IDS[1]}"></a>

### 2. The owner's words

> The Ostrava mill, which made 15,000,000 reams a year, closed on 4 May. **Its owner Ana Růžičková said: “We lost the last buyer, and with it the mill.”** Nobody was dismissed \\*that day\\*.

- Desk:

<a id="{IDS[2]}"></a>

### 3. The people

> About 1,200 people worked there &amp; in two smaller mills.

## What was left out

Nothing.
"""


def made_from(article: Article) -> ArticleBriefs:
    """Return the briefs of the three claims."""
    text = article.text
    briefs = []
    for quoted in QUOTES:
        start = text.index(quoted)
        quote = Quote(start=start, end=start + len(quoted), text=quoted)
        priority = Priority(score=0.5, reasons=())
        claim = Claim(quote=quote, standalone=quoted, type=ClaimType.EVENT, priority=priority)
        briefs.append(Brief(id=brief_id(article.id, quoted, 0), claim=claim, attribution=OWN_VOICE))
    entry = LedgerEntry(
        sentence=0,
        start=0,
        end=len(text),
        disposition=Disposition.CLAIM,
        reason="-",
        briefs=IDS,
        verifiable=True,
        worth=1,
    )
    overview = Overview(sourcing=Sourcing(summary="-"))
    made = Made(engine="offline", tool_version="0")
    return ArticleBriefs(article=article, overview=overview, ledger=(entry,), briefs=tuple(briefs), made=made)


class Desk:
    """A folder with an article, and another with its briefs."""

    def __init__(self, folder: Path) -> None:
        self.article = folder / "mill.txt"
        self.article.write_text(TEXT, "utf-8")
        self.out = folder / "out"
        self.out.mkdir()
        frozen = ingest(self.article.read_bytes(), Origin(id="mill.txt", path=str(self.article)))
        self.result = made_from(frozen)
        self.json = self.out / "mill.json"
        self.markdown = self.out / "mill.md"
        self.json.write_text(self.result.model_dump_json(indent=2), "utf-8")
        self.markdown.write_text(seal(BODY, self.result), "utf-8")

    def edit(self, path: Path, change: Callable[[str], str]) -> None:
        """Change a file; a change that changes nothing is a mistake of the test."""
        before = path.read_bytes().decode("utf-8")
        after = change(before)
        assert after != before
        path.write_bytes(after.encode("utf-8"))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return briefs as a run leaves them."""
    return Desk(tmp_path)


def whats(verdict: Verdict) -> str:
    """Return all problems as one text."""
    return "\n".join(str(problem) for problem in verdict.problems)


def test_as_written(desk: Desk) -> None:
    """Untouched briefs hold, file by file and as a folder, and the counts say how much was checked."""
    for path in (desk.json, desk.markdown, desk.out):
        verdict = verify(path)
        assert whats(verdict) == ""
        assert verdict.notes == ()
        assert verdict.holds
    counts = verify(desk.out).counts
    assert (counts.files, counts.articles, counts.briefs) == (2, 1, 3)
    assert counts.quotations > 6


def seal_line(markdown: str, brief: str) -> str:
    """Return what the closing comment says of a brief, without the comma after it."""
    line = next(line for line in markdown.split("\n") if f'"id": "{brief}"' in line)
    return line[: line.rindex("}") + 1]


def _swapped(markdown: str) -> str:
    head, one, two, three = markdown.split("<a id=")
    tail = three.index("## What")
    return "<a id=".join((head, three[:tail], two, one)) + three[tail:]


def _without_section(markdown: str) -> str:
    """Take the second claim's section out."""
    return markdown[: markdown.index(f'<a id="{IDS[1]}"')] + markdown[markdown.index(f'<a id="{IDS[2]}"') :]


EDITS_THAT_HOLD: dict[str, Callable[[str], str]] = {
    "rewrapped block quote": lambda m: m.replace("a year, closed", "a year,\n> closed"),
    "hard line break": lambda m: m.replace("a year, closed", "a year,\\\n> closed"),
    "trailing spaces": lambda m: m.replace("a year, closed", "a year,  \n> closed"),
    "lazy continuation": lambda m: m.replace("a year, closed", "a year,\nclosed"),
    "bold removed": lambda m: m.replace("**", ""),
    "emphasis added": lambda m: m.replace("> About 1,200 people", "> About _1,200_ `people`"),
    "a link added": lambda m: m.replace(
        "> About 1,200 people", "> About [1,200](https://example.org) people"
    ),
    "entity for a letter": lambda m: m.replace("Růžičková", "R&#367;&#x17e;i&#269;ková"),
    "entities for marks": lambda m: m.replace("“We lost", "&ldquo;We lost"),
    "escapes added": lambda m: m.replace("> About 1,200", "> About 1\\,200"),
    "HTML for emphasis": lambda m: m.replace("> About 1,200 people", "> About <b>1,200</b> people"),
    "HTML for a quotation": lambda m: m.replace(
        "> About 1,200 people worked there &amp; in two smaller mills.",
        "<blockquote>\nAbout 1,200 people worked there &amp; in two smaller mills.\n</blockquote>",
    ),
    "line ends of another system": lambda m: m.replace("\n", "\r\n"),
    "prose rewritten": lambda m: m.replace("- Desk:", "- Desk: called her twice; she did not want to talk."),
    "a short quotation of one's own": lambda m: m.replace("- Desk:", "- Desk: she said “ask my lawyer”"),
    "another true quotation": lambda m: m.replace(
        "- Desk:", "- Desk: 'Nobody was dismissed *that day*' ok".replace("*", "\\*")
    ),
    "quotation in a list": lambda m: m.replace("> About", "- > About"),
    "quotation between marks instead of a block": lambda m: m.replace("> About", "“About").replace(
        "smaller mills.\n\n## W", "smaller mills.”\n\n## W"
    ),
    "claims in another order": _swapped,
    "anchors and headings gone": lambda m: "\n".join(
        line for line in m.split("\n") if not line.startswith(("<a id", "### "))
    ),
    "an anchor gone": lambda m: m.replace(f'<a id="{IDS[2]}"></a>\n', ""),
    "an ellipsis in one's own words": lambda m: m.replace("- Desk:", "- Desk: waiting … for (…) her"),
}


@pytest.mark.parametrize("change", EDITS_THAT_HOLD.values(), ids=EDITS_THAT_HOLD.keys())
def test_an_editors_freedom(desk: Desk, change: Callable[[str], str]) -> None:
    """An editor may rewrite, wrap, mark up and reorder as long as the quoted words stay."""
    desk.edit(desk.markdown, change)
    assert whats(verify(desk.markdown)) == ""


EDITS_THAT_DO_NOT: dict[str, tuple[Callable[[str], str], str]] = {
    "one figure": (lambda m: m.replace("> About 1,200", "> About 1,300"), "missing or altered"),
    "one letter": (
        lambda m: m.replace("> About 1,200 people", "> About 1,200 peoples"),
        "missing or altered",
    ),
    "an accent": (lambda m: m.replace("Růžičková", "Ružičková"), "missing or altered"),
    "a decomposed accent": (lambda m: m.replace("Růž", "Ru\u030až"), "missing or altered"),
    "a letter's case": (lambda m: m.replace("> About", "> about"), "missing or altered"),
    "a straightened mark": (lambda m: m.replace("“We lost", '"We lost'), "missing or altered"),
    "an unseen character": (
        lambda m: m.replace("> About 1,200", "> About 1,\u200b200"),
        "missing or altered",
    ),
    "a dash": (lambda m: m.replace("made 15", "made – 15"), "missing or altered"),
    "words cut from the end": (
        lambda m: m.replace(" in two smaller mills.\n\n##", " in two.\n\n##"),
        "missing or altered",
    ),
    "the last stop": (
        lambda m: m.replace("smaller mills.\n\n##", "smaller mills\n\n##"),
        "missing or altered",
    ),
    "words added": (lambda m: m.replace("> About 1,200", "> Reportedly about 1,200"), "a block quote is not"),
    "words added after it": (
        lambda m: m.replace("mills.\n\n##", "mills. So they say.\n\n##"),
        "a block quote is not",
    ),
    "words struck out": (lambda m: m.replace("> About 1,200", "> About ~~1,200~~"), "missing or altered"),
    "words struck out in HTML": (
        lambda m: m.replace("> About 1,200", "> About <del>1,200</del>"),
        "missing or altered",
    ),
    "an ellipsis for words": (
        lambda m: m.replace("which made 15,000,000 reams a year, ", "… "),
        "missing or altered",
    ),
    "a bracketed omission": (
        lambda m: m.replace("there &amp; in two", "there (…) in two"),
        "missing or altered",
    ),
    "a figure cut": (
        lambda m: m.replace("- Desk:", "- Desk: “The Ostrava mill, which made 15,000”"),
        "between quotation marks",
    ),
    "a section removed": (
        _without_section,
        "under another claim only",
    ),
    "a block quote removed": (
        lambda m: m.replace("> About 1,200 people worked there &amp; in two smaller mills.\n", ""),
        "missing or altered",
    ),
    "two quotations exchanged": (
        lambda m: m.replace(IDS[0], "x").replace(IDS[2], IDS[0], 1).replace('"x"', f'"{IDS[2]}"', 1),
        "under another claim only",
    ),
    "an invented block quote": (
        lambda m: m.replace("- Desk:", "> The mill was sold in June.\n"),
        "a block quote is not",
    ),
    "an invented block quote in a list": (
        lambda m: m.replace("- Desk:", "- > Sold in June."),
        "a block quote is not",
    ),
    "an invented block quote in HTML": (
        lambda m: m.replace("- Desk:", "<blockquote><p>Sold in June.</p></blockquote>"),
        "a block quote is not",
    ),
    "an invented block of code in a quotation": (
        lambda m: m.replace("- Desk:", ">     Sold in June.\n"),
        "a block quote is not",
    ),
    "an invented table in a quotation": (
        lambda m: m.replace("- Desk:", "> | Sold | June |\n> |---|---|\n> | a | b |\n"),
        "a block quote is not",
    ),
    "a deeply nested invented quotation": (
        lambda m: m.replace("- Desk:", "> " * 40 + "Sold in June."),
        "a block quote",
    ),
    "a curly quoted run": (
        lambda m: m.replace("- Desk:", "- “The mill was sold again in June”"),
        "between quotation",
    ),
    "a straight quoted run": (
        lambda m: m.replace("- Desk:", '- "The mill was sold in June"'),
        "between quotation",
    ),
    "a single quoted run": (
        lambda m: m.replace("- Desk:", "- 'The mill wasn't sold in June'"),
        "between quotation",
    ),
    "a British quoted run": (
        lambda m: m.replace("- Desk:", "- ‘The mill wasn’t sold in June’"),
        "between quotation",
    ),
    "a French quoted run": (
        lambda m: m.replace("- Desk:", "- « The mill was sold again in June »"),
        "between quotation",
    ),
    "a run in a heading": (
        lambda m: m.replace("### 3. The people", "### “The people were all of them dismissed”"),
        "between",
    ),
    "a run in a table": (
        lambda m: m.replace("| high |", "| “they all were sent home” |"),
        "between quotation",
    ),
    "a run over a line break": (
        lambda m: m.replace("- Desk:", "- “The mill was\n  sold in June”"),
        "between quotation",
    ),
    "a run in entities": (
        lambda m: m.replace("- Desk:", "- &quot;The mill was sold in June&quot;"),
        "between quotation",
    ),
    "a run with emphasis": (
        lambda m: m.replace("- Desk:", "- “The mill **was sold** in June”"),
        "between quotation",
    ),
    "a run in HTML": (
        lambda m: m.replace("- Desk:", "<p>\n“The mill was sold in June”</p>"),
        "between quotation",
    ),
    "a run in a q element": (
        lambda m: m.replace("- Desk:", "<div><q>The mill was sold in June</q></div>"),
        "between",
    ),
    "a run in code": (
        lambda m: m.replace("- Desk:", "```\n“The mill was sold in June”\n```"),
        "between quotation",
    ),
    "a run never closed": (
        lambda m: m.replace("- Desk:", "- She said: “The mill was sold in June"),
        "between quotation",
    ),
    "a true run with one letter changed": (
        lambda m: m.replace(
            "“the last buyer, and with it the mill”", "“the last buyer, and with it the mall”"
        ),
        "between quotation",
    ),
    "the comment removed": (lambda m: m[: m.index(MARK)], "closing comment is missing"),
    "the comment garbled": (lambda m: m.replace('"briefs": [', '"briefs": '), "closing comment is garbled"),
    "an offset changed": (
        lambda m: m.replace('{"start": 24', '{"start": 25'),
        "where the closing comment puts it",
    ),
    "a hash changed": (
        lambda m: m.replace(f'"{IDS[0]}", "sha256": "', f'"{IDS[0]}", "sha256": "0'),
        "comment puts it",
    ),
    "a brief taken off the comment": (
        lambda m: "\n".join(line for line in m.split("\n") if f'"id": "{IDS[1]}"' not in line),
        "does not list",
    ),
    "a brief and its section removed": (
        lambda m: "\n".join(
            line for line in _without_section(m).split("\n") if f'"id": "{IDS[1]}"' not in line
        ),
        "does not list",
    ),
    "a true quotation in place of another": (
        lambda m: m.replace(seal_line(m, IDS[2]), seal_line(m, IDS[0]).replace(IDS[0], IDS[2])),
        "does not belong to the words",
    ),
    "another article's hash": (lambda m: m.replace('"text_sha256": "', '"text_sha256": "0'), "another text"),
}


@pytest.mark.parametrize(("change", "expected"), EDITS_THAT_DO_NOT.values(), ids=EDITS_THAT_DO_NOT.keys())
def test_an_adversary(desk: Desk, change: Callable[[str], str], expected: str) -> None:
    """One wrong character, a moved, cut, spliced or invented quotation: each is caught and named."""
    desk.edit(desk.markdown, change)
    verdict = verify(desk.markdown)
    assert expected in whats(verdict)
    assert not verify(desk.out).holds
    for problem in verdict.problems:
        assert str(problem).startswith(f"{desk.markdown}: ")
        assert "\n" not in str(problem)


QUOTED_PLACES = [
    place
    for line in re.finditer(r"^> .*$", BODY, re.MULTILINE)
    for place in range(line.start() + 2, line.end())
    if BODY[place].isalnum() and "&amp" not in BODY[place - 4 : place + 4]
]


@given(
    place=st.sampled_from(QUOTED_PLACES),
    other=st.characters(),
    how=st.sampled_from(["for", "before", "gone"]),
)
def test_any_one_character(place: int, other: str, how: str) -> None:
    """Change, add or remove any one letter or figure of any block quote, and it shows."""
    if how != "gone" and (other.isspace() or other in "*_`\\<&~[](\x00" or other == BODY[place]):
        return
    new = {"for": other, "before": other + BODY[place], "gone": ""}[how]
    changed = BODY[:place] + new + BODY[place + 1 :]
    article = Article(
        id="mill.txt",
        text_sha256=sha256(TEXT.encode()),
        source_sha256=sha256(TEXT.encode()),
        slug="mill",
        title="Mill",
        language="en",
        copy_kind=Copy.OWN,
        source_path="mill.txt",
        text=TEXT,
    )
    assert check_markdown("mill.md", seal(BODY, made_from(article)), TEXT).holds
    assert not check_markdown("mill.md", seal(changed, made_from(article)), TEXT).holds


def _changed(field: str, value: object) -> Callable[[str], str]:
    def change(content: str) -> str:
        record = json.loads(content)
        node = record
        *path, last = field.split(".")
        for step in path:
            node = node[int(step)] if step.isdecimal() else node[step]
        node[int(last) if last.isdecimal() else last] = value
        return json.dumps(record, ensure_ascii=False, indent=2)

    return change


JSON_EDITS: dict[str, tuple[Callable[[str], str], str]] = {
    "a quoted word": (
        _changed("briefs.0.claim.quote.text", QUOTES[0].replace("4 May", "5 May")),
        "is not at characters",
    ),
    "an offset": (_changed("briefs.0.claim.quote.start", 25), "is not at characters"),
    "an offset outside": (
        _changed("briefs.0.claim.also_at", [{"start": 0, "end": 9999}]),
        "outside the article",
    ),
    "the text": (
        lambda j: j.replace("Nobody was dismissed", "Nobody was dismessed"),
        "text_sha256 is not the hash",
    ),
    "the text's hash": (_changed("article.text_sha256", "0" * 64), "text_sha256 is not the hash"),
    "an unknown field": (_changed("verdict", "true"), "Extra inputs are not permitted"),
    "the ledger cut short": (_changed("ledger.0.end", 30), "is in no ledger entry"),
    "an id": (_changed("briefs.1.id", "b000000000000"), "does not belong to the words"),
    "a standalone wording with words of its own": (
        _changed("briefs.0.claim.standalone", QUOTES[0].replace("reams", "tonnes")),
        "outside square brackets",
    ),
    "a standalone wording in another order": (
        _changed("briefs.0.claim.standalone", "closed on 4 May. The Ostrava mill"),
        "outside square brackets",
    ),
    "a doubled key": (lambda j: j.replace('"briefs": [', '"briefs": [], "briefs": [', 1), "stands twice"),
    "no JSON": (lambda j: j[:-20], "not readable JSON"),
    "another shape": (lambda _: "[]", "is not the JSON of"),
    "a claim removed": (
        lambda j: json.dumps({**(record := json.loads(j)), "briefs": record["briefs"][:2]}),
        "names " + IDS[2],
    ),
}


@pytest.mark.parametrize(("change", "expected"), JSON_EDITS.values(), ids=JSON_EDITS.keys())
def test_changed_json(desk: Desk, change: Callable[[str], str], expected: str) -> None:
    """A JSON file whose quotations, places, hashes or form are wrong does not pass."""
    desk.edit(desk.json, change)
    assert expected in whats(verify(desk.json))


def test_text_and_hash_changed_together(desk: Desk) -> None:
    """Whoever changes the text, its hash and the quotation alike is caught by the article's file."""
    record = json.loads(desk.json.read_text("utf-8"))
    forged = record["article"]["text"].replace("1,200", "1,300")
    record["article"]["text"] = forged
    record["article"]["text_sha256"] = sha256(forged.encode())
    quote = record["briefs"][2]["claim"]["quote"]
    quote["text"] = forged[quote["start"] : quote["end"]]
    record["briefs"][2]["id"] = brief_id("mill.txt", quote["text"], 0)
    record["ledger"][0]["briefs"] = [IDS[0], IDS[1], record["briefs"][2]["id"]]
    desk.json.write_text(json.dumps(record), "utf-8")
    assert "is not in the article's file" in whats(verify(desk.json))
    assert "another text" in whats(verify(desk.markdown))


def test_changed_article(desk: Desk) -> None:
    """An article that was changed since is a problem, and so is each quotation that it no longer holds."""
    desk.edit(desk.article, lambda text: text.replace("1,200", "1,300"))
    for path in (desk.json, desk.markdown):
        found = whats(verify(path))
        assert "the article has changed since" in found
        assert f"{IDS[2]} is not in the article's file" in found
        assert IDS[0] not in found


def test_newer_reader_is_a_note(desk: Desk) -> None:
    """The same bytes read differently today: said so, and no failure, since the quotations are all there."""
    frozen = desk.result.article.text.replace("\n\n", "\n\nMenu\n\n", 1)
    article = desk.result.article.model_copy(
        update={"text": frozen, "text_sha256": sha256(frozen.encode()), "blocks": (), "furniture": ()}
    )
    result = made_from(article)
    desk.json.write_text(result.model_dump_json(), "utf-8")
    desk.markdown.write_text(seal(BODY, result), "utf-8")
    for path in (desk.json, desk.markdown, desk.out):
        verdict = verify(path)
        assert whats(verdict) == ""
        assert "read differently today" in verdict.notes[0]


def test_lone_markdown(desk: Desk, tmp_path: Path) -> None:
    """A lone Markdown file finds its article by path, by --article, or says that it cannot."""
    desk.json.unlink()
    assert whats(verify(desk.markdown)) == ""
    moved = desk.article.rename(tmp_path / "elsewhere.txt")
    assert "cannot find the article" in whats(verify(desk.markdown))
    assert "--article" in whats(verify(desk.markdown))
    assert whats(verify(desk.markdown, moved)) == ""
    desk.json.write_text(desk.result.model_dump_json(), "utf-8")
    kept = desk.json.rename(tmp_path / "kept.json")
    assert whats(verify(desk.markdown, kept)) == ""
    moved.write_text("Another article altogether.", "utf-8")
    assert "has changed since, or this is another one" in whats(verify(desk.markdown, moved))


def test_standalone_wording_in_quotation_marks(desk: Desk) -> None:
    """A wording that stands alone may complete quoted words in brackets, as the JSON has it, and no other."""
    wording = QUOTES[1].replace("We lost", "We [the mill] lost")
    desk.edit(desk.json, _changed("briefs.1.claim.standalone", wording))
    desk.edit(desk.markdown, lambda m: m.replace("- Desk:", f"Standing alone: {wording}"))
    assert whats(verify(desk.out)) == ""
    desk.edit(desk.markdown, lambda m: m.replace("[the mill]", "[never]"))
    assert "between quotation marks" in whats(verify(desk.out))


def test_article_gone_but_kept(desk: Desk) -> None:
    """Where the article's file is gone, the text kept in the JSON serves, and a note says so."""
    desk.article.unlink()
    for path in (desk.json, desk.markdown):
        verdict = verify(path)
        assert whats(verdict) == ""
        assert "is not here" in verdict.notes[0]


def test_earlier_draft_beside_a_later_one(desk: Desk) -> None:
    """An edited draft is no failure for being older than the JSON; its own quotations are still checked."""
    later = desk.result.model_copy(update={"briefs": desk.result.briefs[:2]})
    later = later.model_copy(update={"ledger": (later.ledger[0].model_copy(update={"briefs": IDS[:2]}),)})
    desk.json.write_text(later.model_dump_json(), "utf-8")
    assert "does not hold" in whats(verify(desk.markdown))
    head, _, tail = BODY.partition(f'<a id="{IDS[2]}"')
    (desk.out / "mill.new.md").write_text(
        seal(head + "## What" + tail.partition("## What")[2], later), "utf-8"
    )
    verdict = verify(desk.out)
    assert whats(verdict) == ""
    assert any("earlier draft" in note for note in verdict.notes)
    desk.edit(desk.markdown, lambda m: m.replace("> About 1,200", "> About 1,300"))
    assert "missing or altered" in whats(verify(desk.out))


def test_folder_leaves_others_alone(desk: Desk, tmp_path: Path) -> None:
    """In a folder, files that are no briefs are passed over, run.json among them; an empty folder fails."""
    (desk.out / "run.json").write_text('{"seconds": 1}', "utf-8")
    (desk.out / "README.md").write_text("> Not a brief.\n", "utf-8")
    verdict = verify(desk.out)
    assert whats(verdict) == ""
    assert any("README.md" in note for note in verdict.notes)
    (tmp_path / "empty").mkdir()
    assert "holds no briefs" in whats(verify(tmp_path / "empty"))


def test_what_cannot_be_asked(desk: Desk, tmp_path: Path) -> None:
    """A missing file, another kind of file and an article for a folder are errors that say what to do."""
    with pytest.raises(InputError, match="no such file"):
        verify(tmp_path / "missing.md")
    with pytest.raises(InputError, match=r"\.json or \.md"):
        verify(desk.article)
    with pytest.raises(ConfigError, match="--article"):
        verify(desk.out, desk.article)
    with pytest.raises(InputError):
        verify(desk.markdown, tmp_path / "missing.txt")
