"""Alerts over days: windows, silences, receipts, wider alarms, skipped posts, dead letters."""

import json
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.campaign.milestone import Milestone
from models.campaign.progress import Report, register
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import ProgressError
from models.notices.notice import Message, Notice
from models.rules.words import Level, Progress
from models.settings import moment_of
from models.units.unit import Post
from notifications import links
from tasks.notices.acknowledging import acknowledge, acknowledge_message
from tasks.notices.delivery import deliver
from tasks.notices.silences import add_silence, end_silence, list_silences
from tasks.notices.why import ANSWERS, why
from tasks.patrol.patrol import patrol_campaign
from tests.support.alerts import MONDAY, ONE_DAY, at, every_tag, morning, only, robots, states

TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 4))


def silence(slug, scope, until, on=MONDAY, by="创建办"):
    return add_silence(
        slug, scope, author=by, reason="等待上级文件", until=until, moment=moment_of(at(on), on)
    )


# ---- windows


def test_what_comes_later_in_a_window_waits_for_the_next_morning(wired, provider):
    only("S2.1", TUESDAY)
    assert morning(wired, MONDAY).sent == 2  # the office, and the leader's line
    only("S2.2", TUESDAY)
    patrol_campaign(wired, moment_of(at(MONDAY, 10), MONDAY))
    later = deliver(lambda: at(MONDAY, 10, 1))

    assert (later.sent, later.held) == (0, 1)
    assert why(wired, "S2.2", MONDAY).facts["reason"] == "next-window"
    assert deliver(lambda: at(TUESDAY, 8, 29)).sent == 0
    assert deliver(lambda: at(TUESDAY, 8, 31)).sent == 1


def test_at_night_only_red_for_the_group_head_goes_out(wired, provider):
    only("S1.1", date(2025, 6, 20))  # more than ten working days late
    night = morning(wired, MONDAY, hour=22)

    assert night.sent == 1
    assert states(level=Level.GROUP_HEAD) == ["sent"]
    assert set(states(level=Level.OFFICE)) == {"waiting"}
    assert deliver(lambda: at(TUESDAY, 8, 31)).sent == 2


def test_a_server_that_was_down_over_the_due_day_says_all_in_one_message(wired, provider):
    only("S2.1", MONDAY)
    patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))  # then nothing runs for three days
    patrol_campaign(wired, moment_of(at(MONDAY + 3 * ONE_DAY), MONDAY + 3 * ONE_DAY))
    deliver(lambda: at(MONDAY + 3 * ONE_DAY, 9, 1))

    to_office = [t.text for t in provider.accepted if "S2.1" in t.text]
    assert len(to_office) == 1
    assert "逾期满3个工作日" in to_office[0]


def test_a_message_that_never_left_joins_the_next_one(wired, provider, monkeypatch):
    only("S2.1", TUESDAY)
    patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))
    with monkeypatch.context() as patch:
        patch.setattr("tasks.notices.delivery.claim", lambda *_args, **_kw: [])
        deliver(lambda: at(MONDAY, 9, 1))  # gathered, and killed before anything was claimed
    only("S2.2", TUESDAY)
    morning(wired, TUESDAY)

    said = [t.text for t in provider.accepted if "S2." in t.text]
    assert len(said) == 1
    assert "S2.2" in said[0]


# ---- skipped posts


def test_a_post_without_a_channel_is_skipped_to_the_next_level_and_that_is_reported(
    campaign, provider, tmp_path, monkeypatch
):
    robots(tmp_path, monkeypatch, provider.base, ["市司法局-负责人", "创建办"])
    only("W1", TUESDAY)
    view = patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    from tasks.patrol.summary import summary

    with open_session(read_only=True) as session:
        about = Notice.subject_kind == "assignment"
        query = select(Post.tag, Notice.meant_for).join(Notice).where(about)
        told = set(session.exec(query))
    assert told == {("市司法局-负责人", Level.LIAISON), ("创建办", Level.LIAISON)}
    assert view.passed_over.unreachable > 0
    assert "改送上一级" in summary(view)


