"""Filters as an address names them."""

from typing import Annotated

from fastapi import Depends, Query

from briefs.desk.listing import STATES, Filters
from briefs.domain.brief import FlagKind
from briefs.domain.desk import Status

Words = Annotated[str, Query(max_length=1_000)]
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]


def filters_of(  # noqa: PLR0913, PLR0917 - an address's own parts
    status: Annotated[str, Query(pattern=f"^({'|'.join(each.value for each in Status)})?$")] = "",
    state: Annotated[str, Query(pattern=f"^({'|'.join(STATES)})?$")] = "",
    priority: Annotated[str, Query(pattern="^(high|medium|low)?$")] = "",
    flag: Annotated[str, Query(pattern=f"^({'|'.join(each.value for each in FlagKind)})?$")] = "",
    source: Words = "",
    article: Words = "",
    q: Words = "",
) -> Filters:
    """Return the filters that an address names."""
    return Filters(status, state, priority, flag, source, article, q.strip())


Wanted = Annotated[Filters, Depends(filters_of)]
