"""A survey from its sample to its result: numbers apart, masked, deleted with proof; answers as counts only."""

import json
import stat
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from models.audit.chain import entries
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.campaign.campaign import looking_at
from models.campaign.milestone import milestone_coded
from models.database import open_session
from models.errors import CampaignError, NotFoundError, PlanError
from models.schema import keep_copy
from models.settings import moment_of, settings
from models.surveys import numbers as kept
from models.surveys.numbers import FOLDER
from tasks.patrol.patrol import patrol_all
from tasks.surveys import forgetting
from tasks.surveys.forgetting import forget_due_numbers, forget_numbers
from tasks.surveys.phone_list import load_phones, write_calls
from tasks.surveys.survey_answers_list import load_survey_answers
from tasks.surveys.survey_asking import (
    calls_in_words,
    cancel_survey,
    move_survey_day,
    question_rows,
    sample_rows,
    score_in_words,
    start_survey,
    stratum_rows,
    survey_kind,
    view_survey,
)
from tasks.surveys.survey_lists import export_asked, export_strata, load_asked, load_strata
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.rows import everything
from tests.support.sheets import HEADER, edited, made, texts
from tests.support.surveys import NAMES, answered, new_survey, phone, phones, ready_survey, strata

pytestmark = pytest.mark.usefixtures("campaign", "one_database")
AT = moment_of(NOW, TODAY)
GROUP = "评估测评组"
GOOD = ["满意"] * 5


@pytest.fixture
def one_database(request):
    """SQLite, unless the test asks for both."""
    if "any_database" not in request.fixturenames:
        request.getfixturevalue("database")


@pytest.fixture
def ready(tmp_path):
    """A survey with strata and 450 numbers in each; the call list takes 444 of the largest."""
    ready_survey(tmp_path, AT)


@pytest.fixture
def listed(tmp_path, ready):
    """The call list of it."""
    write_calls(None, None, tmp_path / "清单.xlsx", GROUP, AT)
    return tmp_path / "清单.xlsx"


def on(days):
    return moment_of(NOW + timedelta(days=days))


def files():
    folder = settings().home / FOLDER
    return sorted(folder.iterdir()) if folder.is_dir() else []


def called(path):
    book = load_workbook(path)
    *lists, questions = book.worksheets
    assert questions.title == "问题"
    return [row[:3] for page in lists for row in texts(page)]


def chain():
    with open_session(read_only=True) as session:
        return [(one.what, json.loads(one.facts)) for one in entries(session)]


def load(tmp_path, said, name="答案"):
    return load_survey_answers(None, None, answered(tmp_path / f"{name}.xlsx", AT, said), GROUP, AT)


def all_answer(code, stratum, n):
    return ("完成", GOOD, "") if n % 2 else ("无人接听", [""] * 5, "")


@ON_BOTH
def test_a_survey_goes_from_its_sample_to_its_result(tmp_path, any_database, listed):
    load(tmp_path, all_answer)
    view = view_survey(None, None)

    assert [row[1:] for row in sample_rows(view)] == [
        (6_000, 222, 444), (400, 15, 30), (3_600, 133, 266), (10_000, 370, 740),
    ]  # fmt: skip
    assert "拨打 740 通（完成 370 通、无人接听 370 通），完成 370 份，占 50.0%" in calls_in_words(
        view.outcome
    )
    assert score_in_words(view).startswith("第 1 号满意度测评：100.00 分")
    assert question_rows(view)[0][1:4] == ("370", "370", "100.0%")
    with open_session(read_only=True) as session:
        found = check_chain(session, audit_key())
        assert (found.broken, list(found.faults)) == (None, [])


def test_the_seed_stands_in_the_chain_before_a_number_is_known_and_the_list_can_be_drawn_again(
    tmp_path, listed
):
    said = [what for what, _ in chain()]
    write_calls(None, None, tmp_path / "又.xlsx", GROUP, AT)

    assert (
        said.index("survey-made") < said.index("survey-numbers-taken") < said.index("survey-drawn")
    )
    assert called(listed) == called(tmp_path / "又.xlsx")
    assert "满 18 周岁" in load_workbook(listed).worksheets[0].cell(2, 1).value
    assert len(called(listed)) == len({row[2] for row in called(listed)}) == 740
    assert [len(texts(page)) for page in load_workbook(listed).worksheets] == [370, 370, 5]


