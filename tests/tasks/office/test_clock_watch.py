"""A clock that jumps: nobody above the liaisons hears, and what came too early is taken back."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.calendar.clock_watch import ClockWatch
from models.campaign.campaign import campaign_named, stages_of
from models.database import open_session
from models.decisions.decision import AskedPost, Decision, DecisionCode
from models.errors import ProgressError
from models.notices.notice import Delivery, Message, Notice
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post
from tasks.audit.chain import verify
from tasks.notices.delivery import deliver
from tasks.notices.why import why
from tasks.office.clock_watch import believe_clock, doubt_now, look
from tasks.patrol.patrol import patrol_all, patrol_campaign
from tasks.patrol.view import CampaignView
from tests.conftest import ON_BOTH
from tests.support.alerts import MONDAY, ONE_DAY, at, every_tag, morning, only, robots
from tests.support.deciding import open_questions, statuses
from tests.support.rows import everything

TUESDAY, FRIDAY = MONDAY + ONE_DAY, MONDAY + 4 * ONE_DAY
AHEAD = date(2025, 8, 29)  # a Friday, 29 working days later


def patrol(day: date, hour: int = 9) -> CampaignView:
    """Patrol as the office's schedule does; return what was seen of the first campaign."""
    return patrol_all(None, day, at(day, hour))[0]


def send(day: date, hour: int = 9, minute: int = 5):
    return deliver(lambda: at(day, hour, minute))


def notices(day: date) -> list[Notice]:
    with open_session(read_only=True) as session:
        found = list(session.exec(select(Notice).where(Notice.day == day)))
        session.expunge_all()
        return found


def entries(what: str) -> list[AuditEntry]:
    with open_session(read_only=True) as session:
        found = list(session.exec(select(AuditEntry).where(AuditEntry.what == what)))
        session.expunge_all()
        return found


def test_forty_days_ahead_only_liaisons_are_told_and_nothing_opens_or_is_asked(campaign):
    patrol(MONDAY)
    before = statuses(campaign), open_questions(campaign)
    view = patrol(AHEAD)

    assert view.held
    assert "本机时钟可疑：现在显示 2025-08-29 09:00" in view.clock
    assert "隔了 29 个工作日" in view.clock
    assert (statuses(campaign), open_questions(campaign)) == before
    told = notices(AHEAD)
    assert {n.level for n in told if n.rule != "clock_doubt"} == {Level.LIAISON}
    [doubt] = [n for n in told if n.rule == "clock_doubt"]
    assert (doubt.level, doubt.urgent, "shifan clock confirm" in doubt.words) == (3, True, True)
    patrol(AHEAD)
    assert len(notices(AHEAD)) == len(told)  # said once
    assert len(entries("clock-doubted")) == 1


@ON_BOTH
def test_forty_days_ahead_and_back_again_everything_is_told_again_in_its_time(campaign):
    patrol(MONDAY)
    patrol(AHEAD)
    early = len([n for n in notices(AHEAD) if n.rule != "clock_doubt"])
    assert early > 100
    back = patrol(TUESDAY)

    assert not back.held
    assert f"已收回时钟走快时写下的{early + 1} 条提醒，到日子再办" in back.clock
    assert notices(AHEAD) == []
    taken = [n for n in notices(TUESDAY) if n.reason == "clock-was-ahead:2025-08-29"]
    assert len(taken) == early + 1
    assert {n.state for n in taken} == {"dropped"}
    for day in (TUESDAY + n * ONE_DAY for n in range(1, 40)):
        patrol(day)
    again = [n for n in notices(AHEAD) if n.level == Level.LIAISON]
    heard = {(n.subject_kind, n.subject_id, n.rule, n.post_id) for n in taken if n.level == 1}
    with open_session(read_only=True) as session:
        lived = {
            (n.subject_kind, n.subject_id, n.rule, n.post_id)
            for n in session.exec(select(Notice).where(Notice.reason == ""))
        }
    assert again or heard
    assert heard <= lived
    assert verify().broken is None


