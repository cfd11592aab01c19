"""What a paper is made of beside its own words: numbers with their rows, what is missing, the day of writing."""

from dataclasses import dataclass

STOPS = "。，、；：,;"
BLANK = "【待补："  # how a place that is still empty begins


@dataclass(frozen=True, slots=True)
class Quoted:
    """A number or state as it is printed, with what its footnote says of the rows behind it.

    ``key`` is the same in every version of a paper, so that versions can be compared.
    """

    key: str
    text: str
    note: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Missing:
    """A place that nothing in the tables can fill: ``what`` belongs there, ``todo`` says how it gets there.

    ``key`` names the place for whoever supplies words for it; empty where only the tables can fill it.
    """

    what: str
    todo: str
    key: str = ""

    def __str__(self) -> str:
        return f"{BLANK}{self.what}】"


@dataclass(frozen=True, slots=True)
class Supplied:
    """Words that a post supplied for a place which the tables cannot fill."""

    key: str
    text: str
    by_post: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Dated:
    """Words that only say when a paper was written: two versions do not differ by them."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class CountedRows(Quoted):
    """A number with the very rows that were counted, which stand in a table called ``title`` behind the paper.

    ``beside`` is the key of the number in whose table they stand; empty where it has a table of its own.
    """

    title: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    beside: str = ""

    @property
    def place(self) -> str:
        """Return the key of the place that it leads to."""
        return self.beside or self.key


@dataclass(frozen=True, slots=True)
class RowsPlace:
    """Words that a number leads to: the head of the table of what was counted for ``key``."""

    key: str
    text: str

    def __str__(self) -> str:
        return self.text


Run = str | RowsPlace | Quoted | Missing | Supplied | Dated


def unended(text: str) -> str:
    """Return words of others without the stop or comma at their end: a sentence of ours goes on or ends behind them."""
    return text.rstrip(f"{STOPS} ") or text


def sourced(key: str, text: str, note: str) -> str | Quoted:
    """Return ``text`` with its source where it holds a figure; words alone need none."""
    return Quoted(key, text, note) if any(map(str.isdecimal, text)) else text
