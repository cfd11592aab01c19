"""Take the pictures of README from the real window: `python -m tests.tools.pictures`."""

import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, QUIET
from tests.places import ROOT
from tests.support.upped import Up

FOLDER = ROOT / "deployments" / "pictures"


def main() -> None:
    """Start the demonstration, open its chart, and keep what a person sees."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Up(Path(folder) / "home") as running,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(
            viewport={"width": 1400, "height": 720}, locale="zh-CN"
        ).new_page()
        latest = f"{running.url}/api/artifacts/latest/filter"
        found = httpx.post(latest, json={}, trust_env=False).json()
        [chart] = [one["latest_id"] for one in found if one["key"] == "chart"]
        page.goto(f"{running.url}/artifacts/artifact/{chart}")
        page.locator("img[alt*=甘特图]").wait_for()
        page.wait_for_timeout(1500)
        page.screenshot(path=FOLDER / "chart.png")
        browser.close()


if __name__ == "__main__":
    main()
