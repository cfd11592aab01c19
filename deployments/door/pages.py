"""What the door itself answers: the way to log in, a message's page, and the UI's two added scripts."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

HERE = Path(__file__).parent
LOGIN, SCRIPT, OPEN_FORM = "/in", "/door/at-home.js", "/door/form.js"
OLD_LOGIN = "/door/login"  # in browsers' memories
FILES = {
    SCRIPT: "text/javascript",
    OPEN_FORM: "text/javascript",
}
MESSAGE = re.compile(r"/door/message/([0-9]{1,9})", re.ASCII)


@cache
def _words(name: str) -> str:
    return (HERE / "files" / name).read_text(encoding="utf-8")


def file(path: str) -> Response:
    """Return one of `FILES`, which anybody may read."""
    return Response(_words(path.rpartition("/")[2]), media_type=FILES[path])


def moved(path: str) -> str | None:
    """Return where a page of the door stands now; links to the old places are still out."""
    if path == OLD_LOGIN:
        return LOGIN
    found = MESSAGE.fullmatch(path)
    return f"/m/{found[1]}" if found else None


def to_login(path: str, query: str, base: str) -> Response:
    """Send a browser to the page to log in under ``base``, which brings it back to where it wanted."""
    wanted = own_path(f"{path}?{query}" if query else path)
    return RedirectResponse(f"{base}{LOGIN}?to={quote(wanted, safe='')}", 303)


def own_path(path: str) -> str:
    """Return ``path`` where it is a page of ours, else the first page: never another host's.

    Browsers read `//host` and `/\\host` as another host, and pass over tabs and line breaks.
    """
    plain = path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"
