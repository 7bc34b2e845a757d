"""Lines as a weak model writes them for the sample articles of corpus/: invented, one table a kind of badness."""

from lines_strong import Line

ANSWERED = (
    Line("tarnbridge", "voted by 11 votes to six", "How many votes were there for the repair, and when did the council vote?", "the council"),
    Line("tarnbridge", "will cost 8.4 million crowns", "What is the cost of the work, and who will pay for it?", "the council"),
    Line("tarnbridge", "a crack 40 centimetres long", "How long was the crack in the pier, and who found it?", "Ulrika Sandoval"),
    Line("tarnbridge", "Mill Bridge was built in 1911", "When was Mill Bridge built?", "the council"),
    Line("tarnbridge", "Mill Bridge was built in 1911", "When was Mill Bridge last repaired, and how many vehicles does it carry?", "the council"),
    Line("byte", "in a letter of 3 February", "When did Lantern Systems warn the office?", "Lantern Systems"),
    Line("byte", "Refunds worth 418,000 crowns", "How much money left the office, and where did the people move?", "the clerk"),
    Line("byte", "had answered 1.9 million questions", "When was the assistant switched on, and how many questions had it answered?", "the office"),
    Line("care-today", "had brought 5,200 nurses back", "When was the programme launched, and how many nurses came back?", "the board"),
    Line("port-sable", "six of the injured were in a critical condition", "How many of the injured were in a critical condition?", "the hospital"),
    Line("quayside", "The log, signed by the shift manager", "When were the fans stopped, and why were they stopped?", "the shift manager"),
    Line("statehouse", "passed in first reading a bill", "When did the Diet pass the bill in first reading, and how many voted for it?", "the Diet"),
    Line("statehouse", "rose from 1,150 in the first quarter", "When was the heating grant cut, and how many cases were there?", "the rent tribunal"),
)  # fmt: skip
"""Who, when, how many, where: the article says it."""

SAID = (
    Line("tarnbridge", "Buses will go round by Ferry Lane", "What did Orla Lines say about Ferry Lane?", "Orla Lines"),
    Line("tarnbridge", "We are spending the whole", "What did Petra Lindqvist-Moreau say in the debate, and why did she say it?", "Petra Lindqvist-Moreau"),
    Line("port-sable", "started by an overheated conveyor bearing", "What statement did Andrej Kovalik make about the conveyor bearing?", "Andrej Kovalik"),
    Line("port-sable", "ships would be diverted to Kell Harbour", "Who said that ships would be diverted, and what did he say about Kell Harbour?", "Bohdan Reyes-Lund"),
    Line("quayside", "five people had now died", "Who reported that five people had died, and what did she report?", "the hospital"),
    Line("quayside", "three possible starting points", "What has the chief fire officer said about the bearing, and when did he say it?", "the fire service"),
    Line("statehouse", "the arrears were due to the end of the heating grant", "What does J. R. Halloway say about the arrears, and what does he teach?", "J. R. Halloway"),
    Line("halmen-gazette", "disclosed how many beds stand closed", "What did Gregor Tal disclose about the beds, and who did he tell?", "Gregor Tal"),
)  # fmt: skip
"""What somebody said, where the article reports it."""

