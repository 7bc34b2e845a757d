"""Many articles with one text: what is written of them hangs on the set of articles alone, and so does its cost."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from briefs.domain.aliases import Aliases
from briefs.domain.brief import ArticleBriefs, Origins
from briefs.domain.relations import Family, IndexedArticle, IndexedClaim
from briefs.pipeline import behind
from briefs.pipeline.corpus import Corpus
from briefs.pipeline.living import Living
from briefs.pipeline.work import Drafted, Job, Wanted, process
from briefs.readers.inputs import inputs
from briefs.steps.ingest import Given
from briefs.steps.trace import trace

TEXT = """Quay {number} reports

The harbour board of Port Sable lost 1,450 grain crates in March 2024, Ana Petrel told Meridian Wire. She said
that the crates had stood on the north quay for nine days, and that none of the night watch had counted them.
"""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Drafted]:
    """Return the drafts of a dozen articles with one text, each with its own headline."""
    folder = tmp_path_factory.mktemp("copies")
    for number in range(12):
        (folder / f"copy-{number:02}.txt").write_text(TEXT.format(number=number), "utf-8")
    jobs = [Job(each, Given(), Wanted(("md", "json"), relates=True)) for each in inputs([str(folder)])]
    drafted = [process(job).drafted for job in jobs]
    return [each for each in drafted if each is not None]


def run(out: Path, drafts: Iterable[Drafted], *, to_the_end: bool = True) -> None:
    """Relate and write articles as one run does; one that is stopped settles nothing."""
    out.mkdir(exist_ok=True)
    living = Living.open(out)
    corpus = Corpus.at(out / "claims.sqlite", out, living=living)
    for drafted in drafts:
        corpus.add(drafted)
    if to_the_end:
        corpus.settle()
        corpus.overview()
    corpus.close()
    living.close()


def files(out: Path) -> Mapping[str, bytes]:
    """Return the outputs by name, without the index and the desk."""
    return {path.name: path.read_bytes() for path in out.iterdir() if ".sqlite" not in path.name}


def test_copies_are_written_the_same_however_they_came(tmp_path: Path, copies: Sequence[Drafted]) -> None:
    """All at once, in another order, or after a run that was stopped: every copy knows all the others."""
    assert len(copies) == 12
    run(tmp_path / "once", copies)
    run(tmp_path / "back", reversed(copies))
    run(tmp_path / "stopped", copies, to_the_end=False)
    run(tmp_path / "stopped", copies[:1])
    assert files(tmp_path / "once") == files(tmp_path / "back") == files(tmp_path / "stopped")
    for each in copies:
        result = ArticleBriefs.from_json((tmp_path / "once" / f"{each.slug}.json").read_bytes())
        most = max(brief.origins.articles for brief in result.briefs)
        assert most == len(copies)


def test_a_family_is_traced_once_for_all_its_articles(
    tmp_path: Path, copies: Sequence[Drafted], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands behind the claims of many copies is not worked out again for each of them."""
    traced: list[str] = []

    def counted(
        family: Family,
        claims: Mapping[str, IndexedClaim],
        articles: Mapping[str, IndexedArticle],
        aliases: Aliases,
    ) -> Mapping[str, Origins]:
        traced.append(family.id)
        return trace(family, claims, articles, aliases)

    run(tmp_path, copies, to_the_end=False)
    monkeypatch.setattr(behind, "trace", counted)
    run(tmp_path, copies)
    assert traced
    assert len(traced) == len(set(traced))


def test_one_text_under_two_addresses_is_one_origin(tmp_path: Path, copies: Sequence[Drafted]) -> None:
    """Two articles with one text are two articles, and never two sources that know of nothing in common."""
    run(tmp_path, copies[:2])
    for each in copies[:2]:
        result = ArticleBriefs.from_json((tmp_path / f"{each.slug}.json").read_bytes())
        told = [brief.origins for brief in result.briefs if brief.origins.articles > 1]
        assert told
        assert all((origins.articles, len(origins.origins)) == (2, 1) for origins in told)
