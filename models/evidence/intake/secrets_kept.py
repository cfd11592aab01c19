"""Of a file that is marked as a secret: its hash, sender and hour; never the file."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record_all
from models.evidence.intake.received import ReceivedFile
from models.evidence.known import units_known
from models.evidence.outcomes import Handed, PieceOutcome
from models.notices.writing import Word, say_to, tell
from models.rules.evidence.words import Reception
from models.rules.notices.rule_words import SECRET_FILE
from models.rules.words import Level
from models.settings import local_minute
from models.units.unit import Post

STOP = "涉密文件不得上网：请立即停止经网络传送，按保密规定处置并报告"


def store_secrets(
    session: Session, campaign_id: int, outcomes: Sequence[PieceOutcome], handed: Handed
) -> None:
    """Keep that files marked as secrets came in, each once; a few statements and an entry each.

    The office, and the liaison of the unit that handed them in, are told at once, whatever the hour.

    What came through the folder or a mail is noted there already (it has its ``received_id``).
    """
    secret = {
        one.look.sha256: one for one in outcomes if one.look.secret and not one.new.received_id
    }
    if not secret:
        return
    query = select(ReceivedFile.key).where(col(ReceivedFile.key).in_(secret))
    known = set(session.exec(query))
    rows = [
        {
            "campaign_id": campaign_id,
            "unit_id": None,
            "key": sha256,
            "sha256": sha256,
            "size": one.look.size,
            "name": "",  # a name may say what is secret
            "sender": handed.by_post,
            "via": handed.via,
            "received_at": handed.moment.now,
            "kind": "evidence",
            "version": None,
            "outcome": Reception.SECRET,
            "detail": one.look.secret,
        }
        for sha256, one in secret.items()
        if sha256 not in known
    ]
    if rows:
        session.connection().execute(insert(ReceivedFile), rows)
    entries = [
        NewEntry(handed.by_post, "file-secret", str(row["sha256"])[:12], {"sha256": row["sha256"]})
        for row in rows
    ]
    record_all(session, campaign_id, handed.moment, entries)
    if rows:
        _tell(session, campaign_id, [str(row["sha256"]) for row in rows], handed)


def _tell(session: Session, campaign_id: int, hashes: Sequence[str], handed: Handed) -> None:
    at_once = replace(handed.moment, calendar=None)
    at, way = local_minute(handed.moment.now), handed.via.chinese
    came = f"{at} {handed.by_post}经{way}报送的一个文件标着密级"
    words = [
        (sha256, f"{came}（SHA-256 指纹 {sha256[:12]}），没有保存。{STOP}") for sha256 in hashes
    ]
    unit_id = units_known(session, campaign_id).of_post(handed.by_post)
    own = select(Post.id).where(
        Post.campaign_id == campaign_id,
        Post.unit_id == unit_id,
        Post.level == int(Level.LIAISON),
        col(Post.vacant).is_(False),
    )
    liaisons = list(session.exec(own)) if unit_id else []
    for sha256, text in words:
        word = Word("campaign", campaign_id, SECRET_FILE, sha256, text, urgent=True)
        say_to(session, campaign_id, Level.OFFICE, word, at_once)
        tell(session, campaign_id, [(key, word) for key in liaisons if key], at_once)