def test_what_went_to_leaders_waits_for_a_persons_word_and_goes_then(
    campaign, provider, tmp_path, monkeypatch
):
    tags = every_tag()
    robots(tmp_path, monkeypatch, provider.base, tags)
    morning(campaign, MONDAY)
    look(at(MONDAY))
    provider.accepted.clear()
    view = patrol(AHEAD)  # a machine that was off for weeks
    said = send(AHEAD)

    heard = {tags[int(t.key.split("-")[1])] for t in provider.accepted}
    assert view.held
    assert "本机时钟可疑" in said.in_words()
    assert heard & {"分管领导", "组长"} == set()
    assert not any("负责人" in tag for tag in heard)
    [office] = [t.text for t in provider.accepted if tags[int(t.key.split("-")[1])] == "创建办"]
    assert "时钟可疑" in office
    with pytest.raises(ProgressError, match="本机时钟显示今天是 2025-08-29，您写的是 2025-07-22"):
        believe_clock(TUESDAY, "创建办", "", at(AHEAD, 10))
    assert "已确认本机时钟：今天是 2025-08-29" in believe_clock(
        AHEAD, "创建办", "停了三周", at(AHEAD, 10)
    )
    assert "时钟没有疑点" in believe_clock(AHEAD, "创建办", "", at(AHEAD, 10))
    provider.accepted.clear()
    released = patrol(AHEAD, 11)
    send(AHEAD, 11)
    assert not released.held
    assert {"分管领导", "组长"} <= {tags[int(t.key.split("-")[1])] for t in provider.accepted}
    [entry] = entries("clock-confirmed")
    assert (entry.who, "停了三周" in entry.facts) == ("创建办", True)


def test_no_code_goes_out_while_the_clock_is_not_believed(office_asked, provider):
    """A code that was promised before the jump waits for the clock, too."""
    sent = send(AHEAD)

    assert "本机时钟可疑" in sent.clock
    with open_session(read_only=True) as session:
        secret = select(Delivery).join(Message).where(Message.secret)
        assert {d.attempts for d in session.exec(secret)} == {0}
        assert {c.state for c in session.exec(select(DecisionCode))} == {"open"}
    send(MONDAY, 10)  # the clock is right again
    with open_session(read_only=True) as session:
        assert {d.state for d in session.exec(secret)} == {"delivered"}


@pytest.fixture
def office_asked(campaign, provider, tmp_path, monkeypatch):
    """A question whose code is promised for the morning, and a clock that has been looked at."""
    from models.campaign.campaign import Stage
    from tasks.decisions.asking import ask_by_hand

    robots(tmp_path, monkeypatch, provider.base, every_tag())
    with open_session() as session:
        session.exec(select(Stage).where(Stage.ordinal == 1)).one().status = "active"
    look(at(MONDAY))
    ask_by_hand(campaign, 1, "创建办", moment_of(at(MONDAY), MONDAY))
    return campaign


@ON_BOTH
def test_stages_and_questions_of_days_to_come_are_taken_back_by_acts_in_the_chain(campaign):
    patrol(date(2025, 7, 28))
    week = date(2025, 8, 4)  # five working days later: no jump that shows
    patrol(week)
    assert statuses(campaign)[2] == "active"
    asked = open_questions(campaign)
    back = patrol(date(2025, 7, 29))
    assert back.held
    assert "比上次可信的时间 2025-08-04 09:00 还早" in back.clock
    said = believe_clock(date(2025, 7, 29), "创建办", "", at(date(2025, 7, 29), 10))

    assert "1 个阶段的启动" in said
    assert statuses(campaign)[2] == "pending"
    assert [e.subject for e in entries("stage-waiting")] == ["S3"]
    assert open_questions(campaign) == asked  # those of before the jump stand
    patrol(date(2025, 7, 29), 11)
    patrol(date(2025, 7, 30))
    assert statuses(campaign)[2] == "pending"
    patrol(date(2025, 8, 1))
    assert statuses(campaign)[2] == "active"  # in its time
    opened = select(Notice).where(Notice.rule == "stage_opened", Notice.day == date(2025, 8, 1))
    with open_session(read_only=True) as session:
        third = stages_of(session, campaign_named(session, campaign).id or 0)[2]
        assert {n.subject_id for n in session.exec(opened)} == {third.id}
    assert verify().broken is None


