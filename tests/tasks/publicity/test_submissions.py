"""What units owe of a recurring duty: laid out, taken in by folder, mail and command, shown without ranking."""

import hashlib
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.campaign.campaign import writing_to
from models.campaign.milestone import Milestone
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.evidence.intake.looking_up import received_lines
from models.loading.duties import extend_duties
from models.notices.notice import Notice
from models.notices.standing import remind_of_what_stands
from models.rules.evidence.words import Via
from models.rules.notices.rule_words import SUBMISSIONS_MISSING
from models.units.unit import Unit
from tasks.campaign.succession import hand_over
from tasks.intake.arrived import Arrived
from tasks.intake.belonging import whose
from tasks.intake.receiving import receive
from tasks.patrol.patrol import patrol_all
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.publicity.duties import duty_lines, give_duty, spare_duty
from tasks.publicity.submissions import (
    Given,
    submission_table,
    take_back_submission,
    take_submission,
    write_submission_table,
)
from tests.tasks.publicity.conftest import BEGIN, SLUG, on

POLICE, MARKET = "市公安局", "市市场监管局"
NOVEMBER = "D1.2023-11-28"
DUE = date(2023, 11, 28)
UNITS = 11


def milestones(kind="submission", **where):
    with open_session(read_only=True) as session:
        query = select(Milestone).where(Milestone.kind == kind).order_by("due", "unit_id")
        rows = [one.model_copy() for one in session.exec(query)]
    return [one for one in rows if all(getattr(one, k) == v for k, v in where.items())]


def came(name, day=DUE, content=b"report", via=Via.FOLDER, sender="", subject=""):
    digest = hashlib.sha256(name.encode() + content).hexdigest()
    at = on(day).now
    return Arrived(name, content, sender, via, at, f"{via}:{digest}", "一批", subject)


def table(day=DUE):
    found = submission_table(SLUG, "D1", on(day))
    column = found.head.index(f"{DUE} 前")
    return {row[0]: row[column] for row in found.rows}


@pytest.mark.usefixtures("owed")
def test_each_occurrence_and_unit_is_a_milestone_of_the_unit_a_year_ahead():
    own = milestones(withdrawn=False)
    duties = milestones("duty")

    assert len(own) == UNITS * len(duties)
    assert own[0].code == f"{NOVEMBER}.1"
    assert {one.due for one in own} == {one.due for one in duties}
    assert own[-1].due >= date(2024, 10, 28)


@pytest.mark.usefixtures("owed")
def test_the_unit_is_asked_and_the_office_is_not_asked_the_same():
    states = {one.state for one in milestones("duty")}

    assert states == {"dropped"}


@pytest.mark.usefixtures("owed")
def test_giving_the_duty_and_loading_the_plan_again_change_nothing():
    before = milestones()

    said = give_duty(SLUG, "D1", "", "创建办", BEGIN)
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    stored = load_plan(plan, slug=SLUG, start=None, moment=BEGIN)

    assert "没有变化" in said
    assert stored.changes == 0
    assert milestones() == before


@pytest.mark.usefixtures("jiaozuo")
def test_a_plan_whose_duty_nobody_was_given_stays_the_office_s():
    [line] = duty_lines(SLUG, BEGIN)

    assert line.units == []
    assert {one.state for one in milestones("duty")} == {"open"}


@pytest.mark.usefixtures("owed")
def test_a_unit_that_is_let_off_owes_nothing_more_and_what_it_sent_stays():
    take_submission(SLUG, Given(NOVEMBER, POLICE, "创建办"), None, BEGIN)
    spare_duty(SLUG, "D1", "", "创建办", BEGIN)

    assert [one.code for one in milestones(withdrawn=False)] == [f"{NOVEMBER}.1"]
    assert {one.state for one in milestones("duty")} == {"open", "dropped"}


@pytest.mark.usefixtures("owed")
def test_what_is_owed_is_laid_out_further_with_the_duties():
    until = max(one.due for one in milestones())
    with writing_to(SLUG) as (session, campaign):
        added = extend_duties(session, campaign, campaign.duties_until - timedelta(days=59))

    assert added == 12
    assert max(one.due for one in milestones()) > until
    assert len(milestones(withdrawn=False)) == UNITS * len(milestones("duty"))


