"""What one article costs, step by step, as it gets longer.

    python -m benchmarks.long_article [--shapes prose,lines,…] [--sizes 25000,50000,…] [--again]

For each shape and size, in a process of its own: seconds of CPU time of reading, cutting, scanning,
extracting, flagging, composing, rendering (JSON, Markdown, HTML), making the index's entry, proving
(`verify`) and, with `--again`, of carrying a sign-off of every claim over to a new version, and the peak of
memory in MiB. Sizes are in characters. "Growth" is a character's time over that at the next smaller size: 1
is linear, 2 at a doubled size quadratic.
"""

import argparse
import cProfile
import json
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import peak
from benchmarks.scale_texts import SHAPES
from briefs.domain.brief import ArticleBriefs, Made
from briefs.domain.desk import Check, Desk, Status
from briefs.domain.scan import OFFLINE
from briefs.pipeline import draft
from briefs.pipeline.entries import entry_of
from briefs.pipeline.rereading import Rereading
from briefs.review.basis import basis_of
from briefs.review.carry import carry
from briefs.review.fold import ClaimState
from briefs.steps.compose import compose
from briefs.steps.extract import extract
from briefs.steps.flag import flag
from briefs.steps.ingest import Origin, ingest
from briefs.steps.render import render
from briefs.steps.scan import scan
from briefs.steps.segment import segment
from briefs.verify import verify

STEPS = ("read", "cut", "scan", "extract", "flag", "compose", "json", "md", "html", "entry", "verify")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", default=",".join(SHAPES))
    parser.add_argument("--sizes", default="25000,50000,100000,200000")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--profile", metavar="STEP")
    parser.add_argument("--one", nargs=2, metavar=("SHAPE", "SIZE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        shape, size = arguments.one
        print(json.dumps(_one(shape, int(size), arguments.profile, again=arguments.again)))
        return
    steps = (*STEPS, "again") if arguments.again else STEPS
    print(
        f"{'shape':14}{'size':>9}{'sent.':>7}{'claims':>7}",
        *(f"{step:>8}" for step in steps),
        "   whole growth   MiB",
    )
    for shape in arguments.shapes.split(","):
        before: tuple[int, float] | None = None
        for size in map(int, arguments.sizes.split(",")):
            command = [sys.executable, "-m", "benchmarks.long_article", "--one", shape, str(size)]
            command += ["--again"] if arguments.again else []
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            if done.returncode:
                print(f"{shape:14}{size:9,} failed: {done.stderr.strip().splitlines()[-1:]}", flush=True)
                break
            found = json.loads(done.stdout)
            whole = sum(found["seconds"].values())
            growth = (whole / before[1]) / (size / before[0]) if before else 1.0
            before = (size, whole)
            print(
                f"{shape:14}{size:9,}{found['sentences']:7,}{found['claims']:7,}",
                *(f"{found['seconds'].get(step, 0):8.2f}" for step in steps),
                f"{whole:8.1f} {growth:6.2f} {found['peak']:5.0f}",
                flush=True,
            )


def _one(shape: str, size: int, profiled: str | None, *, again: bool) -> dict[str, object]:
    """Draft one article in this process and return what each step took."""
    draft(ingest(b"One line to load everything, said Ana Petrel.", Origin(id="first", path="first.txt")))
    data = SHAPES[shape](size).encode()
    seconds: dict[str, float] = {}

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        profile = cProfile.Profile() if step == profiled else None
        if profile:
            profile.enable()
        begun = time.process_time()
        yield
        seconds[step] = round(time.process_time() - begun, 3)
        if profile:
            profile.disable()
            pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(25)

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "long.txt"
        origin = Origin(id="long.txt", path=str(source))
        source.write_bytes(data)
        with timed("read"):
            article = ingest(data, origin)
        with timed("cut"):
            segmentation = segment(article)
        with timed("scan"):
            found = scan(article, segmentation)
        with timed("extract"):
            extraction = extract(article, segmentation, found)
        with timed("flag"):
            findings = flag(article, segmentation, found, extraction)
        with timed("compose"):
            made = compose(article, segmentation, found, extraction, findings, before=extraction)
        result = ArticleBriefs(
            article=article,
            overview=made.overview,
            ledger=extraction.ledger,
            briefs=made.briefs,
            made=Made(engine=OFFLINE, tool_version="1"),
        )
        del made, found, findings
        for form in ("json", "md", "html"):
            with timed(form):
                content = render(result, form)
            (Path(folder) / f"{article.slug}.{form}").write_text(content, "utf-8")
        with timed("entry"):
            entry_of(result)
        with timed("verify"):
            verdict = verify(Path(folder))
        if again:
            newer = draft(ingest(b"A correction was made.\n\n" + data, origin))
            signed = _signed(result)
            with timed("again"):
                carry(signed, newer, Rereading(newer, result, lambda _: None))
    return {
        "seconds": seconds,
        "claims": len(result.briefs),
        "sentences": len(segmentation.sentences),
        "peak": peak(),
        "problems": len(getattr(verdict, "problems", ())),
    }


def _signed(result: ArticleBriefs) -> dict[str, ClaimState]:
    """Return what an editor who confirms every claim decides."""
    desk = Desk(said=Check.CONFIRMED, status=Status.USABLE, checker="K. Aune")
    return {
        brief.id: ClaimState(brief.id, result.article.id, desk, 1, basis_of(result.article, brief))
        for brief in result.briefs
    }


if __name__ == "__main__":
    main()
