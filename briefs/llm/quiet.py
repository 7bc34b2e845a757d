"""Nothing of an article leaves through a side door: tracing, callbacks, debug output and logs are shut.

LangChain traces to LangSmith as soon as an environment variable says so, prints every prompt when its
debug flag is set, and hands prompts to any callback that the process has registered; the OpenAI client and
the HTTP library log at DEBUG. A newsroom's draft must not depend on how its machine is set up.
"""

import asyncio
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from briefs.errors import where_raised

log = logging.getLogger("briefs.llm")
_LOUD = (
    *("openai", "httpx2", "httpcore2", "httpx", "httpcore", "langchain", "langsmith", "langgraph"),
    *("anthropic", "google", "mistralai", "tenacity", "vcr"),
)
"""The first word of the names of their loggers."""

_OLD_SWITCHES = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
"""Of tracing's first version, which is gone: today they do nothing but make every call fail."""


def hush() -> None:
    """Silence the loggers of all libraries that see a call; called before and after they are imported."""
    for name in _LOUD:
        logger = logging.getLogger(name)
        if not logger.disabled or logger.level <= logging.CRITICAL:
            logger.setLevel(logging.CRITICAL + 1)
            logger.disabled = True
    for name, known in list(logging.root.manager.loggerDict.items()):
        if name.split(".", 1)[0].split("_", 1)[0] in _LOUD and isinstance(known, logging.Logger):
            known.disabled = True


def hush_loop() -> None:
    """Keep the event loop that runs just now, one of ours, from telling what its tasks ended with.

    In debug mode (PYTHONASYNCIODEBUG, -X dev) asyncio logs every slow task with its exception, and in any
    mode an exception that nobody fetched: an SDK's repeats what the server said, key and prompt included.
    """
    loop = asyncio.get_running_loop()
    loop.set_debug(False)
    loop.set_exception_handler(_told_without_words)


def _told_without_words(_: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    error = context.get("exception")
    if isinstance(error, BaseException):
        log.warning("in the background: %s", where_raised(error))


@contextmanager
def untraced() -> Iterator[None]:
    """Make every call within one that LangChain traces to nobody, whatever the environment says."""
    from langchain_core import globals as switches  # noqa: PLC0415 - two seconds, paid with the first call
    from langchain_core.tracers.context import _configure_hooks, tracing_v2_callback_var  # noqa: PLC0415
    from langsmith.run_helpers import tracing_context  # noqa: PLC0415

    hush_loop()
    switches.set_debug(False)
    switches.set_verbose(False)
    variables: list[ContextVar[Any]] = [tracing_v2_callback_var, *(hook[0] for hook in _configure_hooks)]
    for name in (*_OLD_SWITCHES, *(hook[3] for hook in _configure_hooks if hook[3])):
        os.environ.pop(name, None)  # asked for again at each call, so there is no gentler way
    with ExitStack() as stack:
        stack.enter_context(tracing_context(enabled=False))
        for variable in variables:
            stack.callback(variable.reset, variable.set(None))
        yield
