"""Settings: which model, where it is, how hard it may be pressed and what it may cost; and who said so.

A value is taken from the first that has it: the command line, an environment variable BRIEFS_…, the file
`briefs.toml`, the default. `Settings.origin` tells which. Keys come from the environment alone: they are
no setting, are refused in the file, and no message shows a value that might be one. No .env file is read.
"""

import os
import re
import stat
import sys
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from briefs.errors import ConfigError
from briefs.llm.secrets import may_be_a_key
from briefs.text.toml import TomlError, parsed

FILE_NAME = "briefs.toml"
_LARGEST = 1_000_000
"""Bytes; a longer file is no list of settings that anybody wrote."""
PREFIX = "BRIEFS_"
DEFAULT = "default"
_LOOKS_SECRET = re.compile(
    r"api_?key|secret|password|passwd|token|credential|authori[sz]ation|bearer", re.IGNORECASE
)


class Price(BaseModel):
    """What a model's tokens cost, in US dollars a million; cached input is not counted apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    tokens_in: float = Field(alias="in", ge=0, allow_inf_nan=False)
    tokens_out: float = Field(alias="out", ge=0, allow_inf_nan=False)


class Settings(BaseSettings):
    """What a run was told; every value is checked, and none is a secret."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_file=None,
        hide_input_in_errors=True,
    )

    model: Annotated[str, Field(min_length=1)] = "offline"
    """"offline", "openai:NAME", "local:FILE.gguf" or "PROVIDER:NAME"."""
    base_url: str | None = None
    """Of an OpenAI-compatible server; with "openai:NAME" alone."""
    allow_http: bool = False
    """Send articles unencrypted to a host that is neither this computer nor in a private network."""
    prompts: Path | None = None
    """Folder of prompt files to use in place of those that ship."""
    timeout: float | None = Field(default=None, gt=0, le=86_400, allow_inf_nan=False)
    """Seconds of silence after which a request is given up; unset: 120, on this machine 900."""
    attempts: int = Field(default=4, ge=1, le=10)
    """HTTP requests for one call at most."""
    total_time: float | None = Field(default=None, gt=0, le=86_400, allow_inf_nan=False)
    """Seconds that one call may take with all its attempts and waits; unset: two and a half timeouts."""
    concurrency: int | None = Field(default=None, ge=1, le=256)
    """Calls in flight at most, over all articles; unset: what suits the engine."""
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    budget_tokens: int | None = Field(default=None, ge=0)
    """Tokens in and out that a run may use."""
    budget_cost: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """US dollars that a run may use."""
    send_store: bool | None = None
    """Send `store: false`; unset: to api.openai.com alone, since other servers may refuse the field."""
    cache: bool = True
    """Keep finished calls, so that a run that starts again repeats none."""
    cache_dir: Path | None = None
    """Folder of the call cache; unset: the user's own cache folder."""
    prices: dict[str, Price] = Field(default_factory=dict)
    """The user's own prices, by model."""

    _origins: dict[str, str] = PrivateAttr(default_factory=dict)
    _file: Path | None = PrivateAttr(default=None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic-settings' signature)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take values as they are given: `load_settings` alone looks elsewhere."""
        return (init_settings,)

    def origin(self, name: str) -> str:
        """Return where a value comes from: "--model", "BRIEFS_MODEL", a file's path or "default"."""
        return self._origins.get(name, DEFAULT)

    def from_file(self, name: str) -> bool:
        """Return whether a value comes from the settings file, which may be somebody else's."""
        return self._file is not None and self.origin(name) == str(self._file)

    @property
    def file(self) -> Path | None:
        """Return the settings file that was read, if there is one."""
        return self._file


def load_settings(given: Mapping[str, object] | None = None, *, folder: Path | None = None) -> Settings:
    """Return the settings for a run that was told `given` (None values count as not said).

    `folder` is where the search for `briefs.toml` begins; the working directory if it is not said.
    Raises ConfigError, in one line that names the source and the setting and never shows a value.
    """
    path = find_file(folder or Path.cwd())
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if path is not None:
        values = _from_file(path)
        origins = dict.fromkeys(values, str(path))
    from_environment = _from_environment()
    values |= from_environment
    origins |= {name: PREFIX + name.upper() for name in from_environment}
    said = {name: value for name, value in (given or {}).items() if value is not None}
    values |= said
    origins |= {name: "--no-cache" if name == "cache" else "--" + name.replace("_", "-") for name in said}
    settings = _checked(values, origins)
    settings._origins.update(origins)
    settings._file = path
    return settings


def settings_of(*, said_by: tuple[Path, Collection[str]] | None = None, **given: object) -> Settings:
    """Return the settings that a caller in Python gives: neither the environment nor a file is read.

    `said_by`: a file, and the names of those that it said when they were first read. Raises ConfigError, in
    one line that names the setting and never shows a value.
    """
    settings = _checked(given, {})
    if said_by is not None:
        settings._file, names = said_by
        settings._origins.update(dict.fromkeys(names, str(settings._file)))
    return settings


def _checked(values: Mapping[str, Any], origins: Mapping[str, str]) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        raise ConfigError(_one_line(error, origins)) from None


def calls_file(settings: Settings) -> Path:
    """Return the file of the call cache: below `cache_dir`, or where this system keeps a user's caches."""
    return (settings.cache_dir or _user_caches() / "briefs") / "calls.sqlite"


def desk_key_file() -> Path:
    """Return the file of the key that this user's desks sign and batches with; a new one voids open pages."""
    return _user_caches() / "briefs" / "desk.key"


def _user_caches() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))  # a relative one is to be ignored (XDG 0.8)
    return named if named.is_absolute() else Path.home() / ".cache"


