"""A receiver that keeps what comes in by its key, as the intake does, and knows a ledger by its first word.

Content that begins with LEDGER is 市司法局's ledger, with BAD in it rows are returned; 机密 in a name is secret.
"""

import hashlib
from collections.abc import Sequence

from sqlmodel import select

from models.database import open_session
from models.evidence.intake.received import ReceivedFile
from models.evidence.vault.keeping import keep
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception
from tasks.intake.arrived import Arrived, TakenIn

UNIT = "市司法局"


def receive(slug: str | None, files: Sequence[Arrived], moment: Moment) -> list[TakenIn]:
    with open_session() as session:
        return [_one(session, file) for file in files]


def _one(session, file: Arrived) -> TakenIn:
    known = session.exec(select(ReceivedFile).where(ReceivedFile.key == file.key)).first()
    if known:
        return TakenIn(file.name, Reception.REPEATED, unit="", received_id=known.id)
    sha256 = hashlib.sha256(file.content).hexdigest()
    same = session.exec(select(ReceivedFile).where(ReceivedFile.sha256 == sha256)).first()
    what, lines, marked = Reception.TAKEN, ("记下 3 行",), None
    if "机密" in file.name:
        what, lines = Reception.SECRET, ("机密",)
    elif same:
        what, lines = Reception.REPEATED, ()
    elif b"BAD" in file.content:
        what, lines, marked = Reception.PARTLY, ("台账 第 5 行：日期写错",), b"MARKED COPY"
    if what is not Reception.SECRET:
        keep(file.content)
    row = ReceivedFile(
        key=file.key, sha256=sha256, size=len(file.content), name=file.name, sender=file.sender,
        via=file.via, received_at=file.received_at, outcome=what, detail="\n".join(lines),
    )  # fmt: skip
    session.add(row)
    session.flush()
    unit = UNIT if file.content.startswith(b"LEDGER") else ""
    return TakenIn(file.name, what, lines, marked, unit, row.id)
