"""Records go out, come back from each reviewer, and come to a workpaper that another post reviews."""

import pytest
from sqlmodel import select

from models.assessment.drill import ItemMark, Workpaper
from models.assessment.workpapers import PaperWords
from models.audit.chain import AuditEntry
from models.database import open_session
from models.errors import CampaignError, PlanError
from models.figures.score import Score
from models.findings.finding import RaisedFinding
from models.rules.assessment.marking import SETTLED
from models.rules.assessment.words import Method
from tasks.assessment.arranging import close_drill
from tasks.assessment.finding_out import raise_weak_items
from tasks.assessment.records import export_record, load_record, take_back_record
from tasks.assessment.view import drill_rows, drill_view, item_view
from tasks.assessment.writing_down import review, revise, write_workpaper
from tasks.audit.chain import verify
from tests.conftest import ON_BOTH
from tests.tasks.assessment.conftest import AT, BY, OTHER

FILES = Method.CASE_FILES
WORDS = PaperWords(BY, conclusion="总体规范")


def load(path, by="评查一组"):
    return load_record(None, path, by, moment=AT)


def written():
    write_workpaper(None, "M1", FILES, WORDS, AT)
    with open_session(read_only=True) as session:
        paper = session.exec(select(Workpaper).order_by(Workpaper.id.desc())).first()
        session.expunge(paper)
        return paper


def one_veto(cells):
    if cells["序号"].value == 1 and cells["标准编号"].value == "A1":
        cells["结果"].value = "不符合"


def two_faults(cells):
    if cells["标准编号"].value == "B1":
        cells["扣分处数"].value = 2


@ON_BOTH
def test_a_record_comes_back_and_comes_to_a_score_apart_from_the_real_one(filled):
    first = load(filled(one_veto))
    assert first.changes > 0
    assert load(filled(one_veto)).changes == 0

    paper = written()

    assert paper.score == pytest.approx(500 / 6)
    assert paper.judged == 6
    assert "不合格 1 卷" in paper.result
    assert "种子" in paper.sample
    with open_session(read_only=True) as session:
        assert not list(session.exec(select(Score)))
        entries = session.exec(select(AuditEntry).where(AuditEntry.what == "drill-marked")).all()
        assert [one.who for one in entries] == ["评查一组"]
    assert not verify().lines


def test_a_workpaper_is_locked_once_another_post_has_reviewed_it(filled):
    load(filled())
    written()
    with pytest.raises(CampaignError, match="应由别的岗位复核"):
        review(None, "M1", FILES, BY, AT)
    review(None, "M1", FILES, OTHER, AT)

    with pytest.raises(CampaignError, match="复核锁定"):
        load(filled(two_faults))
    revise(None, "M1", FILES, (BY, "漏看两处"), AT)
    load(filled(two_faults))
    assert (written().revision, written().score) == (2, 96)


def test_two_reviewers_stand_beside_each_other_and_a_dispute_waits_for_their_common_word(filled):
    load(filled())
    load(filled(one_veto), "评查二组")

    assert written().score is None
    assert "要合议的" in written().result
    with pytest.raises(CampaignError, match="还没有结果"):
        review(None, "M1", FILES, OTHER, AT)
    rows = item_view(None, "M1", FILES).rows
    assert [row[6] for row in rows] == ["要合议", *["100.00"] * 5]
    assert rows[0][5] == "100.00"

    load(filled(two_faults), SETTLED)
    assert written().score == pytest.approx(96)
    assert "最多相差 100.00 分" in written().result


def test_what_is_not_marked_has_no_score(filled, record):
    def blank(cells):
        if cells["序号"].value == 2:
            cells["结果"].value = cells["扣分处数"].value = None

    load(filled(blank))

    assert written().score is None
    assert "还有 1 个没有评完" in written().result


def test_each_fault_of_a_record_is_named_by_its_row_and_nothing_is_written(filled):
    def spoil(cells):
        if cells["序号"].value != 1:
            return
        match cells["标准编号"].value:
            case "A1":
                cells["结果"].value = "基本符合"
            case "A2":
                cells["结果"].value = "合格"
            case "A3":
                cells["扣分处数"].value = 1
            case "B1":
                cells["扣分处数"].value = -1
            case "B2":
                cells["扣分处数"].value = 1.5
            case "B3":
                cells["扣分处数"].value, cells["情况"].value = None, "没有填处数"

    with pytest.raises(PlanError) as caught:
        load(filled(spoil))

    columns = [line.split("“")[2].split("”")[0] for line in caught.value.faults]
    assert columns == ["结果", "结果", "扣分处数", "扣分处数", "扣分处数", "扣分处数"]
    with open_session(read_only=True) as session:
        assert not list(session.exec(select(ItemMark)))


def test_the_same_criterion_twice_is_a_fault(filled):
    def twice(cells):
        if cells["标准编号"].value == "A2":
            cells["标准编号"].value = "A1"

    with pytest.raises(PlanError, match="说的是同一个样本、同一条标准"):
        load(filled(twice))