def test_the_order_of_the_numbers_changes_nothing(tmp_path, listed):
    path = phones(tmp_path / "倒序.xlsx")
    book = load_workbook(path)
    rows = list(book["电话号码"].iter_rows(values_only=True))
    start_survey(None, new_survey(), AT)
    load_strata(None, None, strata(tmp_path / "分层2.xlsx"), AT)
    load_phones(None, None, made(path, 电话号码=[rows[0], *rows[:0:-1]]), GROUP, AT)
    write_calls(None, None, tmp_path / "又.xlsx", GROUP, AT)

    assert called(listed) == called(tmp_path / "又.xlsx")


def test_no_number_is_anywhere_but_in_its_own_file_and_the_call_list(tmp_path, listed):
    load(
        tmp_path,
        lambda code, stratum, n: (
            ("完成", GOOD, f"打 {phone(0, 7)} 找我") if n < 150 else ("", [], "")
        ),
    )
    dump = str(everything())
    keep_copy(NOW, tmp_path / "备份.db")
    backup = (tmp_path / "备份.db").read_bytes()
    form = str(
        [row for page in load_workbook(tmp_path / "答案.xlsx").worksheets for row in texts(page)]
    )

    numbers = [phone(k, n) for k in range(3) for n in range(450)]
    assert not [one for one in numbers if one in dump or one in form or one.encode() in backup]
    assert "139****0007" in dump
    for path in (settings().home / FOLDER, *files()):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077
    others = [p for p in settings().home.rglob("*") if p.is_file() and p.parent.name != FOLDER]
    assert not [p for p in others if phone(0, 7).encode() in p.read_bytes()]


def test_a_fault_of_a_list_of_numbers_shows_no_number(tmp_path, ready):
    head = ("地区", "人群", "电话")
    rows = [
        ("东城街道", "群众", "13900000001"),
        ("东城街道", "干部", "13900000001"),
        ("东城街道", "群众", "1390000000"),
        ("13911112222", "", "13900000003"),
        ("河口镇", "群众", ""),
    ]
    path = made(tmp_path / "错.xlsx", 电话号码=[head, *rows])

    with pytest.raises(PlanError) as caught:
        load_phones(None, None, path, GROUP, AT)

    assert len(caught.value.faults) == 4
    assert "139****0001 在第 2 行属于另一层" in str(caught.value)
    assert "139****2222" in str(caught.value)
    for number in ("13900000001", "1390000000", "13911112222", "13900000003"):
        assert number not in str(caught.value).replace("139****", "")
    assert len(files()) == 1  # the numbers of before


def test_what_stands_beside_the_list_is_named_masked(tmp_path, ready):
    rows = [("地区", "人群", "电话", "备用"), ("东城街道", "群众", "13900000001", "13955556666")]
    loaded = load_phones(None, None, made(tmp_path / "旁.xlsx", 电话号码=rows), GROUP, AT)

    assert "13955556666" not in str(loaded)
    assert any("备用" in note for note in loaded.notes)


def test_numbers_taken_in_again_take_the_place_of_the_former_with_a_proof(tmp_path, ready):
    [before] = files()
    load_phones(None, None, phones(tmp_path / "新.xlsx", 800), GROUP, AT)

    [after] = files()
    assert before.name != after.name
    [(_, facts)] = [one for one in chain() if one[0] == "survey-numbers-deleted"]
    assert (facts["rows"], facts["rule"], facts["sha256"]) == (
        1_350,
        "换成新的号码",
        before.name[11:75],
    )


def test_numbers_go_on_their_day_by_the_patrol_and_what_proves_it_stays(tmp_path, listed):
    patrol_all(None, on(30).today, on(30).now)
    assert len(files()) == 1
    patrol_all(None, on(31).today, on(31).now)
    patrol_all(None, on(31).today, on(31).now)

    assert files() == []
    [(_, facts)] = [one for one in chain() if one[0] == "survey-numbers-deleted"]
    assert (facts["rows"], facts["rule"], facts["until"]) == (1_350, "保存期满", "2025-07-31")
    assert "1350 个电话号码已删除（保存期满）" in view_survey(None, None).numbers
    with pytest.raises(NotFoundError, match="已经删除"):
        write_calls(None, None, tmp_path / "又.xlsx", GROUP, on(31))


def test_a_patrol_of_another_day_deletes_nothing(ready):
    patrol_all(None, on(60).today, NOW)

    assert len(files()) == 1


def test_numbers_can_be_deleted_at_once(ready):
    assert "1350 个号码已删除" in forget_numbers(None, None, GROUP, AT)
    assert files() == []
    with pytest.raises(NotFoundError, match="没有号码可以删除"):
        forget_numbers(None, None, GROUP, AT)


def test_numbers_that_lie_on_another_machine_are_not_said_to_be_deleted(ready):
    files()[0].unlink()

    with pytest.raises(NotFoundError, match="没有登记为已删除"):
        forget_numbers(None, None, GROUP, AT)
    assert "survey-numbers-deleted" not in [what for what, _ in chain()]


