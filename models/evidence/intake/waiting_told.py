"""What the office is about to hear of evidence that waits for a ledger, as it is when it goes."""

from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import bindparam, update
from sqlmodel import Session, col

from models.database import run
from models.evidence.intake.looking_up import WAITS
from models.notices.notice import Notice
from models.rules.notices.rule_words import FILES_WAIT, files_wait

A_WEEK = timedelta(weeks=1)

# Each notice that is not said yet with the files it is about that wait still: those that came after the
# newest of the notice before it (its ``occurrence``), up to its own newest.
_UNSAID = f"""
    SELECT n.id, n.words, f.name, coalesce(u.name, '') AS unit
    FROM notice n
    LEFT JOIN received_file f ON f.campaign_id = n.campaign_id AND f.received_at < :week_ago
        AND {WAITS}
        AND f.id <= CASE WHEN n.rule = '{FILES_WAIT}' THEN CAST(n.occurrence AS INTEGER) END
        AND f.id > coalesce((SELECT max(CAST(o.occurrence AS INTEGER)) FROM notice o
            WHERE o.campaign_id = n.campaign_id AND o.rule = '{FILES_WAIT}'
              AND o.occurrence <> n.occurrence AND o.id < n.id), 0)
    LEFT JOIN unit u ON u.id = f.unit_id
    WHERE n.rule = '{FILES_WAIT}' AND n.message_id IS NULL AND n.state IN ('waiting', 'unsendable')
    ORDER BY n.id, f.id"""  # noqa: S608


def renew_files_waiting(session: Session, now: datetime) -> None:
    """Let each unsaid notice of waiting evidence name what waits still, and drop one of which nothing does.

    At most three statements, one where nothing changed. The same again changes nothing; what is in a
    message already keeps its words.
    """
    said: list[dict[str, object]] = []
    over: list[int] = []
    found = run(session, _UNSAID, {"week_ago": now - A_WEEK})
    for (number, words), rows in groupby(found, key=lambda row: (row.id, row.words)):
        files = [(row.name, row.unit) for row in rows if row.name is not None]
        if not files:
            over.append(number)
        elif (text := files_wait(files)) != words:
            said.append({"row": number, "said": text})
    if said:
        renewed = update(Notice).where(col(Notice.id) == bindparam("row"))
        session.connection().execute(renewed.values(words=bindparam("said")), said)
    if over:
        dropped = {"state": "dropped", "reason": "already-done"}
        session.connection().execute(
            update(Notice).where(col(Notice.id).in_(over)).values(**dropped)
        )
