"""Make a code at the moment its message is sent, and put it where the message holds a place for it."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.database import open_session
from models.decisions.codes import make_when_sent
from models.notices.outbox import Claim
from models.rules.decisions.codes import make_code
from models.rules.window.entry import IDLE
from models.settings import local_minute, settings
from notifications.saying.scrub import scrubber
from tasks.decisions.sealing import new_seal

# In characters that no Markdown and no template takes.
CODE_PLACE, UNTIL_PLACE = "⟦验证码⟧", "⟦有效期⟧"
HIDDEN = "······"


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out and is nowhere else: a body with its code, and what to keep out of answers.

    ``link`` and the body's addresses hold ``tokens`` where its reader alone gets it.
    """

    body: str
    code: str = ""
    link: str = ""
    tokens: tuple[str, ...] = ()

    def without_secrets(self, answer: str) -> str:
        """Return a provider's answer without the code and the tokens that it may have quoted.

        An answer is cut to what a table holds, so it may end within one: its beginning is as good as
        hidden only when it goes too.
        """
        return self._without_code(scrubber(self.tokens)(answer) if self.tokens else answer)

    def _without_code(self, answer: str) -> str:
        if not self.code:
            return answer
        between = r"[\s\-_.·]*"
        whole = between.join(map(re.escape, self.code))
        begun = "".join(f"(?:{between}{re.escape(c)}" for c in self.code[1:-1])
        begun = f"{re.escape(self.code[0])}{begun}{')?' * (len(self.code) - 2)}"
        cut = rf"(?<![A-Za-z0-9]){begun}(?=\W*$|…|\.\.)"
        return re.sub(f"{whole}|{cut}", HIDDEN, answer, flags=re.IGNORECASE)


def letter_for(claim: Claim, now: datetime) -> Letter | None:
    """Return what to send for ``claim``; None when its code is not wanted any more.

    A code is made anew at each try, and its hash is committed before this returns: whatever becomes
    of the process, a code that arrives counts, and what an earlier try may have brought does not.
    """
    if not claim.secret:
        return Letter(claim.body, link=claim.link)
    code, ends = make_code(secrets.choice), good_until(now, urgent=claim.urgent)
    with open_session() as session:
        if not make_when_sent(session, claim.message_id, claim.id, new_seal(code), now, ends):
            return None
    body = claim.body.replace(CODE_PLACE, code)
    return Letter(body.replace(UNTIL_PLACE, local_minute(ends)), code, claim.link)


def good_until(begins: datetime, *, urgent: bool = False) -> datetime:
    """Return until when a code is good that may be used from ``begins`` on; an ``urgent`` one half an hour."""
    if urgent:  # whoever asked for it stands before the door
        return begins + IDLE
    return begins + timedelta(hours=settings().decision_code_hours)