def test_a_record_of_another_sample_is_refused(filled):
    def moved(cells):
        cells["批次"].value = "M1/案卷评查/7"

    with pytest.raises(PlanError, match="不是现在的样本"):
        load(filled(moved))


def test_a_reviewer_is_a_post(filled):
    with pytest.raises(CampaignError, match="像是姓名"):
        load(filled(), "王小明")


def test_a_unit_gets_its_own_files_and_a_reviewer_what_he_has_filled_in(filled, tmp_path, sampled):
    from openpyxl import load_workbook

    from tests.support.sheets import texts

    load(filled(two_faults))
    out = tmp_path / "市公安局.xlsx"
    export_record(None, "M1", FILES, out, ("市公安局", "评查一组", AT))

    rows = texts(load_workbook(out)["评估记录"])
    assert {row[2] for row in rows} == {"市公安局"}
    assert {row[7] for row in rows if row[4] == "B1"} == {2}
    with pytest.raises(CampaignError, match="没有名为"):
        export_record(None, "M1", FILES, tmp_path / "无.xlsx", ("市无局", "", AT))


def test_a_finished_drill_shows_what_it_came_to_and_what_is_missing(filled):
    load(filled())
    written()
    review(None, "M1", FILES, OTHER, AT)

    code, found = close_drill(None, "M1", BY, AT)

    assert (code, found.points, found.known) == ("M1", 20, 20)
    assert [row[0] for row in drill_view(None, "M1").rows] == ["案卷评查"]
    [row] = drill_rows(None)
    assert row[4] == "已完成"
    assert "没有计入，也没有折算" in row[5]


@ON_BOTH
def test_what_is_weak_becomes_a_finding_of_its_unit_once_the_record_is_reviewed(filled):
    load(filled(one_veto))
    written()
    assert "不必转整改" in raise_weak_items(None, "M1", BY, AT)  # nobody has reviewed it
    review(None, "M1", FILES, OTHER, AT)

    said = raise_weak_items(None, "M1", BY, AT)

    assert "新列问题 1 个" in said
    assert "都已列入问题清单" in raise_weak_items(None, "M1", BY, AT)
    with open_session(read_only=True) as session:
        [row] = session.exec(select(RaisedFinding)).all()
        assert row.source == "drill:M1"
        assert row.problem.startswith("案卷评查 案")
        assert "不符合“" in row.problem


def test_a_record_loaded_under_the_wrong_name_is_taken_back_and_may_come_again(filled):
    load(filled())
    load(filled(one_veto), "评查二组")
    assert written().score is None

    said = take_back_record(None, "M1", FILES, "评查二组", (BY, "写错了评查人", AT))

    assert "已撤回" in said
    assert (written().score, written().evidence) == (100, "评查一组的评估记录，6 份")
    with pytest.raises(CampaignError, match="登记过的有：评查一组"):
        take_back_record(None, "M1", FILES, "评查二组", (BY, "再撤一次", AT))
    assert load(filled(one_veto), "评查二组").changes > 0
    assert not verify().lines


def test_a_chosen_word_that_gainsays_the_count_is_a_fault_and_none_is_lost(filled):
    def gainsay(cells):
        match (cells["序号"].value, cells["标准编号"].value):
            case (1, "B1"):
                cells["结果"].value = "没有看成"
            case (1, "B2"):
                cells["结果"].value = "不符合"  # and no fault
            case (1, "B3"):
                cells["结果"].value = "符合"

    with pytest.raises(PlanError, match="不一致") as caught:
        load(filled(gainsay))
    assert len(caught.value.faults) == 2


def test_rows_whose_sample_is_not_that_of_their_number_are_refused(filled):
    def swapped(cells):
        if cells["序号"].value in (1, 2):
            cells["序号"].value = 3 - cells["序号"].value

    with pytest.raises(PlanError, match="可能错了行"):
        load(filled(swapped))


def test_own_aim_and_procedure_stay_when_the_workpaper_is_written_again(filled):
    load(filled())
    own = PaperWords(BY, aim="看案卷是否经得起复议", procedure="两人背靠背评查")
    write_workpaper(None, "M1", FILES, own, AT)

    paper = written()  # with a conclusion and nothing else

    assert (paper.aim, paper.procedure) == ("看案卷是否经得起复议", "两人背靠背评查")
    assert paper.conclusion == "总体规范"


@pytest.mark.parametrize("who", [BY, "评估 测评组", "评估测评组　"])
def test_who_wrote_any_of_a_workpaper_does_not_review_it_however_he_writes_his_post(filled, who):
    load(filled())
    written()
    write_workpaper(None, "M1", FILES, PaperWords("督导检查组", conclusion="较好"), AT)

    with pytest.raises(CampaignError, match="应由别的岗位复核"):
        review(None, "M1", FILES, who, AT)
    assert "已锁定" in review(None, "M1", FILES, OTHER, AT)
