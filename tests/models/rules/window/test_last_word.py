"""The last word: what was registered, or that somebody knows of it."""

from datetime import date

import pytest

from models.rules.window.last_word import Said, last_word
from models.rules.words import Progress

NOBODY, DAY = Said(), date(2026, 6, 20)
NOTE, RECEIVED = Said("市司法局联络员", "等省厅批复"), Said("市司法局联络员", on=DAY)
OPEN, STARTED = Progress.OPEN, Progress.STARTED


@pytest.mark.parametrize(
    ("state", "registered", "received", "after", "said"),
    [
        (OPEN, NOBODY, NOBODY, False, NOBODY),
        (OPEN, NOBODY, RECEIVED, True, Said("市司法局联络员", "已签收", DAY)),
        (OPEN, NOBODY, RECEIVED, False, Said("市司法局联络员", "已签收", DAY)),
        (STARTED, NOTE, NOBODY, False, NOTE),
        (STARTED, NOTE, RECEIVED, False, NOTE),  # received before it was said
        (STARTED, NOTE, RECEIVED, True, Said(NOTE.by, "等省厅批复（市司法局联络员已签收）")),
        (STARTED, Said("创建办"), RECEIVED, False, Said("创建办", "登记为进行中")),
        (STARTED, Said("创建办"), RECEIVED, True, Said("市司法局联络员", "已签收", DAY)),
    ],
)
def test_the_last_word_is_what_was_said_last(state, registered, received, after, said):
    assert last_word(state, registered, received, received_after=after) == said
