"""The whole text, each sentence with what became of it: nothing twice, nothing left out."""

import pytest

from models.plan.reading.accounting.became import became
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from tasks.plans.mention_words import KINDS
from tests.models.plan.reading.accounting.test_conservation import EVERY, reading


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_the_sentences_are_the_text_and_hold_every_mark(path):
    read = reading(path)
    grounds = read.marked.grounds

    found = list(became(grounds, read.settled, read.plan))

    whole = "".join(each.text for each in found)
    assert sorted(whole) == sorted("".join(each.passage.text for each in grounds))
    assert len({(id(each.ground), each.text) for each in found}) <= len(found)
    wheres = {each.where for each in read.settled if each.where}
    assert wheres <= {where for each in found for where in each.facts}
    doubted = sum(bool(each.weighed and each.weighed.doubted) for each in read.settled)
    assert sum(len(each.doubted) for each in found) == doubted
    assert {kind for each in found for kind in each.mentions} <= set(KINDS)


def test_every_kind_of_mention_has_a_word():
    kinds = {
        each.weighed.kind
        for path in EVERY
        for each in reading(path).settled
        if each.weighed and not each.weighed.doubted
    }

    assert kinds <= set(KINDS)
    assert len(set(KINDS.values())) == len(KINDS)


def test_a_closing_mark_stays_with_its_sentence():
    text = "工作方案\n一、工作任务\n（一）“加强普法。”（含培训。）规范执法；完善制度。牵头单位：市司法局\n"
    read = read_plan(Document.from_text(text))

    found = [each.text for each in became(read.marked.grounds, read.settled, read.plan)]

    assert found[2:6] == ["（一）“加强普法。”", "（含培训。）", "规范执法；", "完善制度。"]


def test_a_row_of_a_table_is_one_sentence():
    path = next(each for each in EVERY if "biaoge" in each.stem)
    read = reading(path)

    rows = [each for each in became(read.marked.grounds, read.settled, read.plan) if each.ground.passage.cells]  # fmt: skip

    assert rows
    assert all(each.text == each.ground.passage.text for each in rows)
