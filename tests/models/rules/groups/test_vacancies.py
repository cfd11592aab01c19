"""Which seats nobody can be reached on."""

import pytest

from models.rules.groups.vacancies import EMPTY, NOT_LISTED, ContactHeld, PostSeat, vacancy_of
from models.rules.groups.words import SeatRole, role_meant, role_word

CONTACTS = [
    ContactHeld("组长"),
    ContactHeld("创建办"),
    ContactHeld("督导组组长"),
    ContactHeld("单位负责人", "区司法局", heads_unit=True),
    ContactHeld("单位负责人", "区统计局", heads_unit=True, vacant=True),
    ContactHeld("政治处副主任", "区司法局"),
]


@pytest.mark.parametrize(
    ("seat", "said"),
    [
        (PostSeat("区委书记", SeatRole.HEAD, "领导小组", top=True), ""),
        (PostSeat("区委书记", SeatRole.DEPUTY, "领导小组", top=True), NOT_LISTED),
        (PostSeat("常务副区长", SeatRole.HEAD, "办公室"), ""),
        (PostSeat("区人大副主任", SeatRole.HEAD, "督导组"), ""),
        (PostSeat("区人大副主任", SeatRole.HEAD, "舆论宣传组"), NOT_LISTED),
        (PostSeat("区司法局局长", SeatRole.DEPUTY, "办公室"), ""),
        (PostSeat("区司法局党组书记、局长", SeatRole.DEPUTY, "办公室"), ""),
        (PostSeat("区司法局副局长", SeatRole.DEPUTY, "办公室"), NOT_LISTED),
        (PostSeat("区统计局局长", SeatRole.DEPUTY, "评估测评组"), EMPTY),
        (PostSeat("区司法局政治处副主任", SeatRole.LIAISON, "舆论宣传组"), ""),
    ],
)
def test_a_seat_is_vacant_where_no_contact_holds_its_post(seat, said):
    assert vacancy_of(seat, CONTACTS) == said


def test_a_group_has_a_head_and_an_office_a_director():
    assert role_word(SeatRole.DEPUTY, "领导小组办公室") == "副主任"
    assert role_word(SeatRole.DEPUTY, "督导组") == "副组长"
    assert role_meant("副 主任") is role_meant("副组长") is SeatRole.DEPUTY
    assert role_meant("顾问") is None
