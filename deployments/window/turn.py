"""One call at the window: who is there, may they, then the handler, then the answer as it leaves."""

import logging
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response

from deployments.window.asking import (
    Asked,
    Enter,
    Go,
    Leave,
    NotYours,
    Page,
    Reply,
    Sheet,
    Way,
    WrongFieldsError,
)
from deployments.window.cookies import CookieJar
from deployments.window.faults import fault_of, fault_page, status_of
from deployments.window.headers import HEADERS
from deployments.window.marks import number_of
from deployments.window.noting import note_refusal
from deployments.window.rendering import rendered
from flows.running import clock
from models.audit.chain import Acting, acting
from models.errors import CampaignError, DatabaseError, NotFoundError
from models.rules.calendar.moment import Moment
from models.rules.window.sight import Right
from tasks.window.naming import Addressed, campaign_at
from tasks.window.once import DoneBeforeError, acting_once
from tasks.window.reading import reading
from tasks.window.tokens import csrf_of
from tasks.window.visitors import Visitor, begin_stay, visitor_of

REFRESHED_AFTER = 60.0  # seconds; a cookie need not be made anew at every call
OTHER_CAMPAIGN = "这一页不在您的创建活动里，不归您看"
EXPIRED = "登录已过期，刚才填的没有提交；请登录后再做一次"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One call as its endpoint was given it."""

    headers: Headers
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    address: str
    base: str
    at: str
    jar: CookieJar


class Turn:
    """One call and its answer, in a thread of its own; the clock is read once."""

    def __init__(self, way: Way, call: Incoming) -> None:
        self._way, self._call = way, call
        self._moment: Moment = clock.moment()
        self._there: Visitor | None = None
        self._campaign: Addressed | None = None
        self._wrong: Mapping[str, str] = {}  # by field of a form that is shown again

    def take(self) -> Response:
        """Return the answer; whatever was wrong is one line on a page."""
        try:
            # A page is read in one transaction; an act writes in its own, and reads what it wrote.
            with reading() if self._way.method == "GET" else nullcontext():
                return self._answer()
        except CampaignError as error:
            if isinstance(error, NotYours):
                self._note("not-yours")
            return self._fault(error)
        except Exception:
            said = (self._way.method, self._way.path)  # not what was typed
            logging.getLogger("shifan.window").exception("%s %s", *said)
            return self._dress(fault_page(self._way, fault_of(None), 500))

    def _fault(self, error: CampaignError) -> Response:
        try:
            return self._dress(fault_page(self._way, fault_of(error), status_of(error)))
        except DatabaseError as worse:  # the home's key cannot be used: no page has a form then
            line, status = fault_of(worse), status_of(worse)
            return dressed(HTMLResponse(line, status), fault_page(self._way, line, status).headers)

    def _answer(self) -> Response:
        self._there = visitor_of(self._call.jar.stay, self._moment.now)
        return self._not_let_in() or self._dress(self._reply())

    def _note(self, reason: str) -> None:
        """Write down a refusal: the kind of page, and who it was; a path may hold a token."""
        who = f" {self._there.via}" if self._there else ""
        called = f"{self._way.method} {self._way.path}{who}"
        note_refusal(self._call.address, reason, called, self._moment)

    def _not_let_in(self) -> Response | None:
        way, there, call = self._way, self._there, self._call
        if way.right is Right.PUBLIC:
            return None
        if there is None:
            if way.method == "POST":
                page = Page("fault.html", {"line": EXPIRED, "to_login": True}, 401)
                return self._dress(page)
            if way.fault and "turn" in call.query:  # a screen that turned until its stay was over
                return self._dress(fault_page(way, EXPIRED, 401))
            if _came_over_a_link(call.headers):  # a strict cookie stays at home: ask once more
                return self._dress(Page("onward.html", {"path": call.at}))
            return self._dress(Go("/in" + (f"?to={_quoted(call.at)}" if call.at != "/" else "")))
        if way.right not in there.rights or (way.method == "POST" and there.only_looks):
            raise NotYours(_not_for(there, way))
        return None

    def _reply(self) -> Reply:
        if "slug" in self._call.path:
            self._campaign = self._theirs(self._call.path["slug"])
        asked = self._asked()
        if self._way.method == "GET":
            return self._way.act(asked)
        form = number_of(self._call.form.get("_csrf", ""), self._csrf)
        asked = replace(asked, form_number=form)
        via = f"{self._there.via}（{asked.address}）" if self._there else f"来自 {asked.address}"
        try:
            with acting_once(via, form, self._moment) if self._once else acting(via) as done:
                return self._way.act(replace(asked, done=done))
        except DoneBeforeError as error:
            if self._way.twice is None:
                return Go(f"/r/{error.entry}")
            return self._way.twice(replace(asked, done=Acting(via, [error.entry])))
        except NotYours:  # of what is another's no form is shown again
            raise
        except CampaignError as error:
            if self._way.again is None:
                raise
            if isinstance(error, WrongFieldsError):
                self._wrong = error.by_field
            shown = self._way.again(replace(asked, fault=fault_of(error), typed=asked.form))
            # A database that is locked keeps nobody from seeing again what was typed.
            status = 503 if isinstance(error, DatabaseError) else 422
            return replace(shown, status=status) if isinstance(shown, Page) else shown

    @property
    def _once(self) -> bool:
        """Say whether a form of this way does its act once; who tries codes is counted, and may try again."""
        return self._way.right not in (Right.PUBLIC, Right.DECIDE)

    def _theirs(self, address: str) -> Addressed:
        """Return the campaign of ``address``; to a post every other is none of its own, if there is one or not."""
        own = self._there.campaign_id if self._there else None
        try:
            found = campaign_at(address)
        except NotFoundError:
            if own is None:
                raise
            raise NotYours(OTHER_CAMPAIGN) from None
        if own not in (None, found.id):
            raise NotYours(OTHER_CAMPAIGN)
        return found

    def _asked(self) -> Asked:
        call = self._call
        return Asked(
            there=self._there,
            moment=self._moment,
            path=call.path,
            query=call.query,
            form={name: text for name, text in call.form.items() if name != "_csrf"},
            address=call.address,
            campaign=self._campaign,
            at=call.at,
            known=call.headers.get("if-none-match", ""),
        )

    @property
    def _csrf(self) -> str:
        return self._there.csrf if self._there else csrf_of(self._call.jar.form)

    def _dress(self, reply: Reply) -> Response:
        """Return a handler's reply as it leaves: headers, and the cookie of the stay."""
        jar, base = self._call.jar, self._call.base
        match reply:
            case Enter():
                # Not a redirect: one that began at another page brings no strict cookie along.
                answer: Response = self._page(Page("onward.html", {"path": reply.path}))
                jar.keep_stay(answer, begin_stay(reply.visitor, self._moment.now))
                return dressed(answer)
            case Leave():
                answer = RedirectResponse(base + reply.path, 303)
                jar.end_stay(answer)
                return dressed(answer)
            case Go():
                answer = RedirectResponse(base + reply.path, 303)
            case Sheet():
                answer = Response(reply.data, reply.status, media_type=reply.media_type)
                _name(answer, reply)
            case Page():
                answer = self._page(reply)
        if self._there:
            seen = (self._moment.now - self._there.stay.seen).total_seconds()
            if not 0 <= seen < REFRESHED_AFTER:
                jar.keep_stay(answer, begin_stay(self._there, self._moment.now))
        elif isinstance(reply, Page):
            jar.keep_form(answer)
        return dressed(answer, reply.headers if isinstance(reply, Sheet | Page) else None)

    def _page(self, page: Page) -> Response:
        facts = {
            "to_login": False,
            "visitor": self._there,
            "campaign": self._campaign,
            "wrong_fields": self._wrong,
            **page.facts,
        }
        words = rendered(page.template, facts, self._call.base, self._csrf, self._moment.today)
        return HTMLResponse(words, page.status)


def _came_over_a_link(headers: Mapping[str, str]) -> bool:
    return headers.get("sec-fetch-site") == "cross-site"


def _quoted(path: str) -> str:
    return quote(path, safe="")


def _not_for(there: Visitor, way: Way) -> str:
    if way.method == "POST":
        return f"{there.role.chinese}不能做这件事；请创建办的同事用自己的账号登录后办理"
    return "这一页不归您看；请创建办的同事用自己的账号登录后查看"


def _name(answer: Response, sheet: Sheet) -> None:
    if sheet.filename:
        answer.headers["content-disposition"] = (
            f"attachment; filename*=UTF-8''{_quoted(sheet.filename)}"
        )


def dressed(answer: Response, more: Mapping[str, str] | None = None) -> Response:
    """Return an answer with the headers that everything of the window leaves with, and ``more``."""
    for name, value in {**HEADERS, **(more or {})}.items():
        answer.headers[name] = value
    return answer
