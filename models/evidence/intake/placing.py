"""Which campaign a file is of that came when several were under way and none was named."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, case, update
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record_all
from models.audit.facts_kept import BY_SYSTEM
from models.database import run
from models.evidence.intake.received import ReceivedFile
from models.rules.calendar.moment import Moment

AT_ONCE = 5_000  # ids in one statement
OF_NONE_BEGINS = "已留存，但有几个创建活动在进行"  # what is said of such a file begins so

# Content that was registered as evidence of one campaign alone says of which campaign the file is.
_REGISTERED = """
    SELECT f.id, min(e.campaign_id)
    FROM received_file f
    JOIN evidence_revision r ON r.sha256 = f.sha256
    JOIN evidence e ON e.id = r.evidence_id
    WHERE f.campaign_id IS NULL AND f.kind = 'evidence'
    GROUP BY f.id
    HAVING min(e.campaign_id) = max(e.campaign_id)"""


@dataclass(frozen=True, slots=True)
class Placed:
    """How a file is said to be of a campaign: by which post (by itself where empty), and the words it gets."""

    moment: Moment
    said: str
    by_post: str = BY_SYSTEM


def place_in_campaigns(session: Session, of: Mapping[int, int], how: Placed) -> int:
    """Give files by their ids the campaigns they are ``of``; return how many had none before.

    One that has a campaign keeps it. An entry each in the chain; the number of statements does not grow
    with the files. The same again changes nothing.
    """
    wanted = sorted(of)
    rows = [
        row
        for first in range(0, len(wanted), AT_ONCE)
        for row in session.exec(
            select(ReceivedFile.id, ReceivedFile.name, ReceivedFile.sha256).where(
                col(ReceivedFile.id).in_(wanted[first : first + AT_ONCE]),
                col(ReceivedFile.campaign_id).is_(None),
            )
        )
    ]
    if not rows:
        return 0
    words = case(
        (col(ReceivedFile.detail).startswith(OF_NONE_BEGINS), bindparam("said")),
        else_=col(ReceivedFile.detail),
    )
    this = (col(ReceivedFile.id) == bindparam("row"), col(ReceivedFile.campaign_id).is_(None))
    statement = update(ReceivedFile).where(*this).values(campaign_id=bindparam("to"), detail=words)
    values = [{"row": id_, "to": of[id_ or 0], "said": how.said} for id_, _, _ in rows]
    session.connection().execute(statement, values)
    for campaign_id in sorted(set(of.values())):
        entries = [
            NewEntry(how.by_post, "file-placed", name, {"sha256": sha256})
            for id_, name, sha256 in rows
            if of[id_ or 0] == campaign_id
        ]
        record_all(session, campaign_id, how.moment, entries)
    return len(rows)


def place_registered(session: Session, how: Placed) -> int:
    """Give each file without a campaign the one that registered its content as evidence, if one alone did."""
    found = run(session, _REGISTERED, {})
    return place_in_campaigns(session, {row[0]: row[1] for row in found}, how)


def campaigns_of(session: Session, numbers: Collection[int]) -> dict[int, int | None]:
    """Return the campaign of each of the files that there are, None for one that has none, by their ids."""
    query = select(ReceivedFile.id, ReceivedFile.campaign_id).where(
        col(ReceivedFile.id).in_(sorted(numbers))
    )
    return {id_ or 0: campaign_id for id_, campaign_id in session.exec(query)}


def campaigns_of_senders(session: Session, senders: Collection[str]) -> dict[str, set[int]]:
    """Return the campaigns whose ledgers each of ``senders`` handed in; one statement."""
    query = (
        select(ReceivedFile.sender, ReceivedFile.campaign_id)
        .where(
            ReceivedFile.kind == "ledger",
            col(ReceivedFile.campaign_id).is_not(None),
            col(ReceivedFile.sender).in_([one for one in senders if one]),
        )
        .distinct()
    )
    found: dict[str, set[int]] = {}
    for sender, campaign_id in session.exec(query):
        found.setdefault(sender, set()).add(campaign_id or 0)
    return found
