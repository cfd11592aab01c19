"""Two that change the same rows at once on a server: one gives way in words, and may be done again."""

import threading

import pytest

from models.database import open_session, run
from models.errors import ContentionError, OccupiedError

TAKE = "SELECT pg_advisory_xact_lock(:key)"


# SQLite has one writer at a time: nobody ever gives way.
ON_SERVER = pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)


@ON_SERVER
def test_of_two_that_wait_for_each_other_one_gives_way(any_database):
    met, ended = threading.Barrier(2), []

    def take(first: int, second: int) -> None:
        try:
            with open_session() as session:
                run(session, TAKE, {"key": first})
                met.wait(20)
                run(session, TAKE, {"key": second})
            ended.append("")
        except ContentionError as error:
            ended.append(str(error))

    both = [threading.Thread(target=take, args=keys) for keys in ((101, 102), (102, 101))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(ended) == ["", "两处同时改动同一批内容，这一处让了，什么都没有写入；请再运行一次"]


@ON_SERVER
def test_what_is_asked_for_at_once_and_taken_says_that_another_program_has_it(any_database):
    with open_session() as holder:
        run(holder, "LOCK TABLE unit")
        words = "正被别的程序使用，请等它结束再试"
        with pytest.raises(OccupiedError, match=words), open_session() as session:
            run(session, "LOCK TABLE unit NOWAIT")
