"""The last word said of a thing that is late or due: what was registered, or that somebody knows of it."""

from dataclasses import dataclass
from datetime import date

from models.rules.words import Progress


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last word: who said it and what; ``on`` is its day where one is kept. Empty: nobody said anything."""

    by: str = ""
    words: str = ""
    on: date | None = None


def last_word(
    state: Progress, registered: LastWord, received: LastWord, *, received_after: bool
) -> LastWord:
    """Return what was said last: a receipt counts where nothing was registered, or that was before it.

    With a note and a later receipt both are the last word: the note is what leaders ask for.
    """
    if registered.words:
        later = f"（{received.by}已签收）" if received.by and received_after else ""
        return LastWord(registered.by, registered.words + later)
    if received.by and (received_after or state is Progress.OPEN):
        return LastWord(received.by, "已签收", received.on)
    if state is Progress.STARTED:
        return LastWord(registered.by, "登记为进行中")
    return LastWord()
