"""Whether a sentence ends at a given full stop, question mark, exclamation mark or ellipsis."""

import re
import unicodedata
from functools import cache, cached_property

from briefs.data import load

_CLOSERS = "\"”’'»›)\\]}）」』"
_UNSEEN = "\ufe0e\ufe0f\u200b-\u200d\u2060\ufeff"
STOP = re.compile(
    r"(?P<stop>\.(?:[ \u00a0]\.){2,}|[.!?…‽؟۔।॥።‼⁇⁈⁉]+|[。！？｡]+)"
    rf"[{_UNSEEN}]*"
    rf"(?P<closers>[{_CLOSERS}]*(?:[ \u00a0\u202f][»”](?=[\s,.;]|$)|“(?=\s|$))?)"
    r"(?P<note>(?:[ ]?\[\d{1,3}\](?!\w))+|[¹²³⁰⁴-⁹]+|[*†‡]+)?"
)
"""A stop with all that belongs to the sentence it ends: closing marks and brackets, footnote marks."""
_WIDE = frozenset("。！？｡")
_QUOTES = frozenset("\"”“’'»›」』")
_OPENERS = re.compile(r"[\"“„‟‘'«‹(\[{「『¿¡—–\-]*")
_OPENING_QUOTES = frozenset("\"“„‟‘'«‹「『")
_ADDRESS = ("://", "www.", "@")
_SHORT_PARTS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_BEFORE = re.compile(r"[^\s(\[{\"“”„‘’«»—–/,;:!?…]+\Z")
_NAME = r"[A-Z][\w.’'-]{0,30}"
_SIGNATURE = 80
_SIGNED = re.compile(rf"\s+[—–-]{{1,2}}\s*{_NAME}(?:,?\s+(?:{_NAME}|of|the|de|van|von|al)){{0,7}}\s*")
_VOWELS = frozenset("aeiouyàáâäåæèéêëìíîïòóôöøùúûüý")
_ENUMERATOR = re.compile(
    r"(?:[•⁃▪‣◦●*\-–][ \t]{0,3})?\(?(?:\d{1,3}(?:\.\d{1,3}){0,2}|[a-zA-Z]|[ivxIVX]{1,5})\Z"
)


class _Words:
    """The word lists of `briefs/data/sentence_borders.toml`, as sets, and the names of the months."""

    def __init__(self) -> None:
        lists = load("sentence_borders")
        self.titles = frozenset(lists["titles"])
        self.before_number = frozenset(lists["before_number"])
        self.months = frozenset(name.lower() for names in load("dates")["months"] for name in names)
        self.may_end = frozenset(lists["may_end"])
        self.abbreviations = frozenset(lists["abbreviations"])
        self.times = frozenset(lists["times"])
        self.after_time = frozenset(lists["after_time"])
        self.courtesy = frozenset(lists["courtesy"])
        self.starters = frozenset(lists["starters"])
        self.domains = frozenset(lists["domains"])
        self.torn = frozenset(lists["torn"])
        labels = "|".join(lists["credits"])
        self.credit = re.compile(rf"(?<=\S\s)(?i:{labels}):\s?(?=[A-Z©@])[^.!?]{{2,90}}\.?\s*\Z")
        verbs, after = "|".join(lists["speech"]), "|".join(lists["after_speech"])
        self.speaker = re.compile(rf"(?:{_NAME}\s+){{1,4}}(?:{verbs})\b(?=[.,]|\s*\Z|\s+(?:{after})\b)")


@cache
def words() -> _Words:
    """Return the word lists, read once."""
    return _Words()


