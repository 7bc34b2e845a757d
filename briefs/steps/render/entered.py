"""What a person typed, as Markdown that reads back to exactly the same characters.

Article text may lose white space on its way into a file; a person's words lose nothing. Line ends become
hard breaks, white space that Markdown would swallow becomes numeric entities. Only a NUL and half characters,
which no Markdown file can hold, become U+FFFD (CommonMark 0.31, 2.3).
"""

import re
from html import unescape

from briefs.steps.render.escape import Markdown, kept_exactly
from briefs.text.unseen import OPENS
from briefs.text.unseen import plain as plain_of

_UNHOLDABLE = re.compile("[\x00\ud800-\udfff]")
_LAST = 0x10FFFF
_SIGNS = frozenset(f"\\&<`\n{OPENS}")
_READ = re.compile(
    r"""
      \\\n[ \t]*                                  # a hard break
    | (?<![ ])[ ]{2,}\n[ \t]*                     # the other form of one
    | <br\s{0,9}/?>\n?[ \t]*                      # and HTML's
    | (?P<soft>\n[ \t]*)
    | \\(?P<escaped>[!-/:-@\[-`{-~])
    | &\#[xX](?P<hex>[0-9a-fA-F]{1,6});
    | &\#(?P<number>[0-9]{1,7});
    | (?P<name>&[A-Za-z][A-Za-z0-9]{1,31};)
    | (?P<named>\u27e6U\+[0-9A-F+U\ ]{4,9000}\u27e7)
    | (?<!`)(?P<ticks>`{1,3})(?!`)(?P<code>[^`\n]{1,500})(?P=ticks)(?!`)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def as_entered(value: str, indent: int = 2) -> Markdown:
    """Return what a person typed, for a list item of which further lines are `indent` columns in."""
    lines = holdable(value).split("\n")
    full = [at for at, line in enumerate(lines) if line.strip()]
    first, last = (full[0], full[-1]) if full else (len(lines), -1)
    made: list[str] = []
    for at, line in enumerate(lines):
        made.append(kept_exactly(line))
        if at < len(lines) - 1:
            made.append("\\\n" + " " * indent if first <= at < last else "&#10;")
    return Markdown("".join(made))


def entered(markdown: str, soft: str = "\n") -> str:
    """Return what was typed: the inverse of `as_entered`, and of what people type into a file themselves.

    Emphasis and links stay as they were typed; in code nothing is an escape. `soft` stands for a line end
    that is no hard break: people mean it, programs that wrap lines do not.
    """
    if _SIGNS.isdisjoint(markdown):
        return markdown

    def plain(match: re.Match[str]) -> str:
        found = match.group()
        if match["soft"] is not None:
            return soft
        if match["escaped"] is not None:
            return match["escaped"]
        if match["hex"] is not None or match["number"] is not None:
            return _character(int(match["hex"], 16) if match["hex"] else int(match["number"]))
        if match["name"] is not None:
            return unescape(found)
        if match["named"] is not None:  # an article's unseen character, in a question that quotes it
            return holdable(plain_of(found))
        return found if match["code"] is not None else "\n"

    return _READ.sub(plain, markdown)


def holdable(value: str) -> str:
    """Return what a Markdown file can hold of a value: NUL and half characters become U+FFFD."""
    return _UNHOLDABLE.sub("\ufffd", value)


def _character(number: int) -> str:
    return holdable(chr(number)) if number <= _LAST else "\ufffd"
