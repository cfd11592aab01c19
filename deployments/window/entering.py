"""Coming in and going out: an account's password, a personal link, a link that works once, a code."""

from deployments.door.pages import own_path
from deployments.window.after import send_soon
from deployments.window.asking import Asked, Enter, Leave, Page, Reply, Way
from deployments.window.noting import note_link, note_refusal
from models.rules.loopback import is_loopback
from models.rules.window.sight import Right
from models.settings import settings
from tasks.window.entering import (
    ask_for_code,
    end_stay,
    enter_with_code,
    enter_with_password,
    keep_entry,
)
from tasks.window.links import Refusal, enter_once, foresee_once, holder_of_link, is_once

WRONG = 401


def log_in(asked: Asked) -> Page:
    """Show the ways in."""
    return _login(asked, asked.fault)


def with_password(asked: Asked) -> Reply:
    """Let in whoever has an account."""
    name, password = asked.form.get("name", "").strip(), asked.form.get("password", "")
    found = enter_with_password(name, password, asked.address, asked.moment)
    return _entered(asked, found)


def code(asked: Asked) -> Page:
    """Show the form that asks for a code."""
    return Page("in_code.html", _code_facts(asked, asked.fault))


def send_code(asked: Asked) -> Page:
    """Send a code to a post's own channel, and show where it is typed."""
    told = ask_for_code(asked.form.get("post", "").strip(), None, asked.address, asked.moment)
    if told.sent:  # each sending is a process of its own: nobody starts one by asking in vain
        send_soon()
    return Page("in_code.html", _code_facts(asked, "") | {"sent": told.line})


def with_code(asked: Asked) -> Reply:
    """Let in whoever typed the code of a post."""
    post, typed = asked.form.get("post", "").strip(), asked.form.get("code", "")
    found = enter_with_code(post, None, typed, asked.address, asked.moment)
    if isinstance(found, Refusal):
        _note_waiting(asked, found)
        return Page("in_code.html", _code_facts(asked, found.line) | {"sent": "…"}, WRONG)
    return Enter(found, own_path(asked.form.get("to", "/")))


def by_link(asked: Asked) -> Reply:
    """Let in whoever opens a personal link, to where it leads; ask first before one that works once.

    Opening it spends nothing: chat programs fetch links by themselves.
    """
    token = asked.path["token"]
    to = own_path(asked.at.removeprefix(f"/in/{token}"))  # with its query
    if is_once(token):
        if refusal := foresee_once(token, asked.moment.now):
            return _login(asked, refusal.line, WRONG)
        return Page("in_once.html", {"token": token, "next": to})
    found = holder_of_link(token, asked.moment.now)
    if isinstance(found, Refusal):
        note_refusal(asked.address, "link", "GET /in/…", asked.moment)
        way_on = {"fault": found.line, "next": to, "post": found.post, "sent": ""}
        return Page("in_code.html", way_on, WRONG)
    if asked.there and asked.there.kind == found.kind and asked.there.number == found.number:
        return Enter(asked.there, to)
    note_link(found, asked.address, asked.moment)
    return Enter(found, to)


def once(asked: Asked) -> Reply:
    """Let in whoever presses the button of a link that works once, and spend it."""
    found = enter_once(asked.path["token"], asked.moment.now)
    if isinstance(found, Refusal):
        note_refusal(asked.address, "link", "POST /in/…", asked.moment)
        return _login(asked, found.line, WRONG)
    keep_entry(found, asked.address, "一次有效的链接", asked.moment)
    return Enter(found, own_path(asked.form.get("to", "/")))


def leave(asked: Asked) -> Leave:
    """End the stay."""
    if asked.there:
        end_stay(asked.there, asked.address, asked.moment)
    return Leave("/in")


def _note_waiting(asked: Asked, refusal: Refusal) -> None:
    """Write down who goes on trying while waiting, few rows of a flood; every other refusal stands already."""
    if refusal.waits:
        note_refusal(asked.address, "waiting", "POST /in", asked.moment)


def _entered(asked: Asked, found: object) -> Reply:
    if isinstance(found, Refusal):
        _note_waiting(asked, found)
        return _login(asked, found.line, WRONG)
    return Enter(found, own_path(asked.form.get("to", "/")))  # type: ignore[arg-type]


def _login(asked: Asked, fault: str = "", status: int = 200) -> Page:
    to = own_path(asked.form.get("to") or asked.query.get("to", "/"))
    here = is_loopback(asked.address) and not settings().public_url  # else it may be a proxy's
    facts = {"fault": fault, "next": to, "name": asked.form.get("name", ""), "is_here": here}
    return Page("in.html", facts, status)


def _code_facts(asked: Asked, fault: str) -> dict[str, object]:
    to = own_path(asked.form.get("to") or asked.query.get("to", "/"))
    return {"fault": fault, "next": to, "post": asked.form.get("post", ""), "sent": ""}


WAYS = (
    Way("GET", "/in", log_in, Right.PUBLIC),
    Way("POST", "/in", with_password, Right.PUBLIC, log_in),
    Way("GET", "/in/code", code, Right.PUBLIC),
    Way("POST", "/in/code/send", send_code, Right.PUBLIC, code),
    Way("POST", "/in/code", with_code, Right.PUBLIC, code),
    Way("POST", "/in/{token}", once, Right.PUBLIC),
    Way("GET", "/in/{token}", by_link, Right.PUBLIC),
    Way("GET", "/in/{token}/{to:path}", by_link, Right.PUBLIC),
    Way("POST", "/out", leave, Right.PUBLIC),
)
