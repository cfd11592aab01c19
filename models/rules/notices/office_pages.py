"""Where the office sees to what it was told in words; pure."""

from collections.abc import Mapping

from models.rules.notices.rule_words import (
    CHANNEL_FAULT,
    DEAD_LETTER,
    DOCTOR_FAULT,
    FINDINGS_WAIT,
    HOLIDAYS_UNKNOWN,
    SILENCE_STANDS,
    SUCCESSOR_WANTED,
)
from models.rules.window.errands import Errand
from models.rules.words import CLOCK_DOUBT

# What is seen to on no page of the window (a file put aside, a draft) is said on the message's own.
PAGE_OF_RULE: Mapping[str, Errand] = {
    CLOCK_DOUBT: Errand.CLOCK,
    DEAD_LETTER: Errand.UNHEARD,
    CHANNEL_FAULT: Errand.UNHEARD,
    DOCTOR_FAULT: Errand.DOCTOR,
    SUCCESSOR_WANTED: Errand.SUCCESSION,
    HOLIDAYS_UNKNOWN: Errand.HOLIDAYS,
    SILENCE_STANDS: Errand.SILENCES,
    FINDINGS_WAIT: Errand.FINDINGS,
}
