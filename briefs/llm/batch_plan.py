"""Whether an engine can be asked by batch, and the door to its batches."""

from briefs.config import Settings, api_key
from briefs.errors import ConfigError
from briefs.llm.batch_api import BatchApi
from briefs.llm.plan import Plan


def check_batch(plan: Plan, settings: Settings) -> None:
    """Raise ConfigError, saying what to do, where an engine or a setting makes no sense with a batch."""
    if plan.offline:
        raise ConfigError("batch: no model is named; name one with --model openai:NAME, or use `briefs run`")
    if plan.spec.kind != "openai":
        raise ConfigError(
            f"{plan.spec.id}: cannot be asked by batch, which is a service of OpenAI's API; use `briefs run`"
        )
    if not settings.cache:
        raise ConfigError(
            "batch: replies come to the call cache; leave out --no-cache (or cache = false, BRIEFS_CACHE)"
        )


def batch_api(plan: Plan, settings: Settings) -> BatchApi:
    """Return the door to the files and batches of an engine; raises ConfigError as `check_batch` does."""
    check_batch(plan, settings)
    return BatchApi(
        plan.spec.base_url or "",
        api_key(plan.key_variable) if plan.key_variable else None,
        hosted=plan.spec.hosted_by_openai,
        attempts=settings.attempts,
        timeout=settings.timeout,
    )
