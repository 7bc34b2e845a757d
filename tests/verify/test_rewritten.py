"""Verify, Markdown: an editor may rewrite it; whatever an adversary does to a quotation is named."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mill import BODY, IDS, TEXT, Desk, made_from, whats

from briefs.domain.article import Article, Copy, sha256
from briefs.seal import MARK, seal
from briefs.verify import verify
from briefs.verify.rewritten import check_markdown


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
