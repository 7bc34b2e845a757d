"""Model files: which one is meant, whether it can be one, and why llama.cpp would not load it.

Format: GGUF, https://github.com/ggml-org/ggml/blob/master/docs/gguf.md (magic bytes, versions, names of
the parts of a split model).
"""

import os
import re
import signal
from pathlib import Path

from briefs.errors import ConfigError

_MAGIC = b"GGUF"
_PART = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)
_ADVICE = (
    "any instruct model in GGUF form will do, such as Qwen2.5, Llama 3 or Mistral Instruct: look for "
    "'Instruct GGUF' on huggingface.co and download a Q4_K_M file; about 1 GB (1.5 billion parameters) "
    "for a machine with 4 GB of memory, 2 GB (3 billion) for 8 GB, 5 GB (8 billion) for 16 GB; "
    "larger ones word better and are slower"
)
_REASONS = (
    (
        r"not within the file bounds|failed to read|corrupted or incomplete|unexpectedly reached end",
        "is incomplete or damaged; download it again",
    ),
    (
        r"unknown model architecture",
        "is of a kind that this xllamacpp does not know; pip install -U xllamacpp, or take another model",
    ),
    (
        r"alloc|out of memory|failed to (create|initialize the) context|insufficient",
        "does not fit into the memory; take a smaller model or a smaller context, or close other programs",
    ),
)
"""What llama.cpp's log says, and what that means; the first that is found counts."""


def model_file(name: str, folder: Path | None = None) -> Path:
    """Return the file that `local:NAME` means: a path, or the name of a file in `folder`.

    Raises ConfigError, with what to do, when there is none or it cannot be a model.
    """
    if not name.strip():
        raise ConfigError(f"local: which model? write --model local:FILE.gguf; {_ADVICE}{_there_are(folder)}")
    path = Path(name).expanduser()
    if not path.exists() and folder is not None and path.name == name:
        path = folder.expanduser() / name
    said = f"local:{name}"
    if not path.exists():
        raise ConfigError(
            f"{said}: no such file; check the path, or see --model local: for where to get one"
            f"{_there_are(folder)}"
        )
    if not path.is_file():
        raise ConfigError(f"{said}: not a file; give the .gguf file itself{_there_are(path)}")
    path = path.absolute()  # not resolved: caches of models keep the name in a link
    for part in _all_parts(path, said):
        _look_at(part, said)
    _ask_memory(path, said)
    return path


def parts(path: Path) -> tuple[Path, ...]:
    """Return the files of a model: itself, or all of a split one, of which `path` is the first."""
    match = _PART.fullmatch(path.name)
    if match is None:
        return (path,)
    count = int(match["count"])
    names = (f"{match['stem']}-{number:05d}-of-{count:05d}.gguf" for number in range(1, count + 1))
    return tuple(path.with_name(name) for name in names)


def why_not_loaded(code: int, log: str) -> str:
    """Return why loading failed and what to do, from the process' exit code and llama.cpp's messages."""
    for pattern, reason in _REASONS:
        if re.search(pattern, log, re.IGNORECASE):
            return reason
    if code == -signal.SIGKILL:
        return "was ended by the system while loading, most likely for want of memory; take a smaller model"
    said = [line.strip() for line in log.splitlines() if line.strip()]
    detail = re.sub(r"^[\d.]+ [A-Z] ", "", said[-1])[:200] if said else "without a message"
    return f"could not be loaded (exit code {code}: {detail}); try another model, or pip install -U xllamacpp"


def _all_parts(path: Path, said: str) -> tuple[Path, ...]:
    every = parts(path)
    missing = [part.name for part in every if not part.is_file()]
    if missing:
        raise ConfigError(f"{said}: one of {len(every)} parts of a model; {missing[0]} is missing beside it")
    if path.name != every[0].name:
        raise ConfigError(f"{said}: one of {len(every)} parts of a model; give the first, {every[0].name}")
    return every


def _look_at(path: Path, said: str) -> None:
    try:
        with path.open("rb") as file:
            begin = file.read(len(_MAGIC))
    except OSError as error:
        raise ConfigError(f"{said}: {error.strerror}; check who may read it") from None
    if begin != _MAGIC:
        reason = "an empty file" if not begin else "not a GGUF file"
        raise ConfigError(f"{said}: {reason}; download it again, or take the file that ends in .gguf")


def _ask_memory(path: Path, said: str) -> None:
    """Raise ConfigError when the weights alone are more than the machine's memory."""
    size = sum(part.stat().st_size for part in parts(path))
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows, or a system that does not say
        return
    if size > memory:
        raise ConfigError(
            f"{said}: {size / 1e9:.1f} GB, more than the {memory / 1e9:.1f} GB of memory of this machine; "
            "take a smaller model"
        )


def _there_are(folder: Path | None) -> str:
    found = sorted(folder.expanduser().glob("*.gguf")) if folder is not None else []
    if not found:
        return ""
    some = ", ".join(f"{path.name} ({path.stat().st_size / 1e9:.1f} GB)" for path in found[:10])
    return f"; in {folder} there is: {some}"
