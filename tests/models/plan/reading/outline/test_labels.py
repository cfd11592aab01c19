"""A field is cut before the labels within it."""

import pytest

from models.plan.reading.outline.labels import cut_at
from models.plan.reading.outline.outline import TEXT, Field
from models.plan.reading.text.passages import Passage


@pytest.mark.parametrize(
    ("text", "labels", "parts"),
    [
        ("建立制度", [], [(TEXT, "", "建立制度")]),
        ("建立制度。方法：查阅", ["方法："], [(TEXT, "", "建立制度。"), ("方法：", "方法：", "查阅")]),
        ("方法：查阅；材料：台账", ["方法：", "材料："], [("方法：", "方法：", "查阅；"), ("材料：", "材料：", "台账")]),
        ("（方法：查阅）", ["（方法："], [("（方法：", "（方法：", "查阅")]),  # its bracket goes with the label
        ("（方法：查阅（实地））", ["（方法："], [("（方法：", "（方法：", "查阅（实地）")]),
    ],
)  # fmt: skip
def test_each_part_stands_behind_its_label(text, labels, parts):
    cuts = [(at := text.index(label), at + len(label), label, label) for label in labels]
    whole = Field(TEXT, Passage(text, ((0, 3, None),)))

    found = list(cut_at(cuts, whole))

    assert [(each.meaning, each.label, each.text) for each in found if each.text] == parts
    assert all(each.line == 3 for each in found)