def test_a_question_that_expired_under_a_wrong_day_is_asked_again(campaign):
    patrol(MONDAY)
    [number] = open_questions(campaign).values()
    with open_session() as session:  # as an older version did, whose clock nobody watched
        row = session.exec(select(ClockWatch)).one()
        row.seen_at = at(date(2025, 8, 27))
    patrol(date(2025, 8, 28))
    with open_session(read_only=True) as session:
        assert session.get_one(Decision, number).status == "expired"
    believe_clock(TUESDAY, "创建办", "", at(TUESDAY))

    assert open_questions(campaign)[1] == number
    assert statuses(campaign)[:2] == ["deciding", "active"]
    [entry] = entries("decision-reopened")
    assert (entry.subject, entry.who) == ("S1", "创建办")
    with open_session(read_only=True) as session:
        again = session.get_one(Decision, number)
        assert (again.status, again.closed_on, again.closed_why) == ("asked", None, "")
    assert not patrol(TUESDAY).held
    assert open_questions(campaign)[1] == number
    assert verify().broken is None


def test_whom_a_question_climbed_to_under_a_wrong_day_is_asked_no_longer(office):
    slug = office("gates: {deciders: [分管领导]}")
    patrol(MONDAY)
    patrol(date(2025, 7, 28))
    number = open_questions(slug)[1]
    rows = select(Post.title, AskedPost.gone).join(AskedPost)
    rows = rows.where(AskedPost.decision_id == number).order_by(AskedPost.id)
    with open_session(read_only=True) as session:
        assert session.exec(rows).all() == [("分管领导", False), ("组长", False)]
    believe_clock(TUESDAY, "创建办", "", at(TUESDAY))

    with open_session(read_only=True) as session:
        assert session.exec(rows).all() == [("分管领导", False), ("组长", True)]


def test_a_reminder_sent_under_a_wrong_day_is_sent_again_in_its_time_and_says_so(
    campaign, provider, tmp_path, monkeypatch
):
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("S2.1", FRIDAY)
    look(at(MONDAY))
    patrol(FRIDAY)
    send(FRIDAY)
    assert any("今日到期" in t.text for t in provider.accepted)
    patrol(TUESDAY)
    believe_clock(TUESDAY, "创建办", "", at(TUESDAY))
    with open_session(read_only=True) as session:
        assert session.exec(select(Message).where(Message.window > TUESDAY)).all() == []
    assert why(campaign, "S2.1", TUESDAY).answer in ("delivered", "held", "merged")
    for day in (TUESDAY + ONE_DAY, TUESDAY + 2 * ONE_DAY, FRIDAY):
        provider.accepted.clear()
        patrol(day)
        send(day)

    assert any("今日到期" in t.text for t in provider.accepted)


def test_what_an_older_version_wrote_ahead_is_found_and_taken_back_on_a_persons_word(campaign):
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    patrol_campaign(campaign, moment_of(at(AHEAD), AHEAD))  # nobody watched the clock then
    assert statuses(campaign)[2] == "deciding"  # opened, and its end is near by that clock
    early = len(notices(AHEAD))
    held = patrol(TUESDAY)

    assert held.held
    assert "比上次可信的时间 2025-08-29 09:00 还早" in held.clock
    said = believe_clock(TUESDAY, "创建办", "", at(TUESDAY))
    assert f"{early} 条提醒、1 个阶段的启动" in said
    assert statuses(campaign)[2] == "pending"
    assert notices(AHEAD) == []
    assert not patrol(TUESDAY, 10).held
    assert verify().broken is None


def test_week_ends_and_holidays_are_no_jump(campaign):
    for day in (date(2025, 9, 26), date(2025, 9, 30), date(2025, 10, 9), date(2025, 10, 17)):
        assert not patrol(day).held


def test_a_look_at_the_clock_changes_nothing_and_says_what_is_wrong(campaign):
    patrol(MONDAY)
    assert doubt_now(at(MONDAY, 10)) == ""
    patrol(AHEAD)
    before = everything()

    assert "本机时钟可疑" in doubt_now(at(AHEAD, 10))
    assert everything() == before


def test_a_database_that_was_never_patrolled_believes_its_first_clock(campaign):
    assert not patrol(MONDAY + timedelta(days=200)).held
