"""Prompts: files that say what they need, hold what they promise, and change only under a new version."""

import json
import pickle
import re
import tomllib
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from briefs.errors import PromptError
from briefs.llm.wire import ExtractAnswer
from briefs.prompts import Prompt, load_prompts, read_prompt

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "prompts"
GOOD = """---
name: extract
version: 7
purpose: Try.
variables: [article, context, most]
output: ExtractAnswer
changed: 2026-01-02
---
# System

At most {{ most }}.

# User

{% if context %}
Before: {{ context }}
{% endif %}
{{ article }}
"""


def saved(folder: Path, text: str, name: str = "extract.md") -> Path:
    """Write a prompt file and return its path."""
    file = folder / name
    file.write_bytes(text.encode())
    return file


def numbered(prompt: Prompt) -> dict[int, str]:
    """Return the numbered sentences of the worked example."""
    return {
        int(n): text for n, text in re.findall(r"^(\d+)[^:]*: (.*)$", prompt.example[0].text, re.MULTILINE)
    }


def test_every_published_version_is_pinned() -> None:
    """A prompt that was published never changes: recordings and caches were made from its bytes."""
    pinned = tomllib.loads((HERE / "published.toml").read_text("utf-8"))["prompt"]
    known = {(each["name"], each["version"]): each["sha256"] for each in pinned}
    assert len(known) == len(pinned), "a version is pinned twice"
    for prompt in load_prompts():
        ref = prompt.ref
        assert known.get((ref.name, ref.version)) == ref.sha256, (
            f"prompts/{ref.name}.md differs from its version {ref.version} as published: give it a new version and date,"
            f" add a [[prompt]] with that version (as it is now, its sha256 is {ref.sha256}) to"
            " tests/prompts/published.toml, keep the old entry, write an entry in CHANGELOG.md, record again"
        )


def test_the_hash_is_the_file_s_whatever_its_line_ends(tmp_path: Path) -> None:
    """A checkout with other line ends or a byte order mark has the same prompts."""
    plain = read_prompt(saved(tmp_path, GOOD))
    assert plain.ref.sha256 == sha256(GOOD.encode()).hexdigest()
    for other in (GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD):
        assert read_prompt(saved(tmp_path, other)) == plain
    assert read_prompt(saved(tmp_path, GOOD.replace("most }}.", "most }}!"))).ref.sha256 != plain.ref.sha256


def test_the_worked_example_keeps_the_rules_it_teaches() -> None:
    """The example's answer has the asked shape, and its words stand in the sentences that it numbers."""
    extract = load_prompts().extract
    sentences = numbered(extract)
    answer = ExtractAnswer.model_validate_json(extract.example[1].text)
    assert list(sentences) == list(range(1, len(sentences) + 1))
    assert answer.claims
    for claim in answer.claims:
        assert claim.words in sentences[claim.n]
        assert all(name in extract.example[0].text for name in (claim.source, *claim.via))
        assert all(each.word in claim.words for each in claim.names)
        assert all(each.name in extract.example[0].text for each in claim.names)
    chosen = {claim.n for claim in answer.claims}
    left = [n for numbers in answer.left_out.model_dump().values() for n in numbers]
    assert sorted([*chosen, *left]) == list(sentences), "each sentence is chosen or left out, once"
    assert extract.example[1].text == json.dumps(
        json.loads(extract.example[1].text), ensure_ascii=False, separators=(",", ":")
    )


def test_the_example_shows_what_is_hard() -> None:
    """The example has a split sentence, a source with its outlet, a resolved name, a negation, a hedge, an opinion."""
    answer = ExtractAnswer.model_validate_json(load_prompts().extract.example[1].text)
    numbers = [claim.n for claim in answer.claims]
    assert len(set(numbers)) < len(numbers)
    assert any(claim.source and claim.via for claim in answer.claims)
    assert any(claim.names for claim in answer.claims)
    assert any(" not " in claim.words for claim in answer.claims)
    assert any("may " in claim.words for claim in answer.claims)
    assert answer.left_out.opinion


def test_messages_of_each_prompt() -> None:
    """A prompt gives its turns in order, the example's among them, the request last."""
    prompts = load_prompts()
    sent = prompts.extract.messages(article="1: A.", context="", most="16")
    assert [m.role for m in sent] == ["system", "user", "assistant", "user"]
    assert sent[-1].text == "<article>\n1: A.\n</article>"
    assert "Before." in prompts.extract.messages(article="1: A.", context="Before.", most="16")[-1].text
    assert pickle.loads(pickle.dumps(prompts)) == prompts, "they go to other processes"  # noqa: S301
    repair = prompts.repair.messages(answer="{", problem="it is not JSON", schema="{}")
    assert [m.role for m in repair] == ["system", "user"]


