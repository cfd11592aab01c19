"""The one writer of notices: a SELECT finds who must hear of what, and one statement writes it down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from models.database import run
from models.notices.seats import SEATS
from models.rules.calendar.moment import Moment
from models.rules.notices.rule_words import RULE_WORDS
from models.rules.words import Level

_ROW = (
    "subject_kind, subject_id, rule, level, occurrence, post_id, meant_for, urgent, words, detail"
)
# What the table takes once; a database of PostgreSQL's kin wants it named.
_ONCE = "campaign_id, subject_kind, subject_id, rule, level, occurrence, post_id"
_WRITE = f"""
    INSERT INTO notice ({_ROW}, campaign_id, day, created_at, hold_until, state, reason)
    WITH {SEATS}, found ({_ROW}) AS MATERIALIZED ({{found}})
    SELECT {_ROW}, :campaign, :today, :now, CASE WHEN urgent THEN :soon ELSE :hold END, 'waiting', ''
    FROM found WHERE true
    ON CONFLICT ({_ONCE}) DO NOTHING"""  # noqa: S608

NOBODY_ELSE = "CAST(NULL AS INTEGER), false, '', ''"  # meant_for, urgent, words, detail
AT_ONCE = 200  # posts in one statement; SQLite joins 500 SELECTs

_TO_POST = """
    SELECT :kind{n}, :subject{n}, :rule{n}, p.level, :occurrence{n}, p.id,
           NULLIF(:meant_for{n}, p.level), :urgent{n} = 1, :words{n}, :detail{n}
    FROM post p WHERE p.campaign_id = :campaign AND NOT p.vacant AND p.id = :post{n}"""
_TO_LEVEL = """
    SELECT :kind, :subject, :rule, s.post_level, :occurrence, s.post_id,
           NULLIF(s.level, s.post_level), :urgent = 1, :words, :detail
    FROM seat s WHERE s.unit_id = 0 AND s.level = :level"""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody is told: about what, by which rule; once per ``occurrence``.

    ``words`` is the whole text of what is about no item, ``detail`` a line of its own. What is
    ``urgent`` waits for no window of its recipient's. ``meant_for`` is the level of who should hear.
    """

    subject_kind: str
    subject_id: int
    rule: str
    occurrence: str
    words: str = ""
    detail: str = ""
    urgent: bool = False
    meant_for: Level | None = None

    def __post_init__(self) -> None:
        if self.rule not in RULE_WORDS:
            raise KeyError(self.rule)

    def bound(self, n: int | str = "") -> dict[str, str | int | None]:
        """Return what a statement binds, each name ended by ``n``."""
        return {
            f"kind{n}": self.subject_kind,
            f"subject{n}": self.subject_id,
            f"rule{n}": self.rule,
            f"occurrence{n}": self.occurrence,
            f"words{n}": self.words,
            f"detail{n}": self.detail,
            f"urgent{n}": int(self.urgent),
        }


def write_notices(
    session: Session, campaign_id: int, found: str, moment: Moment, **values: Any
) -> int:
    """Write a notice for each row of the SELECT ``found``; return how many are new.

    Its columns are those of `_ROW`; it may read `seat`, and ``values`` are bound. The table refuses a
    second notice of the same subject, rule, level, occurrence and post. What is urgent may go at
    ``soon``, which is now unless ``values`` say otherwise, all else in office hours.
    """
    known = {
        "campaign": campaign_id,
        "these": (campaign_id,),
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
        "soon": min(moment.now, moment.hold_until),
    }
    return run(session, _WRITE.format(found=found), known | values).rowcount


def tell(
    session: Session, campaign_id: int, said: Iterable[tuple[int, Word]], moment: Moment
) -> int:
    """Tell each post, by id, its word; return how many notices are new. Vacant posts hear nothing."""
    told = list(said)
    return sum(
        _tell(session, campaign_id, told[first : first + AT_ONCE], moment)
        for first in range(0, len(told), AT_ONCE)
    )


def _tell(
    session: Session, campaign_id: int, said: Sequence[tuple[int, Word]], moment: Moment
) -> int:
    values: dict[str, Any] = {"soon": moment.now}
    for n, (post, word) in enumerate(said):
        meant_for = word.meant_for and int(word.meant_for)
        values |= word.bound(n) | {f"post{n}": post, f"meant_for{n}": meant_for}
    found = " UNION ALL ".join(_TO_POST.format(n=n) for n in range(len(said)))
    return write_notices(session, campaign_id, found, moment, **values)


def say_to(session: Session, campaign_id: int, level: Level, word: Word, moment: Moment) -> int:
    """Tell a level of the campaign, or who stands in for it; return how many notices are new.

    It goes in office hours, urgent or not.
    """
    values = word.bound() | {"level": int(level), "soon": moment.hold_until}
    return write_notices(session, campaign_id, _TO_LEVEL, moment, **values)
