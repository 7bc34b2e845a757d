"""A brief that can be taken from one version of an article's briefs to another."""

from briefs.domain.brief import ArticleBriefs, Brief, Origins
from briefs.domain.desk import Desk
from briefs.domain.desk_events import question_key


def portable(result: ArticleBriefs, brief: Brief) -> Brief:
    """Return a brief of `result` as an `Added` event keeps it.

    Nothing on its desk, no answers, nothing of other articles; questions that stand under other claims are
    named by their keys, as ids count anew in every version.
    """
    keys = {each.id: question_key(each.ask, each.text) for b in result.briefs for each in b.questions}
    known = set(keys.values())
    see = (keys.get(each, each) for each in brief.see_questions)
    own = (each for each in brief.questions if not each.id.startswith(("r", "a")))
    return brief.model_copy(
        update={
            "questions": tuple(each.model_copy(update={"answer": None, "answered_by": None}) for each in own),
            "see_questions": tuple(dict.fromkeys(each for each in see if each in known)),
            "related": (),
            "related_in_all": 0,
            "origins": Origins(),
            "desk": Desk(),
        }
    )
