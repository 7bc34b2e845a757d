"""`briefs run`: from articles to briefs in a folder, with progress, partial failure and a closing table."""

import sys
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefs.cli.chosen import chosen, engine_of, print_estimate
from briefs.cli.inputs import Found, InputOptions, input_options
from briefs.cli.model_options import ModelCommand, ModelOptions, model_options
from briefs.cli.options import (
    article_options,
    evidence_option,
    format_option,
    formats_of,
    jobs_option,
    out_option,
    quiet_option,
    reporting,
    tell,
)
from briefs.cli.relating import RelatingOptions, relating_options
from briefs.cli.running import Run
from briefs.cluster import Address, address, site_on
from briefs.errors import ConfigError
from briefs.pipeline import given_by_user, run_many
from briefs.store.files import prepare

if TYPE_CHECKING:
    from briefs.llm.engines import Engine
    from briefs.pipeline.decided import Former
    from briefs.pipeline.living import Living
    from briefs.pipeline.site import Site


@click.command("run", cls=ModelCommand)
@input_options
@out_option
@format_option
@jobs_option
@click.option(
    "--on",
    metavar="ray[://HOST:PORT]",
    help="Read articles with Ray: one that is started here, or a cluster's; --jobs says how many at once.",
)
@quiet_option
@evidence_option
@click.option(
    "--previous",
    metavar="OLD",
    help="The former version of the one article: its file, URL, id, or the JSON of its briefs.",
)
@article_options
@relating_options
@model_options
def command(
    articles: InputOptions,
    out: Path,
    formats: str,
    jobs: int,
    on: str | None,
    quiet: bool,
    evidence: Path | None,
    previous: str | None,
    copy_kind: str,
    published: str | None,
    outlet: str | None,
    relating: RelatingOptions,
    model: ModelOptions,
) -> None:
    """Draft a fact-check brief for every checkable claim of each article.

    PATH is a file (.txt .md .html .pdf .docx), a folder, an http(s) URL, or - for standard input. A
    Markdown file that somebody has edited is never overwritten: the new one is written beside it.

    With --manifest, PATH is a file that lists articles, a row each, or holds their texts: .jsonl, .csv with
    a heading, or .parquet. A row has one of path, url, text or html, and may state id, url, title, outlet,
    byline, published and copy, which go before what the article states. Rows are read as they are needed.

    Claims are related to those of the other articles, of this run and of earlier ones: what says the same,
    what differs, and where it comes from. Briefs that this concerns are brought up to date.

    A new version of an article (same path or URL, or --previous) keeps every sign-off whose words are
    unchanged; the others are set back to open, with what changed.

    Claims are held against the documents (.txt .md .html .pdf .docx .csv, and earlier fact-checks as
    ClaimReview .json) in the folder of evidence; what bears on a claim is quoted under it.

    Without --model nothing of an article leaves this machine. With one, the offline draft is made all the
    same, and what the model says is checked against the article.

    \b
    Exit codes: 0 all done, 1 some articles failed, or some calls to the model did and that part is the
    offline draft; the rest is written. 2 wrong usage or configuration, 130 interrupted.
    """  # noqa: D301 - click's mark for a paragraph that keeps its lines
    with reporting():
        given = given_by_user(copy_kind, published, outlet)
        forms = formats_of(formats)
        place = address(on) if on is not None else None
        documents = articles.documents(evidence)
        choice = chosen(model, documents)
        found = articles.found(out, documents)
        related = relating.settled(out, forms)
        if model.estimate:
            sys.exit(print_estimate(found, given, choice))
        former = _former(previous, found, out)
        prepare(out)
        living = _living(out, former, keep=not relating.no_store)
        corpus = related.open(living) if related is not None else None
        engine = engine_of(choice)
        if not quiet or choice.settings.from_file("base_url"):  # who is not asked is told
            click.echo(place.sentence(choice.plan) if place else choice.plan.sentence, err=True)
        if not quiet and corpus is None and not relating.no_store:
            tell(("articles are related only where --format has json",))
        with Run(out, forms, jobs, quiet, found.total, choice, engine, corpus, living) as run:
            with choice.library() as library, _site(place, jobs, engine, library) as site:
                wanted = choice.wanted(forms, library, related=corpus is not None)
                with closing(run_many(found, given, wanted, jobs, engine, site=site)) as outcomes:
                    for outcome in outcomes:
                        run.add(outcome)
            run.settle(relating.top, found.notes)
    sys.exit(run.code)


def _former(previous: str | None, found: Found, out: Path) -> "Former | None":
    """Return the version that the one article of a run follows."""
    if previous is None:
        return None
    if found.total != 1:
        raise ConfigError(f"--previous {previous}: says what one article follows; give one article")
    from briefs.pipeline.former import former  # noqa: PLC0415 - only where one is named

    return former(previous, out)


def _living(out: Path, former: "Former | None", *, keep: bool) -> "Living":
    """Open the desk of the output folder; a run with --no-store makes none, and heeds one that is there."""
    from briefs.pipeline.living import Living  # noqa: PLC0415 - not for --help

    return Living.open(out, create=keep, former=former)


def _site(
    place: Address | None, jobs: int, engine: "Engine | None", library: Path | None
) -> AbstractContextManager["Site | None"]:
    """Give where articles are worked on, none for this computer."""
    return nullcontext() if place is None else site_on(place, jobs, engine=engine, library=library)
