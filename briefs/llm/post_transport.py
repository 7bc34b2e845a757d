"""A transport that hands what would be sent to a post, and gives what came back of it another day.

    adapter ── guard ── PostTransport ── Post (a batch, on disk)

It stands where the network does, so that what goes into a batch is, to the byte, what a call would have
sent, and what comes back of it passes through the same adapter: its reading of answers, of refusals and of
errors, and its other forms of a schema where the server refuses one.
"""

import httpx2

from briefs.llm.exchange import current_article, current_request
from briefs.llm.put_off import Letter, Post, PutOffError, letter_id


class PostTransport(httpx2.AsyncBaseTransport):
    """Hands requests to a post in place of the network; raises PutOffError for one not answered yet."""

    def __init__(self, post: Post) -> None:
        self._post = post

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the answer that came back."""
        asked, article = current_request(), current_article()
        if asked is None:
            raise ValueError("a call outside the adapter cannot be put off")
        body = await request.aread()
        letter = Letter(letter_id(body), body, asked, article.slug if article else "")
        posted = self._post.answer(letter)
        if posted is None:
            raise PutOffError
        return httpx2.Response(
            posted.status,
            headers={"content-type": "application/json"},
            content=posted.body,
            request=request,
        )
