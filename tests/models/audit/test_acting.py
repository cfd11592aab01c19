"""Who acts stands in every entry of the act, beside the post that it is signed with."""

import json
from concurrent.futures import ThreadPoolExecutor

from models.audit.chain import AuditEntry, NewEntry, acting, record, record_all
from models.database import open_session
from models.settings import moment_of
from tests.conftest import NOW

MANY = ((2, "progress"), (0, "facts-kept"), (3, "progress"))


def written(what: str) -> AuditEntry:
    with open_session() as session:
        entry = record(session, None, moment_of(NOW), NewEntry("创建办", what, "W1", {}))
        return AuditEntry(**entry.model_dump())


def test_an_entry_says_through_whom_it_came_and_is_counted(database):
    with acting("账号 甲（10.0.0.1）") as done:
        one, other = written("x"), written("y")
    outside = written("z")

    assert json.loads(one.facts) == {"window": "账号 甲（10.0.0.1）"}
    assert (one.who, outside.facts) == ("创建办", "{}")
    assert done.entries == [one.id, other.id]
    assert done.last == other.id


def test_what_others_do_meanwhile_is_not_taken_for_it(database):
    with acting("账号 甲"), ThreadPoolExecutor(1) as others:
        assert others.submit(written, "x").result().facts == "{}"


def test_many_entries_at_once_are_known_in_their_order(any_database):
    with acting("账号 甲") as done, open_session() as session:
        record(session, None, moment_of(NOW), NewEntry("创建办", "progress", "W1", {}))
        said = [NewEntry("创建办", what, f"W{n}", {}) for n, what in MANY]
        record_all(session, None, moment_of(NOW), said)

    with open_session(read_only=True) as session:
        names = [session.get_one(AuditEntry, number).subject for number in done.entries]
    assert names == ["W1", "W2", "W3"]
