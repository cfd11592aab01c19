"""What came in, written down once: who sent it, when, on which way, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, or_, update
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, lock_chain, record_all
from models.audit.facts_kept import BY_SYSTEM
from models.campaign.campaign import campaigns, open_campaign
from models.errors import UnclearError
from models.evidence.intake.received import ReceivedFile
from models.keys import key_of
from models.notices.writing import Word, say_to
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception, Via
from models.rules.notices.rule_words import SECRET_FILE
from models.rules.words import Level

AT_ONCE = 5_000  # keys in one statement: PostgreSQL binds 65,535 values, SQLite half of it
SECRET_NAME = "标密文件"  # noqa: S105 - the name of such a file may be secret itself


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that came in; of a secret one only hash, sender and hour are kept, whatever else is given."""

    key: str
    sha256: str
    size: int
    name: str
    sender: str
    via: Via
    received_at: datetime  # UTC
    kind: str = ""  # ledger, evidence, archive
    secret: bool = False
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that is written down: ``outcome`` is empty while nobody has said what became of it.

    ``returned`` is the vault's hash of the marked copy that went back, "" for none.
    """

    id: int
    outcome: str
    detail: str
    received_at: datetime
    new: bool
    returned: str = ""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file, by its id; ``returned`` is the vault's hash of its marked copy."""

    received_id: int
    reception: Reception
    detail: str = ""
    unit_id: int | None = None
    returned: str = ""
    version: int | None = None  # of a ledger


def note_received(
    session: Session, campaign_id: int | None, files: Sequence[NewFile], moment: Moment
) -> dict[str, KnownFile]:
    """Write down ``files`` that are not yet, and return each by its key.

    The same key again changes nothing, also twice in one call. Whoever calls holds the chain
    (`writing_to`), so two at once write one row. The number of statements does not grow with the files.
    """
    known = _known(session, [one.key for one in files])
    refused = [one.id for one in known.values() if one.outcome == Reception.REFUSED]
    if refused and campaign_id:  # listed where it was brought last
        session.connection().execute(
            update(ReceivedFile)
            .where(col(ReceivedFile.id) == bindparam("row"))
            .values(campaign_id=campaign_id),
            [{"row": one} for one in refused],
        )
    fresh = {one.key: one for one in files if one.key not in known}
    if not fresh:
        return known
    session.connection().execute(
        insert(ReceivedFile), [_row(one, campaign_id) for one in fresh.values()]
    )
    record_all(session, campaign_id, moment, map(_entry, fresh.values()))
    found = _known(session, list(fresh))
    return known | {
        key: KnownFile(one.id, one.outcome, one.detail, one.received_at, new=True)
        for key, one in found.items()
    }


def settle_received(session: Session, outcomes: Sequence[FileOutcome]) -> None:
    """Write down what became of files, each once: what was said the first time stands; one statement.

    Only what was refused may be taken later: it was handed in for the wrong campaign, or for one that
    was closed, and comes again for the right one.
    """
    if not outcomes:
        return
    statement = (
        update(ReceivedFile)
        .where(
            col(ReceivedFile.id) == bindparam("row"),
            or_(col(ReceivedFile.outcome) == "", col(ReceivedFile.outcome) == Reception.REFUSED),
        )
        .values(
            outcome=bindparam("became"),
            detail=bindparam("said"),
            unit_id=bindparam("of"),
            returned_sha256=bindparam("back"),
            version=bindparam("of_version"),
        )
    )
    rows = [
        {
            "row": one.received_id,
            "became": one.reception,
            "said": one.detail,
            "of": one.unit_id,
            "back": one.returned,
            "of_version": one.version,
        }
        for one in outcomes
    ]
    session.connection().execute(statement, rows)


def campaign_for(session: Session, slug: str | None) -> int | None:
    """Return the campaign that files are for, and hold the chain; None where several could be meant.

    A ledger says itself whose it is. Raises NotFoundError where there is none.
    """
    lock_chain(session)
    try:
        return key_of(open_campaign(session, slug))
    except UnclearError:
        return None


def tell_of_secrets(
    session: Session, campaign_id: int | None, said: Sequence[tuple[str, str]], moment: Moment
) -> None:
    """Tell the office at once, whatever the hour, of each secret file by its key; once each."""
    at_once = replace(moment, calendar=None)
    told = [campaign_id] if campaign_id else [key_of(one) for one in campaigns(session)]
    for id_ in told:
        for key, text in said:
            word = Word("campaign", id_, SECRET_FILE, key, text, urgent=True)
            say_to(session, id_, Level.OFFICE, word, at_once)


def _known(session: Session, keys: Sequence[str]) -> dict[str, KnownFile]:
    found: dict[str, KnownFile] = {}
    for first in range(0, len(keys), AT_ONCE):
        few = col(ReceivedFile.key).in_(keys[first : first + AT_ONCE])
        for one in session.exec(select(ReceivedFile).where(few)):
            found[one.key] = KnownFile(
                key_of(one),
                one.outcome,
                one.detail,
                one.received_at,
                new=False,
                returned=one.returned_sha256,
            )
    return found


def _entry(one: NewFile) -> NewEntry:
    """Return what the audit says; who sent it stands in the row, whose sender the chain only digests."""
    who = one.sender if one.via is Via.COMMAND and one.sender else BY_SYSTEM
    facts = {"sha256": one.sha256, "via": one.via.chinese}
    if one.secret:
        return NewEntry(who, "file-secret", SECRET_NAME, facts)
    return NewEntry(who, "file-received", one.name, facts | {"size": one.size})


def _row(one: NewFile, campaign_id: int | None) -> dict[str, Any]:
    """Return a file as a row of `ReceivedFile` of which nothing has become yet."""
    return {
        "campaign_id": campaign_id,
        "unit_id": one.unit_id,
        "key": one.key,
        "sha256": one.sha256,
        "size": 0 if one.secret else one.size,
        "name": SECRET_NAME if one.secret else one.name,
        "sender": one.sender,
        "via": one.via,
        "received_at": one.received_at,
        "kind": "" if one.secret else one.kind,
        "version": None,
        "outcome": Reception.SECRET if one.secret else "",
        "detail": "",
    }