class Candidate:
    """A stop and what stands around it, within one region of text; places are of the whole text."""

    def __init__(
        self, text: str, match: re.Match[str], start: int, region: tuple[int, int], voted: bool
    ) -> None:
        self.text = text
        self.stop = match.group("stop")
        self.closers = match.group("closers")
        self.at = match.start()
        self.end = match.end()
        self.sentence = start
        """Where the sentence begins that would end here."""
        self.region = region
        self.voted = voted
        """nupunkt sees a border here."""

    @cached_property
    def spaced(self) -> bool:
        """White space follows."""
        return self.text[self.end].isspace()

    @property
    def set_apart(self) -> bool:
        """Two spaces follow, as typists set them between sentences."""
        gap = self.text[self.end : self._following]
        return len(gap) > 1 and "\n" not in gap and self.first.isalnum()

    @cached_property
    def opening(self) -> str:
        """Return the opening marks and brackets of what follows."""
        match = _OPENERS.match(self.text, self._following, self.region[1])
        return match.group() if match else ""

    @cached_property
    def _following(self) -> int:
        place = self.end
        while place < self.region[1] and self.text[place].isspace():
            place += 1
        return place

    @cached_property
    def first(self) -> str:
        """Return the first character of what follows, opening marks left out."""
        place = self._following + len(self.opening)
        return self.text[place] if place < self.region[1] else ""

    @cached_property
    def next_word(self) -> str:
        """Return the word that follows, opening marks left out; empty where none does."""
        place = self._following + len(self.opening)
        match = _WORD.match(self.text, place, min(self.region[1], place + 40))
        return match.group() if match else ""

    @cached_property
    def word(self) -> str:
        """Return the word before the stop, with the stops inside it: "U.S", "Inc", "2023"."""
        match = _BEFORE.search(self.text[max(self.sentence, self.at - 30) : self.at])
        return match.group() if match else ""

    @property
    def starts(self) -> bool:
        """What follows begins with a word that begins sentences, or with a quotation."""
        return self.next_word.lower().replace("’", "'") in words().starters

    @property
    def opens(self) -> bool:
        """What follows begins as sentences do: with one of their first words, a quotation, or "Mr."."""
        return self.starts or self.opens_quotation or self.next_word.lower() in words().courtesy

    @property
    def _small(self) -> bool:
        """What follows begins with a word in lower case; "iPhone" is none."""
        return self.first.islower() and self.next_word == self.next_word.lower()

    @property
    def goes_on(self) -> bool:
        """What follows begins in lower case, and belongs to this sentence."""
        return self._small and not self.begins_small

    @cached_property
    def begins_small(self) -> bool:
        """What follows is a sentence that its writer begins in lower case, as in a chat.

        The word before the stop must be too whole for an abbreviation.
        """
        word, lower, lists = self.word, self.word.lower(), words()
        if not self._small or self.stop != "." or self.closers or self.opening:
            return False
        if self.next_word in lists.torn:
            return False
        if len(word) < 5 or not word.isalpha() or not word[1:].islower() or _VOWELS.isdisjoint(lower):
            return False
        short = (lists.abbreviations, lists.titles, lists.before_number, lists.may_end)
        return not any(lower in each for each in short)

    @property
    def opens_quotation(self) -> bool:
        """What follows begins with a quotation mark and a capital."""
        return self.opening[:1] in _OPENING_QUOTES and self.first.isupper()

    @property
    def quoted(self) -> bool:
        """A closing quotation mark follows the stop."""
        return any(mark in _QUOTES for mark in self.closers)


def is_border(stop: Candidate) -> bool:
    """Tell whether the sentence ends at this stop; `stop.end` is then its end."""
    if not stop.spaced:
        return stop.stop[0] in _WIDE or _runs_on(stop)
    if not stop.first or _goes_on_lower(stop) or _is_enumerator(stop):
        return False
    if stop.stop in (".", "۔"):
        return _full_stop(stop) and not _signs(stop)
    if stop.stop[0] in "….":
        return _ellipsis(stop)
    return _exclamation(stop)


def _goes_on_lower(stop: Candidate) -> bool:
    """Tell whether a word in lower case follows that goes on, or a mark on the space before."""
    if unicodedata.category(stop.first).startswith("M"):
        return True
    return stop.goes_on


def _is_enumerator(stop: Candidate) -> bool:
    """Tell whether the stop belongs to the number of a list item that begins here: "1. The first"."""
    if stop.stop != "." or stop.at - stop.sentence > 12:
        return False
    before = stop.text[stop.sentence : stop.at]
    return bool(_ENUMERATOR.match(before)) and not (before == "I" and stop.starts)


def _exclamation(stop: Candidate) -> bool:
    if stop.text[stop.at - 1 : stop.at] in ("(", "[") and stop.closers[:1] in (")", "]"):
        return False  # a doubting (?) or (!) within a sentence
    return not _names_speaker(stop)


def _names_speaker(stop: Candidate) -> bool:
    """Tell whether a name and its verb of speech follow the quotation: “Why?” Smith asked."""
    if not stop.quoted or stop.opening or stop.starts:
        return False
    place = stop.end + 1
    return bool(words().speaker.match(stop.text, place, min(stop.region[1], place + 120)))


def _signs(stop: Candidate) -> bool:
    """Tell whether a dash and a name sign the quotation, and nothing follows: “We left.” — Ana Ruiz."""
    if not stop.quoted or stop.region[1] - stop.end > _SIGNATURE:
        return False
    return bool(_SIGNED.fullmatch(stop.text, stop.end, stop.region[1]))


