"""The command: what it prints, writes and answers."""

import io
import json
import os
import subprocess
import sys
import zipfile

import pytest
import yaml

from deployments.cli import run
from deployments.commands.plan import compile_document
from models.errors import CampaignError, NotAPlanError, PlanError
from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from models.plan.schema import Plan
from tasks.plans.loading import read_source
from tasks.plans.review_reading import take_review
from tasks.workbook.checking import is_workbook
from tasks.workbook.reading import open_book
from tests.places import DOCUMENTS
from tests.support.sheets import made

PLAN, NEWS = DOCUMENTS / "01-fazhi-shifan-shishi.txt", DOCUMENTS / "06-xinwen-tuijinhui.txt"


def test_json_is_all_there_is_on_standard_output(capsys):
    compile_document(PLAN, as_json=True)

    told = json.loads(capsys.readouterr().out)
    doubts, mentions = told.pop("doubts"), told.pop("mentions")
    assert len(Plan.model_validate(told).tasks) == 10
    assert {"where", "line", "text", "reason", "proposal"} == {
        key for each in doubts for key in each
    }
    assert {"line", "text", "kind"} == {key for each in mentions for key in each}


def test_what_is_not_a_plan_ends_with_three_and_one_line(capsys, tmp_path):
    assert run(["plan", "compile", str(NEWS), "--output", str(tmp_path / "plan.yaml")]) == 3

    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "新闻" in err
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_a_plan_is_printed_as_json_all_the_same(capsys):
    with pytest.raises(NotAPlanError):
        compile_document(NEWS, as_json=True)

    values = json.loads(capsys.readouterr().out)
    assert (values["is_plan"], values["stages"], values["tasks"]) == (False, [], [])


@pytest.mark.parametrize("name", ["plan.yaml", "plan.json"])
def test_the_plan_is_written_and_reads_back(tmp_path, capsys, name):
    path = tmp_path / name
    compile_document(PLAN, output=path)

    text = path.read_text(encoding="utf-8")
    values = yaml.safe_load(text) if name.endswith("yaml") else json.loads(text)
    assert len(Plan.model_validate(values).stages) == 4
    assert "任务 10 项" in capsys.readouterr().out


def test_a_review_is_written_and_loads(tmp_path, capsys):
    compile_document(PLAN, review=tmp_path / "审核表.xlsx")

    plan, notes = take_review(tmp_path / "审核表.xlsx")
    assert (len(plan.tasks), notes) == (10, [])


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def packed(member: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as parts:
        parts.writestr(member, "x")
    return whole.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("审核表.xls", OLE + bytes(600), "是旧版 .xls 或 .et 文件，请用 Excel 或 WPS 打开后另存"),
        ("审核表.ods", packed("content.xml"), "是 .ods 文件"),
        ("审核表.xlsb", packed("xl/workbook.bin"), "是 .xlsb 文件"),
        ("审核表.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
        ("审核表.csv", "序号,阶段名称\n1,启动\n".encode("gb18030"), "是文本文件（.csv、.txt）"),
        ("审核表.xltx", packed("word/document.xml"), "是 Word 文档"),
    ],
)
def test_a_review_in_another_format_is_told_in_the_words_of_the_lists(
    tmp_path, name, content, says
):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CampaignError, match=says) as told:
        read_source(str(path))
    with pytest.raises(PlanError) as listed:
        open_book(path)

    assert str(told.value) == f"“{name}”{listed.value.faults[0]}"


def test_a_list_or_an_old_table_is_no_document_and_no_review(tmp_path):
    made(tmp_path / "单位.xlsx", 单位=[["单位名称"], ["市司法局"]])
    (tmp_path / "单位.xls").write_bytes(OLE + bytes(600))

    with pytest.raises(CampaignError, match="像是另一种表，请用 shifan units load 装回"):
        read_source(str(tmp_path / "单位.xlsx"))
    with pytest.raises(CampaignError, match="是 Excel 97-2003 表格，不是公文"):
        compile_document(tmp_path / "单位.xls")


@pytest.mark.parametrize("name", ["审核表.xltx", "审核表.xlsm", "审核表"])
def test_a_review_is_known_by_what_is_in_it(tmp_path, name):
    compile_document(PLAN, review=tmp_path / "r.xlsx")
    path = (tmp_path / "r.xlsx").rename(tmp_path / name)

    assert is_workbook(path)
    assert len(take_review(path)[0].tasks) == 10


