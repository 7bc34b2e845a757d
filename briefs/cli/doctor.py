"""`briefs doctor`: which engine would be used and why, where articles would go, and whether it answers."""

import asyncio
import json
import sys
from collections.abc import Iterator
from functools import partial

import click

from briefs.cli.diagnosis import CallLine, Report, report_on
from briefs.cli.model_options import ModelCommand, ModelOptions, model_options
from briefs.cli.options import reporting
from briefs.cli.terminal import printable
from briefs.config import FILE_NAME, Settings, api_key, load_settings
from briefs.errors import ConfigError
from briefs.llm.plan import Plan, plan
from briefs.llm.port import Reply

_PATIENCE = 60.0
"""Seconds for one tiny call where --timeout says nothing: a diagnosis is not to take minutes."""


@click.command("doctor", cls=ModelCommand)
@click.option("--call", "do_call", is_flag=True, help="Make one tiny call, without a word of any article.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@partial(model_options, without=frozenset({"record", "estimate"}))
def command(do_call: bool, as_json: bool, model: ModelOptions) -> None:
    """Show which engine a run would use and why, and where an article's text would go.

    Nothing is sent anywhere without --call.

    \b
    Exit codes: 0 all is well, 1 the call failed, 2 the configuration is wrong.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    with reporting():
        settings = load_settings(model.given())
        if do_call and settings.model == "offline" and settings.base_url is not None:
            raise ConfigError(_which_model(settings))
        chosen = plan(settings, record=model.record, replay=model.replay)
        if chosen.spec.kind in {"provider", "local"} and chosen.replay is None:
            _look_at(settings)
        report = report_on(settings, chosen)
        if do_call:
            report = report.model_copy(update={"call": _called(settings, chosen)})
    if as_json:
        click.echo(json.dumps(report.model_dump(mode="json"), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(map(printable, _for_people(report))))
    sys.exit(1 if report.call is not None and not report.call.ok else 0)


def _look_at(settings: Settings) -> None:
    """Raise ConfigError where a provider's package or a model's file is not there; open nothing."""
    from briefs.llm.engines import engine  # noqa: PLC0415

    engine(settings).prepare()


def _which_model(settings: Settings) -> str:
    """Ask which model of a server is meant, naming those that it offers."""
    from briefs.llm.plan import SERVER_KEY, check_chosen  # noqa: PLC0415
    from briefs.llm.probe import offered  # noqa: PLC0415
    from briefs.llm.spec import parse  # noqa: PLC0415

    address = parse("openai:any", settings.base_url, allow_http=settings.allow_http).base_url or ""
    check_chosen(settings)
    names = offered(address, api_key(SERVER_KEY))
    listed = f"; it offers {', '.join(names)}" if names else "; it does not list its models"
    return f"--base-url {address}: which model? add --model openai:NAME{listed}"


def _called(settings: Settings, chosen: Plan) -> CallLine:
    if chosen.offline:
        raise ConfigError("--call: the offline engine makes no calls; name a model with --model")
    if chosen.replay is not None:
        raise ConfigError("--call: a replay makes no calls; leave out --replay")
    from briefs.llm.engines import engine  # noqa: PLC0415 - the HTTP library, where a call is made
    from briefs.llm.probe import ADVICE, probe  # noqa: PLC0415

    patience = settings.timeout or _PATIENCE
    once = {"attempts": 1, "timeout": patience, "total_time": patience, "cache": False}
    reply: Reply = asyncio.run(probe(engine(settings.model_copy(update=once))))
    failure = reply.failure
    return CallLine(
        ok=failure is None,
        seconds=round(reply.seconds, 2),
        attempts=reply.attempts,
        tokens_in=reply.usage.tokens_in,
        tokens_out=reply.usage.tokens_out,
        kind=failure.kind.value if failure else None,
        message=failure.message if failure else None,
        advice=ADVICE[failure.kind] if failure else None,
    )


def _for_people(report: Report) -> Iterator[str]:
    yield report.where
    rows: list[tuple[str, str]] = [
        ("engine", f"{report.engine} ({report.why})"),
        ("key", report.key),
        ("storing", report.storing),
        ("tracing", report.tracing),
        ("proxy", report.proxy),
        ("price", report.price),
        ("prompts", report.prompts_folder),
        *(("", f"{name} {about}") for name, about in report.prompts.items()),
        ("call cache", report.cache),
        ("settings", report.settings_file or f"no {FILE_NAME} found"),
        *(("", f"{line.name} = {line.value} ({line.origin})") for line in report.settings),
        ("packages", ", ".join(f"{name} {number}" for name, number in report.packages.items())),
        *(("note", note) for note in report.notes),
    ]
    for label, value in rows:
        yield f"  {label:<10}  {value}"
    call = report.call
    if call is None:
        return
    if call.ok:
        yield f"Call: answered in {call.seconds:.1f} s, {call.tokens_in} tokens in, {call.tokens_out} out."
        return
    tries = "no request was made" if not call.attempts else f"after {call.attempts} request(s)"
    yield f"Call: failed ({call.kind}, {tries}, {call.seconds:.1f} s): {call.message}"
    yield f"      {call.advice}"
