"""A running `shifan up` with the demonstration, and a real browser to look at it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.support.upped import Up

CHROMIUM = "/usr/bin/chromium"
STRANGE_NAME = "sf.elsewhere.example"  # resolves to this machine, as a rebound name does
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-rasterization",  # Debian's start asks for it; without a card it is the dearest way
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {STRANGE_NAME} 127.0.0.1",
]
PATIENCE = 120_000  # milliseconds; a machine with as many browsers as cores is no fast one
# The graph of a run is painted anew at every frame, although nothing moves: a core of its own for each
# open form, beside the server that the form waits for. Four frames a second show the same.
FEWER_FRAMES = """
window.requestAnimationFrame = (paint) => setTimeout(() => paint(performance.now()), 250);
window.cancelAnimationFrame = clearTimeout;
"""


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


@pytest.fixture
def window(browser: Any) -> Iterator[Callable[..., Any]]:
    """What opens a window of its own, of a size, with nothing left in it by others; all close in the end."""
    with ExitStack() as windows:

        def opened(width: int = 1400, height: int = 1000) -> Any:
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, locale="zh-CN")
            windows.callback(context.close)
            context.set_default_timeout(PATIENCE)
            context.add_init_script(FEWER_FRAMES)
            return context

        yield opened


@pytest.fixture(params=[(1400, 1000), (390, 844)], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, window: Callable[..., Any]) -> Any:
    """A page at desk and at phone width; nothing it asks for leaves the machine."""
    opened = window(*request.param).new_page()
    opened.asked = []  # every address the page asked for
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    return opened


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go, to be looked at."""
    return tmp_path_factory.getbasetemp()


@pytest.fixture
def desk(window: Callable[..., Any]) -> Any:
    return window().new_page()


@pytest.fixture
def phone(window: Callable[..., Any]) -> Any:
    return window(390, 844).new_page()
