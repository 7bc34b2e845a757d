"""A run that relates articles does not look through all it holds again and again."""

import gc
from contextlib import closing
from pathlib import Path

from briefs.cli.relating import RelatingOptions
from briefs.pipeline.living import Living


def test_relating_looks_for_garbage_seldom(tmp_path: Path) -> None:
    """Protects the time of a large run: a sixth of it went into looking through claims that stay."""
    before = gc.get_threshold()
    plan = RelatingOptions(None, no_store=False, aliases=None, top=None).settled(tmp_path, ("json",))
    try:
        assert plan is not None
        living = Living.open(tmp_path)
        with closing(living), closing(plan.open(living)):
            assert gc.get_threshold() == (5_000, 10, 20)
            assert gc.isenabled()
    finally:
        gc.set_threshold(*before)
