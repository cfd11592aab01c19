"""The office's own words: they work wherever documents are read, or every fault is told with its line."""

import os

import pytest

from models.errors import PlanError
from models.plan.vocabulary import default_vocabulary, in_force
from tasks.office.vocabulary import office_vocabulary, office_words
from tasks.plans.compiling import compile_file
from tasks.plans.loading import read_source
from tests.places import ROOT

EXAMPLE = ROOT / "deployments" / "vocabulary.example.yaml"
PLAN = """某市法治建设实施方案
一、重点任务
1.加强执法。设立卡口，新建30卡口以上。（挂帅单位：市司法局；搭手单位：市公安局；交账时间：2026年6月底前）
二、实施步骤
（一）挂图作战阶段（2026年3月至9月）。推进。
（二）总结阶段（2026年10月）。总结。
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Return what reads own words of these bytes."""
    path = tmp_path / "vocabulary.yaml"
    monkeypatch.setenv("SHIFAN_VOCABULARY", str(path))

    def read(content: bytes):
        path.write_bytes(content)
        return office_vocabulary()

    return read


def test_the_example_adds_words_of_every_kind(own, tmp_path):
    own(EXAMPLE.read_bytes())
    (tmp_path / "方案.txt").write_text(PLAN, encoding="utf-8")

    plan = compile_file(tmp_path / "方案.txt").plan

    [task] = plan.tasks
    assert (task.lead_units, task.cooperating_units) == (["市司法局"], ["市公安局"])
    assert task.deadline and str(task.deadline.date) == "2026-06-30"
    assert [(t.value, t.unit) for t in task.targets] == [(30, "卡口")]
    assert [stage.kind for stage in read_source(str(tmp_path / "方案.txt")).checked().stages] == [
        "implementation",
        "consolidation",
    ]


def test_without_a_file_the_words_are_ours():
    assert office_vocabulary() is default_vocabulary()
    with office_words():
        assert in_force() is default_vocabulary()


def test_own_words_hold_only_within(own):
    own(EXAMPLE.read_bytes())

    with office_words():
        assert "挂帅" in in_force().lead

    assert "挂帅" not in in_force().lead


def test_a_file_from_notepad_is_read(own):
    assert "挂帅" in own("\ufeff角色:\r\n  牵头: [挂帅]\r\n".encode()).lead


def test_an_empty_file_adds_nothing(own):
    assert own(b"").lead == default_vocabulary().lead


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("角色: {牵头: [挂帅.*]}", "第 1 行：“挂帅.\\*”里有标点或符号"),
        ("角色:\n  牵头: [由]", "第 2 行：“由”有 1 个字，应为 2 到 20 个字"),
        ("角色:\n  牵头: [" + "长" * 21 + "]", "有 21 个字"),
        ("角色:\n  带头: [挂帅]", "第 2 行：没有叫“带头”的词表，“角色”下面可以写 牵头、责任"),
        ("脚色: {}", "第 1 行：没有叫“脚色”的词表"),
        ("角色:\n  牵头: 挂帅", "第 2 行：“牵头”后面应是一列词"),
        ("角色: [挂帅]", "“角色”下面应是名称"),
        ("- 挂帅", "“词表”下面应是名称"),
        ("编号: {一: [壹]}", "“编号”不能添改"),
        ("阶段: [{类型: 开头, 词: [挂图]}]", "类型只能是 启动、实施"),
        ("阶段: 挂图", "“阶段”后面应是一列"),
        ("量词: [[卡口]]", "这里应是一个词"),
        ("量词: [" + "个, " * 501 + "]", "最多 500 个"),
        ("单位简称: {文体局: [一]}", "这里应是一个词"),
        ("a: [[[[[[1]]]]]]", "一层套一层"),
        ("角色: {牵头: &x [挂帅], 责任: *x}", "用 \\* 引用"),
        ("角色: [\n", "不是正确的 YAML"),
        ("#" + " " * 200_000, "过大"),
    ],
)
def test_a_bad_file_gets_a_clear_line(own, content, says):
    with pytest.raises(PlanError, match=says):
        own(content.encode())


def test_several_faults_are_told_together(own):
    with pytest.raises(PlanError) as told:
        own("角色:\n  牵头: [由, 挂|帅]\n  带头: [挂帅]\n量词: [(]\n".encode())

    assert len(told.value.faults) == 4


def test_what_is_no_file_gets_a_clear_line(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe")
    for path, says in (
        (tmp_path, "不是文件"),
        (tmp_path / "pipe", "不是文件"),
        (tmp_path / "no", "不存在"),
    ):
        monkeypatch.setenv("SHIFAN_VOCABULARY", str(path))
        with pytest.raises(PlanError, match=says):
            office_vocabulary()
