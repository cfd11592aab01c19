"""The heads of every stored print, ready to be searched: the table, and the index beside it that follows it.

The index lies in `vault/index`, a file a scheme, and says nothing that the table does not: it may be
deleted at any time, and each machine that shares a database has its own. What is near is always measured
on the prints of the table, so an index gone wrong may miss, and never marks.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import bindparam, text
from sqlmodel import Session

from models.evidence.prints.index import PrintIndex
from models.evidence.prints.searching import Part, Scheme
from models.evidence.vault.keeping import vault

AT_ONCE = 1000  # prints that are fetched

# Some spread over all: whoever brings an older database back and goes on with it has others there.
SOME = 8
_SOME = text("""
    SELECT id, substr(print, 1, 8) AS head FROM fingerprint
    WHERE scheme = :scheme AND id IN :some""").bindparams(bindparam("some", expanding=True))
# CROSS: SQLite shall begin with the few new prints; by itself it begins with all the pieces and sorts.
_PRINTS = """
    SELECT f.id, e.campaign_id, substr(f.print, 1, :head) AS head
    FROM fingerprint f CROSS JOIN evidence_revision r CROSS JOIN evidence e
    WHERE f.scheme = :scheme AND f.id >= :first AND r.id = f.revision_id AND e.id = r.evidence_id
    ORDER BY f.id"""


def stored_parts(session: Session, scheme: Scheme) -> Sequence[Part]:
    """Return the heads of all stored prints of a scheme, of all campaigns; at most three statements.

    The index is brought in line first: what the table has more is added; where they disagree (a database
    brought back, a file cut short) it is made anew. Prints are only ever added, and one after the other
    (whoever writes has the chain to himself), so that the last and some before it tell for all: nothing
    is counted, which at 100,000 would take longer than the search. Where no file can be written (a full disk) the table
    is read. Several at once wait for one another; a kill leaves an index that the next one mends.
    """
    try:
        with _alone():
            return _in_line(session, scheme).parts()
    except OSError:
        return list(_table(session, scheme, 0))


def parts_behind(session: Session, scheme: Scheme, number: int) -> Iterator[Part]:
    """Yield the heads of what was stored after the print of that number; one statement, no index."""
    return _table(session, scheme, number + 1)


def _in_line(session: Session, scheme: Scheme) -> PrintIndex:
    path = vault() / "index" / f"{scheme.name}.prints"
    index = PrintIndex.of(path, scheme)
    if index and _agrees(session, index) and _follows(session, index):
        return index
    return PrintIndex.made(path, scheme, _table(session, scheme, 0))


def _agrees(session: Session, index: PrintIndex) -> bool:
    """Say whether the table has some of the index's prints as they begin there."""
    some = index.some(SOME)
    values = {"scheme": index.scheme.name, "some": list(some)}
    found = session.connection().execute(_SOME, values)
    return {id_: bytes(head) for id_, head in found} == some


def _follows(session: Session, index: PrintIndex) -> bool:
    """Add what the table has behind the index's last print; False where it does not have that print itself."""
    known, head = index.last()
    for part in _table(session, index.scheme, known):
        if known:
            if (int(part.ids[0]), part.columns[:, 0].tobytes()) != (known, head):
                return False
            part, known = part.from_to(1, len(part.ids)), 0
        index.add(part)
    return not known


def _table(session: Session, scheme: Scheme, first: int) -> Iterator[Part]:
    values = {"scheme": scheme.name, "head": scheme.head, "first": first}
    # On PostgreSQL a cursor of the server's: the table is not brought here whole.
    query = text(_PRINTS).execution_options(yield_per=AT_ONCE)
    found = session.connection().execute(query, values)
    while rows := found.fetchmany(AT_ONCE):
        yield scheme.part((id_, campaign, head) for id_, campaign, head in rows)


@contextmanager
def _alone() -> Iterator[None]:
    folder = vault() / "index"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lets go of it, however the process ends
        yield
