"""The first load of several at once, each for itself or all the same: waited for, never failed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models.database import open_session
from models.notices.channel_health import Reply, health_by_target, keep_answer
from models.settings import moment_of
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW, ON_BOTH, TODAY

TOGETHER = 6


@ON_BOTH
@pytest.mark.parametrize("slugs", [["jc"] * TOGETHER, [f"jc{n}" for n in range(TOGETHER)]])
def test_the_first_loads_of_several_wait_for_each_other(slugs):
    plan, start = read_plan(find_plan("jinchang-2025")), Barrier(TOGETHER)

    def load(slug: str) -> int:
        start.wait()
        return load_plan(plan, slug=slug, start=None, moment=moment_of(NOW, TODAY)).changes

    with ThreadPoolExecutor(TOGETHER) as all_at_once:
        changes = list(all_at_once.map(load, slugs))

    assert sorted(changes, reverse=True)[0] == 342
    assert len([n for n in changes if n]) == len(set(slugs))


@ON_BOTH
def test_a_channel_that_answers_several_for_the_first_time_is_kept_once():
    start = Barrier(TOGETHER)

    def hear(_number: int) -> None:
        start.wait()
        with open_session() as session:
            keep_answer(session, "t", "x", Reply(True, "", ""), NOW, "")

    with ThreadPoolExecutor(TOGETHER) as all_at_once:
        list(all_at_once.map(hear, range(TOGETHER)))

    with open_session(read_only=True) as session:
        assert list(health_by_target(session)) == ["t"]
