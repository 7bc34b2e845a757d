"""What failed: short on the first screen, whole in the appendix, in words for people."""

import pytest
from assisted import assisted

from briefs.domain.brief import Failure
from briefs.llm.port import FailureKind
from briefs.steps.render import render
from briefs.steps.render.failed import in_appendix, on_screen


@pytest.mark.parametrize(
    ("failures", "lines"),
    [
        ((), []),
        (
            (("chunk 2", "unreachable", "refused in 4 attempts"),),
            [
                "Chunk 2: the model could not be reached (refused in 4 attempts). This part is the offline draft."
            ],
        ),
        (
            (("", "budget", ""),),
            ["The article: the budget was spent before this call. This part is the offline draft."],
        ),
        (
            (("chunk 1", "empty", ""), ("chunk 4", "empty", "")),
            ["Chunk 1 and chunk 4: the model answered with nothing. These parts are the offline draft."],
        ),
        (
            (("chunk 1", "refused", "a"), ("chunk 2", "refused", "b"), ("chunk 3", "refused", "c")),
            [
                "Chunk 1, chunk 2 and chunk 3: the model declined to answer (a), or the like. "
                "These parts are the offline draft."
            ],
        ),
        (
            (("compose, chunk 2", "timed_out", "the model did not answer in time; tried 4 times"),),
            [
                "Chunk 2 (questions and missing evidence): the model did not answer in time; tried 4 times. "
                "This part is the offline draft."
            ],
        ),
        (
            (("extract, chunk 2", "empty", "the model answered with nothing; drafted by the offline rules"),),
            ["Chunk 2 (claims): the model answered with nothing; drafted by the offline rules"],
        ),
        ((("page 3", "unread", "no text"),), ["Page 3: no text (unread)"]),
    ],
)
def test_first_screen(failures: tuple[tuple[str, str, str], ...], lines: list[str]) -> None:
    """One line a kind says where, what, and what stands there instead; unknown kinds are shown as they are."""
    made = [Failure(where=where, kind=kind, message=message) for where, kind, message in failures]
    assert on_screen(made) == lines


def test_two_hundred_failures_take_one_line() -> None:
    """A provider that is down does not fill the first screen; the appendix lists every part."""
    many = [Failure(where=f"chunk {n}", kind="server_error", message="500") for n in range(1, 201)]
    assert on_screen(many) == [
        "Chunk 1, chunk 2, chunk 3 and 197 more: the model's server is in trouble (500). "
        "These parts are the offline draft."
    ]
    listed = [line.text for line in in_appendix(many)]
    assert len(listed) == 200
    assert listed[-1] == "chunk 200: the model's server is in trouble (500)"


def test_many_kinds_take_six_lines() -> None:
    """However many things went wrong, the first screen stays a screen."""
    many = [Failure(where="chunk 1", kind=kind, message="") for kind in FailureKind]
    assert len(on_screen(many)) == 6
    assert on_screen(many)[-1] == f"And {len(FailureKind) - 5} other failures, in the appendix."
    assert len(in_appendix(many)) == len(FailureKind)


def test_what_the_first_screen_gives_whole_is_not_said_again() -> None:
    """One failure a kind stands on the first screen alone."""
    assert not in_appendix([Failure(where="chunk 1", kind="empty", message="")])


def test_long_messages_are_cut() -> None:
    """A server's page of HTML in a message does not fill the screen."""
    result = assisted()
    failure = Failure(where="chunk 1", kind="server_error", message="<p>no</p> " * 500)
    made = result.made.model_copy(update={"failures": (failure,)})
    body = render(result.model_copy(update={"made": made}), "md")
    assert max(map(len, body.splitlines())) < 700
    assert "\\<p>no\\</p>" in body


def test_the_first_screen_of_a_model_s_brief_fits_a_screen() -> None:
    """With a model's header and failures too, everything above the order of importance fits in 45 lines."""
    assert render(assisted(), "md").split("## The claims", 1)[0].count("\n") <= 45
