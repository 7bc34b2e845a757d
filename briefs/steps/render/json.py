"""JSON: the contract itself, field names and order as in the types, readable by people."""

import json as _json
import re

from pydantic_core import PydanticSerializationError

from briefs.domain.spans import Frozen

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def json(result: Frozen) -> str:
    """Return briefs, or a story's overview, as JSON; the characters stand as they are, not as escapes."""
    try:
        return result.model_dump_json(indent=2) + "\n"
    except PydanticSerializationError:
        # UTF-8 has no form for a lone surrogate; JSON has.
        text = _json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=2)
        return _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m.group()):04x}", text) + "\n"
