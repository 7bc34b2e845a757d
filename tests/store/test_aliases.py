"""Reading aliases.toml: found where it should be, and every fault named with its line."""

from pathlib import Path

import pytest

from briefs.domain.aliases import NO_ALIASES
from briefs.errors import ConfigError
from briefs.store.aliases import FILE_NAME, LARGEST, load_aliases

EXAMPLE = """\
# Spellings of one name; the first of each group is the one that is shown.
same = [
  ["Mariana Bezuhla", "Mariyan Bezouglya"],
]
# Names that are never taken for one.
apart = [["Viktor Orlov", "Victor Orlov"]]
"""


def test_reads_groups(tmp_path: Path) -> None:
    """The documented example is read as it stands."""
    (tmp_path / FILE_NAME).write_text(EXAMPLE, "utf-8")
    aliases = load_aliases(folders=[tmp_path])
    assert aliases.same == (("Mariana Bezuhla", "Mariyan Bezouglya"),)
    assert aliases.apart == (("Viktor Orlov", "Victor Orlov"),)


def test_first_folder_wins_and_a_given_file_before_all(tmp_path: Path) -> None:
    """The output folder's file goes before the working directory's, --aliases before both."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / FILE_NAME).write_text(f'same = [["{name}", "x"]]', "utf-8")
    given = tmp_path / "given.toml"
    given.write_text('same = [["g", "x"]]', "utf-8")
    folders = [tmp_path / "none", tmp_path / "b", tmp_path / "a"]
    assert load_aliases(folders=folders).same == (("b", "x"),)
    assert load_aliases(given, folders).same == (("g", "x"),)


def test_nothing_said(tmp_path: Path) -> None:
    """No file, or an empty one, makes nothing an alias."""
    assert load_aliases(folders=[tmp_path]) == NO_ALIASES
    (tmp_path / FILE_NAME).write_text("", "utf-8")
    assert load_aliases(folders=[tmp_path]) == NO_ALIASES


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("same = [[", "not valid TOML"),
        pytest.param("same = " + "[" * 100_000, "nested too deeply", id="nested too deeply"),
        ('\n\nsame = [["A", ]\n', "line 3, the end of the file"),
        ('\nsame = [["A" "B"]]', "line 2"),
        ('# one\nsame = "A"', "line 2: same is a list of groups"),
        ('same = ["A", "B"]', "line 1: same is a list of groups"),
        ('\nsme = [["A", "B"]]', "line 2: no such key: 'sme'"),
        ('same = [["A", "B"],\n ["C", ""]]', "not a name: ''"),
        ('same = [["A", "B"],\n ["C", 7]]', "line 2: not a name: '7'"),
        ('same = [["A", "B"],\n ["Carol"]]', "line 2: a group needs two different names"),
        ('same = [["A", "B"],\n ["carol", " CAROL "]]', "line 2: a group needs two different names"),
        ('same = [["Ann", "Bea"]]\napart = [["bea", "Cid", "ann"]]', "both the same and apart"),
    ],
)
def test_faults_name_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    """A file that says something else is refused in one line that tells where and what to write."""
    path = tmp_path / "names.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_aliases(path)
    message = str(caught.value)
    assert said in message
    assert str(path) in message
    assert "\n" not in message


def test_refuses_what_is_no_list(tmp_path: Path) -> None:
    """A missing, binary or huge file is refused with what to do."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_aliases(tmp_path / "none.toml")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_aliases(tmp_path / "b.toml")
    (tmp_path / "c.toml").write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(ConfigError, match="larger than"):
        load_aliases(tmp_path / "c.toml")
    (tmp_path / "d.toml").mkdir()
    with pytest.raises(ConfigError, match="is not a file"):
        load_aliases(tmp_path / "d.toml")
