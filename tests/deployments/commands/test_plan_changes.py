"""A plan that changed, at the command: what is different is shown first, and only what was asked for is done."""

import json

import openpyxl
import pytest
import yaml

from deployments.cli import run
from tasks.plans.loading import PACKS
from tests.support.alerts import MONDAY, at
from tests.support.drawn_tables import word_of


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
        "  没有对上号，请用 plan compare --review 生成审核表，在表里改：领导小组组长由副市长调整为市长",
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


def test_what_could_not_be_placed_is_put_right_in_a_review_workbook(shifan, supplement, tmp_path):
    review = tmp_path / "审核表.xlsx"
    code, said, _ = shifan("plan", "compare", supplement, "--review", review)

    assert (code, said.splitlines()[-1]) == (0, f"已写入 {review}")
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(review)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    ]
    assert any("领导小组组长由副市长调整为市长" in cell for cell in cells)
    assert "责任单位增加 市数据局" in cells
    assert shifan("plan", "load", review, "--slug", "jc", "--revised", "--yes")[0] == 0
    assert shifan("plan", "load", supplement)[1].startswith("“补充通知.txt”已经装入过")
    assert shifan("plan", "compare", supplement, "--review", supplement)[0] == 1


ROWS = """
金昌市创建工作责任分解表
序号|工作任务|牵头单位|责任单位|完成时限
13|合法性审查|市司法局|市数据局|2025年8月底
2|建立涉企检查备案制度|市司法局|市市场监管局|2025年9月底
"""


@pytest.fixture(params=["docx", "xlsx"])
def table(request, tmp_path):
    """A breakdown table that fills a task, has another lead for it, and a task that the plan has not."""
    path = tmp_path / f"责任分解表.{request.param}"
    if request.param == "docx":
        return word_of(ROWS, path)
    book = openpyxl.Workbook()
    for line in ROWS.strip().splitlines()[1:]:
        book.active.append(line.split("|"))
    book.save(path)
    return path


def test_a_table_fills_what_is_empty_and_overwrites_nothing_unasked(shifan, table):
    code, said, told = shifan("plan", "merge", table)

    assert code == 1
    assert said.splitlines() == [
        "补上方案里空着的，1 项：",
        "  第 13 项任务“合法性审查”：责任单位增加 市数据局；完成时限 未定 → 2025-08-31",
        "方案里没有、表里有的，1 项：",
        "  新增第 33 项任务“建立涉企检查备案制度”（请核对：方案里没有这一项）：牵头单位 市司法局；"
        "责任单位 市市场监管局；完成时限 2025-09-30",
        "与方案不同，没有改（要按表里的，加 --take 任务编号，如 --take W5、W8，或 --take 全部），1 项：",
        "  第 13 项任务“合法性审查”：牵头单位减少 市政府办公室",
        "另有 31 项任务表里没有，照旧",
    ]
    assert told == f"还没有写入。核对无误后运行 shifan plan merge {table} --yes"
    assert shifan("plan", "compare", "jinchang-2025")[1].endswith("没有不同")

    code, said, _ = shifan("plan", "merge", table, "--yes")
    assert (code, said.splitlines()[-1].endswith("33 项工作任务")) == (0, True)
    code, said, _ = shifan("plan", "merge", table)
    assert (code, said.splitlines()[0][:10]) == (0, "与方案不同，没有改（")


def test_what_the_table_says_otherwise_is_taken_where_that_is_asked(shifan, table):
    assert shifan("plan", "merge", table, "--take", "W13", "--fill-only", "--yes")[0] == 0

    said = shifan("plan", "compare", "jinchang-2025")[1]
    assert "牵头单位增加 市政府办公室" in said
    assert "33" not in said
    code, _, told = shifan("plan", "merge", table, "--take", "W99")
    assert (code, told.split("，")[0]) == (1, "--take 写的是“W99”")


def test_a_table_is_merged_row_by_row_in_a_review_workbook(shifan, table, tmp_path):
    review = tmp_path / "审核表.xlsx"
    code, said, _ = shifan("plan", "merge", table, "--review", review)

    assert (code, said.splitlines()[-1]) == (0, f"已写入 {review}")
    rows = list(openpyxl.load_workbook(review)["任务"].iter_rows(values_only=True))
    doubted = [cell for row in rows for cell in row if cell and "表里的不同" in str(cell)]
    assert doubted == ["表里的不同：牵头单位减少 市政府办公室"]
    assert shifan("plan", "load", review, "--slug", "jc", "--yes")[0] == 0
    assert shifan("plan", "merge", table, "--fill-only")[1].splitlines()[0].startswith("与方案不同")
    assert shifan("plan", "merge", table, "--review", table)[0] == 1


def test_a_file_without_tasks_is_no_table(shifan, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话"])
    book.save(tmp_path / "表.xlsx")

    code, _, told = shifan("plan", "merge", "表.xlsx")

    assert (code, told) == (
        1,
        "“表.xlsx”里没有读出任务，应有“任务”“牵头单位”“责任单位”这样的列",
    )


def test_a_person_says_which_item_is_which(shifan, revised):
    plan = yaml.safe_load(revised.read_text(encoding="utf-8"))
    plan["tasks"][0]["title"] = "另起的一项工作"
    revised.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")

    _, said, _ = shifan("plan", "compare", revised, "--same", "1=新")
    assert "取消第 1 项任务" in said
    assert "新增第 1 项任务“另起的一项工作”" in said
    code, _, why = shifan("plan", "compare", revised, "--same", "99=W1、1=W99")
    assert code == 1
    assert "后一份没有第 99 项任务" in why
    assert "前一份没有 W99" in why

    again = shifan("plan", "load", revised, "--slug", "jc", "--same", "1=新")[2]
    assert "--same 1=新 --yes" in again


def test_a_first_plan_has_nothing_to_be_the_same_as(shifan):
    code, _, why = shifan("plan", "load", "zengdu-2023", "--same", "1=W1", "--yes")

    assert code == 1
    assert "没有可对的任务" in why
