"""One finding at the command: raised, mended with a file, verified by another, closed, looked back at."""

import pytest
from sqlmodel import select

from deployments.cli import run
from models.database import open_session
from models.evidence.listing import evidence_lines
from models.findings.finding import FindingProof
from tests.conftest import NOW
from tests.support.findings import cycles_of, day, row_of


@pytest.fixture
def office(campaign, clock_at, tmp_path, monkeypatch):
    """The campaign's office, a day after the other: ``office(3)`` is the fourth."""
    monkeypatch.chdir(tmp_path)

    def on(days):
        clock_at(NOW.replace(day=1 + days) if days < 30 else NOW.replace(month=8, day=days - 29))

    on(0)
    return on


@pytest.fixture
def shifan(office, capsys):
    def said(*words):
        code = run(list(words))
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return said


def test_a_finding_is_led_from_the_first_word_to_the_look_back(
    office, shifan, tmp_path, campaign_id
):
    (tmp_path / "整改通知.txt").write_text("执法文书已统一编号", encoding="utf-8")
    by = ("--by", "市司法局联络员")
    add = (
        "findings",
        "add",
        "执法文书没有编号",
        "--unit",
        "市司法局",
        "--source",
        "督导检查 V1.12",
    )

    assert "已登记 F1（问题），已交市司法局，时限 2025-07-15" in shifan(*add, "--by", "督导组")[1]
    assert "已经登记过" in shifan(*add, "--by", "督导组")[1]
    assert shifan("findings", "promise", "F1", "--on", "2025-07-10", *by)[0] == 0
    mend = ("findings", "rectify", "F1", "整改通知.txt", "--measure", "已编号", *by)
    assert "现在是“待核实”" in shifan(*mend)[1]
    assert "没有变化" in shifan(*mend)[1]
    code, said = shifan("findings", "verify", "F1", *by)
    assert code == 1
    assert "应由另外的人登记" in said
    assert (
        "到 2025-07-15 没有反弹可以销号" in shifan("findings", "verify", "F1", "--by", "督导组")[1]
    )
    code, said = shifan("findings", "close", "F1", "--by", "创建办")
    assert code == 1
    assert "过了这一天才能销号" in said
    office(15)
    assert "现在是“已销号”" in shifan("findings", "close", "F1", "--by", "创建办")[1]
    assert "没有反弹" in shifan("findings", "look-back", "F1", "--by", "督导组")[1]
    shown = shifan("findings", "show", "F1")[1]
    for words in (
        "督导检查 V1.12",
        "E0001",
        "市司法局联络员 承诺，承诺 2025-07-10",
        "核实通过",
        "回头看",
    ):
        assert words in shown
    with open_session(read_only=True) as session:
        [piece] = evidence_lines(session, campaign_id)
        assert len(session.exec(select(FindingProof)).all()) == 1
        assert piece.unit == "市司法局"


def test_several_are_led_together_or_not_at_all(shifan):
    for problem in ("甲事", "乙事"):
        shifan("findings", "add", problem, "--unit", "市司法局", "--by", "创建办")
    move = (
        "findings",
        "move",
        "F1、F9",
        "--due",
        "2025-08-01",
        "--by",
        "创建办",
        "--reason",
        "等文",
    )

    code, said = shifan(*move)

    assert code == 1
    assert "F9：没有编号为" in said
    with open_session(read_only=True) as session:
        assert cycles_of(session, "F1")[0].due == day(14)
    assert shifan(*(word.replace("F9", "F2") for word in move))[0] == 0


def test_a_complaint_keeps_no_name_and_its_trace(shifan):
    add = ("complaints", "add", "市民李四反映窗口无人，电话13800001111", "--unit", "市司法局")
    assert "已登记 C1（投诉）" in shifan(*add, "--by", "创建办")[1]
    shifan("complaints", "hand-on", "C1", "--unit", "市政府办公室", "--by", "创建办")
    assert "F1（问题）" in shifan("complaints", "raise", "C1", "无人值班", "--by", "创建办")[1]
    answer = ("complaints", "answer", "C1", "--text", "已安排轮值")
    assert "不能登记" in shifan(*answer, "--by", "市司法局联络员")[1]
    assert "办结" in shifan(*answer, "--by", "市政府办公室联络员")[1]

    shown = shifan("findings", "show", "C1")[1]

    assert "市民某某反映窗口无人" in shown
    assert "李四" not in shown
    assert "13800001111" not in shown
    assert "首接给市司法局" in shown
    assert "转办给市政府办公室" in shown
    assert "投诉建议 C1" in shifan("findings", "show", "F1")[1]


def test_the_rules_are_shown_and_set(shifan):
    assert "观察 14 天" in shifan("findings", "rules")[1]
    said = shifan("findings", "rules", "--watch-days", "3", "--by", "创建办")[1]
    assert "已设为：整改核实后观察 3 天" in said
    code, said = shifan("findings", "rules", "--dispatch-number", "督办3号", "--by", "创建办")
    assert code == 1
    assert "各有一个" in said


def test_a_file_that_cannot_be_evidence_ends_the_step(shifan, tmp_path):
    shifan("findings", "add", "甲事", "--unit", "市司法局", "--by", "创建办")
    (tmp_path / "机密.txt").write_text("机密★1年\n关于某事的通知", encoding="utf-8")

    code, said = shifan(
        "findings", "rectify", "F1", "机密.txt", "--measure", "改了", "--by", "市司法局联络员"
    )

    assert code == 1
    assert "密" in said
    with open_session(read_only=True) as session:
        assert row_of(session, "F1").state == "assigned"