@pytest.mark.usefixtures("owed")
def test_what_a_unit_that_is_gone_owed_its_heir_is_asked_once():
    with writing_to(SLUG) as (session, _):
        session.exec(select(Unit).where(Unit.name == MARKET)).one().retired = True
    hand_over(SLUG, MARKET, POLICE, "创建办", "机构改革", BEGIN)

    november = [one for one in milestones(withdrawn=False) if one.due == DUE]
    assert len(november) == UNITS - 1
    assert len({one.unit_id for one in november}) == UNITS - 1


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize(
    ("name", "day", "word"),
    [
        (f"{POLICE}/11月宣传信息.txt", DUE, "按时（2023-11-28）"),
        (f"{POLICE}/{NOVEMBER}.txt", date(2023, 11, 30), "迟报（2023-11-30）"),
        (
            f"{POLICE}宣传报送.txt",
            date(2023, 11, 5),
            "按时（2023-11-05）",
        ),  # by the file's name alone
        (f"宣传报送/{POLICE}/照片说明.txt", DUE, "按时（2023-11-28）"),  # by the folder
        (f"{POLICE}/宣传横幅说明.txt", DUE, "未到期"),  # evidence, and no report
    ],
)
def test_a_file_in_the_folder_is_registered_by_its_name_or_folder(name, day, word):
    [taken] = receive(SLUG, [came(name, day)], on(day))

    assert table()[POLICE] == word
    assert (NOVEMBER in " ".join(taken.lines)) is (word != "未到期")
    with open_session(read_only=True) as session:
        [line] = received_lines(session, 1)
    assert line.waits is (word == "未到期")  # nobody is asked again to name it in a ledger


@pytest.mark.usefixtures("owed")
def test_a_mail_is_known_by_its_subject(monkeypatch):
    def at_police(units, senders):
        return {sender: [POLICE] for sender in senders}.items()

    monkeypatch.setattr(whose, "units_by_channel", at_police)
    mail = came("附件1.txt", via=Via.MAIL, sender="ga@example.gov.cn", subject="报送11月宣传信息")
    [taken] = receive(SLUG, [mail], on(DUE))

    assert "按时" in taken.lines[0]
    assert table()[POLICE] == "按时（2023-11-28）"


@pytest.mark.usefixtures("owed")
def test_the_same_file_twice_counts_once_and_a_second_one_stays_beside_the_first():
    first, second = came(f"{POLICE}/宣传信息.txt"), came(f"{POLICE}/宣传信息.txt", content=b"new")
    for files in ([first], [first], [second]):
        receive(SLUG, files, on(DUE + timedelta(days=1)))

    [one] = milestones(state="done")
    assert (one.code, one.done_on) == (f"{NOVEMBER}.1", DUE)


@pytest.mark.usefixtures("owed")
def test_where_an_earlier_one_is_missing_the_sender_is_told():
    december = date(2023, 12, 10)
    [taken] = receive(SLUG, [came(f"{POLICE}/宣传信息.txt", december)], on(december))

    assert taken.unsure
    assert "D1.2023-12-28" in taken.lines[0]
    assert NOVEMBER in taken.lines[0]


@pytest.mark.usefixtures("owed")
def test_what_came_is_registered_at_the_command_with_its_file(tmp_path):
    file = tmp_path / "报送.txt"
    file.write_text("宣传工作", encoding="utf-8")
    day = DUE + timedelta(days=2)

    said = take_submission(SLUG, Given("D1", MARKET, "创建办", DUE, "光盘"), file, on(day))
    again = take_submission(SLUG, Given("D1", MARKET, "创建办", DUE), file, on(day))

    assert "按时" in said
    assert "此前" in again
    assert table(day)[MARKET] == "按时（2023-11-28）"
    assert len(milestones(state="done")) == 1


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize(
    ("given", "error", "word"),
    [
        (Given("D7", POLICE, "创建办"), NotFoundError, "没有编号为 D7"),
        (Given(NOVEMBER, "市航天局", "创建办"), NotFoundError, "没有名为"),
        (Given(NOVEMBER, POLICE, "市教育局联络员"), ProgressError, "不能登记"),
        (Given(NOVEMBER, POLICE, "创建办", date(2030, 1, 1)), ProgressError, "还没有到"),
        (Given(NOVEMBER, POLICE, "王伟"), ProgressError, "像是姓名"),
    ],
)
def test_what_cannot_be_registered_is_refused_in_one_line(given, error, word):
    with pytest.raises(error, match=word):
        take_submission(SLUG, given, None, on(DUE))


