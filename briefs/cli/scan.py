"""`briefs scan`: what articles say of themselves, with no judgement of what is worth checking."""

import sys
from collections.abc import Iterator

import click

from briefs.cli.inputs import InputOptions, input_options
from briefs.cli.options import article_options, report, reporting, tell
from briefs.cli.terminal import printable
from briefs.domain.scanline import AttributionLine, ScanLine
from briefs.errors import InputError
from briefs.pipeline import given_by_user, scan_line

_LINE_ENDS = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})
"""Line ends to some readers, which JSON allows in a string: escaped, an article is one line to all."""


@click.command("scan")
@input_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object an article, one a line.")
@article_options
def command(
    articles: InputOptions, as_json: bool, copy_kind: str, published: str | None, outlet: str | None
) -> None:
    """Show who says what in each article, its figures, dates, hedges and names.

    PATH is a file, a folder, an http(s) URL, or - for standard input; with --manifest a file that lists
    articles or holds their texts, as for `briefs run`. All findings are shown, not only
    those of checkable claims. Offsets count Unicode code points from 0; ends are exclusive.
    """
    failed = False
    with reporting():
        given = given_by_user(copy_kind, published, outlet)
        inputs = articles.found()
        for found in inputs:
            try:
                line = scan_line(found, given)
            except InputError as error:
                failed = True
                report(error)
                continue
            if as_json:
                written = line.model_dump_json().translate(_LINE_ENDS)
                sys.stdout.buffer.write(written.encode("utf-8", "backslashreplace") + b"\n")
                sys.stdout.buffer.flush()
            else:
                click.echo("\n".join(map(printable, _for_people(line))))
        tell(inputs.notes)
    sys.exit(1 if failed else 0)


def _for_people(line: ScanLine) -> Iterator[str]:
    text = line.article.text
    yield f"{line.article.source_path}: {line.article.title}"
    for attribution in line.attributions:
        words = " … ".join(" ".join(span.of(text).split()) for span in attribution.content)
        yield f"  {_who(attribution)}: {words}"
    for label, spans in (("figures", line.quantities), ("dates", line.dates), ("hedges", line.hedges)):
        found = ", ".join(dict.fromkeys(" ".join(span.of(text).split()) for span in spans))
        yield f"  {label}: {found or 'none'}"


def _who(attribution: AttributionLine) -> str:
    chain = "".join(f", through {each.name}" for each in attribution.via)
    chain += "".join(f", leaning on {each.name}" for each in attribution.basis)
    return f"{attribution.name or 'nobody named'}{chain} ({attribution.speech})"
