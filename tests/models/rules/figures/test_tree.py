"""The scoring table as a tree: who is scored, and what does not add up."""

from decimal import Decimal

import pytest

from models.rules.figures.tree import Node, in_tree_order, scored_ids, tree_doubts


def tree(text):
    """Return nodes of lines "code points"; a parent is the code without its last part."""
    nodes, ids = [], {}
    for id_, line in enumerate(text.split(";"), start=1):
        code, _, worth = line.strip().partition(" ")
        parent = ids.get(code.rpartition(".")[0])
        ids[code] = id_
        nodes.append(
            Node(id_, code, code.count(".") + 1, parent, Decimal(worth) if worth else None)
        )
    return nodes


def codes(nodes, ids):
    return [node.code for node in nodes if node.id in ids]


@pytest.mark.parametrize(
    ("text", "scored"),
    [
        ("1;1.1;1.1.1;1.1.2", ["1.1.1", "1.1.2"]),  # national: no points
        ("1 100;1.1 100;1.1.1 60;1.1.2 40", ["1.1.1", "1.1.2"]),
        ("1 15;1.1;1.1.1;1.1.2", ["1", "1.1.1", "1.1.2"]),  # a share on the first level
        ("1 15;1.1 15;1.1.1", ["1.1", "1.1.1"]),
        ("1 100;2 50", ["1", "2"]),  # one level
    ],
)
def test_scored_are_the_deepest_with_points_and_every_leaf(text, scored):
    nodes = tree(text)

    assert codes(nodes, scored_ids(nodes)) == scored


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("1 60;1.1 60;1.1.1 20;1.1.2 40;2 40;2.1 40", []),
        ("1 100;1.1 60;1.2 30", ["1 分值 100 分，下级合计 90 分"]),
        ("1 100;1.1 100;1.2", ["1 的下级里 1.2 没有分值，其余的有"]),
        ("1 60;2 30", ["一级指标的分值合计 90 分，不是 100 分"]),
        ("1;1.1 60;1.2 30", ["各项指标的分值合计 90 分，不是 100 分"]),
        ("1 100;1.1 50;1.3 50", ["编号不连续：1.1 之后是 1.3"]),
        ("1 100;1.2 50;1.3 50", ["编号不连续：从 1.2 开始"]),
        ("1 100;1.9 50;1.10 50", ["编号不连续：从 1.9 开始"]),
        ("1;1.1;1.1.1;1.1.2;1.2;1.2.3;1.2.4", []),  # the official numbers run through
        ("1;1.1;1.1.1;1.1.2;1.2;1.2.4", ["编号不连续：1.1.2 之后是 1.2.4"]),
        ("1;2;4", ["编号不连续：2 之后是 4"]),  # no points at all
    ],
)
def test_what_does_not_add_up_is_said(text, doubts):
    assert tree_doubts(tree(text)) == doubts


def test_numbers_that_run_through_the_table_are_one_row():
    nodes = [Node(1, "一", 1, None), Node(2, "二", 1, None)]
    nodes += [Node(10 + n, str(n), 3, 1 if n < 3 else 2) for n in (1, 2, 3, 5)]

    assert tree_doubts(nodes) == ["编号不连续：3 之后是 5"]


def test_stated_total_and_counts_are_held_against_the_table():
    nodes = tree("1 60;1.1 60;2 60;2.1 60")

    assert tree_doubts(nodes, Decimal(120), (2, 2)) == []
    assert tree_doubts(nodes, Decimal(120), (10, 34, 104)) == [
        "一级指标有 2 项，应有 10 项",
        "二级指标有 2 项，应有 34 项",
        "三级指标有 0 项，应有 104 项",
    ]


def test_the_table_s_order_is_depth_first_whatever_the_rows_order():
    by_level = sorted(tree("1;1.1;1.1.1;2;2.1;1.2"), key=lambda node: node.level)

    assert [n.code for n in in_tree_order(by_level)] == ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]
