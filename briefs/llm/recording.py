"""What a recording says of itself: enough to replay it by its folder alone, nothing of where it was made."""

import json
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError

from briefs.domain.spans import Frozen
from briefs.errors import ConfigError

INFO_FILE = "recording.json"
SCHEMA_FORM = "schema"
"""The parameter that says in which form schemas were asked for, where not in the first."""

Parameter = str | int | float | bool | None


class RecordingInfo(Frozen):
    """Which model a recording was made with, and how it was spoken to; its file is `recording.json`."""

    version: int = 1
    model: str
    """As after --model: "openai:gpt-5-mini"."""
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    """What shapes the body of a call besides the prompt (temperature, the name of the tokens field …)."""
    prompts: dict[str, str] = Field(default_factory=dict)
    """Version of each prompt by its name."""
    tool_version: str = ""

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Return what `folder` says of itself; raises ConfigError when it is no recording."""
        path = folder / INFO_FILE
        try:
            info = cls.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            raise ConfigError(
                f"{folder}: not a recording (it has no {INFO_FILE}); "
                f"make one with `briefs run PATH --record {folder}`"
            ) from None
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read ({error.strerror})") from error
        except ValidationError as error:
            raise ConfigError(f"{path}: not as this version writes it; record the folder again") from error
        if info.version != 1:
            raise ConfigError(f"{path}: made by a newer version of briefs; update briefs, or record again")
        return info

    def text(self) -> str:
        """Return the file's content: the same for the same recording, sorted, one field a line."""
        return json.dumps(self.model_dump(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
