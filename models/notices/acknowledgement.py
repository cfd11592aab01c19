"""Acknowledgements: who said that a notice was received, and how long that counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, Session, SQLModel

from models.audit.chain import AuditEntry
from models.campaign.about import ITEM, STATE
from models.database import run
from models.rules.calendar.moment import Moment


class Acknowledgement(SQLModel, table=True):
    """One post's word that it knows of one item.

    It counts up to ``runs_out`` (included); when the item moved since (``stood`` is what it was), the
    patrol lets it count anew. Once withdrawn (``ended_at``, by whom) it counts no more, and stays.
    ``audit_id`` is the entry of the audit that said it; rows of before have none, and `SAID_BY` finds it.
    """

    __table_args__ = (
        Index("acknowledgement_of_subject", "campaign_id", "subject_kind", "subject_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    subject_kind: str
    subject_id: int
    by_post: str
    note: str = ""
    at: datetime
    day: date
    runs_out: date
    stood: str = ""
    audit_id: int | None = None  # no foreign key: SQLite adds none to a table that is there
    ended_at: datetime | None = None
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What a post says that it knows of, and until when (included) that counts."""

    by_post: str
    note: str
    runs_out: date


@dataclass(frozen=True, slots=True)
class SaidIn:
    """A message, and of what it says one item where ``kind`` is not empty."""

    message_id: int
    kind: str = ""
    subject_id: int = 0


_OF_MESSAGE = """
    SELECT subject_kind, subject_id, min(id) AS place FROM notice
    WHERE message_id = :message AND campaign_id = :campaign
      AND (:kind = '' OR (subject_kind = :kind AND subject_id = :subject))
    GROUP BY subject_kind, subject_id"""
_OF_MESSAGES = """
    SELECT subject_kind, subject_id, min(id) AS place FROM notice
    WHERE message_id IN :messages AND campaign_id = :campaign
    GROUP BY subject_kind, subject_id"""
_OF_ROWS = """
    SELECT 'milestone' AS subject_kind, id AS subject_id, 0 AS place
    FROM milestone WHERE id IN ({milestone})
    UNION ALL SELECT 'assignment', id, id FROM assignment WHERE id IN ({assignment})"""

STOOD = f"{STATE} || '|' || coalesce(m.note, a.note)"
_ACKNOWLEDGE = f"""
    INSERT INTO acknowledgement
        (campaign_id, subject_kind, subject_id, by_post, note, at, day, runs_out, stood)
    SELECT :campaign, n.subject_kind, n.subject_id, :by, :note, :now, :today, :runs_out, {STOOD}
    FROM ({{rows}}) AS n {ITEM}
    WHERE coalesce(m.id, a.id) IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM acknowledgement k WHERE k.campaign_id = :campaign
            AND k.subject_kind = n.subject_kind AND k.subject_id = n.subject_id
            AND k.runs_out = :runs_out AND k.ended_at IS NULL)
    ORDER BY n.place"""  # noqa: S608

# The entry that says an acknowledgement ``k``: of before 0029 the one that the same post wrote at its instant.
SAID_BY = """coalesce(k.audit_id, (
        SELECT min(e.id) FROM audit_entry e WHERE e.campaign_id = k.campaign_id
        AND e.what = 'acknowledged' AND e.at = k.at AND e.who = k.by_post))"""
_OF_ENTRY = """
    UPDATE acknowledgement SET audit_id = :entry
    WHERE campaign_id = :campaign AND at = :now AND by_post = :by AND audit_id IS NULL"""
_END = """
    UPDATE acknowledgement AS k SET ended_at = :now, ended_by = :by
    WHERE campaign_id = :campaign AND ended_at IS NULL AND runs_out >= :today AND """
_STANDING = """
    SELECT count(*) FROM acknowledgement k
    WHERE campaign_id = :campaign AND ended_at IS NULL AND runs_out >= :today AND """
_OF_IT = f"{SAID_BY} = :entry"


def acknowledge_items(
    session: Session,
    campaign_id: int,
    rows: Sequence[tuple[str, int]],
    said: Received,
    moment: Moment,
) -> int:
    """Acknowledge the milestones and assignments among ``rows``; return how many newly are."""
    ids = {kind: [id for k, id in rows if k == kind] for kind in ("milestone", "assignment")}
    names = {f"{kind}{n}": id for kind, found in ids.items() for n, id in enumerate(found)}
    lists = {
        k: ", ".join(f":{k}{n}" for n in range(len(found))) or "NULL" for k, found in ids.items()
    }
    return _acknowledge(session, campaign_id, _OF_ROWS.format(**lists), said, moment, names)


def acknowledge_said(
    session: Session, campaign_id: int, said_in: SaidIn, said: Received, moment: Moment
) -> int:
    """Acknowledge every item of a campaign that a message says, or one; return how many newly are."""
    number, kind, subject = said_in.message_id, said_in.kind, said_in.subject_id
    values = {"message": number, "kind": kind, "subject": subject}
    return _acknowledge(session, campaign_id, _OF_MESSAGE, said, moment, values)


def acknowledge_several(
    session: Session, campaign_id: int, numbers: Sequence[int], said: Received, moment: Moment
) -> int:
    """Acknowledge every item of a campaign that any of the messages says; return how many newly are."""
    values = {"messages": tuple(numbers), "campaign": campaign_id}
    return _acknowledge(session, campaign_id, _OF_MESSAGES, said, moment, values) if numbers else 0


def keep_entry(session: Session, entry: AuditEntry, said: Received) -> None:
    """Let the acknowledgements just made know the entry of the audit that says them."""
    session.flush()
    values = {"entry": entry.id, "campaign": entry.campaign_id, "by": said.by_post, "now": entry.at}
    run(session, _OF_ENTRY, values)


def count_standing(session: Session, entry: AuditEntry, today: date) -> int:
    """Return how many acknowledgements of an entry of the audit count on ``today``."""
    values = {"entry": entry.id, "campaign": entry.campaign_id, "today": today}
    return int(run(session, _STANDING + _OF_IT, values).scalar_one())


def end_acknowledgements(session: Session, entry: AuditEntry, by_post: str, moment: Moment) -> int:
    """Let the acknowledgements of an entry of the audit count no more; return how many ended."""
    of = {"entry": entry.id, "campaign": entry.campaign_id, "by": by_post}
    values = {**of, "now": moment.now, "today": moment.today}
    return run(session, _END + _OF_IT, values).rowcount


def _acknowledge(
    session: Session,
    campaign_id: int,
    rows: str,
    said: Received,
    moment: Moment,
    values: Mapping[str, object],
) -> int:
    known = {
        "campaign": campaign_id,
        "by": said.by_post,
        "note": said.note,
        "now": moment.now,
        "today": moment.today,
        "runs_out": said.runs_out,
    }
    return run(session, _ACKNOWLEDGE.format(rows=rows), {**known, **values}).rowcount
