"""The last word: what was registered, or that somebody knows of it."""

from datetime import date

import pytest

from models.rules.window.last_word import LastWord, last_word
from models.rules.words import Progress

NOBODY, DAY = LastWord(), date(2026, 6, 20)
NOTE, RECEIVED = LastWord("市司法局联络员", "等省厅批复"), LastWord("市司法局联络员", on=DAY)
OPEN, STARTED = Progress.OPEN, Progress.STARTED


@pytest.mark.parametrize(
    ("state", "registered", "received", "after", "said"),
    [
        (OPEN, NOBODY, NOBODY, False, NOBODY),
        (OPEN, NOBODY, RECEIVED, True, LastWord("市司法局联络员", "已签收", DAY)),
        (OPEN, NOBODY, RECEIVED, False, LastWord("市司法局联络员", "已签收", DAY)),
        (STARTED, NOTE, NOBODY, False, NOTE),
        (STARTED, NOTE, RECEIVED, False, NOTE),  # received before it was said
        (STARTED, NOTE, RECEIVED, True, LastWord(NOTE.by, "等省厅批复（市司法局联络员已签收）")),
        (STARTED, LastWord("创建办"), RECEIVED, False, LastWord("创建办", "登记为进行中")),
        (STARTED, LastWord("创建办"), RECEIVED, True, LastWord("市司法局联络员", "已签收", DAY)),
    ],
)
def test_the_last_word_is_what_was_said_last(state, registered, received, after, said):
    assert last_word(state, registered, received, received_after=after) == said
