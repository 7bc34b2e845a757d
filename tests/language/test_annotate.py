"""Annotating documents our way gives exactly what spaCy's own pipe gives."""

import pytest
from spacy.tokens import Doc

from briefs.language.annotate import annotate
from briefs.language.parse import parsing, pipeline
from briefs.steps.ingest import Origin, ingest
from briefs.steps.segment import segment

TEXTS = (
    "There is nothing left in Tarnbridge, said Mayor Ilse Brandt, 54, who ain't gonna resign on 3 May.",
    "Y'all oughta know: the Orla Courier paid $4.5 million (up 12%) to Halmen AG last year; it's theirs.",
    "“I cannot,” she told them. He'd have done so. Don't! The nurses who'd left were getting nothin' back.",
    " \n",
    "Мэр Иванова 👩‍👩‍👧 said\u00ad so … e\u0301tude",
    "Yes",
)


def _annotations(document: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.dep_, t.head.i, t.lemma_, t.ent_iob_, t.ent_type_)
        for t in document
    ]


@pytest.mark.parametrize("repeated", [1, 30])
def test_annotations_are_those_of_spacy(repeated: int) -> None:
    """A quicker way through the components changes no annotation, in one batch or several."""
    texts = TEXTS * repeated
    ours = [pipeline().make_doc(text) for text in texts]
    annotate(pipeline(), ours)
    theirs = pipeline().pipe([pipeline().make_doc(text) for text in texts])
    assert [_annotations(each) for each in ours] == [_annotations(each) for each in theirs]


def test_rules_for_words_seen_before_are_those_found_at_first() -> None:
    """What is kept of a rule's match holds for the same word in another sentence."""
    found = []
    for _ in range(2):
        document = pipeline().make_doc(TEXTS[0])
        annotate(pipeline(), [document])
        found.append(_annotations(document))
    assert found[0] == found[1]


def test_words_are_forgotten_with_their_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory stays flat over many articles: unseen words do not stay in spaCy's store."""
    monkeypatch.setattr("briefs.language.parse._full", lambda: 0)
    before = len(pipeline().vocab.strings)
    text = "Zorblatt Quimperly told Vexomund's 4,417 wharfingers."
    segmentation = segment(ingest(text.encode(), Origin(id="a", path="a.txt")))
    with parsing(text, segmentation) as parsed:
        assert [token.text for token in parsed.sentences[0].tokens][:2] == ["Zorblatt", "Quimperly"]
        assert "Zorblatt" in pipeline().vocab.strings
    assert "Zorblatt" not in pipeline().vocab.strings
    assert len(pipeline().vocab.strings) == before
