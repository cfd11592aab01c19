"""An entry of the audit says of one item what an office can read, and nothing of other units."""

import json

import pytest

from models.rules.window.item_history import LONGEST, entry_of_item, touches

MINE = {7: "市司法局"}
OPEN = {"state": "open", "done_on": None, "note": ""}
DONE = {"state": "done", "done_on": "2025-06-20", "note": "已办结。"}


@pytest.mark.parametrize(
    ("what", "subject", "facts", "said"),
    [
        # one unit's part, by the form
        (
            "progress",
            "W5/市司法局",
            {"old": {"assignments": {"7": OPEN}}, "new": DONE, "assignments": 1},
            "登记为已完成（2025年6月20日），原为未开始，说明：已办结",
        ),
        # the whole, which took parts with it
        (
            "progress",
            "W5",
            {"old": {"milestone": OPEN, "assignments": {"7": OPEN, "8": OPEN}}, "new": DONE},
            "登记为已完成（2025年6月20日），原为未开始，说明：已办结；市司法局的部分一同登记",
        ),
        # a list or a ledger: the part among others'
        (
            "progress",
            "W5",
            {
                "parts": {
                    "市司法局": [{"role": "lead", "old": OPEN, "new": DONE}],
                    "市教育局": [{"role": "lead", "old": OPEN, "new": DONE}],
                }
            },
            "市司法局的部分登记为已完成（2025年6月20日），原为未开始，说明：已办结",
        ),
        ("progress", "W5", {"parts": {"市教育局": [{"old": OPEN, "new": DONE}]}}, ""),
        # a click that was taken back
        (
            "progress",
            "W5",
            {"taken_back": 7, "parts": {"市司法局": [{"old": DONE, "new": OPEN}]}},
            "撤回第 7 条记录；市司法局的部分登记为未开始，原为已完成，去掉了说明",
        ),
        ("progress", "W5", {"taken_back": 7, "parts": {"市教育局": [{"old": {}, "new": {}}]}}, ""),
        # what is written when a document comes in has no old state
        ("progress", "Y1", {"new": DONE}, "登记为已完成（2025年6月20日），说明：已办结"),
        # only the day moved, and the note went
        (
            "progress",
            "W5",
            {"old": {"milestone": DONE}, "new": DONE | {"done_on": "2025-06-25", "note": ""}},
            "登记为已完成（2025年6月25日），原报2025年6月20日，去掉了说明",
        ),
        ("proof-lost", "W5/市司法局", {"reason": "E0003 退回"}, "E0003 退回，已完成改回进行中"),
        ("proof-stands", "W5/市司法局", {}, "恢复已完成"),
        (
            "evidence-returned",
            "E0003",
            {"title": "通知", "reason": "没有盖章。", "from": "submitted"},
            "退回证明材料 E0003《通知》：没有盖章",
        ),
        (
            "stage-opened",
            "S2",
            {"name": "实施推进", "local": "x", "window": "账号 甲"},
            "启动阶段：名称：实施推进",
        ),
        ("acknowledged", "W5", {"items": 1}, ""),
    ],
)
def test_an_entry_is_said_in_one_line(what, subject, facts, said):
    assert entry_of_item(what, subject, json.dumps(facts), MINE) == said


@pytest.mark.parametrize("facts", ["", "{", "[1]", '"x"'])
def test_facts_that_cannot_be_read_leave_the_deed(facts):
    assert entry_of_item("progress", "W5", facts, MINE) == "登记进展"
    assert not touches("progress", "W5", facts, "W5/市司法局", 7)


def test_what_somebody_typed_neither_turns_the_line_nor_fills_the_page():
    note = "\u202e倒\n写" + "长" * 2_000
    said = entry_of_item("progress", "W5", json.dumps({"new": DONE | {"note": note}}), MINE)
    assert "\u202e" not in said and "\n" not in said and len(said) <= LONGEST + 2


@pytest.mark.parametrize(
    ("what", "subject", "facts", "mine"),
    [
        ("proof-lost", "W5/市司法局", {}, True),
        ("evidence-returned", "E0001", {}, True),
        ("progress", "W5", {"old": {"assignments": {"7": OPEN}}}, True),
        ("progress", "W5", {"old": {"assignments": {"8": OPEN}}}, False),
        ("progress", "W5", {"parts": {"市司法局": []}}, True),
        ("progress", "W5", {"parts": {"市教育局": []}}, False),
        ("succession", "W5", {}, False),  # names other units
    ],
)
def test_a_unit_s_page_has_only_what_touches_its_part(what, subject, facts, mine):
    assert touches(what, subject, json.dumps(facts), "W5/市司法局", 7) is mine
