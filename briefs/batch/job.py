"""What a person asked for when a batch was submitted: all that the commands after it need to know."""

import hmac
import json
from pathlib import Path
from typing import Any

from pydantic import Field

from briefs.domain.spans import Frozen

_OF_REQUESTS = ("model", "base_url", "prompts", "send_store")
"""The settings that change what is asked, or of whom."""


class BatchJob(Frozen):
    """One submission; it holds no key."""

    paths: tuple[str, ...]
    folder: Path
    """Absolute path of the folder in which the command ran; relative paths start there."""
    formats: tuple[str, ...]
    jobs: int = Field(default=1, ge=1)
    copy_kind: str = "published"
    published: str | None = None
    outlet: str | None = None
    manifest: bool = False
    root: Path | None = None
    evidence: Path | None = None
    store: Path | None = None
    no_store: bool = False
    aliases: Path | None = None
    top: int | None = None
    rounds: int = Field(default=3, ge=1)
    """How often a request is sent at most."""
    keep_files: bool = False
    """Leave the files at the provider."""
    settings: dict[str, Any]
    """Of the model, as `Settings` takes them."""
    server_said_by: Path | None = None
    """The settings file that named the server, which collects no key; none where a person did."""

    def to_json(self) -> str:
        """Return it as ASCII: a path that is no valid Unicode holds surrogates, which escapes spell."""
        return json.dumps(self.model_dump(mode="json"))

    def seal(self, secret: bytes) -> str:
        """Return what nobody can make of it without `secret`: it shows whose submission it is."""
        return hmac.new(secret, b"a batch of briefs\0" + self.to_json().encode("ascii"), "sha256").hexdigest()

    @property
    def model(self) -> str:
        """Return the model as it was named."""
        return str(self.settings.get("model", ""))

    def same_as(self, other: "BatchJob") -> bool:
        """Return whether two submissions ask for the same of the same articles.

        How often, how patiently and for how much at most may differ: what goes on goes on as said last.
        """
        return self._asked() == other._asked()

    def _asked(self) -> dict[str, Any]:
        whole = self.model_dump(exclude={"rounds", "keep_files", "jobs", "settings", "server_said_by"})
        return whole | {name: self.settings.get(name) for name in _OF_REQUESTS}
