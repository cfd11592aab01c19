"""What one look of the doctor came to: well, to be looked at, or bad; in words, with the mend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """How well something is; ordered from the best to the worst in `HEALTH_WORDS`."""

    WELL = "well"
    LOOK = "look"
    BAD = "bad"


HEALTH_WORDS = {Health.WELL: "好", Health.LOOK: "要看一看", Health.BAD: "坏"}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a check found, in an office's words: no secret, no address of a channel, no phone number.

    ``mend`` is what to do, as a step for whoever reads a page; ``command`` what to type at the machine
    itself, which no page shows. ``name`` is given by the check it comes of.
    """

    health: Health
    words: str
    mend: str = ""
    command: str = ""
    name: str = ""

    @property
    def mend_in_words(self) -> str:
        """Return what to do, with what to type, for whoever sits at the machine itself."""
        typed = f"运行 {self.command}" if self.command else ""
        return f"{self.mend}（{typed}）" if self.mend and typed else self.mend or typed


@dataclass(frozen=True, slots=True)
class Check:
    """One look: its name, what looks (given this instant in UTC), and the seconds it may take.

    It is left out, and said so, while one that it ``needs`` (by name) is bad; it waits for those that it
    comes ``after``, however they are. Of a ``vital`` one no answer in time is bad; of any other it is to
    be looked at.
    """

    name: str
    look: Callable[[datetime], Diagnosis]
    needs: Sequence[str] = ()
    after: Sequence[str] = ()
    seconds: float = 5
    vital: bool = False


def well(words: str) -> Diagnosis:
    """Return that all is well, as ``words`` say."""
    return Diagnosis(Health.WELL, words)


def to_look_at(words: str, mend: str = "", command: str = "") -> Diagnosis:
    """Return that somebody should look at it; nothing is broken."""
    return Diagnosis(Health.LOOK, words, mend, command)


def bad(words: str, mend: str = "", command: str = "") -> Diagnosis:
    """Return that something is broken."""
    return Diagnosis(Health.BAD, words, mend, command)


def of_faults(
    faults: Sequence[str], otherwise: str, mend: str = "", command: str = ""
) -> Diagnosis:
    """Return that ``faults`` are bad, all in one line; well and ``otherwise`` where there are none."""
    return bad("；".join(faults), mend, command) if faults else well(otherwise)


def under_name(found: Diagnosis, name: str) -> Diagnosis:
    """Return ``found`` as what the check ``name`` came to."""
    return replace(found, name=name)
