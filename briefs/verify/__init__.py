"""Verify: prove briefs again, offline, from the article they were made of.

Every quotation, offset and hash of a .json or .md that this tool wrote is checked against the frozen text,
and the frozen text against the article's file. Markdown that a person has rewritten is checked too. The
room reads and compares; it judges no claim and repairs nothing.
"""

from briefs.verify.run import verify
from briefs.verify.verdict import Counts, Problem, Verdict

__all__ = ["Counts", "Problem", "Verdict", "verify"]
