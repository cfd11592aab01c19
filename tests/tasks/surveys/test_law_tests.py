"""A law test from the bank to the results: papers without answers, numbers without names, one repeat."""

import json
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.audit.chain import AuditEntry, entries
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.campaign.campaign import looking_at
from models.campaign.milestone import milestone_coded
from models.database import open_session
from models.errors import CampaignError, PlanError
from models.settings import moment_of
from models.surveys.law_making import LawSettings, NewLawTest
from models.surveys.law_papers import drawn_papers
from models.surveys.law_test import law_test_numbered
from notifications.paper_blocks import kept_with_next
from tasks.surveys.bank_list import load_bank
from tasks.surveys.law_answers_list import export_answers, load_answers
from tasks.surveys.law_drafts import law_paper_draft
from tasks.surveys.law_printing import print_key, print_papers
from tasks.surveys.law_rules_list import export_parts, load_parts, set_law_rules, settings_typed
from tasks.surveys.law_testing import (
    cancel_test,
    law_results,
    make_repeat,
    make_test,
    move_test,
    outcome_in_words,
)
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.law_tests import answer, drawn_test, fill_bank, question, seat
from tests.support.rows import everything
from tests.support.sheets import HEADER, edited, texts

pytestmark = pytest.mark.usefixtures("campaign", "one_database")
AT = moment_of(NOW, TODAY)
LATER = moment_of(NOW + timedelta(days=3))
ON = date(2025, 8, 1)
BY = "创建办"
SEATS = {"市司法局": (3, 1), "市教育局": (0, 2)}
WELL, ABSENT = "001", "003"


@pytest.fixture
def one_database(request):
    """SQLite, unless the test asks for both."""
    if "any_database" not in request.fixturenames:
        request.getfixturevalue("database")


@pytest.fixture
def drawn(tmp_path):
    """A test whose papers are drawn; four people of one unit, two of another."""
    drawn_test(tmp_path, AT, ON, SEATS)


@pytest.fixture
def printed(tmp_path, drawn):
    """The folder with its papers."""
    print_papers(None, None, tmp_path / "试卷", "创建办", AT)
    return tmp_path / "试卷"


def papers(number=None):
    with looking_at(None) as (session, campaign):
        found = drawn_papers(session, law_test_numbered(session, campaign.id, number))
        return {(one.audience.chinese, one.version): one for one in found}


def sit(tmp_path, given, name="答卷", moment=LATER):
    """Fill in what ``given`` says of candidate, question and the right answer, and load it."""
    export_answers(None, None, tmp_path / f"{name}.xlsx", moment)
    found = papers()

    def said(number, n):  # odd running numbers have A, even ones B
        staff = "执法人员" if "Z" in number else "其他人员"
        items = found[staff, "AB"[(int(number[-3:]) - 1) % 2]].items
        return given(number, n, items[n - 1].answer)

    filled = answer(tmp_path / f"{name}.xlsx", said)
    return load_answers(None, None, filled, "创建办", moment)


def right(_number, _n, answer):
    return answer


def words(path):
    with ZipFile(path) as file:
        return file.read("word/document.xml").decode()


@ON_BOTH
def test_a_test_goes_from_the_bank_to_the_results(tmp_path, any_database, drawn):
    def given(number, n, right):
        if number.endswith(ABSENT):
            return ""
        wrong = "D" if n <= 30 and right != "D" else "B" if n <= 30 else ""
        return right if number.endswith(WELL) else wrong

    loaded = sit(tmp_path, given)
    found = law_results(None, None)

    assert loaded.changes == 5
    assert [(one.unit, one.staff.chinese, one.due, one.sat) for one in found.lines] == [
        ("市司法局", "执法人员", 3, 2),
        ("市司法局", "其他人员", 1, 1),
        ("市教育局", "其他人员", 2, 2),
    ]
    assert (found.total.due, found.total.sat, found.total.passed) == (6, 5, 3)
    assert len(found.total.absent) == 1
    assert "通过率 50.0%" in outcome_in_words(found)
    with open_session(read_only=True) as session:
        chain = check_chain(session, audit_key())
        assert (chain.broken, list(chain.faults)) == (None, [])