# ---- silences


def test_a_silence_keeps_the_reason_and_what_it_held_back_comes_when_it_ends(wired, campaign_id):
    only("S2.1", TUESDAY)
    number = silence(wired, "S2.1", until=FRIDAY)
    morning(wired, MONDAY)

    found = why(wired, "S2.1", MONDAY)
    assert (found.answer, found.facts["author"], found.facts["until"]) == (
        "silenced",
        "创建办",
        FRIDAY.isoformat(),
    )
    assert "等待上级文件" in found.words
    assert end_silence(wired, number, by="创建办", moment=moment_of(at(TUESDAY), TUESDAY))
    assert not end_silence(wired, number, by="创建办", moment=moment_of(at(TUESDAY), TUESDAY))
    morning(wired, TUESDAY)
    assert why(wired, "S2.1", TUESDAY).answer == "delivered"
    assert not list_silences(wired, TUESDAY)[0].stands


def test_a_silence_of_a_unit_covers_its_parts_and_nobody_elses(wired):
    only("W1", TUESDAY)
    with open_session(read_only=True) as session:
        units = {p.tag for p in session.exec(select(Post)) if p.level == Level.LIAISON}
    name = sorted(t for t in units if _has_part(wired, t))[0]
    silence(wired, name, until=FRIDAY)
    morning(wired, MONDAY)

    assert why(wired, f"W1/{name}", MONDAY).answer == "silenced"
    assert states().count("silenced") == 1
    assert "sent" in states()


def _has_part(slug: str, unit: str) -> bool:
    from models.errors import NotFoundError

    try:
        why(slug, f"W1/{unit}", MONDAY)
    except NotFoundError:
        return False
    return True


def test_the_author_is_reminded_once_a_week_while_a_silence_stands(wired, provider):
    only("S2.1", date(2026, 7, 1))
    silence(wired, "全部", until=date(2025, 8, 8))
    for n in range(0, 12):
        morning(wired, MONDAY + n * ONE_DAY)

    reminders = [t.text for t in provider.accepted if "仍在生效" in t.text]
    assert len(reminders) == 2  # the day after it was made, then the next Monday
    assert "第 1 号静默" in reminders[0]


def test_a_silence_without_reason_or_with_a_past_end_is_refused(campaign):
    with pytest.raises(ProgressError, match="理由；结束日期 2025-07-20 已经过去"):
        add_silence(
            campaign,
            "W1",
            author="创建办",
            reason="",
            until=date(2025, 7, 20),
            moment=moment_of(at(MONDAY), MONDAY),
        )


# ---- a wider alarm


def test_an_overdue_stage_speaks_for_its_items(wired, provider):
    morning(wired, MONDAY)  # S1 is over: its four steps and its end are late

    assert why(wired, "S1.END", MONDAY).answer == "delivered"
    covered = why(wired, "S1.1", MONDAY)
    assert covered.answer == "inhibited"
    assert "阶段收尾已逾期" in covered.words
    assert not [t for t in provider.accepted if "S1.1" in t.text]


def test_when_the_stage_is_done_its_unfinished_items_speak_again(wired, campaign_id):
    morning(wired, MONDAY)
    with open_session() as session:
        report = Report("S1.END", Progress.DONE, "创建办")
        register(session, campaign_id, report, moment=moment_of(at(MONDAY), MONDAY))
    morning(wired, TUESDAY)

    assert why(wired, "S1.1", TUESDAY).answer == "delivered"


def test_what_is_due_on_a_day_off_is_told_as_due_on_the_working_day_before(wired, provider):
    only("S2.1", FRIDAY + ONE_DAY)
    told = []
    for day in (FRIDAY, FRIDAY + 3 * ONE_DAY):
        provider.accepted.clear()
        morning(wired, day)
        told.append(" ".join(t.text for t in provider.accepted))

    assert "今日到期（时限是休息日）" in told[0]
    assert "2025-07-26" in told[0]
    assert "逾期满1个工作日" in told[1]


