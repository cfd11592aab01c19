"""Why was nobody told? One answer for every subject and day, with the facts behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, looking_at
from models.campaign.subjects import Subject, subject_named
from models.keys import key_of
from models.notices.trail import Trail, trails
from models.rules.notices.ladder import Bracket, Rung, brackets
from models.rules.notices.ladder_table import plain
from models.rules.words import FINISHED
from tasks.notices.became import HELD, became, facts_of, not_due_in_words
from tasks.office.ladder import ladder_of

# The first of these that any notice of the day came to is the answer: what reached somebody before
# what did not, what is under way before what was left unsaid.
ANSWERS = (
    "delivered",
    "refused",
    "merged",
    "held",
    "acknowledged",
    "silenced",
    "inhibited",
    "no-channel",
    "not-due",
)


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one subject on one day: a stable word, its facts, and Chinese for people."""

    subject: str
    on: date
    answer: str
    facts: Mapping[str, object]
    words: str

    def as_json(self) -> Mapping[str, object]:
        """Return the object that ``--json`` prints."""
        return {
            "subject": self.subject,
            "on": self.on.isoformat(),
            "answer": self.answer,
            "facts": self.facts,
        }


def why(slug: str | None, subject: str, on: date) -> Why:
    """Return what became of the word about ``subject`` on ``on``; writes nothing.

    A rung that was told on an earlier day still counts on ``on``, until the next rung. Raises
    NotFoundError for an unknown subject.
    """
    with looking_at(slug) as (session, campaign):
        found = subject_named(session, key_of(campaign), subject)
        said = trails(session, key_of(campaign), found.rows, on)
        return explained(session, campaign, found, on, said)


def explained(
    session: Session,
    campaign: Campaign,
    found: Subject,
    on: date,
    said: Sequence[Trail],
    *,
    plainly: bool = False,
) -> Why:
    """Return what `why` does of what was ``said`` about ``found`` up to ``on``; ``plainly`` as `became`."""
    calendar = work_calendar(session)
    rung = _rung(found.due, brackets(on, calendar, ladder_of(campaign).rungs))
    relevant = [t for t in said if t.day == on or (rung and plain(t.rule) == rung.rule)]
    facts: dict[str, object] = {
        "title": found.title,
        "due": found.due.isoformat() if found.due else None,
        "rung": rung.rule if rung else None,
        "notices": [
            {"answer": one.answer, **facts_of(one, became(one, found)[0])} for one in relevant
        ],
    }
    if relevant:
        first = min(relevant, key=lambda t: ANSWERS.index(t.answer))
        behind, words = became(first, found, plainly=plainly)
        facts |= {k: value for k, value in facts_of(first, behind).items() if k != "rule"}
        return Why(found.name, on, first.answer, facts, words)
    finished = found.state in FINISHED and (found.done_on is None or found.done_on <= on)
    if rung is None or finished:
        words = not_due_in_words(found, on, plainly=plainly)
        return Why(found.name, on, "not-due", facts | {"state": found.state}, words)
    works = calendar.is_workday(on)
    reason = "no-patrol" if works else "day-off"
    until = on if works else calendar.next_workday(on)
    facts |= {"reason": reason, "until": until.isoformat()}
    return Why(found.name, on, "held", facts, f"等待：{HELD[reason]}")


def _rung(due: date | None, found: list[Bracket]) -> Rung | None:
    if due is None:
        return None
    return next((b.rung for b in found if b.first <= due <= b.last), None)