def api_key(variable: str) -> SecretStr | None:
    """Return the key in an environment variable, if there is one; raises ConfigError if it is none."""
    value = os.environ.get(variable, "").strip()
    if not value:
        return None
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ConfigError(f"{variable}: holds something that is no key (spaces or special characters)")
    return SecretStr(value)


def unknown_variables() -> tuple[str, ...]:
    """Return the names of environment variables that begin with BRIEFS_ and set nothing."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {PREFIX + "API_KEY"}
    return tuple(sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known))


def find_file(folder: Path) -> Path | None:
    """Return the `briefs.toml` of a folder or of its nearest parent.

    The search ends at a folder that holds `.git`, at the home folder and at the root. A file that another
    user put into a folder open to all (such as /tmp) is passed over unless the search begins there.
    """
    folder = folder.absolute()
    home = Path.home()
    for each in (folder, *folder.parents):
        path = each / FILE_NAME
        if path.is_file() and (each == folder or not _planted(path)):
            return path
        if each == home or (each / ".git").exists():
            break
    return None


def _planted(path: Path) -> bool:
    if not hasattr(os, "geteuid"):  # Windows
        return False
    open_to_all = bool(path.parent.stat().st_mode & stat.S_IWOTH)
    return open_to_all and path.stat().st_uid not in {os.geteuid(), 0}


def _from_file(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST:
            raise ConfigError(f"{path}: larger than {_LARGEST} bytes; is it the settings file?")
        values = parsed(path.read_text("utf-8-sig"))
    except TomlError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None
    for name in values:
        if name not in Settings.model_fields:
            raise ConfigError(f"{path}: {_unknown(name)}")
    return {name: _beside(path, name, value) for name, value in values.items()}


def _unknown(name: str) -> str:
    if _LOOKS_SECRET.search(name):
        advice = "set OPENAI_API_KEY or BRIEFS_API_KEY in the environment"
        return f"{_shown(name)}: no key belongs in a file; {advice}"
    near = get_close_matches(name, Settings.model_fields, n=1)
    advice = f"do you mean {near[0]}?" if near else f"known are {', '.join(Settings.model_fields)}"
    return f"{_shown(name)}: no such setting; {advice}"


def _shown(name: str) -> str:
    # A key can be pasted in the place of a name as well.
    return name if len(name) <= 40 and name.isprintable() and not may_be_a_key(name) else "a name in it"


def _beside(path: Path, name: str, value: object) -> object:
    """Read a path in the settings file from where that file stands, not from where the command runs."""
    if not isinstance(value, str):
        return value
    if name in {"prompts", "cache_dir"}:
        return path.parent / Path(value).expanduser()
    if name == "model" and value.startswith("local:") and value != "local:":
        return f"local:{path.parent / Path(value.removeprefix('local:')).expanduser()}"
    return value


def _from_environment() -> dict[str, Any]:
    try:
        found = EnvSettingsSource(Settings)()
    except ValueError as error:  # `prices` is JSON there; the error's cause would show the value
        name = str(getattr(error, "field_name", "prices"))
        raise ConfigError(f"{PREFIX}{name.upper()}: not JSON; put prices into {FILE_NAME}") from None
    for name in ("prompts", "cache_dir"):
        if isinstance(found.get(name), str):
            found[name] = Path(found[name]).expanduser()
    return found


def _one_line(error: ValidationError, origins: Mapping[str, str]) -> str:
    """Say which value of which source is wrong and what is allowed; never the value itself."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = [str(part) for part in first["loc"]]
    origin = origins.get(place[0], place[0]) if place else "settings"
    wrong = first["msg"].removeprefix("Input ").removeprefix("Value error, ")
    if origin.startswith(("--", PREFIX)) or [origin] == place:
        return f"{origin}: {wrong}"
    return f"{origin}: {'.'.join(map(_shown, place))}: {wrong}"
