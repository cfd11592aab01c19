"""Where there is no plan, it is said which constraint stands against it and what it lacks."""

import pytest

from models.rules.visits.planning import planned
from tests.models.rules.visits.rounds import frame, slots, team, unit, wish

UNITS = [unit(n) for n in range(1, 7)]

NO_PLAN = [
    # what is missing at all
    (frame([], [team(1)], 3), "没有要督导的单位"),
    (frame(UNITS, [], 3), "还没有督导组"),
    (frame(UNITS, [team(1)], 0), "没有可以安排的工作日"),
    # 6 units, 1 team, 2 a day: 2 days hold 4
    (frame(UNITS, [team(1)], 2), "一共能走 4 次，还差 2 次，至少要再有 1 个工作日"),
    (frame(UNITS, [team(1), team(2)], 1, 1), "还差 4 次，至少要再有 2 个工作日"),
    # everybody's own people are in every team
    (frame(UNITS, [team(1, [3]), team(2, [3, 4])], 9), "单位3在每个督导组里都有人"),
    # the second team is never there, and the first may not visit unit 1
    (
        frame(UNITS, [team(1, [1]), team(2, away=range(3))], 3),
        "单位1只能由第2组去，而它在这一轮的工作日里最多能走 0 次，还差 1 次",
    ),
    (
        frame(UNITS, [team(1, range(1, 6)), team(2)], 2),
        "单位1、单位2、单位3、单位4、单位5只能由第2组去，而它在这一轮的工作日里最多能走 4 次，还差 1 次",
    ),
    # what was settled with a unit
    (
        frame(UNITS, [team(1, away=[0])], 5, fixed=slots(u1=(1, 0)), settled=frozenset([1])),
        "单位1的走访已定在 2026-03-02，第1组那天不在",
    ),
    (
        frame(UNITS, [team(1)], 5, fixed=slots(u1=(1, 6)), settled=frozenset([1])),
        "那天不是这一轮还能安排的工作日",
    ),
    (
        frame(UNITS, [team(1, [1])], 5, fixed=slots(u1=(1, 0)), settled=frozenset([1])),
        "它应当回避",
    ),
    (
        frame(UNITS, [team(1)], 5, fixed=slots(u1=(9, 0)), settled=frozenset([1])),
        "原来的督导组已经停用",
    ),
    (
        frame(UNITS, [team(1)], 9, 1, fixed=slots(u1=(1, 0), u2=(1, 0)), settled=frozenset([1, 2])),
        "已定了 2 次，超过每天最多 1 次",
    ),
    # what is asked for
    (frame(UNITS, [team(1)], 5, wishes={1: wish(7)}), "不是这一轮还能安排的工作日"),
    (frame(UNITS, [team(1, [1]), team(2)], 5, wishes={1: wish(1, 1)}), "不能由第1组去"),
    (
        frame(UNITS, [team(1, [1]), team(2, away=[1])], 5, wishes={1: wish(1)}),
        "能去的第2组那天不在",
    ),
    (
        frame(
            UNITS,
            [team(1)],
            9,
            1,
            fixed=slots(u2=(1, 1)),
            settled=frozenset([2]),
            wishes={1: wish(1)},
        ),
        "那天的次数已经定满",
    ),
]


@pytest.mark.parametrize(("one", "words"), NO_PLAN)
def test_it_is_said_why_there_is_no_plan(one, words):
    found = planned(one)
    assert not found.slots
    assert words in "".join(found.why)
