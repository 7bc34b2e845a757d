"""Which article a call is made for: a context variable, so that concurrent articles never mix.

The driver of the pipeline sets the article around all its calls, the adapter the request around one; the
cassette transport reads both. A context variable follows each asyncio task by itself (PEP 567).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from briefs.domain.spans import Frozen
from briefs.llm.port import Request


class ArticleRef(Frozen):
    """The article that calls are made for."""

    slug: str
    """Names its cassette."""
    path: str
    """As the user gave it, for messages."""


_ARTICLE: ContextVar[ArticleRef | None] = ContextVar("briefs_article", default=None)
_REQUEST: ContextVar[Request | None] = ContextVar("briefs_request", default=None)


@contextmanager
def article(ref: ArticleRef) -> Iterator[None]:
    """Make `ref` the article of every call within."""
    token = _ARTICLE.set(ref)
    try:
        yield
    finally:
        _ARTICLE.reset(token)


@contextmanager
def request(sent: Request) -> Iterator[None]:
    """Make `sent` the request of every HTTP exchange within."""
    token = _REQUEST.set(sent)
    try:
        yield
    finally:
        _REQUEST.reset(token)


def current_article() -> ArticleRef | None:
    """Return the article that a call is being made for, or none outside a run."""
    return _ARTICLE.get()


def current_request() -> Request | None:
    """Return the request that an HTTP exchange belongs to, or none outside a call."""
    return _REQUEST.get()
