"""A number in words, read word by word: "two hundred and thirty-one thousand"."""

from briefs.language.numbers_patterns import number_words


class Run:
    """A number read word by word; `take` refuses a word that starts a new number."""

    def __init__(self, first: str) -> None:
        self._total = 0
        self._current, self._rank = self._class(first)
        self.scale = self._current if self._rank >= 4 else 1
        if self._rank == 5:
            self._total, self._current = self._current, 0

    @property
    def value(self) -> int:
        """Return what has been read so far."""
        return self._total + self._current

    @staticmethod
    def _class(word: str) -> tuple[int, int]:
        """Return a word's value and rank: 1 unit, 2 teen, 3 tens, 4 hundred or dozen, 5 thousand and up."""
        w = number_words()
        for rank, group in enumerate((w.units, w.teens, w.tens), start=1):
            if word in group:
                return group[word], rank
        value = w.scales[word]
        return value, 5 if value >= 1000 else 4

    def take(self, word: str, gap: str) -> bool:
        """Take in the next word, which stands after `gap` ("", "-" or "and"); false if it does not go on."""
        word = "dozen" if word == "dozens" else word
        if word in number_words().vague:
            return False
        value, rank = self._class(word)
        if rank >= 4:
            return gap != "and" and self._multiply(value, rank)
        follows_tens = rank == 1 and self._rank == 3 and gap != "and"
        if not (follows_tens or self._rank >= 4) or value == 0:
            return False
        self._current += value
        self._rank = rank
        return True

    def _multiply(self, value: int, rank: int) -> bool:
        if self._current == 0 or (rank == 4 and self._rank == 4):
            return False
        if rank == 5:
            if self._total and value >= self.scale:
                return False
            self._total, self._current = self._total + self._current * value, 0
        else:
            self._current *= value
        self._rank = rank
        # A hundred within thousands ("two hundred thousand") does not hide a million before it.
        if rank == 5 or not self._total:
            self.scale = value
        return True