def test_question_papers_and_answer_sheets_hold_no_answer_and_no_name(printed):
    names = sorted(path.name for path in printed.iterdir())

    assert names == [
        "其他人员-A卷.docx", "其他人员-B卷.docx", "其他人员-答题卡.docx",
        "执法人员-A卷.docx", "执法人员-B卷.docx", "执法人员-答题卡.docx",
    ]  # fmt: skip
    one = papers()["执法人员", "A"]
    page = words(printed / "执法人员-A卷.docx")
    assert all(item.text in page for item in one.items)
    assert "不写姓名" in page
    assert "答案：" not in page
    assert words(printed / "执法人员-A卷.docx") != words(printed / "执法人员-B卷.docx")


def test_both_kinds_of_staff_have_papers_of_their_own(drawn):
    numbers = {
        staff: {item.number for item in papers()[staff, "A"].items}
        for staff in ("执法人员", "其他人员")
    }

    assert len(numbers["执法人员"] & numbers["其他人员"]) < 45


def test_the_seed_stands_in_the_chain_before_the_papers_are_drawn(drawn):
    with open_session(read_only=True) as session:
        said = [(one.what, json.loads(one.facts)) for one in entries(session)]
    made = next(n for n, (what, _) in enumerate(said) if what == "law-test-made")
    paper = next(n for n, (what, _) in enumerate(said) if what == "law-papers-drawn")

    assert said[made][1]["seed"] == said[paper][1]["seed"] == "2026"
    assert made < paper


def test_printing_again_gives_the_same_papers_whatever_became_of_the_bank(tmp_path, printed):
    rows = [question("单选", n)[:4] + ("D", "宪法", "都用") for n in range(70)]
    changed = fill_bank(tmp_path / "改.xlsx", AT)
    load_bank(None, edited(changed, lambda book: fill(book, rows), "改过.xlsx"), "创建办", AT)
    print_papers(None, None, tmp_path / "再印", "创建办", LATER)

    for path in printed.iterdir():
        assert path.read_bytes() == (tmp_path / "再印" / path.name).read_bytes()


def fill(book, rows):
    for n, row in enumerate(rows, HEADER + 1):
        for column, value in enumerate(row, 1):
            if column > 1:
                book["题库"].cell(n, column).value = value


def test_printing_never_overwrites(printed):
    with pytest.raises(CampaignError, match="不会覆盖"):
        print_papers(None, None, printed, "创建办", LATER)


def test_the_key_is_printed_apart_and_that_it_was_stands_in_the_chain(tmp_path, drawn):
    print_key(None, None, tmp_path / "答案.docx", "创建办", LATER)

    assert "只供创建办阅卷使用" in words(tmp_path / "答案.docx")
    with open_session(read_only=True) as session:
        last = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert (last.what, last.subject) == ("exported", "第 1 次法律知识测试答案")


def test_answers_come_in_twice_and_a_corrected_row_is_marked_anew(tmp_path, drawn):
    assert sit(tmp_path, right).changes == 6
    assert sit(tmp_path, right, "又").changes == 0
    before = law_results(None, None)
    assert (
        sit(
            tmp_path, lambda number, n, right: "" if number.endswith("Z001") else right, "空"
        ).changes
        == 0
    )
    assert law_results(None, None) == before
    assert before.total.passed == 6


def test_every_fault_of_an_answer_is_named_by_row_and_column(tmp_path, drawn):
    def given(number, n, right):
        kinds = {1: "单选", 21: "多选", 31: "判断"}
        return {1: "Z", 21: "乙", 31: "也许"}[n] if number == "002Z001" and n in kinds else ""

    with pytest.raises(PlanError) as caught:
        sit(tmp_path, given)

    assert [fault.partition("列")[0].rpartition("“")[2] for fault in caught.value.faults] == [
        "第1题”", "第21题”", "第31题”",
    ]  # fmt: skip
    assert law_results(None, None).total.sat == 0


