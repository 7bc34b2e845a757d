"""Prompt files: front matter, version, declared variables; and the folder that a run takes them from.

A prompt is one Markdown file. Its front matter (YAML between two lines `---`) has `name`, `version`,
`purpose`, `variables`, `output` and `changed`. Its body has sections, each begun by a line of its own:

    # System              what the model is told first (at most once, at the start)
    # Example: request    a worked example, sent as an earlier turn, to the letter
    # Example: answer     what the model is shown to have answered to it
    # User                the request itself (once, at the end)

`# System` and `# User` are Jinja2 templates, rendered in a sandbox. A variable's value is put in once, as it
is: what an article says is never read as a template, a section or an instruction to this module.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from jinja2 import StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import Field, ValidationError, field_validator

from briefs.domain.spans import Frozen
from briefs.errors import PromptError, plain_line
from briefs.llm.port import Message, PromptRef
from briefs.llm.secrets import may_be_a_key
from briefs.text.shortened import shortened

_NAMES = ("extract", "compose", "repair", "stance")
_LONGEST_FAULT = 300
"""Characters of what is told to be wrong with a file."""
_HEADING = re.compile(r"^# (.+?)[ \t]*$", re.MULTILINE)
_Section = Literal["System", "Example: request", "Example: answer", "User"]
_SECTIONS: tuple[_Section, ...] = ("System", "Example: request", "Example: answer", "User")
_ROLES: dict[_Section, Literal["system", "user", "assistant"]] = {
    "System": "system",
    "Example: request": "user",
    "Example: answer": "assistant",
    "User": "user",
}
_MAY_FOLLOW: dict[_Section, tuple[_Section, ...]] = {
    "System": ("Example: request", "User"),
    "Example: request": ("Example: answer",),
    "Example: answer": ("Example: request", "User"),
    "User": (),
}


class FrontMatter(Frozen):
    """What a prompt file says of itself."""

    name: str
    version: str = Field(min_length=1, max_length=40)
    purpose: str = Field(min_length=1)
    variables: tuple[str, ...]
    """Names of the values that the caller puts in."""
    output: str
    """Name of the type that the answer is read as."""
    changed: date
    """Date of this version; what changed stands in the changelog."""

    @field_validator("version", mode="before")
    @classmethod
    def _written_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Turn(NamedTuple):
    """One section of a prompt, as it stands in the file."""

    section: _Section
    text: str


class Prompt(NamedTuple):
    """One prompt file, checked."""

    ref: PromptRef
    about: FrontMatter
    turns: tuple[Turn, ...]
    file: str
    """Where it was read from, for messages."""

    @property
    def example(self) -> tuple[Turn, ...]:
        """Return the turns of the worked examples, in order."""
        return tuple(turn for turn in self.turns if turn.section.startswith("Example"))

    def messages(self, **variables: str) -> tuple[Message, ...]:
        """Return the turns to send; raises PromptError for a variable too many or too few."""
        given, declared = set(variables), set(self.about.variables)
        if missing := declared - given:
            raise _error(
                self.file, f"no value was given for {_listed(missing)}", "give one for each variable"
            )
        if unknown := given - declared:
            raise _error(
                self.file,
                f"{_listed(unknown)} given, but not declared",
                "declare it under `variables` and use it",
            )
        return tuple(
            Message(
                role=_ROLES[turn.section],
                text=turn.text
                if turn.section.startswith("Example")
                else _rendered(self.file, turn.text, variables),
            )
            for turn in self.turns
        )


class Prompts(NamedTuple):
    """The prompts of a run."""

    extract: Prompt
    compose: Prompt
    repair: Prompt
    stance: Prompt

    def versions(self, *, stance: bool = False) -> dict[str, str]:
        """Return each prompt's version and the first 16 hex digits of its hash, by its name.

        `stance` tells whether the model is asked about documents too: only then its prompt is named.
        """
        named = (each for each in self if stance or each is not self.stance)
        return {each.ref.name: f"{each.ref.version} ({each.ref.sha256[:16]})" for each in named}


def load_prompts(folder: Path | None = None) -> Prompts:
    """Return the prompts of `folder`, or those that ship with briefs; raises PromptError.

    A folder may hold only some of the prompts: the others are the shipped ones. Each has the variables
    and the output of the shipped prompt of its name. Any other file in it is an error, hidden files left out.
    """
    shipped = {name: _shipped(name) for name in _NAMES}
    if folder is not None:
        for name, own in _own(folder).items():
            _check_same_contract(own, shipped[name])
            shipped[name] = own
    return Prompts(**shipped)


def read_prompt(file: Path) -> Prompt:
    """Return the prompt that `file` holds; raises PromptError when it is not as this module describes."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _error(str(file), f"cannot be read ({error.strerror})", "check the path") from None
    except UnicodeDecodeError:
        raise _error(str(file), "is not UTF-8", "save it as UTF-8") from None
    return _parsed(str(file), file.stem, text.replace("\r\n", "\n").replace("\r", "\n"))


@cache
def _shipped(name: str) -> Prompt:
    """Return a prompt out of the installed package, or of the checkout that the package is in."""
    packaged = files("briefs.data").joinpath("prompts", f"{name}.md")
    if packaged.is_file():
        text = packaged.read_text("utf-8").replace("\r\n", "\n")
        return _parsed(f"prompts/{name}.md", name, text)
    return read_prompt(Path(__file__).resolve().parent.parent / "prompts" / f"{name}.md")


