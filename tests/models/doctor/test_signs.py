"""Signs of machines: the last of each, whoever leaves them at the same time."""

from datetime import timedelta

from models.database import open_session
from models.doctor.signs import DELIVERY, EXAMINATION, HEARD_OF, KEPT, leave_sign, signs_of
from tests.conftest import NOW, ON_BOTH

LATER = NOW + timedelta(minutes=5)


@ON_BOTH
def test_of_each_machine_the_last_sign_stays_and_the_newest_is_first(any_database):
    with open_session() as session:
        leave_sign(session, DELIVERY, "a", NOW, "1")
        leave_sign(session, DELIVERY, "b", NOW, "2")
        leave_sign(session, EXAMINATION, "a", NOW, "3")
    with open_session() as session:
        leave_sign(session, DELIVERY, "b", LATER, "4")

    with open_session(read_only=True) as session:
        found = [(one.machine, one.at, one.said) for one in signs_of(session, DELIVERY, LATER)]
    assert found == [("b", LATER, "4"), ("a", NOW, "1")]


def heard_of(now):
    with open_session(read_only=True) as session:
        return {one.machine for one in signs_of(session, DELIVERY, now)}


@ON_BOTH
def test_a_machine_that_is_gone_is_heard_of_for_a_week_though_no_new_one_comes(any_database):
    with open_session() as session:
        leave_sign(session, DELIVERY, "gone", NOW)
        leave_sign(session, DELIVERY, "stays", NOW)
    later = NOW + HEARD_OF + timedelta(minutes=1)
    with open_session() as session:
        leave_sign(session, DELIVERY, "stays", later)

    assert heard_of(NOW + HEARD_OF) == {"gone", "stays"}
    assert heard_of(later) == {"stays"}


@ON_BOTH
def test_a_clock_that_runs_ahead_takes_no_sign_of_another_away_and_a_year_does(any_database):
    with open_session() as session:
        leave_sign(session, DELIVERY, "right", NOW)
        leave_sign(session, DELIVERY, "ahead", NOW + timedelta(days=90))
    assert heard_of(NOW) == {"ahead", "right"}

    with open_session() as session:
        leave_sign(session, DELIVERY, "new", NOW + KEPT + timedelta(minutes=1))
    assert heard_of(NOW) == {"ahead", "new"}
