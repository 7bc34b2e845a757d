"""Lines as a strong model writes them for the sample articles of corpus/: invented, specific, single or double.

Each line names the article by the start of its file's name, the claim by words of its sentence, and whom to ask.
"""

from typing import NamedTuple


class Line(NamedTuple):
    """A question, or missing evidence where it does not end with a question mark, about a claim."""

    article: str
    claim: str
    text: str
    ask: str
    reason: str = "whether the figure can be looked up"


STRONG = (
    Line("tarnbridge", "voted by 11 votes to six", "Do the minutes list the 11 votes by name, and was anybody absent or abstaining?", "the council clerk"),
    Line("tarnbridge", "will cost 8.4 million crowns", "Does the 8.4 million include the second inspection by divers and the diversion of buses?", "Ulrika Sandoval"),
    Line("tarnbridge", "will cost 8.4 million crowns", "Is the region’s 5.6 million a signed commitment or an application that is still open?", "the region's finance office"),
    Line("tarnbridge", "The contract goes to Strand", "What did the two bids amount to, and which criteria beside price were scored?", "the council's procurement office"),
    Line("tarnbridge", "The contract goes to Strand", "the scored bids of both bidders", "the council's procurement office", "it would show whether the lower bid was also the better one"),
    Line("tarnbridge", "a crack 40 centimetres long", "Who measured the crack of 40 centimetres, and is there a photograph with a scale?", "the diving firm"),
    Line("tarnbridge", "a crack 40 centimetres long", "the divers' inspection report of 8 January", "Ulrika Sandoval", "it would show how the crack was measured"),
    Line("tarnbridge", "The crack had not grown", "On which date did the divers return in April, and did they measure with the same method?", "Ulrika Sandoval"),
    Line("tarnbridge", "We are spending the whole", "Which budget line does Petra Lindqvist-Moreau mean by next year's road money?", "Petra Lindqvist-Moreau"),
    Line("tarnbridge", "carries about 6,200 vehicles a day", "Over how many days did the town count the 6,200 vehicles, and do they include buses and bicycles?", "the town's traffic office"),
    Line("tarnbridge", "carries about 6,200 vehicles a day", "the traffic count of May 2023 with its method", "the town's traffic office", "it would show which days and which vehicles were counted"),
    Line("tarnbridge", "Buses will go round by Ferry Lane", "Was the delay of nine minutes measured on a test run or taken from a timetable?", "Orla Lines"),
    Line("byte", "after a single forged invoice", "How does the office know that a single invoice, rather than several, changed the details of 62 taxpayers?", "the author of the incident report"),
    Line("byte", "Refunds worth 418,000 crowns", "Which bank records show the 418,000 crowns leaving, and who reconciled them?", "the Revenue Office's treasury"),
    Line("byte", "All but 36,000 crowns", "Has the money been returned to the office’s account, or only frozen at the bank?", "the Revenue Office's treasury"),
    Line("byte", "in a letter of 3 February", "To whom at the office was the letter of 3 February addressed, and who acknowledged it?", "Lantern Systems"),
    Line("byte", "in a letter of 3 February", "the office's reply to the letter of 3 February", "Rui Sørbø", "it would show who knew of the warning"),
    Line("byte", "had answered 1.9 million questions", "Does the figure of 1.9 million count questions or sessions, and from whose log does it come?", "Lantern Systems"),
    Line("byte", "It is the first time that a public body", "Who keeps a register of such attacks on public bodies in Varnia, and does it cover towns?", "the national computer security office"),
    Line("byte", "a former contractor was being questioned", "How do the two people know of the questioning: were they present, or were they told?", "the author"),
    Line("byte", "has written to all 62 taxpayers", "Do any of the 62 taxpayers dispute that they were paid what they were owed?", "the tax ombudsman"),
    Line("care-today", "1,120 nurses left its public hospitals", "Does a nurse who left earlier and came back in October count among the 640?", "the Orla Regional Health Board"),
    Line("care-today", "The 1,120 amount to 3.1%", "Are the 36,000 on the payroll people or full-time posts?", "the Orla Regional Health Board"),
    Line("care-today", "10,900 nurses left for good", "How long must a nurse be away before the board’s tables record her as having left for good?", "Iryna Bondárová"),
    Line("care-today", "10,900 nurses left for good", "the monthly tables for January to October", "the Orla Regional Health Board", "they would show whether the months add up to 10,900"),
    Line("care-today", "had brought 5,200 nurses back", "How many of the 5,200 would have returned without the programme, and is there a comparison group?", "the Orla Regional Health Board"),
    Line("care-today", "had brought 5,200 nurses back", "Are nurses who came back twice counted once among the 5,200?", "the programme's manager"),
    Line("care-today", "vacancy rate for the first time", "What is the vacancy rate in figures, and are frozen posts left out of it?", "Iryna Bondárová"),
    Line("care-today", "lowest since March", "Is the March figure of 1,060 net of returns like October's?", "the Orla Regional Health Board"),
    Line("halmen-gazette", "2,310 nurses quit, a record", "Did Pavel Štěpánek count the 2,310 himself, or take them from the federation?", "Pavel Štěpánek"),
    Line("halmen-gazette", "2,310 nurses quit, a record", "Which earlier month held the record, and how far back does the series go?", "The Orla Courier"),
    Line("halmen-gazette", "More than 19,500 have gone", "Whose count is the 19,500, and does it leave out those who came back?", "the author"),
    Line("halmen-gazette", "The October figure was confirmed", "How do 1,500 to 1,800 a month square with 2,310 in October?", "Danuta Rósza"),
    Line("halmen-gazette", "The October figure was confirmed", "the Pension and Insurance Office's table of nurses who left, by month", "the Pension and Insurance Office", "it would show which months the range of 1,500 to 1,800 covers"),
    Line("halmen-gazette", "counted over 24,000 resignation notices", "Can one nurse lodge more than one of the 24,000 notices, and are withdrawn ones struck off?", "the Federation of Ward Nurses"),
    Line("halmen-gazette", "disclosed how many beds stand closed", "Where and to whom did Gregor Tal disclose the number of beds, and who reported it?", "the author"),
    Line("halmen-gazette", "health committee has met four times", "Do the committee’s agendas since the summer show any director invited who did not come?", "the committee's clerk"),
    Line("port-sable", "At least four people were killed", "When was the count of 17 injured taken, and which hospitals does it cover?", "the fire service"),
    Line("port-sable", "shut down for repairs for nine days", "What does the maintenance log say about the dust extraction system, and did the official see it himself?", "the port official, through the author", "how the unnamed official knows of the nine days"),
    Line("port-sable", "shut down for repairs for nine days", "the maintenance log of the dust extraction system", "Halvard Grain", "it would show on which days the system was off"),
    Line("port-sable", "about 1.2 million tonnes of wheat", "Which year do the 1.2 million tonnes refer to, and is a third of exports meant by weight or by value?", "the Ministry of Trade"),
    Line("port-sable", "last visited the terminal in November", "Did the inspectorate’s November visit cover the No. 2 elevator and its extraction system?", "the labour inspectorate"),
    Line("port-sable", "deadliest industrial accident in the city", "Which register of industrial accidents does the comparison with 1998 rest on, and does it include ships?", "the labour inspectorate"),
    Line("quayside", "switched off for five days before", "Does the log distinguish between the fans being stopped and the whole extraction system being off?", "Claes Ambrose"),
    Line("quayside", "loading had gone on for two nights", "Who gave the order to stop by telephone, and do the phone records show the time of the call?", "Claes Ambrose"),
    Line("quayside", "loading had gone on for two nights", "the loading records for the two nights", "Halvard Grain", "they would show when grain was moved while the fans were off"),
    Line("quayside", "five people had now died", "Are the two who came in after the first count included in the 19 treated?", "Marit Øyelund"),
    Line("quayside", "14 other terminals in Varnia", "Which of the 14 terminals have answered Solveig Pérez’s letter, and what do their logs show?", "the labour inspectorate"),
    Line("statehouse", "six per cent were at least two months behind", "Is the six per cent from a survey or from landlords’ accounts, and how many households were asked?", "the Institute for Housing Figures"),
    Line("statehouse", "allegedly drafted the bill together", "Who alleges that the bill was drafted with the landlords' association, and which drafts have they seen?", "the author"),
    Line("statehouse", "allegedly drafted the bill together", "the drafts of the bill with their dates and editors", "Benedikt Årland", "they would show whose words came in when"),
    Line("statehouse", "rose from 1,150 in the first quarter", "How did the tribunal's cases move in the same quarters of earlier years?", "the tribunal's registrar"),
)  # fmt: skip
