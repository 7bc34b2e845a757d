"""YAML that a person can review: texts line by line, JSON answers as their fields, repeated parts once.

Two kinds of tags beside plain YAML, because an answer must come back to the byte: `!lines`, a text that YAML
could only write in escapes, as the list of its lines; `!json…`, a text that is JSON, as its fields in order.
"""

import json
import re
from itertools import chain
from math import inf
from typing import Any, NamedTuple

import yaml
from yaml.composer import ComposerError

_UNWRITABLE = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]| \n| \Z")
"""What libyaml writes no block of: control characters, tabs, symbols beyond U+FFFF, blanks at line ends."""

_SHARED_TEXT, _SHARED_VALUE = 200, 400
"""Characters from which a text, or an object's JSON, that recurs is written once and referred to."""

_MOST, _MOST_TIMES = 20_000_000, 10
"""Characters that a file may have with all it refers to written out, and how often its own; ours have fewer
than their own."""

_DEEPEST = 80
"""Parts within parts of a file."""

_FIRST_KEYS = ("model", "role", "name", "type")


class _Style(NamedTuple):
    tag: str
    separators: tuple[str, str]
    indent: int | None = None
    ascii: bool = False


_SPELLINGS = (
    _Style("!json", (",", ":")),
    _Style("!json-spaced", (", ", ": ")),
    _Style("!json-2", (",", ": "), 2),
    _Style("!json-4", (",", ": "), 4),
)
_STYLES = (*_SPELLINGS, *(_Style(f"{each.tag}-ascii", *each[1:3], ascii=True) for each in _SPELLINGS))


class _Lines(NamedTuple):
    lines: list[str]


class _Tagged(NamedTuple):
    tag: str
    value: Any


class Dumper(yaml.CSafeDumper):
    """Writes what `readable` returns."""

    def ignore_aliases(self, data: Any) -> bool:
        """Refer to long texts and to objects; `readable` has made equal ones the same."""
        return not isinstance(data, dict | list | _Lines | _Tagged) and not (
            isinstance(data, str) and len(data) >= _SHARED_TEXT
        )


def load(text: str) -> Any:
    """Return what a file holds; raises yaml.YAMLError, also where it is nested or unpacks beyond bounds.

    The depth is looked at first, event by event: libyaml's composer goes into each part, and 45,000 brackets
    in 45 kB end the process.
    """
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ComposerError(None, None, "nested too deeply", event.start_mark)  # type: ignore[arg-type]
    return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader with tags of our own


class Loader(yaml.CSafeLoader):
    """Reads what `Dumper` writes; what refers to itself, or unpacks to far more, is a ComposerError."""

    def get_single_node(self) -> yaml.Node | None:
        """Return the file's tree, in which a part that is referred to stands once."""
        node: yaml.Node | None = super().get_single_node()
        if node is not None:
            whole = _unpacked(node, {})
            if whole.size > max(_MOST, _MOST_TIMES * node.end_mark.index):
                raise ComposerError(None, None, "unpacks to far more than it holds", node.start_mark)
            if whole.depth > _DEEPEST:
                raise ComposerError(None, None, "nested too deeply", node.start_mark)
        return node


class _Unpacked(NamedTuple):
    """A part with all it refers to written out."""

    size: float
    """Characters."""
    depth: int = 0
    """Parts within parts."""


def _unpacked(node: yaml.Node, known: dict[yaml.Node, _Unpacked]) -> _Unpacked:
    """Return how large and deep a part is with all it refers to written out; `known` is filled."""
    if node in known:
        return known[node]
    known[node] = _Unpacked(inf)  # met again within itself
    if isinstance(node, yaml.ScalarNode):
        size, depth = float(len(node.value)), 0
    else:
        pairs = isinstance(node, yaml.MappingNode)
        parts = chain.from_iterable(node.value) if pairs else node.value
        within = [_unpacked(each, known) for each in parts]
        size = len(node.value) + sum(each.size for each in within)
        depth = 1 + max((each.depth for each in within), default=0)
    if node.tag.startswith("!json"):  # a text within a text doubles its escapes
        size *= 2
    known[node] = _Unpacked(size, depth)
    return known[node]


def in_reading_order(value: Any) -> Any:
    """Return JSON with the keys of all its objects in one order: who speaks before what is said."""
    if isinstance(value, dict):
        return {key: in_reading_order(value[key]) for key in sorted(value, key=_reading_order)}
    return [in_reading_order(each) for each in value] if isinstance(value, list) else value


def readable(value: Any) -> Any:
    """Return `value` with JSON texts as fields, and equal long parts the same."""
    return _Arranging().value(value)


class _Arranging:
    def __init__(self) -> None:
        self._seen: dict[tuple[bool, str], Any] = {}

    def value(self, value: Any) -> Any:
        if isinstance(value, dict):
            if not all(isinstance(key, str) for key in value):
                raise TypeError("JSON has only strings as keys")
            made: Any = {key: self.value(each) for key, each in value.items()}
        elif isinstance(value, list):
            made = [self.value(each) for each in value]
        elif isinstance(value, str):
            made = _text(value)
        else:
            return value
        return self._once(value, made)

    def _once(self, value: Any, made: Any) -> Any:
        if isinstance(value, str):
            return self._seen.setdefault((True, value), made) if len(value) >= _SHARED_TEXT else made
        text = json.dumps(value)
        return self._seen.setdefault((False, text), made) if len(text) >= _SHARED_VALUE else made


def _reading_order(key: str) -> tuple[int, str]:
    return (_FIRST_KEYS.index(key), key) if key in _FIRST_KEYS else (len(_FIRST_KEYS), key)


def _text(text: str) -> Any:
    if text[:1] in {"{", "["}:
        try:
            parsed = json.loads(text)
            for style in _STYLES:
                if _dumped(parsed, style) == text and _is_whole(parsed):
                    return _Tagged(style.tag, parsed)
        except (ValueError, RecursionError):
            pass
    if "\n" in text and _UNWRITABLE.search(text):
        return _Lines(text.split("\n"))
    return text


def _dumped(value: Any, style: _Style) -> str:
    return json.dumps(value, ensure_ascii=style.ascii, separators=style.separators, indent=style.indent)


def _is_whole(value: Any) -> bool:
    """Return whether no text in `value` holds half a character, which YAML cannot write."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _write_text(dumper: Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


def _write_lines(dumper: Dumper, text: _Lines) -> yaml.Node:
    return dumper.represent_sequence("!lines", text.lines)


def _write_json(dumper: Dumper, text: _Tagged) -> yaml.Node:
    if isinstance(text.value, dict):
        return dumper.represent_mapping(text.tag, text.value)
    return dumper.represent_sequence(text.tag, text.value)


def _read_lines(loader: Loader, node: yaml.Node) -> str:
    return "\n".join(loader.construct_sequence(node))  # type: ignore[arg-type]


Dumper.add_representer(str, _write_text)
Dumper.add_representer(_Lines, _write_lines)
Dumper.add_representer(_Tagged, _write_json)
Loader.add_constructor("!lines", _read_lines)


def _add_style(style: _Style) -> None:
    def read(loader: Loader, node: yaml.Node) -> str:
        if isinstance(node, yaml.MappingNode):
            return _dumped(loader.construct_mapping(node, deep=True), style)
        return _dumped(loader.construct_sequence(node, deep=True), style)  # type: ignore[arg-type]

    Loader.add_constructor(style.tag, read)


for _each in _STYLES:
    _add_style(_each)
