"""Many entries at once seal the chain as one by one does."""

from sqlmodel import select

from models.audit.chain import GENESIS, AuditEntry, NewEntry, record, record_all, seal
from models.database import open_session
from models.settings import moment_of
from tests.conftest import NOW, TODAY


def test_many_entries_continue_the_chain_in_their_order(any_database):
    said = [NewEntry("创建办", "progress", f"W{n}", {"new": n}) for n in range(3)]
    with open_session() as session:
        record(session, None, moment_of(NOW, TODAY), NewEntry("a", "b", "c", {}))
        assert record_all(session, None, moment_of(NOW, TODAY), said) == 3
        assert record_all(session, None, moment_of(NOW, TODAY), []) == 0
        record(session, None, moment_of(NOW, TODAY), NewEntry("a", "b", "d", {}))

    with open_session(read_only=True) as session:
        chain = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [entry.subject for entry in chain] == ["c", "W0", "W1", "W2", "d"]
        previous = GENESIS
        for entry in chain:
            assert (entry.previous, entry.hash) == (previous, seal(entry))
            previous = entry.hash
