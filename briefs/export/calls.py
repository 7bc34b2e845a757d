"""The call sheet: every open question of all articles, put once, by whom to ask, with a box to tick.

Questions are merged as in the overview of a story (`briefs.steps.survey`); here none is left out for length.
Answered ones stand at the end, with their answers. A question whose claims an editor has all decided about or
dismissed settles nothing any more and is left out, with a count.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from briefs.domain.aliases import NO_ALIASES, Aliases
from briefs.domain.brief import ArticleBriefs
from briefs.domain.relations import Aspect, IndexedArticle, Relation
from briefs.domain.story import Call, CallSheet, ClaimRef, Errand, Place
from briefs.export.claims import is_done
from briefs.export.plain import shown
from briefs.seal import seal_story
from briefs.steps.render import story_view
from briefs.steps.render.escape import escaped
from briefs.steps.render.told import Told
from briefs.steps.render.wording import count, listing, stop, upperfirst
from briefs.steps.survey import Gathered, gather
from briefs.steps.survey.questions import call_sheet
from briefs.steps.survey.web import Web
from briefs.steps.trace import known_as


class Done(NamedTuple):
    """A question that is answered or ticked off."""

    text: str
    ask: str
    answer: str | None
    by: str | None
    place: Place
    number: int | None
    """Of the claim that prints it; null where the article no longer has the claim."""
    brief: str


class Noted(NamedTuple):
    """What the call sheet keeps of one article."""

    gathered: Gathered
    indexed: IndexedArticle
    relations: tuple[Relation, ...]
    done: tuple[Done, ...]
    settled: int
    """Questions that are open and serve no claim that is."""


class Sheet(NamedTuple):
    """The call sheet as Markdown."""

    content: bytes
    open: int
    """Questions on it, each once."""
    done: int
    settled: int
    """Questions left out, because an editor has decided about all their claims, or dismissed them."""


def noted(result: ArticleBriefs) -> Noted:
    """Return what the call sheet keeps of an article's briefs."""
    told = Told(result)
    gathered = gather(told.result, told)
    kept = {brief.id for brief in result.briefs if brief.desk.dismissed is None}
    undecided = {claim.id for claim in gathered.claims if claim.open} & kept
    done = list(_finished(told, gathered.filed.place, kept))
    finished = {(each.text, each.ask) for each in done}
    put = [each for each in gathered.put if (each.text, each.ask) not in finished]
    serving = [each for each in put if not undecided.isdisjoint(each.serves)]
    return Noted(
        gathered=gathered._replace(
            claims=tuple(claim for claim in gathered.claims if claim.id in kept), put=tuple(serving)
        ),
        indexed=IndexedArticle.of(result),
        relations=tuple(_relations(result)),
        done=tuple(done),
        settled=len(put) - len(serving),
    )


def _finished(told: Told, place: Place, kept: Collection[str]) -> Iterator[Done]:
    for number, brief in enumerate(told.result.briefs, 1):
        for each in brief.questions:
            if brief.id in kept and is_done(each):
                ask = told.ask(each) if each.ask else ""
                yield Done(each.text, ask, each.answer, each.answered_by, place, number, brief.id)
    for former in told.result.former:
        for each in former.questions:
            yield Done(each.text, each.ask, each.answer, each.answered_by, place, None, former.id)


def sheet(articles: Iterable[Noted], links: Mapping[str, str], aliases: Aliases = NO_ALIASES) -> Sheet:
    """Return the call sheet of articles.

    `links` are the addresses of articles' briefs, by the name of their files; a claim's id is put behind it.
    """
    held = sorted(articles, key=lambda each: each.indexed.id)
    claims = {claim.id: claim for each in held for claim in each.gathered.claims}
    relations = {frozenset((r.one, r.other, r.kind)): r for each in held for r in each.relations}
    web = Web(claims, sorted(relations.values(), key=lambda r: (r.one, r.other, r.kind)))
    known = known_as(
        (claim for each in held for claim in each.indexed.claims),
        {each.indexed.id: each.indexed for each in held},
        aliases,
    )
    puts = [put for each in held for put in each.gathered.put]
    top = 3 * len(puts) + 6  # a third are look-ups at most: so many that none is left out
    found = call_sheet(puts, web, lambda name: known.get(name, name), top)
    done = [line for each in held for line in each.done]
    lines = [*_head(held, found, len(done)), *_parts(found, links), *_done(done, links)]
    body = shown("\n".join(lines) + "\n")
    return Sheet(seal_story(body).encode(), found.asked, len(done), sum(each.settled for each in held))


