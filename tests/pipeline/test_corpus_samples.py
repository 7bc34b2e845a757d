"""The project's own sample articles, related in several orders: real drafts, the same bytes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from briefs.pipeline.corpus import Corpus
from briefs.pipeline.work import Drafted, Job, Wanted, process
from briefs.readers.inputs import inputs
from briefs.steps.ingest import Given
from briefs.verify import verify

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLES = (
    "halmen-gazette-nurses.docx",
    "care-today-board-figures.md",
    "lower-orla-mail-nurses.html",
    "port-sable-terminal-fire.txt",
    "varnia-now-terminal-fire.md",
)
BY_DATE = (4, 3, 1, 2, 0)


@pytest.fixture(scope="module")
def samples() -> Sequence[Drafted]:
    """Return the drafts of five samples: three of one story, two of another."""
    found = inputs([str(CORPUS / name) for name in SAMPLES])
    jobs = (Job(each, Given(), Wanted(("md", "json", "html"), relates=True)) for each in found)
    drafts = [process(job).drafted for job in jobs]
    assert all(drafts)
    return [drafted for drafted in drafts if drafted is not None]


def run(out: Path, drafts: Sequence[Drafted]) -> Mapping[str, bytes]:
    """Relate and write articles as one run does; return the outputs."""
    out.mkdir(exist_ok=True)
    corpus = Corpus.at(out / "claims.sqlite", out)
    for drafted in drafts:
        corpus.add(drafted)
    corpus.settle()
    corpus.overview()
    corpus.close()
    return {path.name: path.read_bytes() for path in out.iterdir() if ".sqlite" not in path.name}


def test_no_order_of_the_samples_changes_a_byte(tmp_path: Path, samples: Sequence[Drafted]) -> None:
    """One run, another order, and a run an article give the same briefs and the same overview."""
    once = run(tmp_path / "once", samples)
    assert len(once) == 3 * len(SAMPLES) + 3
    assert run(tmp_path / "order", [samples[n] for n in BY_DATE]) == once
    for drafted in reversed(samples):
        step_by_step = run(tmp_path / "steps", [drafted])
    assert step_by_step == once
    verdict = verify(tmp_path / "once")
    assert verdict.holds, verdict.problems
    assert not [note for note in verdict.notes if "not checked" in note]
    conflicts = sum(
        b"**Other articles differ on" in data for name, data in once.items() if name.endswith(".md")
    )
    assert conflicts >= 3
