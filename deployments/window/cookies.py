"""The window's two cookies: whose stay it is, and the word of a form that is filled in before one begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from starlette.requests import cookie_parser
from starlette.responses import Response

from models.rules.window.entry import WHOLE

STAY, FORM = "shifan_stay", "shifan_form"
LONGEST = 400


def stay_in(headers: Mapping[str, str]) -> str:
    """Return the cookie of a stay that a call brought; empty for none."""
    return cookie_parser(headers.get("cookie", "")).get(STAY, "")[:LONGEST]


@dataclass(frozen=True, slots=True)
class CookieJar:
    """What a call brought, and how cookies go back to it: under ``base``, over TLS where ``secure``."""

    stay: str
    form: str
    base: str
    secure: bool

    @classmethod
    def of(cls, headers: Mapping[str, str], base: str, *, secure: bool) -> "CookieJar":
        """Return the cookies of a call; a form's word is made where there is none yet."""
        found = cookie_parser(headers.get("cookie", ""))
        stay, form = found.get(STAY, ""), found.get(FORM, "")
        return cls(stay[:LONGEST], form[:LONGEST] or token_urlsafe(12), base, secure)

    def keep_stay(self, answer: Response, cookie: str) -> None:
        """Let ``answer`` begin a stay or go on with it."""
        self._keep(answer, STAY, cookie, int(WHOLE.total_seconds()))

    def keep_form(self, answer: Response) -> None:
        """Let ``answer`` keep the word of a form."""
        self._keep(answer, FORM, self.form, None)

    def end_stay(self, answer: Response) -> None:
        """Let ``answer`` forget the stay."""
        answer.delete_cookie(STAY, path=self.base or "/")

    def _keep(self, answer: Response, name: str, value: str, lasts: int | None) -> None:
        answer.set_cookie(
            name,
            value,
            max_age=lasts,
            httponly=True,
            samesite="strict",
            secure=self.secure,
            path=self.base or "/",  # what else a proxy serves beside us does not get it
        )
