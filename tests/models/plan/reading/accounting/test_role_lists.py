"""Lists that say who does it, found apart from the rules that read them."""

import pytest

from models.plan.reading.accounting.role_lists import role_lists
from models.plan.reading.roles.roles import Grammar
from models.plan.vocabulary import default_vocabulary

GRAMMAR = Grammar.of(default_vocabulary())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（牵头单位：市司法局；责任单位：市公安局、市财政局）", {"市司法局": "lead", "市公安局": "responsible", "市财政局": "responsible"}),
        ("〔市林业局牵头，县水利局、各乡镇配合〕", {"市林业局": "lead", "县水利局": "cooperating", "各乡镇": "cooperating"}),
        ("责任单位：市市场监管局（牵头）、市农业农村局。", {"市市场监管局": "lead", "市农业农村局": "responsible"}),
        ("由市城管局会同市生态环境局、市市场监管局对餐饮单位逐店登记", {"市城管局": "lead", "市生态环境局": "cooperating", "市市场监管局": "cooperating"}),
        ("牵头单位为市委宣传部，责任单位为市民政局、市妇联。", {"市委宣传部": "lead", "市民政局": "responsible", "市妇联": "responsible"}),
        ("加强宣传。（市司法局、市融媒体中心）", {"市司法局": "responsible", "市融媒体中心": "responsible"}),
        ("责任单位：省政务和数据局、省财政厅", {"省政务和数据局": "responsible", "省财政厅": "responsible"}),
        ("市公安局要加强巡查，确保安全。", {}),
        ("责任单位：同上", {}),
        ("各项工作中，排在第一位的责任单位为牵头单位。", {}),  # a rule, no list
        ("强化责任落实，完善配合机制。", {}),
    ],
)  # fmt: skip
def test_a_list_is_found_with_its_roles(text, names):
    found = list(role_lists(text, (), GRAMMAR))

    assert {each.name: each.role for each in found} == names
    assert all(text[each.start : each.end] == each.name for each in found)


def test_a_cell_of_bodies_is_a_list_and_a_cell_of_work_is_none():
    cells = ("1", "整治背街小巷和城中村", "县住建局", "县自然资源局、城关镇", "排查阶段")

    found = list(role_lists("|".join(cells), cells, GRAMMAR))

    assert [each.name for each in found] == ["县住建局", "县自然资源局", "城关镇"]
    assert all("|".join(cells)[each.start : each.end] == each.name for each in found)
