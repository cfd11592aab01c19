"""What is shown as changed between two versions: each change once."""

import json

import pytest

from models.papers.differences import paper_changes


def facts(*lines, blanks=()):
    return json.dumps({"lines": lines, "blanks": blanks, "figures": []}, ensure_ascii=False)


def listed(*blanks):
    rows = [f"{n}｜{one}｜由创建办写" for n, one in enumerate(blanks, 1)]
    count = f"待补内容清单（共{len(blanks)}处，定稿前补齐后重新生成）"
    return [count, "序号｜待补内容｜怎样补", *rows]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({}, {"more": {"template": "a" * 64}}, [("模板", "通用格式", "本单位模板 aaaaaaaa")]),
        (
            {"more": {"template": "a" * 64}},
            {"more": {"template": "b" * 64}},
            [("模板", "本单位模板 aaaaaaaa", "本单位模板 bbbbbbbb")],
        ),
        ({"head": []}, {"head": ["某府文件", "1号"]}, [("红头", "不加红头", "某府文件 1号")]),
        ({"more": {"level": "蓝色"}}, {"more": {"level": "蓝色"}}, []),
    ],
)
def test_a_version_that_only_looks_otherwise_says_by_what(before, after, changes):
    found = paper_changes(json.dumps(before), json.dumps(after))

    assert [(one.place, one.before, one.after) for one in found] == changes
    assert {one.kind for one in found} <= {"版式"}


def test_one_filled_blank_is_one_blank_and_its_new_text():
    before, after = ["组织领导", "原因", "打算", "得分"], ["原因", "打算", "得分"]
    old = facts("一、组织领导", "【待补：组织领导】", *listed(*before), blanks=before)
    new = facts("一、组织领导", "召开会议。", *listed(*after), blanks=after)

    found = [(one.kind, one.before, one.after) for one in paper_changes(old, new)]

    assert found == [("空白", "待补", "已补"), ("文字", "【待补：组织领导】", "召开会议。")]


def test_a_row_that_falls_out_changes_no_row_below_it():
    old = facts("序号｜编号｜事项", "1｜W1｜甲", "2｜W2｜乙", "3｜W3｜丙")
    new = facts("序号｜编号｜事项", "1｜W2｜乙", "2｜W3｜丙")

    [change] = paper_changes(old, new)

    assert (change.before, change.after) == ("W1｜甲", "")


def test_a_code_of_an_indicator_is_no_ordinal():
    [change] = paper_changes(facts("1.1.1｜甲"), facts("1.1.2｜甲"))

    assert (change.before, change.after) == ("1.1.1｜甲", "1.1.2｜甲")


def test_what_differs_far_behind_in_a_long_line_is_seen():
    line = "字" * 100 + "共 {} 件" + "。" * 100
    [found] = paper_changes(
        json.dumps({"lines": [line.format(5)]}), json.dumps({"lines": [line.format(7)]})
    )

    assert found.before.startswith("…字") and "共 5 件" in found.before
    assert "共 7 件" in found.after and len(found.after) < 70
