"""The number at the head of an indicator: its kind, how it is printed, and the words behind it."""

from dataclasses import dataclass

from models.plan.reading.outline.markers import read_marker
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern, squeeze

PLAIN = r"(\d{1,3})[.．、]?(?=[\u4e00-\u9fff“《])(?!{数后}|{可疑量词}|{周期}|分|级)"


@dataclass(frozen=True, slots=True)
class NumberedText:
    """Words with the number before them; ``printed`` is empty where there is none."""

    printed: str
    kind: str
    rest: str

    @property
    def value(self) -> int | None:
        """Return the number as one that counts, None where it is none."""
        return count_of(self.printed)


def numbered(text: str) -> NumberedText:
    """Return ``text`` parted from the number at its head."""
    said = squeeze(text)
    if marker := read_marker(said):
        rest = said[marker.length :]
        return NumberedText(marker.printed.rstrip("：:、.．"), marker.kind, rest)
    if found := pattern(PLAIN).match(said):
        return NumberedText(found[1], "item", said[found.end() :])
    return NumberedText("", "", said)


def count_of(printed: str) -> int | None:
    """Return what a printed number counts: 三 -> 3, （二） -> 2, 1.1.4 -> 4; None for no number."""
    if marker := read_marker(printed + "、") or read_marker(printed):
        return marker.number or None
    if found := pattern(r"(\d{1,4})$").search(printed):
        return int(found[1])
    said = pattern(r"[^{一}百]").sub("", printed)
    return read_integer(said) if said else None
