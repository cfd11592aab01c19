"""The province's patrol: a run per campaign on a pool, each made up for, and who was not reached is named."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from prefect import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import FlowRun
from prefect.states import Cancelling, Completed, Failed, Running

from deployments.service.schedules import all_deployments
from flows import patrol_province as province
from flows.patrol_one import patrol_one
from flows.patrol_province import ONE, patrol_province
from flows.running import pool_runs
from flows.running.pool_runs import BY_OPERATOR, NOBODY, Limits, PoolRuns
from models.settings import moment_of
from tasks.patrol.heartbeat import last_beat
from tasks.patrol.patrol import patrol_campaign
from tasks.province.rounds import province_on
from tests.support.alerts import at
from tests.support.packs import load_pack

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server", "monday")]
MONDAY, TUESDAY = date(2025, 7, 21), date(2025, 7, 22)
QUICK = Limits(timedelta(minutes=5), picked_up_within=timedelta(seconds=30))


@pytest.fixture
def monday(clock_at, monkeypatch) -> None:
    """Nine o'clock of that Monday, and looks that follow each other at once."""
    clock_at(at(MONDAY))
    monkeypatch.setattr(pool_runs, "LOOK_EVERY", 0.02)


@pytest.fixture(scope="module")
def pool(prefect_server) -> str:
    """A pool with the deployments that it has."""
    with get_client(sync_client=True) as client:
        client.request(
            "POST",
            "/work_pools/",
            json=WorkPoolCreate(name="shifan", type="process").model_dump(mode="json"),
        )
    for made in all_deployments("Asia/Shanghai", "shifan")[:2]:
        made.apply()
    return "shifan"


def runs_of(tag: str) -> list[FlowRun]:
    with get_client(sync_client=True) as client:
        by_tag = FlowRunFilter.model_validate({"tags": {"all_": [tag]}})
        return client.read_flow_runs(flow_run_filter=by_tag, limit=200)


@contextmanager
def working(work: Callable[[str], bool], tag: str) -> Iterator[list[int]]:
    """Take every run over as a worker does, until the end; its ``work`` says whether it went well.

    Yields how many were under way at each look.
    """
    at_once: list[int] = []
    ended = threading.Event()

    def take() -> None:
        with get_client(sync_client=True) as client:
            while not ended.is_set():
                waiting = [run for run in runs_of(tag) if run.state and run.state.is_scheduled()]
                at_once.append(len(waiting))
                for run in waiting:
                    client.set_flow_run_state(run.id, Running(), force=True)
                    well = work(run.parameters["campaign"])
                    state = Completed() if well else Failed(message="坏了")
                    client.set_flow_run_state(run.id, state, force=True)
                time.sleep(0.02)

    worker = threading.Thread(target=take)
    worker.start()
    try:
        yield at_once
    finally:
        ended.set()
        worker.join()


def patrolled(slug: str) -> bool:
    patrol_campaign(slug, moment_of(at(MONDAY)))
    return True


def test_every_campaign_has_a_run_of_its_own_and_its_round(campaign, pool):
    load_pack(moment_of(at(MONDAY), MONDAY), "county")
    with working(patrolled, "全省巡查 2025-07-21"):
        state = patrol_province(return_state=True)

    assert state.is_completed(), state.message
    assert "2 个中巡查了 2 个" in state.message
    assert province_on(MONDAY).missing == []
    new = sum(one.notices or 0 for one in province_on(MONDAY).rounds)
    assert new
    assert f"新增提醒 {new} 条，用时" in state.message
    beat = last_beat()
    assert beat and (beat.day, beat.campaigns) == (MONDAY, 2)
    assert len(runs_of("全省巡查 2025-07-21")) == 2

    # Nobody works now, and nothing is left to do. With another time limit it is a run of all as well.
    again = patrol_province(minutes=20, return_state=True)

    assert again.is_completed()
    assert f"新增提醒 0 条（当天先前的巡查已新增 {new} 条），用时" in again.message
    later = last_beat()
    assert later and later.at > beat.at
    assert len(runs_of("全省巡查 2025-07-21")) == 2


def test_a_round_over_midnight_is_of_the_day_that_it_began_on(campaign, pool, clock_at):
    clock_at(at(MONDAY, 23))
    load_pack(moment_of(at(MONDAY), MONDAY), "county")
    lived = iter([MONDAY, TUESDAY])

    def work(slug: str) -> bool:
        day = next(lived)  # midnight comes between the two
        patrol_campaign(slug, moment_of(at(day)))
        clock_at(at(TUESDAY, 0))
        return True

    with working(work, f"全省巡查 {MONDAY}"):
        state = patrol_province(return_state=True)

    assert state.is_completed(), state.message
    assert state.message.startswith(f"{MONDAY}：2 个中巡查了 2 个")
    assert [len(province_on(day).patrolled) for day in (MONDAY, TUESDAY)] == [1, 1]
    beat = last_beat()
    assert beat and (beat.day, beat.campaigns) == (MONDAY, 2)