def _ellipsis(stop: Candidate) -> bool:
    if "(" in stop.opening or _names_speaker(stop):
        return False
    if (stop.next_word == "I" or stop.first.isdigit()) and not _after_stop(stop):
        return stop.voted
    return stop.first.isupper() or bool(stop.opening) or stop.voted


def _after_stop(stop: Candidate) -> bool:
    """Tell whether the ellipsis stands for words left out behind a whole sentence: "We left. … I stayed"."""
    return stop.text[max(stop.sentence, stop.at - 40) : stop.at].rstrip().endswith((".", "!", "?"))


def _full_stop(stop: Candidate) -> bool:
    if stop.quoted or stop.begins_small:
        return True
    if stop.first.isdigit():
        return _before_digit(stop)
    ends = _after_abbreviation(stop)
    if ends is None:
        certain = stop.voted or stop.opens or stop.set_apart
        ends = certain or _is_plain(stop) or _is_name(stop) or _is_acronym(stop)
    return ends


def _before_digit(stop: Candidate) -> bool:
    lists = words()
    word = stop.word.lower()
    if word in lists.before_number or word in lists.months or word in lists.titles:
        return False
    return stop.voted or word not in lists.may_end


def _after_abbreviation(stop: Candidate) -> bool | None:
    """Tell whether a sentence ends at an abbreviation; none where the word is not known as one."""
    lists = words()
    word = stop.word.lower()
    ends: bool | None = None
    if stop.closers and (word in lists.titles or word in lists.may_end):
        ends = stop.starts
    elif len(word) == 1 and word.isalpha():
        ends = _after_initial(stop)
    elif word in lists.titles:
        ends = False
    elif word in lists.times:
        ends = _after_time(stop)
    elif word in lists.may_end or _SHORT_PARTS.fullmatch(word):
        ends = stop.opens
    elif word in lists.before_number or "." in word:
        ends = True  # a number was looked for already; an address, a decimal
    return ends


def _after_time(stop: Candidate) -> bool:
    """Tell whether a sentence ends at "6 p.m."; a title after a bare "At 5 a.m." goes on."""
    following = stop.next_word.lower()
    if following in words().after_time:
        return False
    return following not in words().titles or stop.text.count(" ", stop.sentence, stop.at) > 2


def _is_plain(stop: Candidate) -> bool:
    """Tell whether the word is an ordinary one in lower case, too long for an abbreviation."""
    word = stop.word
    return len(word) >= 4 and word.isalpha() and word.islower() and stop.first.isupper()


def _is_name(stop: Candidate) -> bool:
    """Tell whether the word is written as names are; nupunkt takes "Iowa" and "Poland" for abbreviations."""
    word = stop.word
    if len(word) < 4 or not word.isalpha() or not (word[0].isupper() and word[1:].islower()):
        return False
    lower = word.lower()
    lists = words()
    known = lower in lists.abbreviations or lower in lists.months
    return not known and stop.first.isupper() and not _VOWELS.isdisjoint(lower)


def _is_acronym(stop: Candidate) -> bool:
    """Tell whether the word is set in capitals, among words that are not: "told the PKT. Holm left"."""
    word, following = stop.word, stop.next_word
    return len(word) > 1 and word.isalpha() and word.isupper() and following[1:2].islower()


def _after_initial(stop: Candidate) -> bool:
    """Tell whether a sentence ends at "you and I." or "plan B."; "Albert I. Jones" goes on."""
    if not stop.opens:
        return False
    before = stop.text[max(stop.sentence, stop.at - 30) : stop.at - 1].split()
    return stop.word.islower() or not before or stop.next_word.lower() != "i" or before[-1].islower()


def _runs_on(stop: Candidate) -> bool:
    """Tell whether a sentence ends where the white space after it is missing: "the end.Next"."""
    following = stop.next_word
    if stop.quoted and not stop.opening:
        return stop.first.isupper() and (len(following) > 1 or stop.starts)
    if not stop.first.isupper() or set(stop.opening) - {"“", "‘", "«"} or _in_address(stop):
        return False
    if len(stop.word) < 2 or not stop.word[-1].isalnum():
        return False
    known = stop.starts and len(following) > 1
    if (
        known
        or len(following) < 2
        or following.lower() in words().domains
        or stop.stop not in (".", "!", "?")
    ):
        return known
    return stop.word[0].islower() and stop.word.isalpha() and following[1].islower()


def _in_address(stop: Candidate) -> bool:
    around = stop.text[max(stop.region[0], stop.at - 80) : stop.end].split()
    return "." in stop.word or (bool(around) and any(sign in around[-1] for sign in _ADDRESS))
