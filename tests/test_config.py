"""Settings: which source wins, that its name is kept, and that no message shows a value that may be a key."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from briefs.cli.doctor import command as doctor
from briefs.cli.run import command as run
from briefs.config import Settings, api_key, calls_file, find_file, load_settings, unknown_variables
from briefs.errors import ConfigError

KEY = "sk-proj-0123456789abcdefghijklmnop"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Start every test without settings of the machine, in an empty folder that ends the search."""
    for name in [*os.environ]:
        if name.startswith("BRIEFS_"):
            monkeypatch.delenv(name)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def write(folder: Path, text: str) -> Path:
    """Write a settings file."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / "briefs.toml"
    path.write_text(text, "utf-8")
    return path


def test_sources_win_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Command line over environment over file over default, and each value knows where it is from."""
    path = write(tmp_path, 'model = "openai:from-file"\ntimeout = 7\nattempts = 2\n')
    monkeypatch.setenv("BRIEFS_TIMEOUT", "8")
    monkeypatch.setenv("BRIEFS_MODEL", "openai:from-environment")
    settings = load_settings({"model": "openai:said", "timeout": None})
    assert (settings.model, settings.timeout, settings.attempts, settings.cache) == (
        "openai:said",
        8,
        2,
        True,
    )
    origins = [settings.origin(name) for name in ("model", "timeout", "attempts", "cache")]
    assert origins == ["--model", "BRIEFS_TIMEOUT", str(path), "default"]
    assert settings.file == path


def test_with_nothing_set_the_engine_is_offline() -> None:
    """No draft leaves a machine on which nobody named a model."""
    settings = load_settings()
    assert (settings.model, settings.origin("model"), settings.file) == ("offline", "default", None)


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """`BRIEFS_MODEL=` in a CI file means: not set."""
    monkeypatch.setenv("BRIEFS_MODEL", "")
    assert load_settings().origin("model") == "default"


def test_the_search_ends_at_a_repository(tmp_path: Path) -> None:
    """A file above the repository, or in another project, is none of ours; the nearest one counts."""
    write(tmp_path, "attempts = 1")
    inner = tmp_path / "desk" / "drafts"
    inner.mkdir(parents=True)
    assert find_file(inner) == tmp_path / "briefs.toml"
    nearer = write(tmp_path / "desk", "attempts = 2")
    assert find_file(inner) == nearer
    (inner / ".git").mkdir()
    assert find_file(inner) is None


def test_the_search_ends_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies above the home folder is not the user's."""
    write(tmp_path, "attempts = 1")
    home = tmp_path / "home"
    (home / "work").mkdir(parents=True)
    monkeypatch.setattr(Path, "home", lambda: home)
    assert find_file(home / "work") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_planted_file_is_passed_over(tmp_path: Path) -> None:
    """A stranger's file in a folder open to all must not choose where drafts go."""
    path = write(tmp_path, 'model = "openai:x"\nbase_url = "https://elsewhere.example/v1"')
    inner = tmp_path / "mine"
    inner.mkdir()
    os.chown(path, 12345, 12345)
    assert find_file(inner) == path
    tmp_path.chmod(0o1777)
    assert find_file(inner) is None


