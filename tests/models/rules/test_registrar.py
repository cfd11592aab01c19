"""Who may register what."""

import pytest

from models.rules.registrar import names_a_person, registrar_fault, unit_of_post

UNITS = {
    "市司法局": "市司法局",
    "司法局": "市司法局",
    "市司法局信息中心": "市司法局信息中心",
    "市政府办公室": "市政府办公室",
    "市政府办": "市政府办公室",
}


@pytest.mark.parametrize("name", ["张三", "李 四", "王小明", "黎明", " 陈晨 "])
def test_a_family_name_and_a_word_or_two_is_a_person(name):
    assert names_a_person(name)


@pytest.mark.parametrize(
    "post",
    [
        "创建办",
        "组长",
        "分管领导",
        "常委",  # 常 is a family name, 委 a word of an office
        "马场镇",
        "张局长",  # a post, whoever holds it
        "市司法局联络员",
        "专班副主任",
        "张",  # too short to say anything
        "王家湾社区",
        "司法",
        "",
    ],
)
def test_what_holds_a_word_of_an_office_is_a_post(post):
    assert not names_a_person(post)


@pytest.mark.parametrize(
    ("post", "unit"),
    [
        ("市司法局联络员", "市司法局"),
        ("司法局法治科", "市司法局"),  # by its alias
        ("市司法局信息中心主任", "市司法局信息中心"),  # the longest name counts
        ("市政府办联络员", "市政府办公室"),
        ("创建办", ""),
        ("督导一组", ""),
    ],
)
def test_the_unit_of_a_post_is_the_one_it_begins_with(post, unit):
    assert unit_of_post(post, UNITS) == unit


@pytest.mark.parametrize(
    ("post", "owners", "whole", "said"),
    [
        ("市司法局联络员", {"市司法局"}, False, ""),
        ("司法局联络员", {"市司法局"}, False, ""),
        ("创建办", {"市司法局"}, False, ""),  # registers for everybody
        ("市政府办联络员", set(), False, ""),  # what the office owns has no unit
        ("市政府办联络员", {"市司法局"}, False, "应由市司法局或创建办登记"),
        ("市政府办联络员", {"市司法局"}, True, "本单位的部分请写明单位"),
        ("市司法局张三", {"市司法局"}, False, "像是姓名"),
        ("张三", set(), False, "像是姓名"),
    ],
)
def test_a_unit_registers_its_own_and_the_office_everything(post, owners, whole, said):
    fault = registrar_fault(post, owners, UNITS, whole=whole)

    assert said in fault
    assert bool(said) == bool(fault)
