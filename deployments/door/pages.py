"""What the door itself answers: the page to log in, a message's page, and the UI's two added scripts."""

import re
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, quote

from starlette.responses import HTMLResponse, RedirectResponse, Response

HERE = Path(__file__).parent
LOGIN, SCRIPT, OPEN_FORM = "/door/login", "/door/at-home.js", "/door/form.js"
FILES = {
    SCRIPT: "text/javascript",
    OPEN_FORM: "text/javascript",
    "/door/login.css": "text/css",
    "/door/page.css": "text/css",
}
MESSAGE = re.compile(r"/door/message/([0-9]{1,9})", re.ASCII)
LONGEST_FORM = 4096


@cache
def _words(name: str) -> str:
    return (HERE / "files" / name).read_text(encoding="utf-8")


def file(path: str) -> Response:
    """Return one of `FILES`, which anybody may read."""
    return Response(_words(path.rpartition("/")[2]), media_type=FILES[path])


def login(to: str, fault: str = "", status: int = 200) -> Response:
    """Return the page to log in, which leads on to ``to``."""
    shown = f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""
    words = _words("login.html").replace("{fault}", shown).replace("{to}", escape(own_path(to)))
    return HTMLResponse(words, status)


def message_of(path: str) -> int | None:
    """Return whose page ``path`` is: a message's number, None for every other path."""
    found = MESSAGE.fullmatch(path)
    return int(found[1]) if found else None


def message(page: str | None) -> Response:
    """Return the page of a message; a number that nobody was sent is said to be none."""
    kept = {"cache-control": "no-store"}
    return HTMLResponse(page or "没有这一条消息", 200 if page else 404, headers=kept)


def to_login(path: str, query: str, base: str) -> Response:
    """Send a browser to the page to log in under ``base``, which brings it back to where it wanted."""
    wanted = own_path(f"{path}?{query}" if query else path)
    return RedirectResponse(f"{base}{LOGIN}?to={quote(wanted, safe='')}", 303)


def typed(body: bytes) -> tuple[str, str]:
    """Return what was typed into the page to log in: the password, and where to go on."""
    try:
        form = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=4)
    except ValueError:  # not UTF-8, or more fields than the page has
        return "", "/"
    return form.get("password", [""])[0], own_path(form.get("to", ["/"])[0])


def wanted(query: str) -> str:
    """Return where the page to log in leads on to, from its own address."""
    try:
        return own_path(parse_qs(query, max_num_fields=4).get("to", ["/"])[0])
    except ValueError:
        return "/"


def own_path(path: str) -> str:
    """Return ``path`` where it is a page of ours, else the first page: never another host's.

    Browsers read `//host` and `/\\host` as another host, and pass over tabs and line breaks.
    """
    plain = path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"
