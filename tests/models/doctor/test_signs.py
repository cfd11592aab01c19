"""Signs of machines: the last of each, whoever leaves them at the same time."""

from datetime import timedelta

from models.database import open_session
from models.doctor.signs import DELIVERY, EXAMINATION, KEPT, leave_sign, signs_of
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
        found = [(one.machine, one.at, one.said) for one in signs_of(session, DELIVERY)]
    assert found == [("b", LATER, "4"), ("a", NOW, "1")]


@ON_BOTH
def test_a_machine_that_is_gone_is_forgotten_when_a_new_one_comes(any_database):
    with open_session() as session:
        leave_sign(session, DELIVERY, "gone", NOW)
        leave_sign(session, DELIVERY, "stays", LATER)
        leave_sign(session, DELIVERY, "new", NOW + KEPT + timedelta(minutes=1))

    with open_session(read_only=True) as session:
        assert {one.machine for one in signs_of(session, DELIVERY)} == {"stays", "new"}