def test_nothing_is_left_half_written(tmp_path):
    missing = tmp_path / "没有" / "plan.yaml"
    for arguments in (
        {"output": missing},
        {"output": tmp_path / "plan.txt"},
        {"review": tmp_path / "r.xls"},
    ):
        with pytest.raises(CampaignError) as caught:
            compile_document(PLAN, **arguments)
        assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_the_document_itself_is_never_overwritten(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(PLAN.read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(CampaignError, match="原文件"):
        compile_document(path, output=path)


def test_a_name_that_is_no_text_is_one_line(tmp_path):
    odd = os.fsdecode("方案".encode("gb18030"))  # as an old archive leaves it
    (tmp_path / f"{odd}.txt").write_bytes(PLAN.read_bytes())

    done = subprocess.run(
        [sys.executable, "-m", "deployments.cli", "plan", "compile", f"{odd}.txt"],
        cwd=tmp_path,
        env=os.environ
        | {"PYTHONIOENCODING": "utf-8:strict", "PYTHONPATH": str(DOCUMENTS.parents[1])},
        capture_output=True,
    )

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "不能显示的字符" in done.stderr.decode("utf-8", "replace")


@pytest.mark.parametrize("name", ["长" * 80 + ".yaml", "长" * 83 + ".json"])
def test_a_plan_is_written_whatever_the_length_of_its_name(tmp_path, name):
    compile_document(PLAN, output=tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_loading_what_is_not_a_plan_says_why():
    with pytest.raises(CampaignError, match="新闻"):
        read_source(str(NEWS))


def test_two_heads_of_a_group_are_posts_and_the_head_of_its_office_is_the_offices():
    text = (
        "某县创建实施方案\n一、重点任务\n1.加强执法。（牵头单位：县司法局）\n二、组织保障\n"
        "（一）加强领导。成立由县委书记、县长任双组长的创建工作领导小组，县委副书记任副组长，"
        "领导小组办公室设在县司法局，县司法局局长兼任办公室主任。"
    )

    group, office = compile_plan(Document.from_text(text)).groups

    assert (group.parent, group.head_post) == (None, "县委书记、县长")
    assert group.deputy_posts == ["县委副书记"]
    assert (office.located_in, office.head_post) == ("县司法局", "县司法局局长")


def test_a_text_without_tasks_says_so_and_what_it_saw(capsys, tmp_path):
    path = tmp_path / "方案.txt"
    path.write_text(
        "某市创建法治政府建设示范市实施方案\n各单位：\n为做好创建工作，制定本方案。\n2025年6月1日\n",
        encoding="utf-8",
    )

    compile_document(path)

    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("注意：没有读出工作任务、阶段。读到 4 行、")
    assert "没有带编号的行，开头是：“某市创建法治政府建设示范市实施方案”、“各单位：”" in last


def test_numbered_lines_that_gave_no_task_are_shown(capsys, tmp_path):
    path = tmp_path / "方案.txt"
    path.write_text(
        "某市创建法治政府建设示范市实施方案\n一、总体要求\n以习近平法治思想为指导。\n2025年6月1日\n",
        encoding="utf-8",
    )

    compile_document(path)

    assert "带编号的 1 行：“一、总体要求”" in capsys.readouterr().out
    compile_document(PLAN)
    assert "没有读出" not in capsys.readouterr().out


NO_STAGES = "某市创建工作方案\n一、重点任务\n1.加强执法。（牵头单位：市司法局）\n2.加强普法。\n"
TWICE = "某市创建工作方案\n一、重点任务\n1.加强执法，合格率达到120%。（牵头单位：市司法局）\n"
TURNED = (
    f"{TWICE}二、实施步骤\n（一）启动阶段（2025年3月1日至3月31日）。动员。\n"
    "（二）实施阶段（2025年2月1日至9月30日）。实施。\n"
)


def written(folder, text, name="方案.txt"):
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_compile_says_what_load_would_refuse(capsys, tmp_path):
    path = written(tmp_path, TURNED)

    assert run(["plan", "compile", str(path), "--review", str(tmp_path / "审核表.xlsx")]) == 0
    compiled = capsys.readouterr().out
    assert run(["plan", "load", str(path), "--yes"]) == 1
    refused = capsys.readouterr().err

    faults = [line for line in refused.splitlines() if line.startswith("  ")]
    assert len(faults) == 2
    assert f"还不能装入，有 {len(faults)} 处要先改正" in compiled
    assert [fault for fault in faults if fault not in compiled] == []
    assert "要改正，先运行 shifan plan compile" in refused


def test_load_says_at_once_what_it_would_refuse_after_the_question(capsys, tmp_path):
    path = written(tmp_path, TURNED)

    assert run(["plan", "load", str(path)]) == 1

    out, err = capsys.readouterr()
    assert "阶段 2 个" in out
    assert "早于第 1 阶段" in err
    assert "核对无误后运行" not in err


def test_a_sound_plan_is_compiled_without_a_word_of_refusal(capsys):
    compile_document(PLAN)

    assert "还不能装入" not in capsys.readouterr().out


def test_a_reading_without_stages_is_told_by_compile_and_asked_about_by_load(capsys, tmp_path):
    path = written(tmp_path, NO_STAGES)

    assert run(["plan", "compile", str(path), "--review", str(tmp_path / "审核表.xlsx")]) == 0
    assert "注意：没有阶段，" in capsys.readouterr().out
    for source in (path, tmp_path / "审核表.xlsx"):
        assert run(["plan", "load", str(source)]) == 1
        out, err = capsys.readouterr()
        assert "注意：没有阶段，" in out
        assert err.startswith("还没有装入。核对无误后运行 ")
        assert "--yes" in err


def test_an_empty_plan_is_refused_in_words(capsys, tmp_path):
    path = written(tmp_path, "某市创建工作方案\n为做好创建工作，制定本方案。\n")

    assert run(["plan", "load", str(path), "--yes"]) == 1

    err = capsys.readouterr().err
    assert "阶段、任务、周期工作：一样也没有" in err
    assert "stages" not in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("采购合同\n一、货物\n桌椅十套。\n", "看不出是方案（标题“采购合同”）"),
        (
            "某市法治政府建设\n一、组织领导\n各单位抓好落实。\n",
            "看不出是方案（标题“某市法治政府建设”）",
        ),
        ("甲。\n", "看不出是方案（"),
        ("某市创建工作总结\n一、主要做法\n召开了会议。\n", "是报告、总结一类的材料"),
        (
            "关于召开全市推进会的通知\n各单位：\n定于3月1日开会。\n",
            "是会议、人员、机构等事项的通知",
        ),
        ("某市法治建设考核办法（试行）\n第一条 为了考核。\n", "是制度一类的文件"),
        ("某市示范创建先进单位名单\n市司法局\n", "是公告、名单一类的材料"),
    ],
)
def test_what_nothing_calls_a_report_is_not_called_one(capsys, tmp_path, text, said):
    assert run(["plan", "compile", str(written(tmp_path, text))]) == 3

    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
