"""The first bytes of every stored print, in one list that can be searched at once."""

from collections.abc import Iterator

import numpy as np
from sqlmodel import Session

from models.database import run
from models.evidence.prints.searching import Rows, Scheme

AT_ONCE = 1000  # rows that are fetched

_PRINTS = """
    SELECT f.id, e.campaign_id, e.id AS piece, r.id AS revision, substr(f.print, 1, :head) AS head
    FROM fingerprint f
    JOIN evidence_revision r ON r.id = f.revision_id
    JOIN evidence e ON e.id = r.evidence_id
    WHERE f.scheme = :scheme AND f.id > :after
    ORDER BY f.id"""


def stored_rows(session: Session, campaign_id: int, scheme: Scheme) -> Rows:
    """Return the stored prints of a campaign, oldest first; one statement."""
    rows = np.concatenate([np.zeros(0, scheme.rows), *rows_after(session, scheme, 0)])
    return rows[rows["campaign"] == campaign_id]


def rows_after(session: Session, scheme: Scheme, after: int) -> Iterator[Rows]:
    """Yield the stored prints with higher numbers than ``after``, of all campaigns, by number, in parts."""
    values = {"scheme": scheme.name, "head": scheme.head, "after": after}
    found = run(session, _PRINTS, values)
    while part := found.fetchmany(AT_ONCE):
        rows = np.zeros(len(part), scheme.rows)
        for at, (*numbers, head) in enumerate(part):
            rows[at] = (*numbers, np.frombuffer(head, np.uint8))
        yield rows
