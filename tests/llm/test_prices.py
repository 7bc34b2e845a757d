"""Prices: dated, found under snapshots' names, never guessed, and the user's own before ours."""

from datetime import date

import pytest

from briefs.config import Price
from briefs.llm.port import Usage
from briefs.llm.prices import cost_of, price_list, price_of
from briefs.llm.spec import parse


def test_the_list_is_dated_and_sourced() -> None:
    """Every list names its public page and the day; every price is a price."""
    known = price_list()
    assert date.fromisoformat(known.date) <= date(2026, 11, 22)
    assert set(known.prices) == set(known.sources) == set(known.lists.values())
    assert all(url.startswith("https://") for url in known.sources.values())
    for prices in known.prices.values():
        assert prices
        assert all(0 < price.tokens_in <= price.tokens_out for price in prices.values())


@pytest.mark.parametrize(
    ("model", "base_url", "expected"),
    [
        ("openai:gpt-5-mini", None, (0.25, 2.0)),
        ("openai:gpt-5-mini-2025-08-07", None, (0.25, 2.0)),
        ("openai:gpt-4o-2024-05-13", None, (5.0, 15.0)),
        ("openai:gpt-4o-2024-08-06", None, (2.5, 10.0)),
        ("anthropic:claude-haiku-4-5-20251001", None, (1.0, 5.0)),
        ("google_genai:gemini-2.5-flash", None, (0.3, 2.5)),
        ("openai:gpt-5-mini-fine", None, None),
        ("openai:gpt-99", None, None),
        ("azure_openai:gpt-5-mini", None, None),
        ("openai:gpt-5-mini", "https://reseller.example/v1", None),
        ("openai:anything", "http://127.0.0.1:8000/v1", (0.0, 0.0)),
        ("openai:anything", "http://gpu-box/v1", None),
        ("local:a.gguf", None, (0.0, 0.0)),
    ],
)
def test_a_price_is_known_or_not(
    model: str, base_url: str | None, expected: tuple[float, float] | None
) -> None:
    """Snapshots have their family's price unless they have their own; resellers' prices are not guessed."""
    price = price_of(parse(model, base_url))
    assert (None if price is None else (price.tokens_in, price.tokens_out)) == expected


@pytest.mark.parametrize(
    ("named", "model"),
    [
        ("openai:gpt-5-mini", "openai:gpt-5-mini"),
        ("gpt-5-mini", "openai:gpt-5-mini"),
        ("gpt-5-mini", "openai:gpt-5-mini-2025-08-07"),
        ("gpt-5-mini-2025-08-07", "openai:gpt-5-mini-2025-08-07"),
    ],
)
def test_the_users_price_wins(named: str, model: str) -> None:
    """A price in briefs.toml counts, by id, by name or by family, also where ours is another."""
    own = Price(tokens_in=1, tokens_out=2)
    assert price_of(parse(model), {named: own}) == own
    assert price_of(parse("openai:gpt-4.1"), {named: own}) != own


def test_a_cost_is_counted_per_million() -> None:
    """A million tokens in and half a million out cost what the list says; no price, no cost."""
    usage = Usage(tokens_in=1_000_000, tokens_out=500_000)
    assert cost_of(usage, Price(tokens_in=0.25, tokens_out=2)) == pytest.approx(1.25)
    assert cost_of(usage, None) is None
