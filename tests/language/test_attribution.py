"""Who says what: sources, cues, contents, and the chain behind them."""

from typing import NamedTuple

import pytest
from attributed_text import found_in

from briefs.domain.scan import Attribution, SourceKind, Speech
from briefs.domain.spans import How


class Row(NamedTuple):
    """A text and one attribution that must be found in it."""

    text: str
    content: str
    """Pieces joined by " | "."""
    source: str | None = None
    """Its best name."""
    kind: SourceKind = SourceKind.NAMED
    cue: str | None = "said"
    speech: Speech = Speech.INDIRECT
    how: How = How.STATED
    via: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()


ANON, ORG, MEDIA = SourceKind.ANONYMOUS, SourceKind.ORGANISATION, SourceKind.MEDIA
DOC, NONE = SourceKind.DOCUMENT, SourceKind.UNATTRIBUTED
DIRECT, MIXED = Speech.DIRECT, Speech.MIXED

ROWS = [
    Row("Ines Varga said the bridge would open in spring.", "the bridge would open in spring", "Ines Varga"),
    Row("Ines Varga says that the bridge is safe.", "that the bridge is safe", "Ines Varga", cue="says"),
    Row(
        "The mayor of Larkholt, Ines Varga, said the bridge would open.", "the bridge would open", "Ines Varga"
    ),
    Row("The bridge is safe, said Ines Varga.", "The bridge is safe", "Ines Varga"),
    Row("The works, Ines Varga said, will cost more.", "The works | will cost more", "Ines Varga"),
    Row("“The bridge is safe,” said Ines Varga.", "“The bridge is safe,”", "Ines Varga", speech=DIRECT),
    Row("‘The bridge is safe,’ said Ines Varga.", "‘The bridge is safe,’", "Ines Varga", speech=DIRECT),
    Row('"The bridge is safe," Ines Varga said.', '"The bridge is safe,"', "Ines Varga", speech=DIRECT),
    Row("''The bridge is safe,'' Ines Varga said.", "''The bridge is safe,''", "Ines Varga", speech=DIRECT),
    Row(
        "“The bridge is safe,” Ines Varga said. “We checked every bolt.”",
        "“The bridge is safe,” | “We checked every bolt.”",
        "Ines Varga",
        speech=DIRECT,
    ),
    Row(
        "“The bridge,” Ines Varga said, “is safe for now.”",
        "“The bridge,” | “is safe for now.”",
        "Ines Varga",
        speech=DIRECT,
    ),
    Row("Ines Varga said: “Nobody checked.”", "“Nobody checked.”", "Ines Varga", speech=DIRECT),
    Row("“Why did nobody check?” asked Ines Varga.", "“Why did nobody check?”", "Ines Varga", cue="asked", speech=DIRECT),
    Row(
        "Ines Varga said the bridge was “a danger to all”.",
        "the bridge was “a danger to all”",
        "Ines Varga",
        speech=MIXED,
    ),
    Row(
        "The crossing would “cost too much to keep,” Ines Varga said.",
        "The crossing would “cost too much to keep,”",
        "Ines Varga",
        speech=MIXED,
    ),
    Row("According to Tomas Brell, the harbour lost 40 jobs.", "the harbour lost 40 jobs", "Tomas Brell", cue="According to"),
    Row("The harbour lost 40 jobs, according to Tomas Brell.", "The harbour lost 40 jobs", "Tomas Brell", cue="according to"),
    Row(
        "The losses, according to Tomas Brell, began in March.",
        "The losses | began in March",
        "Tomas Brell",
        cue="according to",
    ),
    Row("The harbour lost 40 jobs, per Corvo News.", "The harbour lost 40 jobs", "Corvo News", MEDIA, "per"),
    Row(
        "A harbour official told Corvo News that the crane had been unsafe.",
        "that the crane had been unsafe",
        "a harbour official",
        ANON,
        "told",
        via=("Corvo News",),
    ),
    Row(
        "“The crane was old,” a harbour worker told Corvo News.",
        "“The crane was old,”",
        "a harbour worker",
        ANON,
        "told",
        DIRECT,
        via=("Corvo News",),
    ),
    Row(
        "In an interview with Corvo News, Tomas Brell said that the yard would close.",
        "that the yard would close",
        "Tomas Brell",
        via=("Corvo News",),
    ),
    Row(
        "Tomas Brell was quoted by Corvo News as saying that the yard would close.",
        "that the yard would close",
        "Tomas Brell",
        cue="saying",
        via=("Corvo News",),
    ),
    Row(
        "The yard lost orders, according to a report by Corvo News citing unnamed sources in the harbour office.",
        "The yard lost orders",
        "unnamed sources in the harbour office",
        ANON,
        "according to",
        via=("Corvo News",),
    ),
    Row(
        "According to a June report by Corvo News's correspondent Dana Oak, the yard lost orders.",
        "the yard lost orders",
        "Dana Oak",
        cue="According to",
        via=("Corvo News",),
    ),
    Row(
        "Jane Roe, who cited figures from the Statistics Bureau, said exports fell.",
        "exports fell",
        "Jane Roe",
        basis=("figures from the Statistics Bureau",),
    ),
    Row(
        "Jane Roe, citing data from the Statistics Bureau, said exports fell.",
        "exports fell",
        "Jane Roe",
        basis=("data from the Statistics Bureau",),
    ),
    Row(
        "Corvo News journalists, quoting harbour police sources, revealed that a boat was missing.",
        "that a boat was missing",
        "harbour police sources",
        ANON,
        "revealed",
        via=("Corvo News",),
    ),
    Row("The driver allegedly left the scene.", "The driver | left the scene", None, ANON, "allegedly"),
    Row("Ines Varga has reportedly revealed the losses of the yard.", "the losses of the yard", "Ines Varga", cue="revealed"),
    Row("The yard would close, Tomas Brell reportedly said.", "The yard would close", "Tomas Brell"),
    Row("The firm allegedly told its crews to hide the log.", "The firm | told its crews to hide the log", None, ANON, "allegedly"),
    Row("The move reportedly suggested that the bridge had closed.", "The move | suggested that the bridge had closed", None, ANON, "reportedly"),
    Row("The firm is reportedly selling the yard.", "The firm is | selling the yard", None, ANON, "reportedly"),
    Row("The crane was reportedly unsafe.", "The crane was | unsafe", None, ANON, "reportedly"),
    Row("The plan was described by some as a gamble.", "The plan | as a gamble", "some", ANON, "described"),
    Row("It is believed that the ship sank in March.", "that the ship sank in March", None, NONE, "believed"),
    Row("The ship is said to have sunk in March.", "The ship | to have sunk in March", None, ANON, "said"),
    Row("There were rumours that the crane had been sold.", "that the crane had been sold", None, NONE, "rumours"),
    Row(
        "Warnings from engineers that the crane was failing went unheard.",
        "that the crane was failing",
        "engineers",
        ANON,
        "Warnings",
    ),
    Row("Ines Varga made no secret of her belief that the yard would close.", "that the yard would close", "Ines Varga", cue="belief", how=How.RESOLVED),
    Row("The minister denied the charge.", "the charge", "the minister", ANON, "denied"),
    Row("The ministry refused to publish the file.", "to publish the file", "the ministry", ORG, "refused"),
    Row("The firm plans to close the yard.", "to close the yard", "the firm", ORG, "plans"),
    Row("Farmers believe that the dam will fail.", "that the dam will fail", "farmers", ANON, "believe"),
    Row("Tomas Brell called the plan a disgrace.", "the plan a disgrace", "Tomas Brell", cue="called"),
    Row("Tomas Brell described the plan as a disgrace.", "the plan as a disgrace", "Tomas Brell", cue="described"),
    Row("The union called for a new vote.", "a new vote", "the union", ORG, "called"),
    Row("The union urged members to stay away.", "members to stay away", "the union", ORG, "urged"),
    Row("Police said two men were held.", "two men were held", "Police", ORG),
    Row("Officials from the finance ministry said taxes would rise.", "taxes would rise", "officials from the finance ministry", ANON),
    Row(
        "“We held the line,” said a spokesperson for the Larkholt Ministry of Works.",
        "“We held the line,”",
        "a spokesperson for the Larkholt Ministry of Works",
        ORG,
        speech=DIRECT,
    ),
    Row("A ministry spokeswoman, Dana Oak, said taxes would rise.", "taxes would rise", "Dana Oak"),
    Row("Local media reported that the yard had closed.", "that the yard had closed", "local media", MEDIA, "reported"),
    Row("The inquiry's report found that the crane had failed.", "that the crane had failed", "the inquiry's report", DOC, "found"),
    Row("The poll shows that most residents like the bridge.", "that most residents like the bridge", "the poll", DOC, "shows"),
    Row("The yard is finished, Tomas Brell insisted, adding that nobody would buy it.", "that nobody would buy it", "Tomas Brell", cue="adding"),
    Row("As Tomas Brell put it, the yard is finished.", "the yard is finished", "Tomas Brell", cue="put"),
    Row("Asked about the strike, Tomas Brell said he was sorry.", "he was sorry", "Tomas Brell"),
    Row("Ines Varga met the crew. She said that nobody had asked her.", "that nobody had asked her", "Ines Varga", how=How.RESOLVED),
    Row("Ines Varga met the crew. “We will wait,” she said.", "“We will wait,”", "Ines Varga", speech=DIRECT, how=How.RESOLVED),
    Row(
        "Tomas Brell, who runs the yard, met the crew. The mayor stayed away. He believes that the yard will close.",
        "that the yard will close",
        "Tomas Brell",
        cue="believes",
        how=How.RESOLVED,
    ),
    Row(
        "The yard lost orders, Corvo News wrote. The newspaper claimed that ships had left.",
        "that ships had left",
        "Corvo News",
        MEDIA,
        "claimed",
        how=How.RESOLVED,
    ),
    Row(
        "A retired pilot said the boat was lost. The pilot warned that more would follow.",
        "that more would follow",
        "a retired pilot",
        ANON,
        "warned",
        how=How.RESOLVED,
    ),
    Row("Officials say the dam is sound, but they fear that it will fail.", "that it will fail", "officials", ANON, "fear", how=How.RESOLVED),
    Row(
        "“The dam is sound,” Ines Varga said.\n\n“It was checked twice in the last year.”",
        "“It was checked twice in the last year.”",
        "Ines Varga",
        cue=None,
        speech=DIRECT,
        how=How.CARRIED,
    ),
    Row(
        "“The dam is sound,” Ines Varga said. “It was checked twice.\n\n“It will be checked again.”",
        "“The dam is sound,” | “It was checked twice. | “It will be checked again.”",
        "Ines Varga",
        speech=DIRECT,
    ),
    Row(
        "Ines Varga: Bridge will open in spring\n\nThe mayor, Ines Varga, met the crew.",
        "Bridge will open in spring",
        "Ines Varga",
        cue=":",
    ),
    Row(
        "A boat was missing, Corvo Wire reported, quoting harbour police sources.",
        "A boat was missing",
        "harbour police sources",
        ANON,
        "reported",
        via=("Corvo Wire",),
    ),
    Row(
        "“The fuel was bad,” the engineer Dana Oak said in an interview with Radio Larkholt, a small station.",
        "“The fuel was bad,”",
        "Dana Oak",
        speech=DIRECT,
        via=("Radio Larkholt",),
    ),
    Row(
        "Tomas Brell put the loss at 40 boats a year, citing a table from the Harbour Office.",
        "the loss at 40 boats a year",
        "Tomas Brell",
        cue="put",
        basis=("a table from the Harbour Office",),
    ),
    Row(
        "The pier was sound, according to a copy of the survey seen by Corvo Wire.",
        "The pier was sound",
        "a copy of the survey",
        DOC,
        "according to",
        via=("Corvo Wire",),
    ),
    Row(
        "The yard lost 40 jobs, Dana Oak, harbour correspondent of Corvo News, wrote in a report on Monday.",
        "The yard lost 40 jobs",
        "Dana Oak",
        cue="wrote",
        via=("Corvo News",),
    ),
    Row(
        "The plan was backed by Dana Oak, president of the Union of Pilots, who said that it would save lives.",
        "that it would save lives",
        "Dana Oak",
        how=How.RESOLVED,
    ),
    Row(
        "The maker of the crane, Corvo Systems, warned the harbour in a letter of 3 May that the brake was worn.",
        "that the brake was worn",
        "Corvo Systems",
        ORG,
        "warned",
        basis=("a letter of 3 May",),
    ),
    Row("Larkholt Railways says the line lost money.", "the line lost money", "Larkholt Railways", ORG, "says"),
    Row("The line will close, the bus company Orla Lines said.", "The line will close", "Orla Lines", ORG),
    Row("Engineer Ines Varga told councillors that the pier had moved.", "that the pier had moved", "Ines Varga", cue="told"),
    Row("Kasimir Vaal came. Vaal, whose boat was sold, said he would not return.", "he would not return", "Kasimir Vaal"),
    Row("The harbour board has denied hiding the survey.", "hiding the survey", "the harbour board", ORG, "denied"),
    Row("The register lists two names.", "two names", "the register", DOC, "lists"),
    Row("Her report sets out two other courses.", "two other courses", "her report", DOC, "sets out"),
    Row("The council has framed the sale as a rescue.", "the sale as a rescue", "the council", ORG, "framed"),
    Row("Dana Oak blames the delay on a hiring freeze.", "the delay on a hiring freeze", "Dana Oak", cue="blames"),
    Row("The pier will close, chief engineer Dana Oak said.", "The pier will close", "Dana Oak"),
    Row(
        "The Ministry of Works denied it. “No pier has moved,” a ministry spokesman said.",
        "“No pier has moved,”",
        "a ministry spokesman",
        ORG,
        speech=DIRECT,
    ),
    Row(
        "“The water is cold,” said a ferry pilot at Larkholt. “By nine you cannot feel it,” she said.",
        "“By nine you cannot feel it,”",
        "a ferry pilot at Larkholt",
        ANON,
        speech=DIRECT,
        how=How.RESOLVED,
    ),
    Row(
        "The crews are short, according to a report by Corvo Wire citing unnamed sources in the port.\n\n"
        "The agency claimed that the harbour police have recorded 40 cases.",
        "that the harbour police have recorded 40 cases",
        "Corvo Wire",
        MEDIA,
        "claimed",
        how=How.RESOLVED,
        basis=("unnamed sources in the port", "the harbour police"),
    ),
    Row(
        "‘We are not for sale’: board defends its plan\n\nThe Larkholt Harbour Board met.",
        "‘We are not for sale’",
        "board",
        ORG,
        ":",
        DIRECT,
    ),
    Row(
        "LARKHOLT, Norland (Corvo Wire) — The pier burnt down, the fire service said.",
        "The pier burnt down",
        "the fire service",
        ORG,
        via=("Corvo Wire",),
    ),
    Row("Mist lay on the water, Ines Varga said.", "Mist lay on the water", "Ines Varga"),
    Row("For many, the strikes are seen as a warning.", "the strikes | as a warning", "many", ANON, "seen"),
    Row("“We lost it all,” Ines Varga said, adding, “Nobody came.”", "“Nobody came.”", "Ines Varga", cue="adding", speech=DIRECT),
    Row("“The book sold well,” said Tomas Brell, author of “Bitter Water,” a novel.", "“The book sold well,”", "Tomas Brell", speech=DIRECT),
    Row("The boat will leave, Tomas Brell said, because the pier is unsafe.", "The boat will leave | because the pier is unsafe", "Tomas Brell"),
    Row("News was slow: Ines Varga said the pier had burnt.", "the pier had burnt", "Ines Varga"),
    Row("The minister attacked the plan as a gift to thieves.", "the plan as a gift to thieves", "the minister", ANON, "attacked"),
    Row("Tomas Brell is confident that the pier will hold.", "that the pier will hold", "Tomas Brell", cue="confident"),
    Row("Mill Pier was built in 1911 and carries 6,200 carts a day, by the town's own count of May 2023.", "carries 6,200 carts a day", "the town's own count of May 2023", DOC, "by"),
    Row("The pier carries 6,200 carts a day by the town's count.", "The pier carries 6,200 carts a day", "the town's count", DOC, "by"),
    Row("By one estimate, the flood cost 40 million crowns.", "the flood cost 40 million crowns", "one estimate", DOC, "By"),
    Row("The flood, which by one estimate cost 40 million crowns, is over.", "cost 40 million crowns", "one estimate", DOC, "by"),
    Row("The dam (by police estimates) holds 40 million litres.", "The dam | holds 40 million litres", "police estimates", DOC, "by"),
    Row("Half of the boats, by the board's count of 3 May, leak.", "Half of the boats | leak", "the board's count of 3 May", DOC, "by"),
    Row("The Larkholt Courier counted 40 boats, but by the board's own count there were 52.", "there were 52", "the board's own count", DOC, "by"),
    Row("On the union's reckoning, the yard lost 300 jobs.", "the yard lost 300 jobs", "the union", ORG, "On"),
    Row("By its own count, the Harbour Board has sold 40 boats.", "the Harbour Board has sold 40 boats", "Harbour Board", ORG, "By"),
    Row("Ines Varga met the crew twice, by her own account.", "Ines Varga met the crew twice", "Ines Varga", cue="by"),
    Row("By the reckoning of Ines Varga, who ran the yard, it lost 40 crowns a day.", "it lost 40 crowns a day", "Ines Varga", cue="By"),
    Row("The dam will fail, in the view of the engineers.", "The dam will fail", "the engineers", ANON, "in"),
    Row("By some accounts, 40 boats were sold.", "40 boats were sold", None, ANON, "accounts"),
    Row("The board sold 40 boats; by its own figures it had sold 52.", "it had sold 52", "the board", ORG, "by", how=How.RESOLVED),
    Row("Some 40 boats were sold, by the board's own estimate, according to the Larkholt Courier.", "Some 40 boats were sold", "the board's own estimate", DOC, "by"),
    Row("Farmers say the dam is safe, officials say it is not.", "it is not", "officials", ANON, "say"),
    Row("Half the town left, with estimates ranging from 4,000 to 6,000 families.", "from 4,000 to 6,000 families", "estimates", DOC, "ranging"),
    Row("Half the boats are gone, with some estimates as high as 40 dead.", "as high as 40 dead", "some estimates", DOC, "estimates"),
    Row("The board's estimates of the cost range from 10 to 20 million crowns, the mayor's from 2 to 4.", "from 10 to 20 million crowns", "the board's estimates of the cost", DOC, "range"),
    Row("While some harbour engineers support the plan, others warn that it will fail.", "that it will fail", "other harbour engineers", ANON, "warn", how=How.RESOLVED),
    Row("Some studies found a link. Others suggest that there is none.", "that there is none", "other studies", DOC, "suggest", how=How.RESOLVED),
    Row("Some boats sank. Others say the weather is to blame.", "the weather is to blame", "others", ANON, "say"),
    Row("Several nurses praised the ward. The board was pleased. Others said the roof leaked.", "the roof leaked", "others", ANON),
    Row("Ines Varga raised doubts about the new pier.", "the new pier", "Ines Varga", cue="doubts"),
]  # fmt: skip


def _content(attribution: Attribution, text: str) -> str:
    return " | ".join(piece.of(text) for piece in attribution.content)


@pytest.mark.parametrize("row", ROWS, ids=[row.text[:60] for row in ROWS])
def test_attribution_is_found(row: Row) -> None:
    """Each way in which news attributes words gives source, cue, content and chain."""
    found = found_in(row.text)
    same = [each for each in found if _content(each, row.text) == row.content]
    assert same, [_content(each, row.text) for each in found]
    got = same[0]
    assert (got.source.name if got.source else None) == row.source
    assert (got.cue.of(row.text) if got.cue else None) == row.cue
    assert got.kind is row.kind
    assert got.speech is row.speech
    assert got.how is (row.how if row.source else None)
    for mentions, names in ((got.via, row.via), (got.basis, row.basis)):
        assert len(mentions) == len(names)
        assert all(name in mention.name for mention, name in zip(mentions, names, strict=True))