@pytest.mark.usefixtures("owed")
def test_what_was_registered_by_mistake_is_taken_back_and_owed_again():
    take_submission(SLUG, Given(NOVEMBER, POLICE, "创建办"), None, on(DUE))
    given = Given(NOVEMBER, POLICE, "创建办", note="登记错了单位")

    assert "撤回 1 条" in take_back_submission(SLUG, given, on(DUE))
    assert "没有变化" in take_back_submission(SLUG, given, on(DUE))
    assert table()[POLICE] == "未到期"


@pytest.mark.usefixtures("owed")
def test_units_stand_in_their_fixed_order_whatever_they_sent(sheet):
    before = list(table())
    day = DUE + timedelta(days=3)
    for unit in (before[-1], before[3]):
        take_submission(SLUG, Given(NOVEMBER, unit, "创建办", DUE), None, on(day))
    found = submission_table(SLUG, "D1", on(day))
    write_submission_table(found, sheet)

    assert [row[0] for row in found.rows] == before  # those that sent nothing among them
    assert [row[1][:2] for row in found.rows].count("未报") == UNITS - 2
    assert sheet.exists()


@pytest.mark.usefixtures("owed")
def test_the_office_hears_each_week_who_sent_nothing():
    day = date(2023, 12, 4)
    take_submission(SLUG, Given(NOVEMBER, POLICE, "创建办", DUE), None, on(day))
    with writing_to(SLUG) as (session, _):
        told = remind_of_what_stands(session, [1], on(day))[1]
        again = remind_of_what_stands(session, [1], on(day + timedelta(days=1)))[1]
        words = [n.words for n in session.exec(select(Notice)) if n.rule == SUBMISSIONS_MISSING]

    assert (told, again) == (1, 0)
    assert POLICE not in words[0]
    assert f"{UNITS - 1} 个单位" in words[0]
    assert words[0].index(MARKET) < words[0].index("市园林绿化中心")


@pytest.mark.usefixtures("owed")
def test_each_unit_is_reminded_of_its_own_and_nobody_twice():
    day = date(2023, 11, 27)  # a Monday, the last working day before
    patrol_all(SLUG, day, on(day).now)
    with open_session(read_only=True) as session:
        ids = {one.id: one for one in session.exec(select(Milestone))}
        told = [
            (n.post_id, n.rule, ids[n.subject_id].code)
            for n in session.exec(select(Notice).where(Notice.subject_kind == "milestone"))
        ]

    november = [one for one in told if one[2].startswith(NOVEMBER)]
    assert len(november) == len(set(november))
    assert not [one for one in told if one[2] == NOVEMBER]  # the office's own milestone is silent
    assert {code for *_, code in november} == {f"{NOVEMBER}.{n}" for n in range(1, UNITS + 1)}


@pytest.mark.usefixtures("one_database")
def test_where_all_days_are_moved_what_is_due_on_the_28th_stays_due_on_the_28th():
    plan, start = read_plan(find_plan("jiaozuo-publicity-2023")), date(2026, 5, 9)
    for moment in (on(start), on(start)):
        stored = load_plan(plan, slug=SLUG, start=start, moment=moment)
    with writing_to(SLUG) as (session, campaign):
        extend_duties(session, campaign, campaign.duties_until)
    duties = milestones("duty")

    assert stored.changes == 0
    assert len(duties) == 24
    assert {one.due.day for one in duties} == {28}
    assert [one.code for one in duties] == [f"D1.{one.due}" for one in duties]
    assert "2026年5月" in duties[0].title


def reminded(day):
    """Return the due days that units hear of on a morning, by whom they are owed."""
    patrol_all(SLUG, day, on(day).now)
    with open_session(read_only=True) as session:
        query = (
            select(Milestone.due, Notice.rule)
            .join(Milestone, Milestone.id == Notice.subject_id)
            .where(Milestone.kind == "submission", Notice.subject_kind == "milestone")
            .where(Notice.day == day)
            .distinct()
        )
        return sorted((str(due), rule) for due, rule in session.exec(query))


def test_a_unit_hears_of_a_month_in_that_month(owed):
    assert reminded(date(2023, 11, 1)) == [("2023-11-28", "before_30")]
    assert reminded(date(2023, 11, 27)) == [("2023-11-28", "before_1")]
    assert reminded(date(2023, 12, 1)) == [
        ("2023-11-28", "overdue_3"),
        ("2023-12-28", "before_30"),
    ]