# ---- receipts


def test_unacknowledged_is_said_again_then_goes_up(wired, provider):
    only("S2.1", MONDAY)
    said = []
    for n in range(0, 3):
        provider.accepted.clear()
        morning(wired, MONDAY + n * ONE_DAY)
        said.append(" ".join(t.text for t in provider.accepted))

    assert "今日到期" in said[0]
    assert "逾期满1个工作日" in said[1]
    rules = {}
    for n in range(3, 12):
        morning(wired, MONDAY + n * ONE_DAY)
    with open_session(read_only=True) as session:
        for notice in session.exec(select(Notice).where(Notice.subject_kind == "milestone")):
            rules.setdefault(notice.rule, set()).add(notice.level)
    assert any(rule.startswith("again:") for rule in rules)


def test_a_repeat_says_so_and_its_silence_goes_one_level_up(wired, provider, monkeypatch, tmp_path):
    ladder = tmp_path / "ladder.yaml"
    ladder.write_text("rungs:\n- {workdays: 0, tell: [创建办]}\n", encoding="utf-8")
    monkeypatch.setenv("SHIFAN_LADDER", str(ladder))
    only("S2.1", MONDAY)
    days = [MONDAY + n * ONE_DAY for n in range(0, 5)]
    heard = []
    for day in days:
        provider.accepted.clear()
        morning(wired, day)
        heard.append([t.text for t in provider.accepted if "S2.1" in t.text])

    assert [len(texts) for texts in heard] == [1, 0, 1, 0, 1]
    assert "再次提醒" in heard[2][0]
    assert "下级未签收" in heard[4][0]
    assert states(level=Level.LEADER, subject_kind="milestone") == ["sent"]


def test_an_acknowledgement_holds_the_ladder_until_it_runs_out(wired):
    only("S2.1", MONDAY)
    morning(wired, MONDAY)
    assert acknowledge(wired, "S2.1", "创建办", "", moment=moment_of(at(MONDAY, 10), MONDAY)) == 1
    assert acknowledge(wired, "S2.1", "创建办", "", moment=moment_of(at(MONDAY, 10), MONDAY)) == 0
    morning(wired, TUESDAY)

    found = why(wired, "S2.1", TUESDAY)
    assert (found.answer, found.facts["by"]) == ("acknowledged", "创建办")
    for n in range(2, 9):
        morning(wired, MONDAY + n * ONE_DAY)  # five working days, and nothing moved
    assert why(wired, "S2.1", MONDAY + 8 * ONE_DAY).answer == "delivered"


def test_what_moved_keeps_its_acknowledgement(wired, campaign_id):
    only("S2.1", MONDAY)
    morning(wired, MONDAY)
    acknowledge(wired, "S2.1", "创建办", "", moment=moment_of(at(MONDAY, 10), MONDAY))
    with open_session() as session:
        report = Report("S2.1", Progress.STARTED, "创建办")
        register(session, campaign_id, report, moment=moment_of(at(TUESDAY), TUESDAY))
    for n in range(1, 9):
        morning(wired, MONDAY + n * ONE_DAY)

    assert why(wired, "S2.1", MONDAY + 8 * ONE_DAY).answer == "acknowledged"


def test_the_receipt_of_a_message_acknowledges_every_item_in_it(wired):
    only("W1", TUESDAY)
    morning(wired, MONDAY)
    with open_session(read_only=True) as session:
        notice = session.exec(select(Notice).where(Notice.subject_kind == "assignment")).first()
        number, link = notice.message_id, session.get_one(Message, notice.message_id).link

    assert link == links.message(number)
    assert acknowledge_message(number, "联络员", "", moment=moment_of(at(MONDAY, 10), MONDAY)) >= 1


# ---- dead letters