@pytest.mark.parametrize("step", ["numbers_forgotten", "open_session"])
def test_killed_while_deleting_the_numbers_are_gone_and_the_next_round_writes_the_proof(
    ready, monkeypatch, step
):
    def killed(*_args, **_words):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, step, killed)
        with pytest.raises(KeyboardInterrupt):
            forget_due_numbers(on(31))
    assert [path.stat().st_size for path in files()] == [0]
    assert "survey-numbers-deleted" not in [what for what, _ in chain()]

    assert forget_due_numbers(on(31)) == 1_350
    assert files() == []
    assert forget_due_numbers(on(31)) == 0


def test_killed_before_the_entry_an_unknown_file_goes_on_its_day_like_any_other(database):
    kept.keep_numbers({1: ["13900000001"]}, TODAY)

    assert forget_due_numbers(on(1)) == 0
    assert files() == []
    [(_, facts)] = [one for one in chain() if one[0] == "survey-numbers-deleted"]
    assert facts["rule"] == "保存期满"


def test_a_list_needs_twice_the_sample_and_says_what_is_lacking(tmp_path):
    ready_survey(tmp_path, AT, each=300)

    with pytest.raises(PlanError) as caught:
        write_calls(None, None, tmp_path / "清单.xlsx", GROUP, AT)

    assert caught.value.faults == [f"{NAMES[0]}：要 444 个号码（样本 222 人的 2 倍），只有 300 个"]
    assert not (tmp_path / "清单.xlsx").exists()


def test_once_the_list_is_drawn_strata_questions_and_numbers_stay(tmp_path, listed):
    export_strata(None, None, tmp_path / "层.xlsx", AT)
    export_asked(None, None, tmp_path / "问.xlsx", AT)
    for again in (
        lambda: load_strata(None, None, tmp_path / "层.xlsx", AT),
        lambda: load_asked(None, None, tmp_path / "问.xlsx", AT),
        lambda: load_phones(None, None, phones(tmp_path / "再.xlsx"), GROUP, AT),
    ):
        with pytest.raises(CampaignError, match="已经抽取"):
            again()


def test_answers_are_kept_as_counts_and_a_later_list_of_a_caller_takes_the_place_of_his_former(
    tmp_path, listed
):
    def by_caller(mine):
        return lambda code, stratum, n: (
            all_answer(code, stratum, n) if code[0] == mine else ("", [], "")
        )

    load(tmp_path, by_caller("A"), "甲")
    first = view_survey(None, None).outcome.made
    load(tmp_path, by_caller("B"), "乙")
    again = load(tmp_path, by_caller("B"), "乙又")
    fewer = load(
        tmp_path, lambda c, s, n: all_answer(c, s, n) if c == "A0002" else ("", [], ""), "少"
    )

    assert first == 370
    assert again.changes == 0
    assert any("话务员A原来登记了 370 通，这张表只有 1 通" in note for note in fewer.notes)
    assert view_survey(None, None).outcome.made == 371


def test_every_fault_of_an_answer_is_named_and_nothing_is_written(tmp_path, listed):
    said = {
        "A0001": ("完成", ["满意", "很好", "满意", "", "满意"], ""),
        "A0002": ("拒访", ["满意"], ""),
        "A0003": ("", ["满意"], ""),
        "A0004": ("挂了", [], ""),
    }
    with pytest.raises(PlanError) as caught:
        load(tmp_path, lambda code, stratum, n: said.get(code, ("", [], "")))

    assert [fault.partition("：")[0].partition(" ")[2] for fault in caught.value.faults] == [
        "4 行“第2题”列", "4 行“第4题”列", "5 行“通话结果”列", "6 行“通话结果”列", "7 行“通话结果”列",
    ]  # fmt: skip
    assert view_survey(None, None).outcome.made == 0


def test_too_few_answers_say_so_instead_of_a_number(tmp_path, listed):
    load(tmp_path, lambda code, stratum, n: ("完成", GOOD, "") if n < 60 else ("", [], ""))
    view = view_survey(None, None)

    assert {row[3] for row in question_rows(view)} == {"样本不足"}
    assert {row[1] for row in stratum_rows(view)} == set(NAMES)
    assert "样本不足" in [row[3] for row in stratum_rows(view)]
    assert score_in_words(view) == "第 1 号满意度测评：样本不足，不计分"


