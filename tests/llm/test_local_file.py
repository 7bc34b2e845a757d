"""Which file `local:` means, and what is said of files that cannot be a model."""

import os
import signal
from pathlib import Path

import pytest

from briefs.errors import ConfigError
from briefs.llm.local_file import model_file, parts, why_not_loaded


def _gguf(path: Path) -> Path:
    path.write_bytes(b"GGUF" + bytes(20))
    return path


def test_a_path_and_a_bare_name_in_the_folder_are_found(tmp_path: Path) -> None:
    """A model is named by its path, or by its name alone when it lies in the folder of models."""
    path = _gguf(tmp_path / "one.gguf")
    assert model_file(str(path)) == path
    assert model_file("one.gguf", tmp_path) == path


def test_a_linked_model_keeps_its_name(tmp_path: Path) -> None:
    """A cache keeps models under a hash and links to them: the brief names the model, not the hash."""
    _gguf(tmp_path / "0a1b2c")
    (tmp_path / "one.gguf").symlink_to("0a1b2c")
    assert model_file(str(tmp_path / "one.gguf")).name == "one.gguf"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.gguf", None, "no such file"),
        ("page.gguf", b"<!DOCTYPE html>", "not a GGUF file; download it again"),
        ("empty.gguf", b"", "an empty file; download it again"),
        ("m-00002-of-00002.gguf", b"GGUF", "m-00001-of-00002.gguf is missing"),
        ("m-00001-of-00003.gguf", b"GGUF", "m-00002-of-00003.gguf is missing"),
    ],
)
def test_what_cannot_be_a_model_is_said_in_one_line(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    """A wrong file is refused before a process is started, with what is wrong and what to do."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        model_file(str(tmp_path / name))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_second_part_of_a_whole_model_names_the_first(tmp_path: Path) -> None:
    """Of a split model the first part is given; with all parts there, only that is said."""
    for number in (1, 2):
        _gguf(tmp_path / f"m-0000{number}-of-00002.gguf")
    assert len(parts(model_file(str(tmp_path / "m-00001-of-00002.gguf")))) == 2
    with pytest.raises(ConfigError, match=r"give the first, m-00001-of-00002\.gguf"):
        model_file(str(tmp_path / "m-00002-of-00002.gguf"))


def test_local_alone_says_where_to_get_a_model_and_what_is_there(tmp_path: Path) -> None:
    """`local:` without a file tells a newcomer what to download, and lists the models in the folder."""
    _gguf(tmp_path / "mine.gguf")
    with pytest.raises(ConfigError) as caught:
        model_file("", tmp_path)
    assert "huggingface.co" in str(caught.value)
    assert "mine.gguf" in str(caught.value)


def test_a_folder_is_not_a_model(tmp_path: Path) -> None:
    """A folder given as the model says which models are in it."""
    _gguf(tmp_path / "mine.gguf")
    with pytest.raises(ConfigError, match=r"give the \.gguf file itself.*mine\.gguf"):
        model_file(str(tmp_path))


def test_a_model_larger_than_the_memory_is_refused(tmp_path: Path) -> None:
    """A model that would make the machine swap for hours is refused with both sizes."""
    path = _gguf(tmp_path / "huge.gguf")
    os.truncate(path, 2**42)  # sparse: it takes no room
    with pytest.raises(ConfigError, match=r"4398\.0 GB, more than the .* GB of memory"):
        model_file(str(path))


@pytest.mark.parametrize(
    ("code", "log", "said"),
    [
        (1, "0.1 E tensor 'x' data is not within the file bounds, model is corrupted", "download it again"),
        (1, "0.1 E gguf_init_from_reader: failed to read key-value pairs", "download it again"),
        (1, "error loading model: unknown model architecture: 'new'", "pip install -U xllamacpp"),
        (1, "ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer", "does not fit"),
        (-signal.SIGKILL, "", "want of memory"),
        (-signal.SIGABRT, "0.00.1 E something new", "exit code -6: something new"),
        (1, "", "exit code 1: without a message"),
    ],
)
def test_the_reason_why_loading_failed_is_put_in_words(code: int, log: str, said: str) -> None:
    """What llama.cpp logs becomes one line with what to do; what is not known is quoted, not swallowed."""
    assert said in why_not_loaded(code, log)
