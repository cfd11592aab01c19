"""The doctor at what runs by itself: patrol, delivery, schedules, watchdog."""

import os
from datetime import date, timedelta

import pytest

from models.settings import moment_of
from tasks.doctor import beats, schedules
from tasks.doctor.diagnosis import Health
from tasks.office.switches import keep_switches
from tasks.patrol.heartbeat import beat, beat_after_delivery
from tests.support.alerts import MONDAY, at

FRIDAY = MONDAY - timedelta(days=3)


def patrolled(day: date) -> None:
    beat(moment_of(at(day)), None, ())


@pytest.mark.parametrize(
    ("now", "health"),
    [
        (at(MONDAY, 8, 59), Health.WELL),  # Friday's holds over the week-end
        (at(MONDAY, 9, 29), Health.WELL),  # it may still be under way
        (at(MONDAY, 9, 30), Health.BAD),
        (at(MONDAY + timedelta(days=1), 6), Health.BAD),
    ],
)
def test_the_patrol_of_a_working_day_is_missed_an_hour_later(database, now, health):
    patrolled(FRIDAY)
    found = beats.patrol_ran(now)
    assert found.health is health
    assert "最近一次完整巡查是7月18日的" in found.words


def test_before_the_first_start_nothing_is_bad(database):
    assert beats.patrol_ran(at(MONDAY)).health is Health.LOOK
    assert beats.deliveries_run(at(MONDAY)).health is Health.LOOK


def test_delivery_is_missed_after_half_an_hour(database):
    beat_after_delivery(at(MONDAY, 9))
    assert beats.deliveries_run(at(MONDAY, 9, 30)).health is Health.WELL
    late = beats.deliveries_run(at(MONDAY, 9, 31))
    assert (late.health, late.words) == (
        Health.BAD,
        "最近一次定时发送在 31 分钟前，应每 5 分钟一次",
    )


def test_what_is_switched_off_is_named_with_its_day(database):
    assert beats.nothing_switched_off(at(MONDAY)).health is Health.WELL
    keep_switches({"每日巡查": False}, "账号 张科", moment_of(at(MONDAY)))
    found = beats.nothing_switched_off(at(MONDAY))
    assert (found.health, found.words.split("，")[0]) == (
        Health.LOOK,
        "停用了“每日巡查”（7月21日起）",
    )


def test_the_watchdog_is_known_by_the_sign_it_leaves(database, place):
    assert "没有看门狗来过的记号" in beats.watchdog_looks(at(MONDAY)).words
    sign = place / beats.WATCHDOG_FILE
    sign.touch()
    then = at(MONDAY).timestamp()
    os.utime(sign, (then, then))
    assert beats.watchdog_looks(at(MONDAY, 9, 29)).words == "看门狗 29 分钟前来看过"
    assert beats.watchdog_looks(at(MONDAY, 9, 31)).health is Health.LOOK


def run(name: str, hour: int) -> dict:
    return {"deployment_id": name, "expected_start_time": at(MONDAY, hour).isoformat()}


def deployment(name: str, *, active: bool = True, paused: bool = False) -> dict:
    return {"id": name, "name": name, "paused": paused, "schedules": [{"active": active}]}


@pytest.mark.parametrize(
    ("known", "next_runs", "health", "words"),
    [
        ([], [], Health.BAD, "一个定时任务也没有登记"),
        (
            ["甲", "乙"],
            [("甲", 10), ("乙", 11)],
            Health.WELL,
            "2 个定时任务开着，最近一次按时完成在 1 小时前",
        ),
        (["甲", "乙"], [("甲", 10)], Health.LOOK, "乙 还没有排上下一次"),
        (["甲"], [("甲", 8), ("甲", 10)], Health.BAD, "1 次运行过了时间还没有开始"),
    ],
)
def test_what_prefect_says_of_the_schedules(known, next_runs, health, words):
    ended = [{"end_time": at(MONDAY, 8).isoformat()}]
    said = schedules._said(
        [deployment(name) for name in known], [run(*one) for one in next_runs], ended, at(MONDAY)
    )
    assert said.health is health
    assert words in said.words


def test_a_schedule_that_is_off_needs_no_next_run():
    known = [deployment("甲", active=False), deployment("乙", paused=True), deployment("丙")]
    said = schedules._said(known, [run("丙", 10)], [], at(MONDAY))
    assert said.words == "1 个定时任务开着，下一次都排好了"


def test_a_prefect_that_does_not_answer_is_said(database, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    found = schedules.scheduled(at(MONDAY))
    assert (found.health, found.command) == (Health.BAD, "shifan up")


def test_a_torn_file_is_no_word_of_a_delivery(database, place):
    (place / "heartbeat.delivery.json").write_text("{")
    assert beats.deliveries_run(at(MONDAY)).health is Health.LOOK