def test_who_has_no_opinion_is_counted_and_not_in_the_share(tmp_path, listed):
    def said(code, stratum, n):
        return "完成", [["满意", "不满意", "不了解", "基本满意"][n % 4]] * 5, ""

    load(tmp_path, said)
    one = view_survey(None, None).outcome.questions[0]

    assert one.counts == {"满意": 185, "基本满意": 185, "不满意": 185, "不了解": 185}
    assert one.weighted.answers == 555
    assert one.weighted.interval.share == pytest.approx(2 / 3, abs=0.01)


def test_questions_are_the_offices_own(tmp_path, database):
    start_survey(None, new_survey(kind=survey_kind("电话回访")), AT)
    export_asked(None, None, tmp_path / "问.xlsx", AT)

    def change(book):
        page = book["问题"]
        page.cell(HEADER + 1, 4).value = "好"
        page.cell(HEADER + 2, 1).value = 1

    with pytest.raises(PlanError) as caught:
        load_asked(None, None, edited(tmp_path / "问.xlsx", change), AT)
    assert [fault.partition("：")[0] for fault in caught.value.faults] == [
        "表“问题”第 4 行“算满意的”列",
        "表“问题”第 5 行“题号”列",
    ]
    assert load_asked(None, None, tmp_path / "问.xlsx", AT).changes == 0


def milestone():
    with looking_at(None) as (session, campaign):
        row = milestone_coded(session, campaign.id, "Q1")
        return row.due, row.state, row.withdrawn


def test_a_survey_is_due_on_its_day_and_done_with_its_sample(tmp_path, database):
    due = TODAY + timedelta(days=20)
    ready_survey(tmp_path, AT, due=due)
    assert milestone() == (due, "open", False)
    write_calls(None, None, tmp_path / "清单.xlsx", GROUP, AT)
    few = lambda code, stratum, n: ("完成", GOOD, "") if n < 9 else ("", [], "")  # noqa: E731

    load(tmp_path, few, "少")
    assert milestone()[1] == "started"
    load(tmp_path, all_answer, "全")
    assert milestone()[1] == "done"
    load(tmp_path, few, "改")  # the lists as they really are
    assert milestone()[1] == "started"
    move_survey_day(None, None, due + timedelta(days=5), (GROUP, ""), AT)
    assert milestone() == (due + timedelta(days=5), "started", False)


def test_a_survey_is_called_off_only_once_its_numbers_are_gone(ready):
    start_survey(None, new_survey(), AT)
    cancel_survey(None, None, (GROUP, "安排重了"), AT)  # the second, which has none
    with pytest.raises(CampaignError, match="第 2 号测评已取消"):
        view_survey(None, 2)

    with pytest.raises(CampaignError, match="先运行 shifan survey numbers forget"):
        cancel_survey(None, None, (GROUP, "不做了"), AT)
    forget_numbers(None, None, GROUP, AT)
    assert cancel_survey(None, None, (GROUP, "不做了"), AT) == "第 1 号满意度测评已取消"
    assert milestone()[2]


def test_a_list_can_be_longer_than_twice_the_sample_and_never_shorter(tmp_path, database):
    ready_survey(tmp_path, AT, ratio=3)

    *_, total = sample_rows(view_survey(None, None))
    assert total == ("合计", 10_000, 370, 1_110)
    with pytest.raises(PlanError, match="几倍写的是 1，应为 2 到 10"):
        start_survey(None, new_survey(ratio=1), AT)


def test_a_number_in_the_wrong_column_of_the_answers_is_masked_where_it_is_refused(
    tmp_path, listed
):
    path = answered(tmp_path / "答案.xlsx", AT, lambda code, stratum, n: ("", [], ""))

    def lost(book):
        for row in (HEADER + 1, HEADER + 2):
            book["答案"].cell(row, 1).value = "13912345678"
            book["答案"].cell(row, 3).value = "13912345678"

    with pytest.raises(PlanError) as caught:
        load_survey_answers(None, None, edited(path, lost), GROUP, AT)

    assert "13912345678" not in str(caught.value)
    assert "139****5678" in str(caught.value)


def test_a_number_in_the_name_of_a_list_of_answers_is_masked_in_the_chain(tmp_path, listed):
    load(tmp_path, all_answer, name="答案13912345678")

    with open_session(read_only=True) as session:
        [subject] = [one.subject for one in entries(session) if one.what == "survey-answers-taken"]
    assert subject == "答案139****5678-填好.xlsx"


def test_a_survey_out_of_bounds_is_refused_with_every_reason():
    with pytest.raises(PlanError) as caught:
        start_survey(None, new_survey(margin=0, confidence=100, by="张三"), AT)

    assert len(caught.value.faults) == 3
    with pytest.raises(PlanError, match="应为 电话回访、满意度测评"):
        survey_kind("网络问卷")
