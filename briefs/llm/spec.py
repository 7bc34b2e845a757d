"""Which engine is meant: the word after `--model`, and the address after `--base-url`, read and checked.

Nothing is opened, imported or asked here, so that a wrong word costs no time and no draft.
"""

import ipaddress
import re
from pathlib import PurePath
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from briefs.domain.spans import Frozen
from briefs.errors import ConfigError
from briefs.llm.secrets import holds_a_key, may_be_a_key

OPENAI = "openai"
OPENAI_URL = "https://api.openai.com/v1"

_OPENAI_HOST = re.compile(r"(?:[a-z0-9-]+\.)?api\.openai\.com")
_PRIVATE_NAME = re.compile(r"[a-z0-9-]+|.*\.(?:local|lan|internal|intranet|home\.arpa|corp|private)")
"""A name without a dot, or under an ending that no public name has (RFC 6762, RFC 8375, ICANN's reserved)."""
_VENDORS = (
    (re.compile(r"(gpt-|chatgpt|o\d)", re.IGNORECASE), "openai"),
    (re.compile(r"claude", re.IGNORECASE), "anthropic"),
    (re.compile(r"gemini", re.IGNORECASE), "google_genai"),
    (re.compile(r"(open-)?(mi[sx]tral|ministral|magistral)", re.IGNORECASE), "mistralai"),
)


class Spec(Frozen):
    """An engine as the user named it."""

    kind: Literal["offline", "openai", "local", "provider"]
    provider: str = ""
    """LangChain's name of the provider; "openai" for every server that speaks OpenAI's protocol."""
    name: str = ""
    """The model's name, or the path of its file."""
    base_url: str | None = None
    """Of the server, without a slash at the end; none for local and where the provider's package knows it."""

    @property
    def id(self) -> str:
        """Return what `drafted_by` says; a model file goes by its name alone."""
        if self.kind == "offline":
            return "offline"
        return f"{self.provider}:{PurePath(self.name).name if self.kind == 'local' else self.name}"

    @property
    def host(self) -> str:
        """Return the host, and port if one is given, that articles are sent to; "" where no host is known."""
        return urlsplit(self.base_url).netloc if self.base_url else ""

    @property
    def hosted_by_openai(self) -> bool:
        """Return whether calls go to OpenAI itself, of all servers that speak its protocol."""
        return self.base_url is not None and is_openai(self.base_url)

    @property
    def here(self) -> bool:
        """Return whether the model runs on this computer: nothing of an article leaves it."""
        return self.kind in {"offline", "local"} or (
            self.base_url is not None and reach_of(self.base_url) == "loopback"
        )

    @property
    def in_clear(self) -> bool:
        """Return whether an article would cross a network unencrypted."""
        return not self.here and bool(self.base_url) and urlsplit(self.base_url).scheme == "http"


def parse(
    model: str, base_url: str | None = None, *, allow_http: bool = False, said_by: str = "--model"
) -> Spec:
    """Return the engine that `model` and `base_url` name; `said_by` begins the message of a wrong model.

    Raises ConfigError: an unknown form, a base URL without its model, an address that may hold a password,
    or an unencrypted one outside this computer and private networks unless `allow_http`.
    """
    model = model.strip()
    address = None if base_url is None else _address(base_url, allow_http=allow_http)
    if model == "offline":
        if address is not None:
            raise ConfigError(
                f"--base-url {address}: which model? name it as the server does, with --model openai:NAME; "
                "`briefs doctor --call` lists what the server offers"
            )
        return Spec(kind="offline")
    provider, colon, name = model.partition(":")
    if not colon or not re.fullmatch(r"[a-z][a-z0-9_]*", provider):
        raise ConfigError(f"{said_by} {shown(model)}: {_which(model, address)}")
    if provider == "local":
        if address is not None:
            raise ConfigError("--base-url goes with openai:NAME; a local: model is served by briefs itself")
        return Spec(kind="local", provider=provider, name=name)
    name = name.strip()
    if not name or not name.isprintable():
        raise ConfigError(f"{said_by} {provider}: which model? write {provider}:NAME")
    if _looks_like_a_key(name):
        raise ConfigError(f"{said_by} {provider}: what follows looks like a key; write a model's name")
    if provider == OPENAI:
        return Spec(kind="openai", provider=provider, name=name, base_url=address or OPENAI_URL)
    if provider == "langsmith":
        raise ConfigError("langsmith: passes drafts through a tracing service; use the provider itself")
    if address is not None:
        raise ConfigError(
            f"--base-url goes with openai:NAME, for all servers that speak OpenAI's protocol; not {provider}:"
        )
    return Spec(kind="provider", provider=provider, name=name)


def is_openai(base_url: str) -> bool:
    """Return whether an address is OpenAI's own, in any of its regions."""
    url = urlsplit(base_url)
    return url.scheme == "https" and _OPENAI_HOST.fullmatch(url.hostname or "") is not None


def reach_of(base_url: str) -> Literal["loopback", "private", "public"]:
    """Return how far away a server is; no name is looked up."""
    host = (urlsplit(base_url).hostname or "").rstrip(".").lower()
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith(".localhost"):
            return "loopback"
        return "private" if _PRIVATE_NAME.fullmatch(host) else "public"
    if ip.is_loopback:
        return "loopback"
    return "private" if ip.is_private else "public"


def shown(word: str) -> str:
    """Return a user's word for a message: never one that looks like a key, and never a long one."""
    if may_be_a_key(word):
        return "(something that looks like a key)"
    return repr(word if len(word) <= 60 else word[:60] + "…")


def _looks_like_a_key(word: str) -> bool:
    return word.startswith("sk-") or holds_a_key(word)


def _which(model: str, address: str | None) -> str:
    """Say what a word without a provider may have been meant as."""
    forms = "write offline, openai:NAME, local:FILE.gguf or PROVIDER:NAME"
    if may_be_a_key(model):
        return forms
    if model.lower().endswith(".gguf"):
        return f"do you mean local:{model}?"
    if address is not None and model:
        return f"do you mean openai:{model}?"
    for pattern, vendor in _VENDORS:
        if pattern.match(model):
            return f"do you mean {vendor}:{model}?"
    return forms


def _address(base_url: str, *, allow_http: bool) -> str:
    url = _split(base_url.strip())
    if url.username is not None or url.password is not None or url.query or url.fragment:
        raise ConfigError(
            "--base-url: holds a name, password or query; give the plain address, and a key in BRIEFS_API_KEY"
        )
    address = f"{url.scheme}://{url.netloc}{url.path}".rstrip("/")
    if url.scheme == "http" and reach_of(address) == "public" and not allow_http:
        raise ConfigError(
            f"--base-url {address}: an article would cross the internet unencrypted; use https or an SSH "
            "tunnel, or set allow_http (BRIEFS_ALLOW_HTTP=1) if the network is private"
        )
    return address


def _split(base_url: str) -> SplitResult:
    try:
        url = urlsplit(base_url)
        _ = url.port  # raises for one that is no number
    except ValueError:
        raise ConfigError("--base-url: not an address; write it as http://HOST:PORT/v1") from None
    if url.scheme not in {"http", "https"} or not url.hostname or any(c.isspace() for c in base_url):
        raise ConfigError("--base-url: not an address; write it as http://HOST:PORT/v1")
    return url
