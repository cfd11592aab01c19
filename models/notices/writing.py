"""The one writer of notices: a SELECT finds who must hear of what, and one statement writes it down."""

from collections import Counter
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
    WITH {SEATS}, found ({_ROW}, campaign_id) AS MATERIALIZED ({{found}})
    SELECT {_ROW}, campaign_id, :today, :now, CASE WHEN urgent THEN :soon ELSE :hold END, 'waiting', ''
    FROM found WHERE true
    ON CONFLICT ({_ONCE}) DO NOTHING"""  # noqa: S608

NOBODY_ELSE = "CAST(NULL AS INTEGER), false, '', ''"  # meant_for, urgent, words, detail
AT_ONCE = 200  # posts in one statement; SQLite joins 500 SELECTs

_TO_POST = """
    SELECT :kind{n}, :subject{n}, :rule{n}, p.level, :occurrence{n}, p.id,
           NULLIF(:meant_for{n}, p.level), :urgent{n} = 1, :words{n}, :detail{n}, p.campaign_id
    FROM post p WHERE NOT p.vacant AND p.id = :post{n}"""
# The campaigns are named once for all posts: with each of 200 they were more to read than all else.
_OF_THESE = "SELECT told.* FROM ({told}) AS told WHERE told.campaign_id IN :these"
_TO_LEVEL = """
    SELECT :kind, {subject}, :rule, s.post_level, :occurrence, s.post_id,
           NULLIF(s.level, s.post_level), :urgent = 1, :words, :detail, s.campaign_id
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
    """Write the notices of one campaign as `write_notices_of` does; return how many are new."""
    return write_notices_of(session, [campaign_id], found, moment, **values)[campaign_id]


def write_notices_of(
    session: Session, campaign_ids: Sequence[int], found: str, moment: Moment, **values: Any
) -> Counter[int]:
    """Write a notice for each row of the SELECT ``found``; return how many are new in each campaign.

    Its columns are those of `_ROW` and the campaign; it may read `seat`, and ``values`` are bound, ``these``
    the campaigns. The table refuses a second notice of the same subject, rule, level, occurrence and post.
    What is urgent may go at ``soon``, which is now unless ``values`` say otherwise, all else in office hours.
    """
    known = {
        "these": tuple(campaign_ids),
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
        "soon": min(moment.now, moment.hold_until),
    }
    written, values = _WRITE.format(found=found), known | values
    if len(campaign_ids) > 1 and getattr(session.get_bind().dialect, "returns_once", True):
        return Counter(run(session, f"{written} RETURNING campaign_id", values).scalars())
    return Counter(
        {one: run(session, written, values | {"these": (one,)}).rowcount for one in campaign_ids}
    )


def tell(
    session: Session, campaign_id: int, said: Iterable[tuple[int, Word]], moment: Moment
) -> int:
    """Tell each post, by id, its word; return how many notices are new. Vacant posts hear nothing."""
    return tell_all(session, [campaign_id], said, moment)[campaign_id]


def tell_all(
    session: Session,
    campaign_ids: Sequence[int],
    said: Iterable[tuple[int, Word]],
    moment: Moment,
) -> Counter[int]:
    """Tell each post of the campaigns its word as `tell` does; return how many notices are new in each."""
    told, new = list(said), Counter[int]()
    for first in range(0, len(told), AT_ONCE):
        new += _tell(session, campaign_ids, told[first : first + AT_ONCE], moment)
    return new


def _tell(
    session: Session,
    campaign_ids: Sequence[int],
    said: Sequence[tuple[int, Word]],
    moment: Moment,
) -> Counter[int]:
    values: dict[str, Any] = {"soon": moment.now}
    for n, (post, word) in enumerate(said):
        meant_for = word.meant_for and int(word.meant_for)
        values |= word.bound(n) | {f"post{n}": post, f"meant_for{n}": meant_for}
    each = " UNION ALL ".join(_TO_POST.format(n=n) for n in range(len(said)))
    found = _OF_THESE.format(told=each)
    return write_notices_of(session, campaign_ids, found, moment, **values)


def say_to(session: Session, campaign_id: int, level: Level, word: Word, moment: Moment) -> int:
    """Tell a level of the campaign, or who stands in for it; return how many notices are new.

    It goes in office hours, urgent or not.
    """
    values = word.bound() | {"level": int(level), "soon": moment.hold_until}
    return write_notices(
        session, campaign_id, _TO_LEVEL.format(subject=":subject"), moment, **values
    )


def say_to_all(
    session: Session, campaign_ids: Sequence[int], level: Level, word: Word, moment: Moment
) -> Counter[int]:
    """Tell a level of each campaign the same of the campaign itself, as `say_to` does."""
    values = word.bound() | {"level": int(level), "soon": moment.hold_until}
    found = _TO_LEVEL.format(subject="s.campaign_id")
    return write_notices_of(session, campaign_ids, found, moment, **values)
