"""What a worker does beside its runs, on a day when the data folder cannot be written."""

import asyncio
import fcntl
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from deployments.pools import work
from deployments.pools.caretaker import LOCK, take_care
from deployments.pools.work import kept_up, show_alive


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not seen():
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AGAIN", 0.02)


def test_the_sign_of_life_that_cannot_be_written_is_said_and_tried_again(tmp_path: Path, caplog):
    alive = tmp_path / "alive"
    alive.write_text("")  # where the folder should be

    async def run() -> None:
        file = alive / "worker-甲"
        showing = asyncio.create_task(
            kept_up("标明还在工作", lambda: show_alive(file, lambda: True))
        )
        await until(lambda: bool(caplog.records))
        await asyncio.sleep(0.2)
        alive.unlink()
        await until(file.exists)
        assert not showing.done()
        showing.cancel()

    with caplog.at_level(logging.WARNING, logger="shifan.worker"):
        asyncio.run(run())

    [said] = caplog.messages  # once, however often it was tried
    assert said.startswith("标明还在工作没有做成")


def test_care_that_cannot_begin_is_said_and_begun_again(tmp_path: Path, caplog):
    lock = tmp_path / LOCK
    lock.mkdir()
    opened: list[str] = []

    async def run() -> None:
        def begin() -> Awaitable[None]:
            opened.append("")
            return take_care(tmp_path, "shifan")

        caring = asyncio.create_task(kept_up("看护运行", begin))
        await until(lambda: len(opened) > 2)
        lock.rmdir()
        with lock.open("w") as another:  # another worker cares meanwhile: this one waits for it
            fcntl.flock(another, fcntl.LOCK_EX)
            tries = len(opened)
            await asyncio.sleep(0.2)
            assert len(opened) <= tries + 1
            assert not caring.done()
            caring.cancel()

    with caplog.at_level(logging.WARNING, logger="shifan.worker"):
        asyncio.run(run())

    [said] = caplog.messages
    assert said.startswith("看护运行没有做成")
