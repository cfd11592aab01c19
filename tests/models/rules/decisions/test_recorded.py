"""What a decision's receipt says, in an office's words."""

import pytest

from models.rules.decisions.recorded import decision_lines

OBSTACLES = [{"text": f"培训{n}尚未完成"} for n in range(1, 6)]
TWO = [
    {"post": "组长", "said_by": "组长 某某", "answer": "force"},
    {"post": "分管领导", "said_by": "分管领导", "answer": "approve"},
    {"post": "副组长", "said_by": "", "answer": ""},
]


@pytest.mark.parametrize(
    ("what", "facts", "lines"),
    [
        ("decision-approve", {"client": "10.0.0.9", "voices": TWO[:1]}, ("来自 10.0.0.9",)),
        ("decision-return", {"reason": "再补", "new_end": None}, ("理由：再补",)),
        (
            "decision-postpone",
            {"reason": "等", "new_end": "2025-09-15", "original_end": "2025-07-22"},
            ("理由：等", "结束日改为2025年9月15日（周一），原定的2025年7月22日（周二）保留"),
        ),
        (
            "decision-force",
            {"reason": "先行", "obstacles": OBSTACLES, "voices": TWO},
            (
                "理由：先行",
                "没有满足、留在记录里的条件：培训1尚未完成；培训2尚未完成；培训3尚未完成等 5 项",
                "组长 某某强制推进；分管领导批准",
            ),
        ),
        ("decision-voice", {"answer": "force", "reason": "先行"}, ("表态：强制推进", "理由：先行")),
        (
            "decision-transfer",
            {"from": "组长", "to": "分管领导"},
            ("由组长转给分管领导决定",),
        ),
        ("decision-transfer", {"to": "分管领导"}, ("转给分管领导决定",)),  # of an older version
        (
            "decision-asked",
            {"posts": ["组长", "分管领导"], "due": "2025-07-24", "obstacles": OBSTACLES[:1]},
            ("请组长、分管领导在2025年7月24日（周四）以前答复", "还没有满足的条件：培训1尚未完成"),
        ),
        ("decision-objected", {"reason": "不是我"}, ()),
        ("progress", {"reason": "x"}, ()),
    ],
)
def test_each_thing_has_a_line(what, facts, lines):
    assert decision_lines(what, facts) == lines
