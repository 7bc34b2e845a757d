"""A table of edits of a signed-off article: which sign-offs hold, which are open again, which claims are gone."""

import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from ferries import BASE, CLAIMS, became, briefs_in, drafted, ran, sign_all

from briefs.domain.brief import ArticleBriefs
from briefs.text.wordings import same_words


class Edit(NamedTuple):
    """One edit of the article and what becomes of the signed claims; those that are not named are kept."""

    name: str
    edit: Callable[[str], str]
    reopened: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    says: str = ""
    """What the first reason of the first reopened claim must hold."""


def swap(old: str, new: str) -> Callable[[str], str]:
    """Return the edit that replaces words, which must stand in the article."""

    def edited(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return edited


def moved(words: str, before: str) -> Callable[[str], str]:
    """Return the edit that moves the paragraph that has certain words before another one."""

    def edited(text: str) -> str:
        paragraphs = text.strip().split("\n\n")
        [mine] = [each for each in paragraphs if words in each]
        rest = [each for each in paragraphs if each is not mine]
        at = next((n for n, each in enumerate(rest) if before and before in each), len(rest))
        return "\n\n".join([*rest[:at], mine, *rest[at:]]) + "\n"

    return edited


def both(one: Callable[[str], str], other: Callable[[str], str]) -> Callable[[str], str]:
    """Return two edits as one."""
    return lambda text: other(one(text))


def inserted(paragraph: str, before: str) -> Callable[[str], str]:
    """Return the edit that puts a new paragraph in."""
    return swap(before, f"{paragraph}\n\n{before}")


def wrapped(text: str) -> str:
    """Return the article with its lines broken by width, as mail does."""
    return "\n\n".join(textwrap.fill(each, 66) for each in text.strip().split("\n\n"))


def broken(text: str) -> str:
    """Return the article with its lines broken anyhow, in the manner of another system."""
    return text.replace(", ", ",\r\n").replace(" of ", "  of\u00a0")


STRIKE = "The last strike on the route, in 2011, lasted nine days."
SAFE = "“The boats are safe,” Vell said."
EDITS = (
    Edit("nothing", lambda text: text),
    Edit("a typo elsewhere", swap("It will last six months", "It wil last six months")),
    Edit("a typo inside the quotation", swap("any more,”", "anymore,”"), ("crew",), says="any more"),
    Edit("a paragraph moved up", moved("last strike", "ferry company")),
    Edit("a paragraph moved down", moved("Captain Ivo", "last strike")),
    Edit(
        "two paragraphs moved", both(moved("harbour board", "ferry company"), moved("last strike", "Captain"))
    ),
    Edit("a figure changed", swap("lost 310", "lost 320"), ("deckhands",), says="310"),
    Edit("a figure written otherwise", swap("8 percent", "8.5 percent"), ("rise",), says="8 percent"),
    Edit("a figure changed elsewhere", swap("six months", "nine months")),
    Edit("a unit changed", swap("nine days", "nine weeks"), ("strike",)),
    Edit("a hedge dropped", swap("reportedly refused", "refused"), ("rise",), says="reportedly"),
    Edit("a hedge made firm", swap("may close", "will close"), ("pier",), says="may"),
    Edit("a hedge added", swap("inquiry had begun", "inquiry had apparently begun"), ("inquiry",)),
    Edit("a hedge added before the claim", swap(STRIKE, f"Reportedly, t{STRIKE[1:]}"), ("strike",)),
    Edit("the speaker changed", swap("safe,” Vell said", "safe,” Brandt said"), ("safe",), says="Ivo Brandt"),
    Edit("the speaker's office changed", swap("president of", "former president of"), ("crew", "cabins")),
    Edit("an office named elsewhere", swap("chief executive", "managing director"), ("rise",)),
    Edit("a source dropped", swap(", according to its personnel report", ""), ("deckhands",)),
    Edit(
        "a cue changed", swap("more,” said Danuta", "more,” claimed Danuta"), ("crew", "cabins"), says="said"
    ),
    Edit("denied instead of confirmed", swap("confirmed that", "denied that"), ("inquiry",)),
    Edit("a sentence split beside claims", swap("March, and the federation", "March. The federation")),
    Edit("a sentence split inside", swap("2011, lasted", "2011. It lasted"), ("strike",)),
    Edit("two sentences joined", swap("said. Passengers", "said, and passengers")),
    Edit("a paragraph deleted", swap(f"{STRIKE}\n", ""), gone=("strike",)),
    Edit("a paragraph put in before", inserted("The wind blew hard on Friday.", "The ferry company")),
    Edit("the quotation repeated before", inserted(f"At noon it was calm. {SAFE}", "The harbour board")),
    Edit("the headline changed", swap("lose a third", "lose one in four"), ("headline",)),
    Edit(
        "whom a pronoun stands for",
        inserted("Marta Vell, the chief executive, called the figures absurd.", "She said that 45"),
        ("crossings",),
        says="Marta Vell",
    ),
    Edit("a date changed", swap("22 April", "24 April"), ("inquiry",), says="22 April"),
    Edit("the dateline changed", swap("4 May 2024", "5 May 2024")),
    Edit("the byline changed", swap("By Henrika Solvang", "By Henrika Solvang and Ola Lindqvist")),
    Edit("wrapped by width", wrapped),
    Edit("wrapped anyhow", broken),
    Edit("straight quotation marks", lambda t: t.replace("“", '"').replace("”", '"').replace("’", "'")),
    Edit("a negation inside", swap("had sailed", "had not sailed"), ("boats",)),
    Edit("a negation before", swap("The last strike", "It is not true that the last strike"), ("strike",)),
    Edit("a quotation given to another", swap(SAFE, "“The boats are safe,” said Petr Hladik."), ("safe",)),
    Edit(
        "a quotation moved to another speaker",
        both(
            swap(" “Half of the cabins stand empty.”", ""),
            swap(SAFE, f"{SAFE} “Half of the cabins stand empty.”"),
        ),
        ("cabins",),
        says="Marta Vell",
    ),
    Edit("a name spelled otherwise", swap("Danuta Rósza", "Danuta Rozsa"), ("crew", "cabins", "crossings")),
    Edit(
        "moved and changed",
        both(moved("last strike", "ferry company"), swap("nine days", "ten days")),
        ("strike",),
    ),
    Edit("a statement made a question", swap(STRIKE, f"{STRIKE[:-1]}?"), ("strike",)),
    Edit("all of it replaced", lambda _: "Rain is forecast for Halmen on 3 June.\n", gone=tuple(CLAIMS)),
)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the article, its outputs in `out`, and every claim signed off."""
    folder = tmp_path_factory.mktemp("signed")
    draft = drafted(folder / "ferries.txt", BASE)
    ran(folder / "out", draft)
    result = sign_all(folder / "out", draft)
    assert became(result).kept.keys() == CLAIMS.keys()
    return folder


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_what_an_edit_does_to_the_sign_offs(tmp_path: Path, signed: Path, edit: Edit) -> None:
    """Exactly those sign-offs hold whose words are unchanged; the others are open again and say why."""
    shutil.copytree(signed, tmp_path / "case")
    out = tmp_path / "case" / "out"
    draft = drafted(tmp_path / "case" / "ferries.txt", edit.edit(BASE))
    ran(out, draft)
    result = briefs_in(out, draft)
    found = became(result)
    assert set(found.gone) == set(edit.gone)
    assert {name: each.desk.changed for name, each in found.reopened.items()}.keys() == set(edit.reopened)
    assert set(found.kept) == set(CLAIMS) - set(edit.reopened) - set(edit.gone)
    for name, each in found.kept.items():
        assert CLAIMS[name] in " ".join(each.claim.quote.text.split())
        assert (each.desk.changed, each.desk.checker) == ((), "K. Aune")
    for each in found.reopened.values():
        assert each.desk.changed
        assert each.desk.checker == "K. Aune"  # what a person wrote stays
    if edit.says:
        assert edit.says in " ".join(found.reopened[edit.reopened[0]].desk.changed)
    written = ran(out, draft)  # once more: nothing is recorded again, and no byte changes
    assert not written.changed
    assert written.note is None


def test_the_table_is_large_enough() -> None:
    """At least twenty edits, each of its own kind, each claim reopened by one of them."""
    assert len(EDITS) >= 20
    assert len({edit.name for edit in EDITS}) == len(EDITS)
    assert {name for edit in EDITS for name in edit.reopened} | {"complaints", "sailings", "delays"} == set(
        CLAIMS
    )


def quote_of(result: ArticleBriefs, note: str) -> str:
    """Return the words of the claim that an editor signed with a note."""
    [found] = [each for each in result.briefs if each.desk.note == note]
    return found.claim.quote.text


def test_same_words_are_followed_to_the_right_place(tmp_path: Path, signed: Path) -> None:
    """With its words a second time before it, a signed quotation is still the later one, under its new id."""
    shutil.copytree(signed, tmp_path / "case")
    out = tmp_path / "case" / "out"
    text = BASE.replace("The harbour board may", f"At noon it was calm. {SAFE}\n\nThe harbour board may")
    draft = drafted(tmp_path / "case" / "ferries.txt", text)
    ran(out, draft)
    result = briefs_in(out, draft)
    places = [each for each in result.briefs if same_words(each.claim.quote.text, SAFE)]
    assert [each.desk.note for each in places] in (["safe"], [None, "safe"])
    assert places[-1].claim.quote.start == text.rindex(SAFE) or len(places) == 1
