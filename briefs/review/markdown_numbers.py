"""Numbers of claims and questions in a Markdown file: they change when a claim comes in before them.

Before two files are held against one another, each number that the tool printed is replaced by what it
stands for (a brief's id, a question's words), and put back as the new file counts. So a person's edit of a
question is not in conflict with its new number. Only numbers in shapes that the tool prints are touched: a
"Q3" in the words of the article stays.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_MARK = "\x00"
"""Encloses what a number stands for; no Markdown file holds this character."""
_LINK = re.compile(r"\[(?P<word>claim )?(?P<number>[0-9]{1,6})\]\(#(?P<id>b[0-9a-f]{12})\)")
_HEADING = re.compile(r"### (?P<number>[0-9]{1,6})\. ")
_ROW = re.compile(r"\| (?P<number>[0-9]{1,6}) \| (?P<id>b[0-9a-f]{12}) \|")
_ANCHOR = re.compile(r'<a id="(?P<id>b[0-9a-f]{12})"></a>')
_QUESTION = re.compile(
    r"(?P<before>[-*+] {1,4}\*\*)(?P<label>[A-Z][0-9]{1,4})(?P<behind>\\?\.\*\* )(?P<rest>.*)", re.DOTALL
)
_FIRST = re.compile(r"\((?P<label>[A-Z][0-9]{1,4})(?P<rest>, \[claim [^\n]{1,40}\)[^()]{0,20}\))$")
_SEE = re.compile(r"[-*+] {1,4}See also (?=[A-Z][0-9])")
_LABEL = re.compile(r"\b[A-Z][0-9]{1,4}\b(?=(?:, [A-Z][0-9]{1,4})*(?: and [A-Z][0-9]{1,4})? under )")
_HELD = re.compile("\x00([cq])([^\x00]*)\x00")


class Numbers(NamedTuple):
    """What the numbers of one generated file stand for."""

    claims: Mapping[str, str]
    """A brief's id to its number."""
    questions: Mapping[str, str]
    """A question's label to its words."""


def numbers(lines: Iterable[str]) -> Numbers:
    """Return what the numbers of a generated file stand for."""
    claims: dict[str, str] = {}
    questions: dict[str, str] = {}
    anchor: str | None = None
    for line in lines:
        found = _ANCHOR.fullmatch(line)
        heading = _HEADING.match(line)
        question = _QUESTION.match(line)
        if found is not None:
            anchor = found["id"]
        elif heading is not None and anchor is not None:
            claims.setdefault(anchor, heading["number"])
            anchor = None
        elif question is not None:
            questions.setdefault(question["label"], _words(question["rest"]))
    counted = Counter(questions.values())
    return Numbers(claims, {label: words for label, words in questions.items() if counted[words] == 1})


def freed(lines: Sequence[str], known: Numbers) -> list[str]:
    """Return lines with what the numbers stand for in their place; `known` are those of their base."""
    made: list[str] = []
    anchor: str | None = None
    for line in lines:
        found = _ANCHOR.search(line) if "<a " in line else None
        if found is not None:
            anchor = found["id"]
        heading = _HEADING.match(line) if line.startswith("### ") else None
        if heading is not None and anchor is not None and known.claims.get(anchor) == heading["number"]:
            made.append(f"### {_held('c', anchor)}. {line[heading.end() :]}")
            anchor = None
        else:
            made.append(_freed(line, known))
    return made


def counted(lines: Iterable[str], known: Numbers, before: Numbers) -> list[str]:
    """Return lines with the numbers that a new file has for what stands in their place.

    What the new file does not have keeps the number that it had `before`; a question's label, where another
    question has it now, says "earlier".
    """
    labels = {words: label for label, words in known.questions.items()}
    earlier = {words: label for label, words in before.questions.items()}

    def number(match: re.Match[str]) -> str:
        kind, held = match.groups()
        if kind == "c":
            return known.claims.get(held) or before.claims.get(held, "")
        label = earlier.get(held, "")
        return labels.get(held) or (label if label not in known.questions else f"{label} (earlier)")

    return [_HELD.sub(number, line) if _MARK in line else line for line in lines]


def _freed(line: str, known: Numbers) -> str:
    if "](#b" in line:
        line = _LINK.sub(lambda m: f"[{m['word'] or ''}{_claim(m, known)}](#{m['id']})", line)
    if line.startswith("| "):
        line = _ROW.sub(lambda m: f"| {_claim(m, known)} | {m['id']} |", line, count=1)
    question = _QUESTION.match(line) if "**" in line[:8] else None
    if question is not None:
        before, label, behind, rest = question.groups()
        return f"{before}{_label(label, known)}{behind}{rest}"
    if line.endswith(")"):
        line = _FIRST.sub(lambda m: f"({_label(m['label'], known)}{m['rest']}", line)
    see = _SEE.match(line)
    if see is not None:
        line = _LABEL.sub(lambda m: _label(m.group(), known), line)
    return line


def _held(kind: str, name: str) -> str:
    return f"{_MARK}{kind}{name}{_MARK}"


def _claim(match: re.Match[str], known: Numbers) -> str:
    """Return what stands for a claim's number: nothing where a person wrote another one."""
    number = match["number"]
    return _held("c", match["id"]) if known.claims.get(match["id"]) == number else number


def _label(label: str, known: Numbers) -> str:
    words = known.questions.get(label)
    return label if words is None else _held("q", words)


def _words(rest: str) -> str:
    """Return what a question's line says before what it settles: its words and whom it asks."""
    return rest.partition(" *Settles* ")[0]
