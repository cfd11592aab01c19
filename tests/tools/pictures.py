"""Take the pictures of README from the real pages: `python -m tests.tools.pictures`."""

import re
import tempfile
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.places import ROOT
from tests.support.upped import Up

FOLDER = ROOT / "deployments" / "pictures"
ENTRANCE = re.compile(r"http://\S+/in/\S+")
PHONE, SCREEN = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}


def main() -> None:
    """Start the demonstration, open its pages, and keep what a person sees."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Up(Path(folder) / "home") as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        chart_of_prefect(browser, running)
        window(browser, running)
        browser.close()


def chart_of_prefect(browser: Any, running: Up) -> None:
    """Keep the chart as the operators' page shows it."""
    page = browser.new_context(viewport={"width": 1400, "height": 720}, locale="zh-CN").new_page()
    latest = f"{running.url}/api/artifacts/latest/filter"
    found = httpx.post(latest, json={}, trust_env=False).json()
    [chart] = [one["latest_id"] for one in found if one["key"] == "chart"]
    page.goto(f"{running.url}/artifacts/artifact/{chart}")
    page.locator("img[alt*=甘特图]").wait_for()
    page.wait_for_timeout(1500)
    page.screenshot(path=FOLDER / "chart.png")


def window(browser: Any, running: Up) -> None:
    """Keep the board and a question as a phone shows them, and the wall."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    entrance = ENTRANCE.search(running.said)
    assert entrance, running.said
    page.goto(entrance[0])
    page.get_by_role("button", name="进入").click()
    page.wait_for_url(f"{running.url}/")
    page.screenshot(path=FOLDER / "board.png")
    page.goto(f"{running.url}/d/1")
    page.screenshot(path=FOLDER / "decision.png")
    page.set_viewport_size(SCREEN)
    page.goto(f"{running.url}/c/c1/wall")
    page.screenshot(path=FOLDER / "wall.png")


if __name__ == "__main__":
    main()
