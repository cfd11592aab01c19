"""Who acts stands in every entry of the act, beside the post that it is signed with."""

import json
from concurrent.futures import ThreadPoolExecutor

from models.audit.chain import AuditEntry, NewEntry, acting, record
from models.database import open_session
from models.settings import moment_of
from tests.conftest import NOW


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
