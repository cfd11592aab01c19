"""Whether anything moved since a page was made: every change leaves an entry, a notice or a message."""

from sqlmodel import Session

from models.database import run

_LAST = """
    SELECT (SELECT max(id) FROM audit_entry) AS entry, (SELECT max(id) FROM notice) AS notice,
           (SELECT max(id) FROM message) AS message"""


def last_of_all(session: Session) -> str:
    """Return a mark that is another one after every change that a page shows; reads three ends of keys."""
    [row] = run(session, _LAST)
    return "-".join(str(number or 0) for number in row)
