"""Send the files that are written: upload, create the batch, and take no step twice."""

from contextlib import suppress

from briefs.batch.rows import UNSENT, BatchRow
from briefs.batch.state import BatchState
from briefs.errors import ModelCallError
from briefs.llm.batch_api import TOO_MANY_TOKENS, BatchApi, GoneError, RefusedError, TooManyTokensError
from briefs.llm.batch_lines import lost


def send(state: BatchState, api: BatchApi) -> tuple[str, ...]:
    """Send every batch that is written and not sent yet, in order; what is not taken stays for later.

    A step of which nobody heard is looked for before it is made again. Returns notes for a person, where
    something was not taken. Raises ConfigError for what must be mended first.
    """
    notes: list[str] = []
    for batch in state.batches(*UNSENT):
        if batch.state in ("written", "uploading") and not state.file_of(batch).is_file():
            state.forget(batch)  # somebody has deleted it: its requests are written again
            notes.append(f"batch {batch.number} has lost its file before it was sent; collect again")
            continue
        try:
            _sent(state, api, batch)
        except TooManyTokensError as error:
            notes.append(_too_many(state, batch, error))
            break
        except (GoneError, RefusedError) as error:
            _withdraw(state, api, batch.number)
            notes.append(f"batch {batch.number} is not sent: {error}")
            break
        except ModelCallError as error:
            notes.append(f"batch {batch.number} is not sent yet: {error}")
            break
    return tuple(notes)


def _sent(state: BatchState, api: BatchApi, batch: BatchRow) -> None:
    file = batch.file
    if batch.state in ("written", "uploading") or file is None:
        heard_of = batch.state == "uploading"
        state.is_at(batch.number, "uploading")
        file = api.upload(state.file_of(batch), f"{batch.name}.jsonl", heard_of=heard_of)
        state.is_at(batch.number, "uploaded", file=file)
    heard_of = batch.state == "creating"
    state.is_at(batch.number, "creating")
    state.told(batch.number, api.create(file, batch.name, heard_of=heard_of))


def _too_many(state: BatchState, batch: BatchRow, error: Exception) -> str:
    """Leave a batch for when others have come back, or where there are none, make smaller ones of it."""
    if state.batches("sent"):
        state.is_at(batch.number, "uploaded")
        return f"batch {batch.number} waits until others have come back: {error}"
    if batch.requests == 1:
        state.came_back(batch.number, lost(TOO_MANY_TOKENS), "not taken: too many tokens")
        state.drop_files(batch)
        return f"batch {batch.number} is one request, and more than the account may queue: {error}"
    state.taken_back(batch.number, "not taken: too many tokens at once", smaller_than(batch))
    state.drop_files(batch)
    return f"batch {batch.number} has more tokens than the account may queue; smaller ones follow"


def _withdraw(state: BatchState, api: BatchApi, number: int) -> None:
    """Take back the file of a batch that was not created: it may have expired, and is uploaded again."""
    now = next(each for each in state.batches() if each.number == number)
    with suppress(ModelCallError):
        if now.file is not None:
            api.delete(now.file)
    state.is_at(number, "written")


def smaller_than(batch: BatchRow, limit: int | None = None) -> int:
    """Return how many tokens to queue at most after a batch was too large; `limit` is what was said."""
    half = max(1, batch.tokens // 2)
    return half if limit is None or limit >= batch.tokens else max(1, int(limit * 0.9))
