"""Attributions: who says what in an article, through whom and on what grounds, by rules over the parse.

It tells what the text attributes; whether it is so, or was really said, is not its matter.
"""

from briefs.language.attribution.assemble import attributions

__all__ = ["attributions"]
