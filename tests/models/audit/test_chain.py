"""Many entries at once seal the chain as one by one does."""

from sqlmodel import select

from models.audit.chain import GENESIS, AuditEntry, Said, record, record_all, seal
from models.database import open_session
from tests.conftest import NOW, TODAY


def test_many_entries_continue_the_chain_in_their_order(any_database):
    said = [Said("创建办", "progress", f"W{n}", {"new": n}) for n in range(3)]
    with open_session() as session:
        record(session, None, at=NOW, day=TODAY, who="a", what="b", subject="c", facts={})
        assert record_all(session, None, said, at=NOW, day=TODAY) == 3
        assert record_all(session, None, [], at=NOW, day=TODAY) == 0
        record(session, None, at=NOW, day=TODAY, who="a", what="b", subject="d", facts={})

    with open_session(read_only=True) as session:
        chain = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [entry.subject for entry in chain] == ["c", "W0", "W1", "W2", "d"]
        previous = GENESIS
        for entry in chain:
            assert (entry.previous, entry.hash) == (previous, seal(entry))
            previous = entry.hash