def _own(folder: Path) -> dict[str, Prompt]:
    if not folder.is_dir():
        named = "what is set as prompts" if may_be_a_key(folder.name) else str(folder)
        raise _error(named, "is not a folder", "name a folder that holds prompt files")
    found = sorted(file for file in folder.iterdir() if not file.name.startswith("."))
    known = {f"{name}.md" for name in _NAMES}
    for file in found:
        if file.name not in known:
            raise _error(
                str(file), "is no prompt that briefs uses", f"name it one of {_listed(known)}, or move it"
            )
    if not found:
        raise _error(str(folder), "holds no prompt", f"put one of {_listed(known)} into it")
    return {file.stem: read_prompt(file) for file in found}


def _check_same_contract(own: Prompt, shipped: Prompt) -> None:
    """Find out before the first call what would otherwise fail in the middle of a run."""
    if set(own.about.variables) != set(shipped.about.variables):
        wanted = _listed(shipped.about.variables)
        raise _error(own.file, f"its variables must be {wanted}", "declare and use these, and no others")
    if own.about.output != shipped.about.output:
        raise _error(
            own.file, f"its output must be {shipped.about.output}", "write it so in the front matter"
        )


def _parsed(file: str, stem: str, text: str) -> Prompt:
    about, body = _front_matter(file, text)
    if about.name != stem:
        raise _error(file, f"its name is {about.name!r}", f"write `name: {stem}`, or rename the file")
    turns = _turns(file, body)
    _check_variables(file, about, turns)
    ref = PromptRef(name=about.name, version=about.version, sha256=sha256(text.encode()).hexdigest())
    return Prompt(ref, about, turns, file)


class _Divided(NamedTuple):
    about: FrontMatter
    body: str


def _front_matter(file: str, text: str) -> _Divided:
    begun, _, rest = text.partition("---\n")
    head, end, body = rest.partition("\n---\n")
    if begun or not end:
        raise _error(file, "has no front matter", "begin the file with YAML between two lines `---`")
    try:
        return _Divided(FrontMatter.model_validate(yaml.safe_load(head)), body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the front matter"
        raise _error(
            file, f"{where}: {first['msg']}", f"it needs {_listed(FrontMatter.model_fields)}"
        ) from None
    except RecursionError:
        raise _error(file, "its front matter is nested too deeply", "correct it") from None
    except Exception as error:  # PyYAML raises its own, and what Python does for a day that no month has
        raise _error(file, f"its front matter is not YAML ({error})", "correct it") from None


def _turns(file: str, body: str) -> tuple[Turn, ...]:
    headings = list(_HEADING.finditer(body))
    if not headings or body[: headings[0].start()].strip():
        raise _error(file, "text stands before the first section", f"begin with one of {_headings()}")
    ends = [heading.start() for heading in headings[1:]] + [len(body)]
    turns = []
    for heading, end in zip(headings, ends, strict=True):
        section = next((known for known in _SECTIONS if known == heading.group(1)), None)
        text = body[heading.end() : end].strip("\n")
        if section is None:
            raise _error(
                file, f"`# {heading.group(1)}` is no section", f"use {_headings()}, and ## within them"
            )
        if not text.strip():
            raise _error(file, f"`# {section}` is empty", "write it, or leave the section out")
        turns.append(Turn(section, text))
    for before, after in pairwise(turns):
        if after.section not in _MAY_FOLLOW[before.section]:
            raise _error(
                file, f"`# {after.section}` after `# {before.section}`", f"the order is {_headings()}"
            )
    if turns[0].section == "Example: answer":
        raise _error(file, "`# Example: answer` stands first", f"the order is {_headings()}")
    if turns[-1].section != "User":
        raise _error(file, "does not end with `# User`", f"the order is {_headings()}")
    return tuple(turns)


def _check_variables(file: str, about: FrontMatter, turns: tuple[Turn, ...]) -> None:
    used: set[str] = set()
    for turn in turns:
        if not turn.section.startswith("Example"):
            try:
                used |= meta.find_undeclared_variables(_environment().parse(turn.text))
            except TemplateError as error:
                raise _error(file, f"`# {turn.section}` is no template ({error})", "correct it") from None
            except RecursionError:
                raise _error(file, f"`# {turn.section}` is nested too deeply", "correct it") from None
            except (SyntaxError, ValueError):  # of jinja2's reader, which hands figures to Python's
                raise _error(file, f"`# {turn.section}` holds a figure that is none", "correct it") from None
    declared = set(about.variables)
    if unused := declared - used:
        raise _error(
            file, f"{_listed(unused)} declared, but not used", "use it, or take it out of `variables`"
        )
    if undeclared := used - declared:
        raise _error(file, f"{_listed(undeclared)} used, but not declared", "declare it under `variables`")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    # No autoescape: a prompt is plain text, and an article's words must arrive as they are.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)


@cache
def _compiled(template: str) -> Template:
    return _environment().from_string(template)


def _rendered(file: str, template: str, variables: dict[str, str]) -> str:
    try:
        return _compiled(template).render(variables)
    except Exception as error:  # a template can raise anything: division by zero, wrong types
        raise _error(file, f"cannot be rendered ({type(error).__name__}: {error})", "correct it") from None


def _headings() -> str:
    return ", ".join(f"`# {section}`" for section in _SECTIONS)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _error(file: str, what: str, advice: str) -> PromptError:
    message = " ".join(f"{file}: {shortened(what, _LONGEST_FAULT)}; {advice}".split())
    return PromptError(plain_line(message))
