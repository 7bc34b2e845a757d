"""What tokens cost: a dated list that ships, the user's own prices before it, and nothing guessed.

A model that neither knows has no price: its tokens are counted and its cost is null, never 0.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from briefs.config import Price
from briefs.data import load
from briefs.llm.port import Usage
from briefs.llm.spec import Spec

_SNAPSHOT = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|20\d{6})")
"""How providers mark the dated snapshots of a model: "gpt-5-mini-2025-08-07", "claude-haiku-4-5-20251001"."""

FREE = Price(tokens_in=0, tokens_out=0)
"""Of a model on this computer."""


class PriceList(NamedTuple):
    """The prices that ship."""

    date: str
    """ISO date of the day on which they were listed."""
    sources: Mapping[str, str]
    """List to the public page that it is from."""
    lists: Mapping[str, str]
    """Provider to its list."""
    prices: Mapping[str, Mapping[str, Price]]
    """List to model to price."""


@cache
def price_list() -> PriceList:
    """Return the prices of `briefs/data/prices.toml`."""
    data = load("prices")
    prices = {
        name: {model: Price.model_validate(price) for model, price in data[name].items()}
        for name in data["sources"]
    }
    return PriceList(data["date"], data["sources"], data["lists"], prices)


def price_of(spec: Spec, own: Mapping[str, Price] | None = None) -> Price | None:
    """Return a model's price, or none where it is not known.

    `own` are the user's prices, by "PROVIDER:NAME" or NAME. A model on this computer costs nothing. A server
    elsewhere that speaks OpenAI's protocol is not OpenAI: its prices are its own.
    """
    own = own or {}
    for name in (spec.id, spec.name, _family(spec.name)):
        if name in own:
            return own[name]
    if spec.here:
        return FREE
    known = price_list()
    if spec.kind == "openai" and not spec.hosted_by_openai:
        return None
    prices = known.prices.get(known.lists.get(spec.provider, ""), {})
    return prices.get(spec.name) or prices.get(_family(spec.name))


BATCH_SHARE = 0.5
"""Of the price, what tokens cost in a batch (OpenAI's guide to the Batch API: "50% lower costs")."""


def batched(price: Price | None) -> Price | None:
    """Return what tokens cost in a batch, or none where the price is not known."""
    if price is None:
        return None
    return Price(tokens_in=price.tokens_in * BATCH_SHARE, tokens_out=price.tokens_out * BATCH_SHARE)


def cost_of(usage: Usage, price: Price | None) -> float | None:
    """Return what tokens cost in US dollars, or none where the price is not known."""
    if price is None:
        return None
    return (usage.tokens_in * price.tokens_in + usage.tokens_out * price.tokens_out) / 1_000_000


def _family(name: str) -> str:
    """Return a model's name without the date of its snapshot."""
    match = _SNAPSHOT.search(name)
    return name[: match.start()] if match and match.end() == len(name) else name