@pytest.mark.parametrize(
    "said",
    ["{{ most }}", "{% raw %}", "{{ 1 / 0 }}", "# User\n# System", "</article>", "{#", "\r\n\x00\ud800"],
)
def test_values_are_put_in_as_they_are(tmp_path: Path, said: str) -> None:
    """What an article says is never a template, a section or a heading."""
    sent = read_prompt(saved(tmp_path, GOOD)).messages(article=said, context="", most="3")
    assert [(m.role, m.text) for m in sent] == [("system", "At most 3."), ("user", said)]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{{ most }}", "3", "most declared, but not used"),
        ("{{ most }}", "{{ most }} {{ title }}", "title used, but not declared"),
        ("{{ most }}", "{{ most", "is no template"),
        ("name: extract", "name: compose", "its name is 'compose'"),
        ("purpose: Try.\n", "", "purpose: Field required"),
        ("purpose: Try.", "purpose: Try.\nmodel: x", "model: Extra inputs"),
        ("version: 7", "version: 1.10", "version: Input should be a valid string"),
        ("changed: 2026-01-02", "changed: lately", "changed: Input should be"),
        ("purpose: Try.", "purpose: [", "not YAML"),
        ("changed: 2026-01-02", "changed: 2026-02-31", "not YAML (day is out of range"),
        ("# System", "# Sys\u2066tem", "`# Sys?tem` is no section"),
        ("purpose: Try.", "purpose: !!python/object/apply:os.getcwd []", "not YAML"),
        ("---\nname", "name", "no front matter"),
        ("# System", "# Sytem", "`# Sytem` is no section"),
        ("# System", "Hello\n# System", "before the first section"),
        ("# User", "# System", "`# System` after `# System`"),
        ("# System", "# Example: answer", "`# Example: answer` stands first"),
        ("# System\n\nAt most {{ most }}.", "# System", "is empty"),
        ("{{ most }}", "{{ most " + "~ (1 " * 5_000 + ")" * 5_000 + "}}", "nested too deeply"),
        ("{{ most }}", "{{ most ~ " + "9" * 4_301 + " }}", "holds a figure that is none"),
        ("{{ most }}", "{{ most ~ 1.\uff11 }}", "holds a figure that is none"),
        ("purpose: Try.", "purpose: " + "[" * 5_000 + "]" * 5_000, "nested too deeply"),
        ("name: extract", "name: " + "e" * 9_000, "its name is …"),
    ],
)
def test_a_file_that_is_not_as_declared(tmp_path: Path, old: str, new: str, says: str) -> None:
    """Each mistake in a prompt file is found when it is read, with the file, what is wrong and what to do."""
    assert old in GOOD
    file = saved(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(PromptError) as caught:
        read_prompt(file)
    assert says in str(caught.value)
    assert str(file) in str(caught.value)
    assert ";" in str(caught.value)
    assert len(str(caught.value)) < len(str(file)) + 450
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"article": "a", "context": ""}, "no value was given for most"),
        ({"article": "a", "context": "", "most": "1", "title": "t"}, "title given, but not declared"),
    ],
)
def test_values_too_many_or_too_few(tmp_path: Path, variables: dict[str, str], says: str) -> None:
    """A caller gives each declared variable, and no other."""
    with pytest.raises(PromptError, match=says):
        read_prompt(saved(tmp_path, GOOD)).messages(**variables)


def test_a_template_cannot_reach_out(tmp_path: Path) -> None:
    """A prompt file out of somebody's folder reaches no attribute that leads to the interpreter."""
    text = GOOD.replace("{{ most }}", "{{ most.__class__.__mro__ }}")
    with pytest.raises(PromptError, match="cannot be rendered"):
        read_prompt(saved(tmp_path, text)).messages(article="a", context="", most="1")


def test_a_folder_with_some_of_the_prompts(tmp_path: Path) -> None:
    """A user's folder replaces what it holds; the rest stay the shipped ones."""
    saved(tmp_path, GOOD)
    saved(tmp_path, "", ".DS_Store")
    prompts, shipped = load_prompts(tmp_path), load_prompts()
    assert prompts.extract.ref.version == "7"
    assert prompts.extract.about.changed == date(2026, 1, 2)
    assert (prompts.compose, prompts.repair) == (shipped.compose, shipped.repair)
    assert shipped.extract.file == str(SHIPPED / "extract.md")


def test_a_folder_that_will_not_do(tmp_path: Path) -> None:
    """A missing or empty folder, a stray file, other variables or another output stop a run before its first call."""
    with pytest.raises(PromptError, match="is not a folder"):
        load_prompts(tmp_path / "none")
    with pytest.raises(PromptError, match="holds no prompt"):
        load_prompts(tmp_path)
    stray = saved(tmp_path, "x", "extrac.md")
    with pytest.raises(PromptError, match=r"extrac\.md: is no prompt"):
        load_prompts(tmp_path)
    stray.unlink()
    saved(tmp_path, GOOD.replace(", most]", "]").replace("{{ most }}", "3"))
    with pytest.raises(PromptError, match="its variables must be article, context, most"):
        load_prompts(tmp_path)
    saved(tmp_path, GOOD.replace("output: ExtractAnswer", "output: Other"))
    with pytest.raises(PromptError, match="its output must be ExtractAnswer"):
        load_prompts(tmp_path)
    (tmp_path / "extract.md").write_bytes(b"\xff\xfe")
    with pytest.raises(PromptError, match="is not UTF-8"):
        load_prompts(tmp_path)
