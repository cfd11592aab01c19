"""Where a finding comes from, and what nobody keeps of whoever complained."""

import pytest

from models.rules.findings.complainants import without_complainant
from models.rules.findings.words import FindingKind, read_source, source_in_words, step_in_words


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("督导检查 V1.12", "visit:V1.12"),
        ("督导检查", "visit"),
        ("visit:V1.12", "visit:V1.12"),
        ("投诉建议 C5", "complaint:C5"),
        ("自查", "self-check"),
        ("回头看", "look-back"),
        ("道听途说", ""),
        ("自查自纠", ""),  # another word that only begins alike
        ("", ""),
    ],
)
def test_a_source_is_read_as_an_office_writes_it(words, source):
    assert read_source(words) == source
    if source:
        assert read_source(source_in_words(source)) == source


def test_the_first_unit_receives_a_complaint_and_the_next_is_handed_it():
    assert step_in_words(FindingKind.COMPLAINT, "assign", first=True) == "首接"
    assert step_in_words(FindingKind.COMPLAINT, "assign") == "转办"
    assert step_in_words(FindingKind.PROBLEM, "assign", first=True) == "交办"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("投诉人：张三丰，反映窗口推诿", "投诉人：某某，反映窗口推诿"),
        ("市民李四反映办证排队久，电话13800001111", "市民某某反映办证排队久，电话（号码略）"),
        ("王女士来电，要求公开收费标准", "某某女士来电，要求公开收费标准"),
        ("家中座机 0935-8312345 可联系", "家中座机 （号码略） 可联系"),
        ("群众向社区反映窗口无人", "群众向社区反映窗口无人"),  # no name
        ("任何人投诉都应登记", "任何人投诉都应登记"),
        ("罚款20000000元的决定没有公示", "罚款20000000元的决定没有公示"),
    ],
)
def test_nobody_keeps_who_complained(said, kept):
    assert without_complainant(said) == kept
    assert without_complainant(kept) == kept
