"""A plan that changed, at the command: what is different is shown first, and only what was asked for is done."""

import json

import pytest
import yaml

from deployments.cli import run
from deployments.commands.plan_changes import compare
from tasks.plans.loading import PACKS
from tests.support.alerts import MONDAY, at


@pytest.fixture
def shifan(campaign, capsys, clock_at, tmp_path, monkeypatch):
    """Run a command on a working Monday; return its code, what it said and its complaint."""
    clock_at(at(MONDAY))
    monkeypatch.chdir(tmp_path)

    def command(*words):
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return command


@pytest.fixture
def revised(tmp_path):
    """The loaded plan with a later end of its third stage and without its last task, in a file."""
    plan = yaml.safe_load((PACKS / "jinchang-2025.yaml").read_text(encoding="utf-8"))
    plan["stages"][2]["end"] = "2025-09-30"
    plan["tasks"].pop()
    plan["document_number"] = "金法办发〔2025〕30号"
    path = tmp_path / "修订稿.yaml"
    path.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    return path


STAGE = "第 3 阶段“自评初审”：结束日 2025-08-31 → 2025-09-30（晚 30 天）"


def test_a_plan_is_compared_with_the_loaded_one_and_nothing_is_written(shifan, revised):
    code, said, _ = shifan("plan", "compare", revised)

    assert code == 0
    first, *lines = said.splitlines()
    assert first == "“修订稿.yaml”与“jc”有 3 处不同："
    assert lines[0] == f"  {STAGE}"
    assert lines[1].startswith("  取消第 32 项任务")
    assert shifan("plan", "compare", "jinchang-2025")[1] == "“jinchang-2025.yaml”与“jc”没有不同"


def test_two_files_are_compared_for_programs_too(shifan, revised):
    found = json.loads(shifan("plan", "compare", "jinchang-2025", revised, "--json")[1])

    assert [one["kind"] for one in found["changes"]] == ["调整", "取消", "调整"]
    assert found["changes"][0]["part"] == "阶段"


def test_a_changed_plan_is_shown_first_and_loaded_only_when_that_is_said(shifan, revised):
    code, said, told = shifan("plan", "load", revised, "--slug", "jc")

    assert code == 1
    assert STAGE in said
    assert "按修订稿装入：原定日期保留" in said
    assert f"shifan plan load {revised} --slug jc --yes" in told
    assert shifan("plan", "compare", revised)[1].startswith("“修订稿.yaml”与“jc”有 3 处不同")

    assert shifan("plan", "load", revised, "--slug", "jc", "--yes")[0] == 0
    assert shifan("plan", "compare", revised)[1] == "“修订稿.yaml”与“jc”没有不同"
    code, said, _ = shifan("plan", "load", revised, "--slug", "jc")
    assert (code, "0 处变更" in said) == (0, True)


def test_what_was_only_read_wrongly_can_be_said(shifan, revised):
    said = shifan("plan", "load", revised, "--slug", "jc", "--corrected")

    assert "按改正装入：原定日期一并改正" in said[1]
    assert "--corrected --yes" in said[2]


@pytest.fixture
def supplement(tmp_path):
    """A notice that changes a stage and a unit, and something that nobody can place."""
    path = tmp_path / "补充通知.txt"
    path.write_text(
        "关于调整创建工作有关事项的补充通知\n将第三阶段延长至2025年9月30日。\n"
        "第13项任务增加责任单位市数据局。\n领导小组组长由副市长调整为市长。\n",
        encoding="utf-8",
    )
    return path


def test_a_supplement_drops_nothing_that_it_does_not_mention(shifan, supplement):
    code, said, told = shifan("plan", "load", supplement)

    assert code == 1
    assert said.splitlines() == [
        "“补充通知.txt”是补充通知，只改它写到的，其余照旧；其中 2 句已对上号",
        "  没有对上号，请在审核表或方案里改：领导小组组长由副市长调整为市长",
        "“补充通知.txt”与“jc”有 2 处不同：",
        f"  {STAGE}",
        "  第 13 项任务“合法性审查”：责任单位增加 市数据局",
        "按修订稿装入：原定日期保留，日期有变的单位会收到通知（只是改正读错的，加 --corrected）",
    ]
    assert f"shifan plan load {supplement} --yes" in told
    assert shifan("plan", "load", supplement, "--yes")[0] == 0
    code, said, _ = shifan("plan", "load", supplement)
    assert (code, said.splitlines()[0]) == (0, "“补充通知.txt”已经装入过，没有再改")
    assert "0 处变更；5 个阶段、32 项工作任务" in said


def test_compare_says_how_it_is_used():
    assert "plan compare" in (compare.__doc__ or "")
