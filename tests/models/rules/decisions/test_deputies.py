"""Deputies that lead nowhere, and posts that are one person."""

from datetime import date

import pytest

from models.rules.decisions.deputies import Loan, Seat, circles, own_request, same_people

HEAD, LEADER, THIRD = "组长", "分管领导", "副组长"
SEATS = [Seat(HEAD, "王"), Seat(LEADER, "王"), Seat("创建办", "创建办")]


def loan(post, deputy, first=1, last=10):
    return Loan(post, deputy, date(2025, 8, first), date(2025, 8, last))


def test_two_who_deputise_for_each_other_are_said_with_their_days_and_the_mend():
    [line] = circles([loan(HEAD, LEADER), loan(LEADER, HEAD, 5, 20)])

    assert line.startswith("组长和分管领导在 2025-08-05 至 2025-08-10 互相代为决定")
    assert "shifan decision undelegate 分管领导" in line


def test_a_deputy_of_a_deputy_is_said_with_whom_to_ask_instead():
    [line] = circles([loan(HEAD, LEADER, last=5), loan(LEADER, THIRD, 5)])

    assert "分管领导在 2025-08-05 又委托了副组长" in line
    assert "shifan decision delegate 组长 --to 副组长" in line


@pytest.mark.parametrize(
    "loans",
    [
        [],
        [loan(HEAD, LEADER)],
        [loan(HEAD, LEADER, last=4), loan(LEADER, HEAD, 5)],  # one after the other
        [loan(HEAD, LEADER), loan(THIRD, LEADER)],  # one deputy for two
    ],
)
def test_deputies_who_can_decide_are_not_spoken_of(loans):
    assert circles(loans) == []


def test_one_person_in_two_posts_is_said_once():
    [line] = same_people(SEATS)

    assert line.startswith("组长和分管领导用同一个标签“王”，是同一个人兼任")


@pytest.mark.parametrize(
    ("by", "decider", "own"),
    [
        (HEAD, Seat(HEAD, "王"), True),
        (LEADER, Seat(HEAD, "王"), True),
        ("创建办", Seat(HEAD, "王"), False),
        ("市司法局联络员", Seat(HEAD, "王"), False),
    ],
)
def test_whoever_asks_and_decides_is_told_apart(by, decider, own):
    assert bool(own_request(by, [decider], SEATS)) == own
