"""Keeping the pages fresh while Prefect is down or something else goes wrong."""

import asyncio
from contextlib import suppress
from itertools import accumulate

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from deployments.service.fresh import Window, keep_fresh, longer, rest_after
from flows.running import clock

NOBODY = {PREFECT_API_URL: "http://127.0.0.1:9/api"}


def test_pages_that_cannot_be_shown_are_not_made_again_each_time(campaign):
    window, made = Window(), []
    with temporary_settings(NOBODY):
        for _ in range(2):
            with pytest.raises(httpx.HTTPError):
                window.refresh()
            made.append(window.made)

    assert made[0] is not None
    assert made[0] is made[1]
    assert window.shown == ""  # still to be shown


@pytest.mark.parametrize(("took", "rests"), [(0.0, 0.0), (0.1, 0.9), (3.0, 27.0), (30.0, 60.0)])
def test_pages_take_a_tenth_of_a_core_and_are_never_a_minute_old(took, rests):
    assert rest_after(took) == pytest.approx(rests)


def test_after_each_fault_the_pause_is_longer_up_to_a_minute():
    pauses = list(accumulate(range(7), lambda pause, _: longer(pause), initial=1.0))

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_fault_without_words_is_logged_by_its_name(monkeypatch, caplog):
    def broken() -> None:
        raise TimeoutError

    monkeypatch.setattr(clock, "today", broken)

    async def a_moment() -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(keep_fresh(), 0.3)

    asyncio.run(a_moment())
    assert [one.getMessage() for one in caplog.records] == ["pages not refreshed: TimeoutError()"]