INTERROGATIVE = (
    Line("tarnbridge", "voted by 11 votes to six", "Which bridge has been closed to lorries, and what was the vote?", "the council"),
    Line("tarnbridge", "a crack 40 centimetres long", "Who told councillors of the crack, and where was it?", "Ulrika Sandoval"),
    Line("byte", "after a single forged invoice", "What made the assistant change the bank details of taxpayers?", "the office"),
    Line("byte", "has written to all 62 taxpayers", "Who has written to the taxpayers, and what were they owed?", "the office"),
    Line("care-today", "vacancy rate for the first time", "What did the director reveal for the first time?", "the board"),
    Line("care-today", "The 1,120 amount to 3.1%", "Whose payroll had 36,000 nurses at the end of September?", "the board"),
    Line("port-sable", "dust extraction system had been shut down", "Which system had been shut down for repairs, and who was not authorised to talk?", "the port official"),
    Line("port-sable", "The labour inspectorate last visited", "Who visited the terminal in November, and what defects were there?", "the inspectorate"),
    Line("quayside", "loading had gone on for two nights", "Why had loading gone on for two nights, and how was the order given?", "Claes Ambrose"),
    Line("statehouse", "allegedly drafted the bill together", "Who drafted the bill, and where are the offices?", "the deputy"),
    Line("statehouse", "Clause four forbids evictions", "What does clause four forbid, and who has to follow it?", "the Diet"),
)  # fmt: skip
"""The claim turned into a question."""

BARE = (
    Line("tarnbridge", "Work starts on 2 September", "What does the contract give the builder, and who gave it?", "the builder"),
    Line("byte", "in a letter of 3 February", "Who uploaded the papers, and when did they upload them?", "Lantern Systems"),
    Line("byte", "a former contractor was being questioned", "Who was the contractor, and what did he do?", "the prosecutor's office"),
    Line("halmen-gazette", "health committee has met four times", "Where did the committee meet, and who ordered it?", "the committee"),
    Line("halmen-gazette", "counted over 24,000 resignation notices", "When and where did the federation count this, and is there a recording?", "the federation"),
    Line("port-sable", "The fire broke out shortly before 3 a.m.", "When and where did the fire start, and is there a recording?", "the fire service"),
    Line("quayside", "had been suspended on full pay", "What was the pay of the manager, and who suspended him?", "the manager"),
    Line("quayside", "14 other terminals in Varnia", "Who holds the permits, and how do they hold them?", "the inspectorate"),
)  # fmt: skip
"""A half that only repeats the other, or what the prompt's example ends with."""

NO_DOCUMENT = (
    Line("tarnbridge", "voted by 11 votes to six", "the list of councillors who voted to repair the bridge", "the council", "it would show who voted"),
    Line("tarnbridge", "a crack 40 centimetres long", "the crack in the second pier", "the council", "it would show the crack"),
    Line("byte", "Refunds worth 418,000 crowns", "the list of people who moved to the same flat", "the clerk", "it would show who moved"),
    Line("byte", "has written to all 62 taxpayers", "the statement about the taxpayers", "the office", "it would show what the office said"),
    Line("care-today", "a return bonus of 9,000 crowns", "the return bonus after six months", "the board", "it would show the return bonus"),
    Line("care-today", "The 1,120 amount to 3.1%", "the data", "the board", "it would show the 36,000 nurses on the payroll"),
    Line("port-sable", "The company did not immediately respond", "the list of questions about the extraction system", "the company", "it would show the questions"),
    Line("quayside", "five people had now died", "the report count of injuries", "the hospital", "it would show the count"),
)  # fmt: skip
"""Evidence that is no document, or that nobody has."""

NOTHING_TO_CHECK = (
    Line("care-today", "A notice is a piece of paper", "What is the definition of a nurse, and which rule says so?", "the board"),
    Line("byte", "declined to comment", "Which records did the prosecutor’s office decline to comment on, and who keeps them?", "the prosecutor's office"),
    Line("port-sable", "The company did not immediately respond", "Which register shows the questions about the extraction system?", "the company"),
    Line("statehouse", "did not answer two messages", "Which log of messages did the landlords’ association keep?", "the landlords' association"),
)  # fmt: skip
"""Records asked for where somebody only refused to speak, or spoke in a figure of speech."""

WEAK = {
    "answered in the article": ANSWERED,
    "what was said": SAID,
    "the claim as a question": INTERROGATIVE,
    "a bare half": BARE,
    "no document": NO_DOCUMENT,
    "nothing to check": NOTHING_TO_CHECK,
}
