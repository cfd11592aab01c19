"""Which item stands under which, by the kinds of their numbers."""

from models.plan.reading.outline.markers import read_marker
from models.plan.reading.outline.outline import Field, Node, nest
from models.plan.reading.text.passages import Passage


def tree(lines, begins=lambda at, marker, above: True):
    pieces = [(Passage(line, ((0, n, None),)), False) for n, line in enumerate(lines, 1)]
    root = nest(pieces, [read_marker(line) for line in lines], begins)
    return [(node.parent.text, [p.text for p in node.passages]) for node in [*root.walk()][1:]]


def test_kinds_nest_in_the_order_in_which_they_come():
    found = tree(["一、职能", "（一）服务", "1.公开", "（二）监管", "二、决策"])

    assert found == [
        ("", ["职能"]),
        ("职能", ["服务"]),
        ("服务", ["公开"]),
        ("职能", ["监管"]),
        ("", ["决策"]),
    ]


def test_a_number_that_begins_no_item_is_more_of_the_one_before():
    found = tree(["一、职能", "（一）服务", "1.公开"], lambda at, marker, above: len(above) < 3)

    assert found == [("", ["职能"]), ("职能", ["服务", "1.公开"])]


def test_a_node_gives_its_cells_by_what_they_mean():
    cells = [Field(what, Passage(what, ((0, 7, 1),))) for what in ("lead", "score", "lead")]
    node = Node("row", cells=cells)

    assert node.said("lead") == [cells[0], cells[2]]
    assert node.said("score", "text") == [cells[1]]
    assert (cells[0].text, cells[0].line) == ("lead", 7)
