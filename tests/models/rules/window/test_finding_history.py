"""What the audit says of findings and visits, in one line."""

import pytest

from models.rules.window.finding_history import entry_of_finding, entry_of_visit


@pytest.mark.parametrize(
    ("what", "code", "facts", "said"),
    [
        ("finding-raise", "F1", {"title": "没有编号", "source": "自查", "to": "甲局", "due": "2025-07-15", "items": "W1"},
         "提出：没有编号，来源：自查；交甲局，时限2025年7月15日"),
        ("finding-assign", "F1", {"to": "甲局", "due": "2025-07-15", "note": "请尽快。"}, "交办给甲局，时限2025年7月15日：请尽快"),
        ("finding-assign", "C1", {"to": "甲局"}, "转办给甲局"),
        ("finding-promise", "F1", {"day": "2025-07-09", "due": "2025-07-15"}, "承诺2025年7月9日完成"),
        ("finding-rectify", "F1", {"items": "E0001", "note": "已编号"}, "报整改（材料 E0001）：已编号"),
        ("finding-take-back", "F1", {"status": "待核实", "note": "点错了"}, "撤回上一步，回到“待核实”：点错了"),
        ("finding-verify", "F1", {}, "核实通过"),
        ("finding-answer", "C1", {"note": "已安排"}, "答复：已安排"),
        ("finding-unheard-of", "F1", {}, ""),
    ],
)  # fmt: skip
def test_a_step_of_a_finding_is_said_in_a_line(what, code, facts, said):
    assert entry_of_finding(what, code, facts) == said


@pytest.mark.parametrize(
    ("what", "facts", "said"),
    [
        ("visits-held", {"problems": 2}, "登记走访结果，列出问题 2 个"),
        ("visits-held", {"problems": 0}, "登记走访结果，未发现问题"),
        ("visit-taken-back", {"reason": "登记错了"}, "撤回走访结果：登记错了"),
        ("visit-moved", {"from": "2025-07-28", "to": "2025-07-29", "reason": ""}, "改期：2025年7月28日改到2025年7月29日"),
        ("round-set", {}, ""),
    ],
)  # fmt: skip
def test_a_visit_is_said_in_a_line(what, facts, said):
    assert entry_of_visit(what, facts) == said