def test_a_repeat_is_for_who_missed_it_with_other_questions_and_there_is_only_one(tmp_path, drawn):
    sit(tmp_path, lambda number, n, right: right if number.endswith(WELL) else "")
    before = {staff: {i.number for i in one.items} for (staff, _), one in papers().items()}
    make_repeat(None, None, NewLawTest(ON, "再抽", "创建办"), LATER)
    print_papers(None, None, tmp_path / "补考", "创建办", LATER)

    again = {staff: {i.number for i in one.items} for (staff, _), one in papers().items()}
    assert all(before[staff] != again[staff] for staff in again)
    sit(tmp_path, right, "补考卷")
    found = law_results(None, 1)
    assert (found.total.at_once, found.total.passed, found.total.absent) == (3, 6, ())
    assert law_results(None, 2) == found
    for number in (1, 2):
        with pytest.raises(CampaignError, match="只补考一次"):
            make_repeat(None, number, NewLawTest(ON, "三", "创建办"), LATER)


def test_a_repeat_can_be_ruled_out_and_nobody_repeats_what_all_passed(tmp_path, drawn):
    sit(tmp_path, right)
    with pytest.raises(CampaignError, match="没有人需要补考"):
        make_repeat(None, None, NewLawTest(ON, "再抽", "创建办"), LATER)
    set_law_rules(None, LawSettings(repeats=0), "创建办", LATER)
    with pytest.raises(CampaignError, match="不补考"):
        make_repeat(None, None, NewLawTest(ON, "再抽", "创建办"), LATER)


def test_numbers_are_given_by_counts_and_who_has_sat_is_never_taken_out(tmp_path, drawn):
    sit(tmp_path, right)

    with pytest.raises(PlanError, match="已有成绩"):
        seat(tmp_path / "少.xlsx", LATER, {"市司法局": (1, 1)})
    seat(tmp_path / "多.xlsx", LATER, {"市司法局": (4, 1)})

    assert law_results(None, None).total.absent == ("002Z004",)


def test_no_name_of_a_person_is_kept_with_a_list(tmp_path, drawn):
    export_answers(None, None, tmp_path / "答卷.xlsx", LATER)
    named = edited(tmp_path / "答卷.xlsx", lambda book: add_names(book["答卷"]), "带姓名.xlsx")

    loaded = load_answers(None, None, named, "创建办", LATER)

    assert any("姓名" in note and "没有收" in note for note in loaded.notes)
    assert "张某甲" not in str(everything())


def add_names(page):
    last = page.max_column + 1
    page.cell(HEADER, last).value = "姓名"
    for row in range(HEADER + 1, HEADER + 4):
        page.cell(row, last).value = "张某甲"


def test_every_fault_of_the_bank_is_named_and_nothing_is_written(tmp_path):
    def spoil(book):
        page = book["题库"]
        page.cell(HEADER + 1, 5).value = "E"
        page.cell(HEADER + 2, 3).value = page.cell(HEADER + 1, 3).value
        page.cell(HEADER + 3, 2).value = "问答"

    path = edited(fill_bank(tmp_path / "题库.xlsx", AT), spoil, "错.xlsx")

    with pytest.raises(PlanError) as caught:
        load_bank(None, path, "创建办", AT)

    assert [fault.partition("：")[0] for fault in caught.value.faults] == [
        "表“题库”第 4 行“答案”列",
        "表“题库”第 5 行“题目”列",
        "表“题库”第 6 行“题型”列",
    ]
    assert load_bank(None, fill_bank(tmp_path / "好.xlsx", AT, 2), "创建办", AT).changes == 6
    assert load_bank(None, fill_bank(tmp_path / "再.xlsx", AT, 0), "创建办", AT).changes == 0


