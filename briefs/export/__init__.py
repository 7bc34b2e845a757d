"""Export: briefs as other programs and other people want them. Projections of what the desk says.

schema.org markup for publishing, a spreadsheet of facts, an annotated script, a call sheet. The same briefs
give the same bytes. Nothing here decides, rates or changes a word of the article.
"""

from typing import Literal, get_args

Form = Literal["claimreview", "csv", "docx", "callsheet"]
FORMS: tuple[Form, ...] = get_args(Form)
