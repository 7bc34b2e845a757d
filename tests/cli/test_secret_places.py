"""A key that somebody put into the wrong place is refused, and neither shown nor kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefs.cli import main

KEY = "Xp6Dk1Rz7Vm3" + "Bw9Tn5Hq2Jc8"
SERVER = ("--model", "openai:stub", "--base-url")


@pytest.mark.parametrize(
    ("words", "settings", "key"),
    [
        ((), f'api_key = "{KEY}"', ""),
        ((), f'base_url = "{KEY}"', ""),
        ((), f'timeout = "{KEY}"', ""),
        ((), f"model = {KEY}", ""),
        ((), f'model = "{KEY}"', ""),
        ((), f"{KEY} = 1", ""),
        ((), f'[prices."{KEY}"]\nin = "{KEY}"', ""),
        ((*SERVER, "http://127.0.0.1:9/v1"), f'prompts = "{KEY}"', ""),
        ((), f'model = "openai:stub"\nbase_url = "http://u:{KEY}@127.0.0.1:9/v1"', ""),
        ((*SERVER, f"http://u:{KEY}@127.0.0.1:9/v1"), "", ""),
        ((*SERVER, f"http://127.0.0.1:9/v1?key={KEY}"), "", ""),
        ((*SERVER, "http://127.0.0.1:9/v1"), "", f"{KEY}\r\nx: y"),
        ((*SERVER, "http://127.0.0.1:9/v1"), "", f"{KEY}é"),
        ((f"https://u:{KEY}@news.example/a",), "", ""),
    ],
)
def test_a_key_in_the_wrong_place_is_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], settings: str, key: str
) -> None:
    """Not on the terminal, not in the record of the run, not in any other file."""
    monkeypatch.chdir(tmp_path)
    article = tmp_path / "a.txt"
    article.write_text("The mayor resigned on 3 May 2024, Anna Kord said.\n")
    (tmp_path / "briefs.toml").write_text(settings)
    given = words if words and "://" in words[0] else ("a.txt", *words)
    done = CliRunner().invoke(main, ["run", *given, "--out", "out"], env={"BRIEFS_API_KEY": key})
    assert done.exit_code in (1, 2)
    assert KEY not in done.output
    assert not isinstance(done.exception, Exception) or KEY not in repr(done.exception)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "briefs.toml"]
    assert not [path for path in written if KEY.encode() in path.read_bytes()]
