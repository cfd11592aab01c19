"""The report without blanks: measured from the newest version, vouched for only where none is written here."""

from datetime import date

import pytest

from models.rules.gates.judge import obstacles
from models.rules.gates.values import Confirmed, GateFacts
from models.rules.words import StageKind

VOUCHED = {"report-complete": Confirmed("report-complete", "创建办", date(2025, 8, 20))}


@pytest.mark.parametrize(
    ("blanks", "confirmed", "words"),
    [
        (None, {}, "还没有形成"),
        (None, VOUCHED, ""),
        (3, {}, "还有 3 处空白"),
        (3, VOUCHED, "还有 3 处空白"),  # what the tables say goes before
        (0, {}, ""),
    ],
)
def test_a_report_counts_as_complete_when_nothing_in_it_is_blank(blanks, confirmed, words):
    facts = GateFacts(indicators=104, report_blanks=blanks, confirmed=confirmed)
    found = [one.text for one in obstacles(StageKind.SELF_EVALUATION, facts)]

    assert [words in text for text in found] == [True] * bool(words)