def _relations(result: ArticleBriefs) -> Iterator[Relation]:
    """Yield how claims of the article stand to others, as its briefs have it."""
    for brief in result.briefs:
        for related in brief.related:
            one, other = sorted((brief.id, related.brief))
            aspect = related.aspect if related.aspect in set(Aspect) else Aspect.TOPIC
            yield Relation(one=one, other=other, kind=related.kind, aspect=Aspect(aspect), note=related.note)


def _head(held: Sequence[Noted], found: CallSheet, done: int) -> Iterator[str]:
    yield "# Call sheet"
    yield ""
    questions = count(found.asked, "open question", "open questions")
    articles = count(len(held), "article", "articles")
    yield (
        f"**{questions} from {articles}**, each put once: first what can be looked up, then whom to call, "
        "what settles most first. Numbers are those of the claims in each article's briefs."
    )
    if done:
        yield f"{count(done, 'question is', 'questions are')} done; see the end."
    yield ""


def _parts(found: CallSheet, links: Mapping[str, str]) -> Iterator[str]:
    for title, calls in (("Look up", found.look_ups), ("Call", found.calls)):
        if calls:
            yield f"## {title}"
            yield ""
        named = Counter(call.whom for call in calls)
        for call in calls:
            # An office that every place has is another one in another story.
            whose = f" ({_articles(call)})" if named[call.whom] > 1 else ""
            yield f"### {escaped(upperfirst(call.whom) + whose)}"
            yield from _call(call, links)


def _articles(call: Call) -> str:
    """Return the articles whose claims a call is about, in words."""
    places = dict.fromkeys(
        story_view.article_name(ref.place) for errand in call.errands for ref in errand.claims
    )
    return listing(list(places))


def _call(call: Call, links: Mapping[str, str]) -> Iterator[str]:
    yield ""
    about = [f"Also called {escaped('; '.join(call.also))}."] if call.also else []
    if call.serves.all:
        about.append(f"For {story_view.whole(call.serves)}.")
    if about:
        yield " ".join(about)
        yield ""
    yield from (f"- [ ] {_errand(errand, links)}" for errand in call.errands)
    yield ""


def _errand(errand: Errand, links: Mapping[str, str]) -> str:
    model = " (model)" if story_view.by_model(errand) else ""
    groups = (
        f"{escaped(group.name)}: {'claim' if len(group.refs) == 1 else 'claims'} "
        + ", ".join(_ref(ref, links) for ref in group.refs)
        for group in story_view.grouped(errand)
    )
    more = f"; and {errand.more_claims} more" if errand.more_claims else ""
    settles = escaped(stop(errand.settles))
    return f"{escaped(errand.text)}{model} *Settles* {settles} For {'; '.join(groups)}{more}."


def _ref(ref: ClaimRef, links: Mapping[str, str]) -> str:
    return _linked(str(ref.number), ref.place, ref.brief, links)


def _linked(words: str, place: Place, brief: str, links: Mapping[str, str]) -> str:
    address = links.get(place.slug)
    return f"[{words}]({quote(address, safe='/')}#{brief})" if address else words


def _done(done: Sequence[Done], links: Mapping[str, str]) -> Iterator[str]:
    if not done:
        return
    yield "## Done"
    yield ""
    for each in done:
        by = f" ({escaped(each.by)})" if each.by else ""
        answer = f"**{escaped(stop(each.answer))}**" if each.answer else "Ticked off."
        asked = f" *Asked:* {escaped(stop(each.ask))}" if each.ask else ""
        claim = "of a claim that is no longer in it"
        if each.number is not None:
            claim = f"claim {_linked(str(each.number), each.place, each.brief, links)}"
        where = f"For {escaped(story_view.article_name(each.place))}: {claim}"
        yield f"- [x] {escaped(each.text)}{asked} {answer}{by} {where}."
    yield ""
