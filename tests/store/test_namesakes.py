"""Two articles whose files would have one name: the second is told of, and overwrites nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefs.cli import main
from briefs.domain.slug import slug
from briefs.errors import ConfigError
from briefs.store.namesakes import claim_name

NAMES = ("cafжжяжжяжяжжя.txt", "cafжяжжяяяжжжяж.txt")
"""Found by trying: Cyrillic letters are dropped from a name, and the six digits of both are equal."""


def test_the_second_of_two_names_is_refused_within_a_run_and_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects an article's briefs from another one's, whether both come in one run or one after the other."""
    monkeypatch.chdir(tmp_path)
    assert slug(NAMES[0]) == slug(NAMES[1])
    for name, count in zip(NAMES, ("1,200", "1,300"), strict=True):
        Path(name).write_text(f"Crates\n\nThe board lost {count} crates, Ana Petrel said.\n", "utf-8")
    for given in (NAMES, NAMES[1:]):
        ran = CliRunner().invoke(main, ["run", *given, "--out", "out", "--quiet"])
        assert ran.exit_code == 1
        assert f"{NAMES[1]}: its files would have the names of those of {NAMES[0]}" in ran.output
        written = json.loads(Path("out", f"{slug(NAMES[0])}.json").read_text("utf-8"))
        assert written["article"]["id"] == NAMES[0]
    assert CliRunner().invoke(main, ["run", NAMES[0], "--out", "out", "--quiet"]).exit_code == 0


def test_another_file_of_one_address_does_not_take_its_place_unsaid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protects an article's briefs from a file that states its address."""
    monkeypatch.chdir(tmp_path)
    for name in ("agency", "other"):
        words = f"<p>The {name} lost 12 crates on Monday, its auditor Ana Petrel said.</p>" * 5
        page = f"<html><link rel=canonical href='https://agency.example/fire'><body><article>{words}"
        Path(f"{name}.html").write_text(page, "utf-8")
        ran = CliRunner().invoke(main, ["run", f"{name}.html", "--out", "out"])
        assert ran.exit_code == 0
        said = "takes the place of what was read from agency.html (https://agency.example/fire)" in ran.output
        assert said is (name == "other")


def test_what_is_read_again_from_where_it_was_is_no_news(tmp_path: Path) -> None:
    """Only another path or address is told, even where the name is no Unicode."""
    for source in ("a.txt", "b?.txt"):
        said = {"article": {"id": "x", "title": '"source_path": 5', "source_path": source}}
        (tmp_path / "a.json").write_text(json.dumps(said), "utf-8")
        assert claim_name(tmp_path, "a", "x", source.replace("?", "\udcff")) is None
        assert (
            claim_name(tmp_path, "a", "x", "c.txt") == f"takes the place of what was read from {source} (x)"
        )


@pytest.mark.parametrize("content", ["", "{", '{"article": 5}', '{"article": {"id": 5}}', "[]"])
def test_what_is_no_articles_json_holds_no_name(tmp_path: Path, content: str) -> None:
    """A damaged file is written anew."""
    (tmp_path / "a.json").write_text(content, "utf-8")
    assert claim_name(tmp_path, "a", "mine.txt", "mine.txt") is None


def test_a_name_with_quotes_is_read_whole(tmp_path: Path) -> None:
    """Whatever stands in an article's id, it is compared whole."""
    article = 'a "quoted" ü\\ name.txt'
    (tmp_path / "a.json").write_text(json.dumps({"article": {"id": article}}), "utf-8")
    assert claim_name(tmp_path, "a", article, "a.txt") is None
    with pytest.raises(ConfigError, match="mine"):
        claim_name(tmp_path, "a", "mine", "a.txt")
