"""A running `shifan up` with the demonstration, and a real browser to look at it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.upped import Up

CHROMIUM = "/usr/bin/chromium"
STRANGE_NAME = "sf.elsewhere.example"  # resolves to this machine, as a rebound name does
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {STRANGE_NAME} 127.0.0.1",
]


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with Up(tmp_path_factory.mktemp("browser") / "home") as up:
        yield up


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(params=[(1400, 1000), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page at desk and at phone width; nothing it asks for leaves the machine."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.asked = []  # every address the page asked for
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    yield opened
    context.close()


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go, to be looked at."""
    return tmp_path_factory.getbasetemp()


@pytest.fixture
def desk(browser: Any) -> Iterator[Any]:
    yield from _page(browser, 1400, 1000)


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    yield from _page(browser, 390, 844)


def _page(browser: Any, width: int, height: int) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
