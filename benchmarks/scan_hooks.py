"""What schemathesis is told of the desk: names that exist, and the token of a session's forms.

Loaded by schemathesis (`SCHEMATHESIS_HOOKS`), in its own environment; nothing of briefs is imported. Half of
the cases get what is really there, so that they come past the first refusal; the other half stay as made.
"""

import json
import os
import random
from typing import Any

import schemathesis  # type: ignore[import-not-found]

_TOLD = json.loads(os.environ["BRIEFS_SCAN"])
"""`cookie`, `csrf`, and `claims`: an article's name, a claim's id and a question's key."""
_draw = random.Random(5)  # noqa: S311 - which cases are helped along is no secret


@schemathesis.hook  # type: ignore[untyped-decorator]
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:  # noqa: ARG001 - named by its library
    """Give a case the session of a page, and in half of them names that exist."""
    case.headers = {**(case.headers or {}), "Cookie": _TOLD["cookie"]}
    helped = _draw.random() < 0.5
    if helped and case.path_parameters:
        slug, brief, key = _draw.choice(_TOLD["claims"])
        known = {"slug": slug, "brief": brief, "key": key}
        case.path_parameters = {name: known.get(name, value) for name, value in case.path_parameters.items()}
    if case.method.upper() == "POST" and not isinstance(case.body, dict | bytes | str):
        case.body = {}
    if isinstance(case.body, dict) and _draw.random() < 0.8:
        case.body = {**case.body, "csrf": _TOLD["csrf"], "who": "Scanner"}
