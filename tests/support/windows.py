"""The window without a browser: calls at it by whoever is there, and what came back."""

import asyncio
import re
from datetime import datetime
from html import unescape
from typing import Any

import httpx

from deployments.window import after, noting
from deployments.window.cookies import STAY
from deployments.window.frame import create_window
from models.database import open_session
from models.rules.window.sight import VisitorRole
from models.settings import moment_of
from models.window.account import account_named
from tasks.window.accounts import add_account
from tasks.window.visitors import Visitor, begin_stay, new_stay, of_account, of_post

# A process that sends outlives its test, and would find the home of the next one in the same place.
after._sender = after.Sender(["true"])

PASSWORD = "Gong-Kai-2026!"
TOKEN = re.compile(r'name="_csrf" value="([0-9a-f]+)"')


def account(now: datetime, name: str = "甲", role: VisitorRole = VisitorRole.OFFICE) -> Visitor:
    """An account of that name, made where there is none, as it is in."""
    with open_session(read_only=True) as session:
        there = account_named(session, name)
        number = there.id if there else None
    number = number or add_account(name, role, PASSWORD, "创建办", moment_of(now))
    with open_session(read_only=True) as session:
        found = of_account(session, number, new_stay(now))
    assert found
    return found


def holder(post_id: int, now: datetime) -> Visitor:
    """The holder of a post, as a personal link lets in."""
    with open_session(read_only=True) as session:
        found = of_post(session, post_id, new_stay(now))
    assert found
    return found


def all_noted() -> None:
    """Come back when everything is written that is written behind an answer."""
    noting._LATER.submit(lambda: None).result()


def nothing_noted_yet() -> None:
    """Let a test be an hour of its own: what another test did counts for nothing."""
    for tally in (noting._TALLY, noting._COMING):
        tally.__init__(tally._most)


class Client:
    """A browser without pictures: keeps cookies, follows nothing by itself."""

    def __init__(
        self, visitor: Visitor | None = None, *, address: str = "10.0.0.9", waits: bool = True
    ) -> None:
        self.cookies: dict[str, str] = {}
        if visitor:
            self.cookies[STAY] = begin_stay(visitor, visitor.stay.seen)
        self.address, self.window, self.waits = address, create_window(), waits

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, form: dict[str, str] | None = None, *, at: str) -> httpx.Response:
        """Send a form of the page ``at`` to ``path``, with what that page's form carries."""
        token = TOKEN.search(self.get(at).text)
        said = {"_csrf": token[1] if token else "", **(form or {})}
        return self.send(path, said)

    def send(self, path: str, form: dict[str, str]) -> httpx.Response:
        """Send exactly ``form``."""
        return self._ask("POST", path, form, {})

    def _ask(
        self, method: str, path: str, form: dict[str, str] | None, headers: dict[str, str]
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.window, client=(self.address, 50000))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:4200", cookies=self.cookies
            ) as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, data=form, headers=named)

        answer = asyncio.run(ask())
        if self.waits:
            all_noted()  # what is written behind an answer is written in this test's database
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        for line in answer.headers.get_list("set-cookie"):
            if "Max-Age=0" in line or '=""' in line.partition(";")[0]:
                self.cookies.pop(line.partition("=")[0], None)
        return answer


def words_in(answer: httpx.Response) -> str:
    """What a person reads of a page: its text, without tags and runs of blanks."""
    text = re.sub(r"<(style|title|script)[^>]*>.*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def is_page(answer: httpx.Response, status: int = 200) -> Any:
    """Check that it is a page with the headers every page has."""
    assert answer.status_code == status, answer.text[:2000]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "style=" not in answer.text and "<script" not in answer.text.replace("<script src=", "")
    return answer
