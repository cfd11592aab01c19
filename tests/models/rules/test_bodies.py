"""Which names are one body's for sure, which may be, and which say themselves that they are two."""

import pytest

from models.rules.bodies import Bodies, body_key, may_be_one

SURE = [
    ("市委办", "市委办公室"),
    ("区委办", "区委办公室"),
    ("市政府办", "市政府办公室"),
    ("市政府办公室", "市人民政府办公室"),
    ("市府办", "市政府办公室"),
    ("市委编办", "市委编办公室"),
    ("市卫生健康委", "市卫生健康委员会"),
    ("高新区管委会", "高新区管理委员会"),
    ("城关街道办", "城关街道办事处"),
    ("市法院", "市人民法院"),
    ("市检察院", "市 人民检察院"),
    ("市委全面依法治市办", "市委全面依法治市办公室"),
]
PERHAPS = [
    ("市编办", "市委编办"),
    ("市编办", "市委编办公室"),
    ("市政法委", "市委政法委"),
    ("市网信办", "市委网信办"),
    ("市金融办", "市政府金融办公室"),
    ("市卫健委", "市卫健局"),
    ("市信访局", "市委信访局"),
    ("市保密局", "市委保密办"),
    ("市宣传部", "市委宣传部"),
    ("司法局", "市司法局"),
    ("金昌市司法局", "市司法局"),
]
TWO = [
    ("市委办", "市政府办"),
    ("市委办", "市委编办"),
    ("市委研究室", "市政府研究室"),
    ("市司法局", "市财政局"),
    ("市司法局", "金川区司法局"),
    ("永昌县司法局", "金川区司法局"),
    ("市委", "市委办"),
    ("市公安局", "市公安分局"),
    ("市场监管局", "监管局"),
    ("市委组织部", "市委统战部"),
]


@pytest.mark.parametrize(("one", "other"), SURE)
def test_long_and_short_words_of_an_office_are_one_body(one, other):
    assert body_key(one) == body_key(other)
    assert Bodies([one]).same(other) == [one]


@pytest.mark.parametrize(("one", "other"), PERHAPS)
def test_what_may_be_one_is_asked_about_from_either_side(one, other):
    assert body_key(one) != body_key(other)
    assert may_be_one(one, other)
    assert may_be_one(other, one)
    assert Bodies([one, "市财政局"]).perhaps(other) == [one]


@pytest.mark.parametrize(("one", "other"), TWO)
def test_bodies_of_their_own_are_not_asked_about(one, other):
    assert body_key(one) != body_key(other)
    assert not may_be_one(one, other)


def test_ten_thousand_names_are_held_against_each_other_at_once():
    bodies = Bodies(f"第{number}县司法局" for number in range(10_000))

    assert bodies.same("第77县司法局") == []
    assert bodies.perhaps("第77县司法委") == ["第77县司法局"]
