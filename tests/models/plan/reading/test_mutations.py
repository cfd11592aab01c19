"""A document written another way says the same: a cheap part of `python -m tests.tools.mutations`."""

import pytest

from tests.tools import mutations, score

CHEAP = [
    "第一部分/一、/（一）/1.", "任务1：", "第1项", "单位各占一行", "单位一行空格", "A牵头，B配合", "破折号", "括号在题后", "主办协办",
    "牵头责任单位", "日期，阶段", "名，日期", "无编号", "——名（日期）", "阶段【日期】", "阶段表", "二〇二四年三月一日", "日期起至", "Markdown", "页码页眉",
    "任务成表", "任务成表，类别列", "任务成表，制表符", "文件:docx", "文件:html",
]  # fmt: skip
# A few of the documents, each of another build; the tool reads them all.
STEMS = (
    "01", "02", "03", "04", "05", "06", "31", "44", "62", "81", "146", "163", "171", "172", "176", "177",
)  # fmt: skip
DOCUMENTS = [each for each in mutations.samples() if each[0].split("-")[0] in STEMS]


@pytest.mark.parametrize("name", CHEAP)
def test_a_document_written_another_way_is_read_the_same(name):
    results = [
        score.score(truth, mutations.read_mutated(name, text))
        for _, text, truth in mutations.mutated(name, DOCUMENTS)
    ]

    assert results
    assert score.prf(score.total(results)[1])[2] >= 0.99