def test_where_no_worker_has_a_place_the_round_is_made_in_this_process(
    campaign, pool, monkeypatch, clock_at
):
    clock_at(at(TUESDAY))
    load_pack(moment_of(at(MONDAY), MONDAY), "county")
    soon = replace(QUICK, picked_up_within=timedelta())
    monkeypatch.setattr(province, "Limits", lambda lasts: replace(soon, lasts=lasts))

    state = patrol_province(return_state=True)  # its own run holds the only place

    assert state.is_completed(), state.message
    assert "2 个中巡查了 2 个" in state.message
    assert {run.state.name for run in runs_of("全省巡查 2025-07-22")} == {"Cancelled"}
    assert last_beat()


def test_what_an_operator_cancels_is_named_and_not_tried_again(campaign, pool):
    """As Prefect's UI asks for it: of a run under way, and of one that waits."""

    def work(slug: str) -> bool:
        [run] = [one for one in runs_of(tag) if one.parameters["campaign"] == slug]
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(run.id, Cancelling() if slug == "stopped" else Running())
        if slug == "stopped":
            time.sleep(0.5)  # it is seen before its worker has ended it
        return slug != "stopped"

    tag = "庚日"
    with get_client(sync_client=True) as client:
        runs = PoolRuns(client, ONE, tag, QUICK, print)
        runs._start_some(pool_runs.deque(["waits"]), runs._earlier())
        [waits] = runs_of(tag)
        client.set_flow_run_state(waits.id, Cancelling())
        with working(work, tag):
            why = runs.see_to(["stopped", "good"], set)

    assert why == {"stopped": BY_OPERATOR, "waits": BY_OPERATOR}
    assert len(runs_of(tag)) == 3


def test_who_fails_is_tried_again_behind_the_others_and_named(pool):
    asked: Counter[str] = Counter()

    def work(slug: str) -> bool:
        asked[slug] += 1
        return slug == "good" or (slug == "late" and asked[slug] == 2)

    with get_client(sync_client=True) as client, working(work, "甲日"):
        runs = PoolRuns(client, ONE, "甲日", QUICK, print)
        why = runs.see_to(["bad", "late", "good"], set)

    assert asked == {"bad": 3, "late": 2, "good": 1}
    assert why == {"bad": "运行失败：坏了"}


def test_what_our_table_knows_is_not_run_again_whatever_became_of_the_run(pool):
    slugs = [f"c{n}" for n in range(12)]
    with get_client(sync_client=True) as client, working(lambda _slug: False, "乙日") as at_once:
        why = PoolRuns(client, ONE, "乙日", QUICK, print).see_to(slugs, lambda: set(slugs))

    assert why == {}
    assert len(runs_of("乙日")) == 12
    assert max(at_once) <= 8


def test_where_nobody_works_everything_ends_soon_and_says_so(pool):
    hurried = Limits(timedelta(minutes=5), picked_up_within=timedelta())
    slugs = [f"c{n}" for n in range(20)]
    with get_client(sync_client=True) as client:
        why = PoolRuns(client, ONE, "丙日", hurried, print).see_to(slugs, set)

    assert why == dict.fromkeys(slugs, NOBODY)
    assert {run.state.name for run in runs_of("丙日")} == {"Cancelled"}


def test_who_begins_again_goes_on_with_the_runs_there_are(pool):
    with get_client(sync_client=True) as client:
        killed = PoolRuns(client, ONE, "丁日", QUICK, print)
        killed._start_some(pool_runs.deque(["one", "two"]), killed._earlier())
        begun = {run.id for run in runs_of("丁日")}
        with working(lambda _slug: True, "丁日"):
            why = PoolRuns(client, ONE, "丁日", QUICK, print).see_to(["one", "two", "three"], set)

    assert why == {}
    assert len(runs_of("丁日")) == 3
    assert begun < {run.id for run in runs_of("丁日")}


def test_a_run_that_takes_too_long_is_ended_and_holds_nobody_up(pool):
    short = Limits(timedelta(seconds=0.3), picked_up_within=timedelta(seconds=30), tries=2)
    with get_client(sync_client=True) as client:
        runs = PoolRuns(client, ONE, "戊日", short, print)
        with working(lambda slug: slug == "quick" or bool(time.sleep(1.5)), "戊日"):
            why = runs.see_to(["slow", "quick"], set)

    assert why.keys() == {"slow"}
    assert "没有办完" in why["slow"]


def test_the_run_of_one_campaign_says_what_it_came_to_and_a_wrong_name_in_one_line(campaign):
    well = asyncio.run(patrol_one(campaign=campaign, return_state=True))
    wrong = asyncio.run(patrol_one(campaign="没有的", return_state=True))

    assert well.is_completed(), well.message
    assert "检查 32 项任务" in well.message
    assert province_on(MONDAY).patrolled == {campaign}
    assert wrong.is_failed()
    assert "没有的" in wrong.message


def test_a_preview_and_one_campaign_need_no_pool(campaign):
    preview = patrol_province(today="2025-07-22", return_state=True)
    one = patrol_province(campaign=campaign, return_state=True)
    off = patrol_province(today="2025-07-20", return_state=True)

    assert (preview.name, one.name, off.name) == ("预览", "Completed", "预览")
    assert [one.slug for one in province_on(MONDAY).rounds if one.at] == [campaign]
