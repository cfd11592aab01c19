"""The heads of every stored print, ready to be searched: the table, and the index beside it that follows it.

The index lies in `vault/index`, a file a scheme, and says nothing that the table does not: it may be
deleted at any time, and each machine that shares a database has its own. What is near is always measured
on the prints of the table, so an index gone wrong may miss, and never marks.
"""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session

from models.evidence.prints.index import PrintIndex
from models.evidence.prints.packing import MOST_PRINTS, place_in, print_number, print_row
from models.evidence.prints.searching import Part, Scheme
from models.evidence.vault.keeping import vault

AT_ONCE = 1000  # prints that are fetched

# Some spread over all: whoever brings an older database back and goes on with it has others there.
SOME = 8
_SOME = """
    SELECT id, {heads} FROM fingerprint f WHERE scheme = :scheme AND id IN :some"""
# CROSS: SQLite shall begin with the few new prints; by itself it begins with all the pieces and sorts.
_PRINTS = """
    SELECT f.id, e.campaign_id, {heads}
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
    return _table(session, scheme, print_row(number) + 1)


def _in_line(session: Session, scheme: Scheme) -> PrintIndex:
    path = vault() / "index" / f"{scheme.name}.prints"
    index = PrintIndex.of(path, scheme)
    if index and _agrees(session, index) and _follows(session, index):
        return index
    return PrintIndex.made(path, scheme, _table(session, scheme, 0))


def _agrees(session: Session, index: PrintIndex) -> bool:
    """Say whether the table has some of the index's prints as they begin there."""
    some = index.some(SOME)
    values = {"scheme": index.scheme.name, "some": sorted(set(map(print_row, some)))}
    query = text(_SOME.format(heads=_heads(index.scheme, 8)))
    query = query.bindparams(bindparam("some", expanding=True))
    rows = session.connection().execute(query, values)
    found = {number: head for id_, *heads in rows for number, head in _each(id_, heads)}
    return {number: found.get(number) for number in some} == some


def _follows(session: Session, index: PrintIndex) -> bool:
    """Add what the table has behind the index's last print; False where it does not have that print itself."""
    known, head = index.last()
    for part in _table(session, index.scheme, print_row(known)):
        if known:
            # The last print is the last of its row: a row's are counted together.
            at = place_in(known)
            if at >= len(part.ids):
                return False
            if (int(part.ids[at]), part.columns[:, at].tobytes()) != (known, head):
                return False
            part, known = part.from_to(at + 1, len(part.ids)), 0
        index.add(part)
    return not known


def _table(session: Session, scheme: Scheme, first: int) -> Iterator[Part]:
    """Yield the heads in the rows from ``first`` on; all of a row are in one part."""
    values = {"scheme": scheme.name, "first": first}
    # On PostgreSQL a cursor of the server's: the table is not brought here whole.
    query = text(_PRINTS.format(heads=_heads(scheme, scheme.head)))
    query = query.execution_options(yield_per=AT_ONCE)
    found = session.connection().execute(query, values)
    while rows := found.fetchmany(AT_ONCE):
        yield scheme.part(
            (number, campaign, head)
            for id_, campaign, *heads in rows
            for number, head in _each(id_, heads)
        )


def _heads(scheme: Scheme, size: int) -> str:
    """Return what selects the beginnings of a row's prints, and how many it holds."""
    if not scheme.print:
        return f"1, substr(f.print, 1, {size})"
    # Most rows hold one: to ask for the length reads nothing, to cut a piece reads all.
    heads = (
        f"CASE WHEN length(f.print) >= {(n + 1) * scheme.print}"
        f" THEN substr(f.print, {n * scheme.print + 1}, {size}) END"
        for n in range(MOST_PRINTS)
    )
    return f"length(f.print) / {scheme.print}, {', '.join(heads)}"


def _each(row: int, heads: Sequence[Any]) -> Iterator[tuple[int, bytes]]:
    """Yield number and beginning of each print of a row, given as `_heads` selects it."""
    many, *found = heads
    for at, head in enumerate(found[:many]):
        yield print_number(row, at), bytes(head)


@contextmanager
def _alone() -> Iterator[None]:
    folder = vault() / "index"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel lets go of it, however the process ends
        yield