def test_paths_are_read_from_where_the_file_stands(tmp_path: Path) -> None:
    """A file in a parent folder means its own neighbours."""
    write(tmp_path, 'model = "local:models/a.gguf"\nprompts = "ours"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    settings = load_settings(folder=inner)
    assert settings.prompts == tmp_path / "ours"
    assert settings.model == f"local:{tmp_path / 'models' / 'a.gguf'}"


WRONG: dict[str, tuple[str | bytes, str]] = {
    "unknown": ('modle = "x"', "do you mean model?"),
    "malformed": ("a = 1\nmodel = openai\n", "line 2"),
    "not UTF-8": (b"model = '\xff'", "not UTF-8"),
    "wrong type": ('timeout = "soon"', "timeout: should be a valid number"),
    "out of range": ("concurrency = 0", "concurrency: should be greater than or equal to 1"),
    "price": ('[prices."m"]\nin = 1', "prices.m.out: Field required"),
    "negative price": ('[prices."m"]\nin = -1\nout = 1', "prices.m.in"),
    "not finite": ("budget_cost = inf", "budget_cost"),
    "key": (f'api_key = "{KEY}"', "no key belongs in a file"),
    "OpenAI's key": (f'OPENAI_API_KEY = "{KEY}"', "no key belongs in a file"),
    "table of keys": (f'[secrets]\nopenai = "{KEY}"', "no key belongs in a file"),
    "key as a name": (f'{KEY} = "x"', "a name in it: no such setting"),
    "key as a value": (f'timeout = "{KEY}"', "timeout"),
    "key in broken TOML": (f'api_key = "{KEY}', "not valid TOML"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_named_in_one_line(case: str, tmp_path: Path) -> None:
    """The message says file and key and what is allowed, and never shows a value."""
    text, expected = WRONG[case]
    path = tmp_path / "briefs.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert expected in message
    assert "\n" not in message
    assert KEY not in message
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BRIEFS_TIMEOUT", KEY),
        ("BRIEFS_PRICES", KEY),
        ("BRIEFS_CONCURRENCY", "-1"),
        ("BRIEFS_CACHE", "maybe"),
    ],
)
def test_a_wrong_variable_is_named(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong environment variable is told by its name, without its value."""
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigError, match=f"^{variable}: ") as caught:
        load_settings()
    assert value not in str(caught.value)


def test_a_wrong_option_is_named() -> None:
    """What Python code or the command line hands in is told by the option's name."""
    with pytest.raises(ConfigError, match=r"^--budget-tokens: should be greater"):
        load_settings({"budget_tokens": -1})


def test_keys_come_from_the_environment_and_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is a SecretStr, an empty one is none, and one with a line break is refused unseen."""
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\n")
    key = api_key("OPENAI_API_KEY")
    assert key is not None
    assert key.get_secret_value() == KEY
    assert KEY not in repr(key)
    monkeypatch.setenv("OPENAI_API_KEY", "  ")
    assert api_key("OPENAI_API_KEY") is None
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY}\nX-Other: 1")
    with pytest.raises(ConfigError) as caught:
        api_key("OPENAI_API_KEY")
    assert KEY not in str(caught.value)


def test_no_dot_env_file_is_read(tmp_path: Path) -> None:
    """A .env file of the project next door sets nothing."""
    (tmp_path / ".env").write_text("BRIEFS_MODEL=openai:x\n")
    assert load_settings().model == "offline"


def test_mistyped_variables_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """BRIEFS_MODELL sets nothing, and doctor can say so."""
    monkeypatch.setenv("BRIEFS_MODELL", "x")
    monkeypatch.setenv("BRIEFS_API_KEY", KEY)
    assert unknown_variables() == ("BRIEFS_MODELL",)


def test_the_cache_has_one_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings move the call cache; a relative XDG folder is ignored, as its standard says."""
    assert calls_file(load_settings({"cache_dir": tmp_path})) == tmp_path / "calls.sqlite"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if sys.platform.startswith("linux"):
        assert calls_file(load_settings()) == tmp_path / "xdg" / "briefs" / "calls.sqlite"
        monkeypatch.setenv("XDG_CACHE_HOME", "here")
        assert calls_file(load_settings()) == Path.home() / ".cache" / "briefs" / "calls.sqlite"


def test_reading_settings_loads_no_model_library() -> None:
    """Settings stay cheap: no LangChain, no HTTP library, no parser."""
    code = (
        "import sys, briefs.config\n"
        "print(sorted({'langchain', 'langchain_core', 'openai', 'httpx2', 'spacy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


DOCUMENT = (Path(__file__).parent.parent / "docs" / "models.md").read_text("utf-8")


def test_the_document_names_only_what_exists(tmp_path: Path) -> None:
    """Every option, variable and setting of docs/models.md is one; its example file loads, and is whole."""
    options = {option for parameter in run.params for option in parameter.opts}
    options |= {option for parameter in doctor.params for option in parameter.opts}
    named = set(re.findall(r"`(--[a-z-]+)", DOCUMENT))
    assert named
    assert named <= options
    for name in set(re.findall(r"BRIEFS_([A-Z_]+)", DOCUMENT)) - {"API_KEY"}:
        assert name.lower() in Settings.model_fields
    write(tmp_path, DOCUMENT.split("```toml")[1].split("```")[0])
    settings = load_settings()
    unsaid = {name for name in Settings.model_fields if settings.origin(name) == "default"}
    assert unsaid == {"base_url"}