def test_a_bank_that_is_too_small_says_what_it_lacks(tmp_path):
    load_bank(None, fill_bank(tmp_path / "题库.xlsx", AT, 12), "创建办", AT)
    make_test(None, NewLawTest(ON, "一", "创建办"), AT)

    with pytest.raises(PlanError) as caught:
        print_papers(None, None, tmp_path / "试卷", "创建办", AT)

    assert "执法人员的单选题要 20 道，题库里只有 8 道" in caught.value.faults
    assert not (tmp_path / "试卷").exists()


def test_what_papers_are_made_of_is_a_list_and_settings_are_the_offices(tmp_path):
    export_parts(None, tmp_path / "方案.xlsx", AT)

    def more(book):
        book["组卷方案"].cell(HEADER + 1, 4).value = 30

    loaded = load_parts(None, edited(tmp_path / "方案.xlsx", more), "创建办", AT)

    assert loaded.changes == 6  # what was usual is the office's own from now on
    assert any("120 分" in note for note in loaded.notes)
    given = settings_typed((90, 70, 1), "少选得一半", "0")
    assert "90 分钟，70 分及格（按百分计），多选题少选得一半" in set_law_rules(
        None, given, "创建办", AT
    )
    with pytest.raises(PlanError, match="应为 0 或 1"):
        settings_typed((None, None, None), "", "2")


def test_a_test_in_the_past_or_made_by_a_name_is_refused():
    with pytest.raises(CampaignError, match="已经过去"):
        make_test(None, NewLawTest(date(2025, 6, 1), "一", "创建办"), AT)
    with pytest.raises(CampaignError, match="像是姓名"):
        make_test(None, NewLawTest(ON, "一", "张三"), AT)


def test_a_list_of_seats_shows_the_numbers_it_gave(tmp_path, drawn):
    seat(tmp_path / "看.xlsx", LATER, {})
    page = load_workbook(tmp_path / "看.xlsx")["考生人数"]

    assert any("002Z001、002Z002、002Z003" in str(row) for row in texts(page))


def test_a_question_and_its_options_stand_on_one_page(tmp_path, drawn):
    with looking_at(None) as (session, campaign):
        test = law_test_numbered(session, campaign.id, None)
        blocks = law_paper_draft(test, drawn_papers(session, test)[0]).blocks

    kept = kept_with_next(blocks)
    said = [one.text for one in blocks]
    options = [n for n, text in enumerate(said) if text.startswith("A.")]  # in one line
    assert len(options) == 30
    assert all(n - 1 in kept for n in options)
    assert not kept.intersection(options)  # the next question may stand on the next page


def milestone(code):
    with looking_at(None) as (session, campaign):
        row = milestone_coded(session, campaign.id, code)
        return row.kind, row.due, row.state, row.withdrawn


def test_a_test_is_due_on_its_day_and_done_once_somebody_has_sat_it(tmp_path, drawn):
    assert milestone("L1") == ("drill", ON, "open", False)
    move_test(None, None, ON + timedelta(days=7), (BY, "会议冲突"), AT)
    assert milestone("L1")[1:3] == (ON + timedelta(days=7), "open")

    sit(tmp_path, lambda number, _n, right: right if number.endswith(WELL) else "")

    assert milestone("L1")[2] == "done"
    for change in (
        lambda: move_test(None, None, ON, (BY, "再改"), AT),
        lambda: cancel_test(None, None, (BY, "不考了"), AT),
    ):
        with pytest.raises(CampaignError, match="已有成绩"):
            change()


def test_a_test_arranged_by_mistake_is_called_off_and_the_one_before_it_stands(drawn):
    make_test(None, NewLawTest(ON, "2027", BY), AT)
    cancel_test(None, None, (BY, "安排重了"), AT)

    assert milestone("L2")[3]
    assert outcome_in_words(law_results(None, None)).startswith("第 1 次测试")
    with pytest.raises(CampaignError, match="第 2 次测试已取消"):
        law_results(None, 2)
    assert "第 3 次" in make_test(None, NewLawTest(ON, "2028", BY), AT)  # no number twice
    with open_session(read_only=True) as session:
        assert "law-test-called-off" in [one.what for one in entries(session)]
