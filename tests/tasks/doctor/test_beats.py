"""The doctor at what runs by itself: patrol, delivery, schedules, watchdog."""

import os
from datetime import date, timedelta

import pytest

from models.settings import moment_of
from tasks.doctor import beats, schedules
from tasks.doctor.diagnosis import Health
from tasks.doctor.patrols import last_patrol
from tasks.office.switches import keep_switches
from tasks.patrol.heartbeat import beat, beat_after_delivery
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import ON_BOTH
from tests.support.alerts import MONDAY, at
from tests.support.machines import delivered_elsewhere
from tests.support.packs import load_pack

FRIDAY = MONDAY - timedelta(days=3)
ON_SERVER = pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)


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


def round_of(slug: str, day: date) -> None:
    patrol_campaign(slug, moment_of(at(day, 8), day))


def test_a_patrol_that_another_machine_did_counts_and_the_heartbeat_here_is_said(campaign):
    patrolled(FRIDAY)
    round_of(campaign, MONDAY)

    found = beats.patrol_ran(at(MONDAY, 12))
    assert found.health is Health.WELL
    assert found.words == (
        "最近一次完整巡查是7月21日的，1 个活动（4 小时前）；是别的电脑做的，"
        "这台电脑上的心跳停在7月18日，看门狗要看做巡查的那一台"
    )
    patrolled(MONDAY)
    # A second one of the day, by this machine.
    assert beats.patrol_ran(at(MONDAY, 12)).words.endswith("1 个活动（3 小时前）")


def test_a_campaign_that_the_patrol_missed_is_named_whatever_the_heartbeat_says(campaign):
    load_pack(moment_of(at(FRIDAY, 7)), "other")
    round_of(campaign, FRIDAY)
    round_of("other", FRIDAY)
    round_of(campaign, MONDAY)
    patrolled(MONDAY)

    assert beats.patrol_ran(at(MONDAY, 9, 29)).health is Health.WELL
    found = beats.patrol_ran(at(MONDAY, 9, 30))
    assert (found.health, found.words) == (
        Health.BAD,
        "7月21日应做的巡查没有完成，没有巡查到：other；最近一次完整巡查是7月18日的，2 个活动（3 天前）",
    )
    assert "每日巡查" in found.mend
    late = beats.patrol_ran(at(MONDAY + timedelta(days=2), 10)).words
    assert late.startswith("7月23日应做的巡查没有完成，共 3 个工作日没有，没有巡查到：jc、other；")


def test_where_the_database_is_gone_the_heartbeat_says_when_the_last_patrol_was(
    database, monkeypatch
):
    patrolled(FRIDAY)
    with monkeypatch.context() as gone:
        gone.setenv("SHIFAN_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
        found = last_patrol(at(MONDAY, 10))
    assert (found.day, found.late, found.by_beat) == (FRIDAY, 1, True)


@pytest.mark.parametrize(
    ("now", "late"),
    [
        (date(2025, 10, 1), 0),  # eight days of holidays begin
        (date(2025, 10, 8), 0),
        (date(2025, 10, 9), 1),
        (date(2025, 10, 11), 3),  # a Saturday that is worked
        (date(2025, 10, 12), 3),
    ],
)
def test_holidays_miss_no_patrol_and_a_saturday_that_is_worked_does(campaign, now, late):
    round_of(campaign, date(2025, 9, 30))
    assert last_patrol(at(now, 12)).late == late


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


@ON_SERVER
def test_a_delivery_of_another_machine_counts(campaign, any_database):
    beat_after_delivery(at(MONDAY, 7))
    delivered_elsewhere("worker-2", at(MONDAY, 9))
    assert beats.deliveries_run(at(MONDAY, 9, 30)).health is Health.WELL
    assert beats.deliveries_run(at(MONDAY, 9, 31)).words.startswith("最近一次定时发送在 31 分钟前")


@ON_BOTH
def test_a_patrol_is_no_sign_of_a_delivery_nor_is_one_of_a_clock_that_was_wrong(campaign):
    beat_after_delivery(at(MONDAY, 7))
    patrol_campaign(campaign, moment_of(at(MONDAY, 9), MONDAY))
    assert beats.last_delivery(at(MONDAY, 9)) == at(MONDAY, 7)

    beat_after_delivery(at(MONDAY + timedelta(days=90), 9))
    assert beats.last_delivery(at(MONDAY, 9)) is None


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
    assert (found.health, found.command) == (Health.BAD, "shifan server")
    monkeypatch.setenv(schedules.HEADERS, "{}")  # asked from within `shifan up`
    assert schedules.scheduled(at(MONDAY)).command == "shifan up"


def test_a_torn_file_is_no_word_of_a_delivery(database, place):
    (place / "heartbeat.delivery.json").write_text("{")
    assert beats.deliveries_run(at(MONDAY)).health is Health.LOOK
