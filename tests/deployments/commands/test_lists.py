"""The commands of the lists: one sentence when it went well, one clear line per fault when not."""

import pytest
from openpyxl import load_workbook

from deployments.cli import run
from tests.support.sheets import made, place


@pytest.fixture
def shifan(campaign, capsys):
    """Run a command; return its exit code, what it said, and what it complained of."""

    def command(*words) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return command


@pytest.mark.parametrize("word", ["units", "posts", "progress"])
def test_a_list_goes_out_and_comes_back_unchanged(shifan, tmp_path, word):
    path = tmp_path / "表.xlsx"

    code, said, _ = shifan(word, "export", path)
    assert (code, said.startswith("jc：已导出")) == (0, True)
    code, said, _ = shifan(word, "load", path, "--campaign", "jc")
    assert (code, "0 处变更" in said) == (0, True)
    assert "\n" not in said


def test_an_export_never_overwrites(shifan, tmp_path):
    shifan("posts", "export", tmp_path / "表.xlsx")
    code, said, complaint = shifan("posts", "export", tmp_path / "表.xlsx")

    assert (code, said) == (1, "")
    assert "不会覆盖" in complaint


def test_progress_is_registered_once(shifan):
    words = ["progress", "set", "W6", "--state", "已完成", "--on", "2025-07-01"]
    words += ["--by", "创建办", "--note", "已报"]

    code, said, _ = shifan(*words)
    assert (code, said.startswith("jc · W6 ")) == (0, True)
    assert shifan(*words)[1] == said.replace("，3 处变更", "，0 处变更")
    part = [
        "progress",
        "set",
        "W7",
        "--state",
        "进行中",
        "--by",
        "市司法局联络员",
        "--unit",
        "市司法局",
    ]
    assert shifan(*part)[1].startswith("jc · W7/市司法局 ")
    assert shifan(*part)[1].endswith("：进行中，0 处变更")


def test_a_units_own_list_goes_out_and_comes_back(shifan, tmp_path):
    path = tmp_path / "市司法局.xlsx"
    shifan("progress", "export", path, "--unit", "市司法局")
    book = load_workbook(path)
    place(book["责任分解"], "状态", 编号="W6").value = "进行中"
    book.save(path)

    code, said, _ = shifan("progress", "load", path, "--by", "市司法局联络员")

    assert (code, said.endswith("1 处变更")) == (0, True)


def test_an_empty_table_of_indicators_is_made_without_a_database(shifan, tmp_path):
    code, said, _ = shifan("indicators", "template", tmp_path / "指标.xlsx")

    assert (code, said.startswith("已生成空的指标表")) == (0, True)
    code, _, complaint = shifan("indicators", "load", tmp_path / "指标.xlsx")
    assert (code, "一个指标也没有" in complaint) == (1, True)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["units", "load", "没有.xlsx"], "找不到文件 没有.xlsx"),
        (["progress", "export", "a.xlsx", "--campaign", "nn"], "没有简称为“nn”的创建活动"),
        (["progress", "set", "W99", "--state", "已完成", "--by", "x"], "没有编号为 W99 的事项"),
        (["progress", "set", "W6", "--state", "done?", "--by", "x"], "没有“done?”这个状态"),
        (["progress", "set", "W6", "--state", "不适用", "--by", "x"], "不适用必须在说明里写明理由"),
        (["progress", "set", "W6", "--state", "已完成"], "缺少 --by"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(shifan, words, complaint):
    code, said, found = shifan(*words)

    assert (code, said) == (1, "")
    assert found.startswith(complaint) or complaint in found
    assert "\n" not in found
    assert "Traceback" not in found


def test_a_wrong_list_is_told_row_by_row(shifan, tmp_path):
    rows = [["编号", "状态", "完成日期", "说明"], ["S1.1", "完了", "", ""], ["S8", "", "", ""]]

    code, said, complaint = shifan("progress", "load", made(tmp_path / "a.xlsx", 节点=rows))

    assert (code, said) == (1, "")
    assert complaint.splitlines() == [
        "a.xlsx有 2 处问题，没有写入任何内容：",
        "  表“节点”第 2 行“状态”列：写的是“完了”，只能是 未开始、进行中、已完成、不适用",
        "  表“节点”第 3 行“编号”列：没有编号为“S8”的事项",
    ]


def test_a_retired_unit_is_named_with_its_open_items_and_succeeded_by_one_command(shifan, tmp_path):
    path = tmp_path / "单位.xlsx"
    shifan("units", "export", path)
    book = load_workbook(path)
    place(book["单位"], "停用", 单位名称="市司法局").value = "是"
    book.save(path)

    said = shifan("units", "load", path)[1]
    assert "市司法局（" in said
    assert "shifan units succeed 市司法局 --to 接手单位" in said
    words = ["units", "succeed", "市司法局", "--to", "市委编办", "--by", "创建办"]
    assert "已移交市委编办" in shifan(*words)[1]
    assert "没有人负责" not in shifan("units", "load", path)[1]
    assert "没有要移交的事项" in shifan(*words)[1]
