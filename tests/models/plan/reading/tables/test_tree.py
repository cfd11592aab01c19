"""A table of tasks as a tree of nodes: rows below their categories, cells as fields by what their heads mean."""

from models.plan.reading.roles.roles import DEADLINE, LEAD, POST, RESPONSIBLE, Grammar
from models.plan.reading.tables.heads import TITLE
from models.plan.reading.tables.tables import find_tables
from models.plan.reading.tables.tree import tree_of
from models.plan.reading.text.passages import Passage
from models.plan.vocabulary import in_force

HEADS = ["序号", "类别", "工作任务", "牵头单位及责任人", "责任单位", "完成时限"]


def tree(*rows):
    grammar = Grammar.of(in_force())
    passages = [
        Passage("|".join(row), ((0, at, None),), tuple(row), 1) for at, row in enumerate(rows, 1)
    ]
    [table] = find_tables(passages, grammar)
    return tree_of(table, grammar), table


def test_rows_stand_below_their_category_with_their_cells_as_fields():
    root, _ = tree(
        HEADS,
        ["1", "阵地", "1.建好法治公园", "县司法局王某某", "县住建局", "9月底前"],
        ["2", "", "更新宣传栏目", "县委宣传部", "", "长期"],
        ["3", "队伍", "培训业务骨干", "县财政局", "县委党校", ""],
    )

    assert [(above.text, [row.text for row in above.children]) for above in root.children] == [
        ("阵地", ["建好法治公园", "更新宣传栏目"]),
        ("队伍", ["培训业务骨干"]),
    ]
    first = root.children[0].children[0]
    assert (first.number, first.printed, first.passages[0].place(0)) == (1, "1", (2, None))
    assert [(each.meaning, each.passage.text) for each in first.fields()] == [
        (TITLE, "1.建好法治公园"),
        (POST, "王某某"),
        (LEAD, "县司法局"),
        (RESPONSIBLE, "县住建局"),
        (DEADLINE, "9月底前"),
    ]


def test_a_task_over_several_rows_is_the_category_of_its_measures():
    heads = ["序号", "工作任务", "具体措施", "责任单位"]
    root, _ = tree(
        heads,
        ["1", "建好法治公园", "完成选址设计", "县司法局"],
        ["2", "建好法治公园", "开展施工监理", "县住建局"],
        ["3", "更新宣传栏目", "按季更换内容", "县委宣传部"],
        ["4", "培训业务骨干", "举办两期讲座", "县委党校"],
    )

    assert [each.text for each in root.children] == ["建好法治公园", "更新宣传栏目", "培训业务骨干"]
    assert [row.text for row in root.children[0].children] == ["完成选址设计", "开展施工监理"]


def test_a_sum_is_no_task_and_a_row_without_title_is_kept_to_be_asked_about():
    root, table = tree(
        HEADS,
        ["1", "阵地", "建好法治公园", "县司法局", "县住建局", "9月底前"],
        ["2", "", "", "县委宣传部", "县财政局", "9月底前"],
        ["合计", "", "2项", "", "", ""],
    )

    assert [node.text for node in root.walk() if node.kind == "row"] == ["建好法治公园"]
    assert [row.cells[0] for row in table.untitled] == ["2"]
