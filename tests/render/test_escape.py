"""Article text in Markdown: whatever it contains, parsing gives it back."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefs.steps.render.escape import Piece, escaped
from briefs.text.unseen import plain as named_back

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
METACHARACTERS = "\\`*_{}[]()<>#+-.!|~&:@$^=\"'/ \t\n\u00a0\u2028\u202e\u2066\u200b\u3164⟦U+⟧€。「」áb1w"
TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from(METACHARACTERS), st.characters(codec="utf-8")), max_size=60
)


def collapsed(text: str) -> str:
    """Return text with its white space collapsed, NUL as CommonMark replaces it."""
    return " ".join(text.replace("\x00", "\ufffd").split())


def inline(tokens: list[Token]) -> list[Token]:
    """Return the inline children of all tokens."""
    return [child for token in tokens for child in token.children or ()]


def plain(children: list[Token]) -> str:
    """Return the text of inline tokens."""
    return named_back("".join("\n" if c.type == "softbreak" else c.content for c in children))


def strong(children: list[Token]) -> str:
    """Return the text of inline tokens within bold."""
    depth, out = 0, []
    for child in children:
        depth += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        if depth and not child.type.startswith("strong"):
            out.append(child.content)
    return named_back("".join(out))


@given(TEXTS)
@settings(max_examples=300)
def test_any_text_survives_in_a_block_quote(text: str) -> None:
    """A block quote of any text is one paragraph of exactly that text, without links or emphasis."""
    tokens = PARSER.parse("> " + escaped(text))
    children = inline(tokens)
    assert collapsed(plain(children)) == collapsed(text)
    assert {c.type for c in children} <= {"text", "text_special"}
    kinds = [t.type for t in tokens]
    assert kinds in (
        ["blockquote_open", "paragraph_open", "inline", "paragraph_close", "blockquote_close"],
        ["blockquote_open", "blockquote_close"],
    )


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=500)
def test_any_words_can_stand_in_bold(text: str, one: int, other: int) -> None:
    """Bold covers exactly the asked words, also inside a word and beside punctuation."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    children = inline(PARSER.parse("> " + escaped(text, [Piece(start, end)])))
    assert collapsed(plain(children)) == collapsed(text)
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    if all(unicodedata.category(c) not in {"Cc", "Cs", "Cn"} for c in beside):
        assert collapsed(strong(children)) == collapsed(text[start:end])


@given(TEXTS)
@settings(max_examples=200)
def test_any_text_survives_in_a_table_cell(text: str) -> None:
    """A cell with any text leaves the row's other cells in their places."""
    tokens = PARSER.parse(f"| a | b |\n|---|---|\n| {escaped(text)} | end |\n")
    cells = [t.content for t in tokens if t.type == "inline"]
    assert len(cells) == 4
    assert cells[3] == "end"
    assert collapsed(plain(inline(tokens)[2:-1])) == collapsed(text)


@given(TEXTS)
@settings(max_examples=200)
def test_any_text_survives_in_a_heading_and_a_list(text: str) -> None:
    """A heading or list item of any text is that text and opens nothing else."""
    for prefix, block in (("### ", "heading_open"), ("- ", "bullet_list_open")):
        tokens = PARSER.parse(prefix + escaped(text) + "\n")
        assert collapsed(plain(inline(tokens))) == collapsed(text)
        assert tokens[0].type == block
        assert sum(t.type.endswith("list_open") for t in tokens) == (block == "bullet_list_open")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He paid $6.18, about 5%, to A&B (see [note]).", "He paid $6.18, about 5%, to A&B (see [note])."),
        ("1.5 million", "1.5 million"),
        ("1. One", "1\\. One"),
        ("- dash", "\\- dash"),
        ("#1 of *all*", "\\#1 of \\*all\\*"),
        ("see https://a.example/b_c", "see https:\\//a.example/b\\_c"),
        ("<script>", "\\<script>"),
        ("[!NOTE] x [y](z)", "\\[!NOTE] x [y\\](z)"),
        ("a\u202eb", "a⟦U+202E⟧b"),
        ("a\u200b\u202eb", "a⟦U+200B U+202E⟧b"),
        ("a⟦U+202E⟧b ⟦c⟧", "a⟦U+27E6⟧U+202E⟧b ⟦c⟧"),
    ],
)
def test_escapes_no_more_than_it_must(text: str, expected: str) -> None:
    """What cannot be read as Markdown is left alone, so that the file reads well as it is."""
    assert escaped(text) == expected