def test_a_refused_letter_goes_to_the_next_person_and_is_an_alarm(wired, provider, campaign_id):
    from tasks.notices.lists import list_dead, retry_dead

    only("W1", TUESDAY)
    tags = every_tag()
    provider.behave("refuse", key=f"key-{tags.index('市司法局'):04d}-0000")
    first = morning(wired, MONDAY)
    assert first.dead == 1
    [dead] = list_dead(wired)
    assert dead.to == "市司法局"
    assert "93000" in dead.code
    assert why(wired, "W1/市司法局", MONDAY).answer in ("refused", "held")
    provider.accepted.clear()
    deliver(lambda: at(TUESDAY, 8, 40))

    heard = {t.key: t.text for t in provider.accepted}
    head = f"key-{tags.index('市司法局-负责人'):04d}-0000"
    assert "W1" in heard[head]
    assert "没有送达" in heard[f"key-{tags.index('创建办'):04d}-0000"]
    provider.behave("accept", key=f"key-{tags.index('市司法局'):04d}-0000")
    assert retry_dead(wired, at(TUESDAY, 9)) == 1
    assert deliver(lambda: at(TUESDAY, 9, 1)).sent >= 1
    assert list_dead(wired) == []


def test_spare_channels_are_tried_before_the_next_person(campaign, provider, tmp_path, monkeypatch):
    tags = every_tag()
    robots(tmp_path, monkeypatch, provider.base, [*tags, "市司法局-备用"])
    only("W1", TUESDAY)
    provider.behave("refuse", key=f"key-{tags.index('市司法局'):04d}-0000")
    result = morning(campaign, MONDAY)

    assert result.dead == 0
    assert f"key-{len(tags):04d}-0000" in {t.key for t in provider.accepted}
    assert why(campaign, "W1/市司法局", MONDAY).answer == "delivered"


# ---- the morning line


def test_a_quiet_morning_is_one_line_to_the_leader_on_duty(wired, provider):
    only("S2.1", MONDAY)
    with open_session() as session:
        for table in (Milestone, Assignment):
            for row in session.exec(select(table)):
                row.withdrawn, row.due = False, date(2026, 7, 1)
    morning(wired, MONDAY)
    morning(wired, MONDAY, hour=10)

    [line] = [t.text for t in provider.accepted]
    assert "今日无预警：已检查 32 项任务、40 个单位，通道全部正常" in line


def test_a_leader_with_alerts_gets_them_and_no_line(wired, provider):
    morning(wired, MONDAY)

    assert not [t for t in provider.accepted if "今日无" in t.text]


# ---- why


@pytest.mark.parametrize(
    ("subject", "on", "answer"),
    [
        ("S2.1", date(2025, 6, 2), "not-due"),
        ("S2.1", date(2025, 7, 31), "held"),  # no patrol was there yet
        ("S2.1", date(2025, 8, 2), "held"),  # a Saturday
    ],
)
def test_why_has_an_answer_where_nothing_was_written(campaign, subject, on, answer):
    found = why(campaign, subject, on)

    assert found.answer == answer
    assert found.as_json()["on"] == on.isoformat()
    assert answer in ANSWERS


def test_why_says_that_there_is_no_channel_and_that_work_is_done(campaign, campaign_id):
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    deliver(lambda: at(MONDAY))
    assert why(campaign, "S1.1", MONDAY).answer == "no-channel"
    with open_session() as session:
        report = Report("S2.1", Progress.DONE, "创建办", done_on=MONDAY)
        register(session, campaign_id, report, moment=moment_of(at(MONDAY), MONDAY))

    assert why(campaign, "S2.1", date(2025, 7, 31)).answer == "not-due"


def test_why_reads_on_both_databases(any_database, campaign):
    patrol_campaign(campaign, moment_of(at(MONDAY), MONDAY))
    deliver(lambda: at(MONDAY))
    silence(campaign, "S1.1", until=FRIDAY)

    assert why(campaign, "S1.1", MONDAY).answer == "silenced"
    json.dumps(why(campaign, "S1", MONDAY).as_json())
