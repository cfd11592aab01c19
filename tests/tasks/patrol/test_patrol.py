"""The patrol: what it opens, writes, counts, and leaves alone the second time."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, text
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage, campaign_named
from models.campaign.milestone import Milestone, milestone_coded
from models.campaign.moves import BY_PLAN, Occasion, Transition, open_due_stages
from models.campaign.progress import Report, register
from models.database import engine_for, open_session
from models.notices.notice import Notice
from models.rules.words import Level, Progress
from models.settings import moment_of, settings
from models.units.unit import Post
from tasks.office.clock_watch import look
from tasks.patrol.patrol import patrol_all, patrol_campaign
from tasks.patrol.summary import patrol_json, summary
from tasks.patrol.view import as_json, view_campaign
from tasks.plans.loading import find_plan, load_plan, read_plan
from tests.conftest import NOW
from tests.support.alerts import every_tag, robots
from tests.support.fill import fill_indicators
from tests.support.rows import everything

MONDAY = date(2025, 7, 21)
NOON = datetime(2025, 7, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def statements(campaign):
    """Every statement of the office's engine, while the test runs."""
    said: list[str] = []
    engine = engine_for(settings().database)

    def keep(_connection, _cursor, statement, *_rest):
        said.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield said
    event.remove(engine, "before_cursor_execute", keep)


def test_the_day_of_the_issue_has_stage_two_under_way(campaign, any_database):
    found = patrol_json(patrol_campaign(campaign, moment_of(NOON, MONDAY)))

    assert len(found["stages"]) == 5
    assert found["work_items"] == 32
    assert [s["status"] for s in found["stages"]][1] == "active"
    assert found["slips"] == found["lights"]["red"] == 5  # the launch's four steps and its end
    assert found["notices_created"] > 0
    assert found["notices_unsendable"] == found["notices_created"]  # no channels in a test


def test_a_second_patrol_of_the_day_writes_nothing(campaign, any_database):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    again = patrol_campaign(campaign, moment_of(NOON, MONDAY))

    assert (again.notices_created, list(again.opened), list(again.slipped)) == (0, [], [])
    with open_session() as session:
        moves = [(t.from_status, t.to_status) for t in session.exec(select(Transition))]
        assert moves == [("pending", "active")] * 2 + [("active", "deciding")]


def test_a_stage_opens_once_with_its_transition_and_audit_entry(campaign):
    view = patrol_campaign(campaign, moment_of(NOON, date(2025, 6, 11)))

    assert [stage.ordinal for stage in view.opened] == [1, 2]
    with open_session() as session:
        opened = session.exec(select(AuditEntry).where(AuditEntry.what == "stage-opened")).all()
        assert [entry.subject for entry in opened] == ["S1", "S2"]


def test_on_a_day_off_nothing_is_written(campaign, any_database):
    sunday = patrol_campaign(campaign, moment_of(NOON, date(2025, 7, 20)))

    assert not sunday.working_day
    assert "休息日" in summary(sunday)
    with open_session() as session:
        assert session.exec(select(Notice)).all() == []


def test_a_make_up_workday_is_patrolled(campaign):
    assert patrol_campaign(campaign, moment_of(NOON, date(2025, 9, 28))).working_day


def test_a_year_without_a_holiday_notice_is_no_crash_and_is_said(campaign):
    view = patrol_campaign(campaign, moment_of(NOON, date(2031, 7, 21)))

    assert view.today.year in view.unknown_years
    assert "放假安排尚未录入" in summary(view)


def test_after_a_week_of_silence_each_item_is_on_one_rung_per_post(campaign):
    patrol_campaign(campaign, moment_of(NOON, date(2025, 7, 28)))
    late = patrol_campaign(campaign, moment_of(NOON, date(2025, 8, 8)))

    assert late.notices_created > 0
    with open_session() as session:
        day = select(Notice).where(Notice.day == date(2025, 8, 8))
        said = [(n.subject_kind, n.subject_id, n.post_id) for n in session.exec(day)]
        assert len(said) == len(set(said))


def test_a_slip_climbs_from_the_liaison_to_the_group_head(campaign, campaign_id):
    levels = []
    for day in (date(2025, 8, 1), date(2025, 8, 5), date(2025, 8, 7), date(2025, 8, 14)):
        patrol_campaign(campaign, moment_of(NOON, day))
        with open_session() as session:
            end = milestone_coded(session, campaign_id, "S2.1")
            query = select(Notice.level).where(
                Notice.subject_kind == "milestone", Notice.subject_id == end.id, Notice.day == day
            )
            levels.append(max(session.exec(query)))

    assert levels == [Level.OFFICE, Level.OFFICE, Level.LEADER, Level.GROUP_HEAD]


def test_done_work_is_green_and_raises_no_notice(campaign, campaign_id):
    with open_session() as session:
        report = Report("W1", Progress.DONE, "创建办")
        register(session, campaign_id, report, moment=moment_of(NOW, date(2025, 7, 1)))
    patrol_campaign(campaign, moment_of(NOON, MONDAY))

    with open_session() as session:
        w1 = milestone_coded(session, campaign_id, "W1")
        about = select(Notice).where(Notice.subject_kind == "milestone", Notice.subject_id == w1.id)
        assert session.exec(about).all() == []


def test_a_vacant_post_is_passed_over(campaign, campaign_id):
    with open_session() as session:
        for post in session.exec(select(Post).where(Post.level == Level.LIAISON)):
            post.vacant = True
    patrol_campaign(campaign, moment_of(NOON, MONDAY))

    with open_session() as session:
        assert session.exec(select(Notice).where(Notice.level == Level.LIAISON)).all() == []


def test_a_moved_day_is_a_new_fact(campaign, campaign_id):
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    with open_session() as session:
        milestone_coded(session, campaign_id, "S2.1").due = MONDAY

    assert patrol_campaign(campaign, moment_of(NOON, MONDAY)).notices_created == 1


def test_a_preview_writes_nothing_and_finds_what_the_patrol_of_that_day_will(
    campaign, any_database
):
    [first] = patrol_all(campaign, MONDAY, NOON)
    before = everything()
    day = date(2025, 7, 30)
    [seen] = patrol_all(campaign, day, NOON)
    assert everything() == before
    [lived] = patrol_all(campaign, day, datetime(2025, 7, 30, 0, 30, tzinfo=UTC))

    assert (first.preview, seen.preview, lived.preview) == (False, True, False)
    assert not lived.held
    assert (seen.notices_created, [s.ordinal for s in seen.opened], list(seen.decisions)) == (
        lived.notices_created,
        [s.ordinal for s in lived.opened],
        list(lived.decisions),
    )


def test_a_view_writes_nothing(campaign):
    view = view_campaign(campaign, MONDAY)

    assert as_json(view)["stages"][0]["status"] == "pending"
    with open_session() as session:
        assert session.exec(select(Transition)).all() == []


def test_the_number_of_statements_does_not_grow_with_the_campaign(
    campaign, statements, any_database
):
    plan = read_plan(find_plan("jinchang-2025"))
    counted = {}
    for slug, indicators in (("small", 10), ("large", 104)):
        load_plan(plan, slug=slug, start=None, moment=moment_of(NOW, MONDAY))
        with open_session() as session:
            campaign_id = campaign_named(session, slug).id
            fill_indicators(session, campaign_id, indicators, due=date(2025, 7, 18))
        statements.clear()
        view = patrol_campaign(slug, moment_of(NOON, MONDAY))
        assert view.board.assignments.total == 130 + indicators * 40
        counted[slug] = len([s for s in statements if not s.startswith(("BEGIN", "SAVEPOINT"))])

    assert counted["large"] == counted["small"]
    # Opening two stages, looking at the gate of each, and asking about the one past its end.
    assert counted["large"] <= 80


def test_any_number_of_stages_opens_by_five_statements(campaign, statements):
    with open_session() as session:
        campaign_id = campaign_named(session, campaign).id
        for stage in session.exec(select(Stage)):
            stage.planned_start = MONDAY
    with open_session(preview=True) as session:
        statements.clear()
        moment = Occasion(BY_PLAN, moment_of(NOON, MONDAY))
        assert [s.ordinal for s in open_due_stages(session, [campaign_id], moment)] == [
            1,
            2,
            3,
            4,
            5,
        ]
        locks = ("BEGIN", "SELECT pg_advisory_xact_lock")
        assert len([s for s in statements if not s.startswith(locks)]) <= 5
        statements.clear()
        assert open_due_stages(session, [campaign_id], moment) == []
        assert len(statements) == 1


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_a_patrol_right_after_an_import_is_planned_for_what_was_imported(campaign, any_database):
    """PostgreSQL looks by itself a minute later; a plan for empty tables takes twenty times as long."""
    with open_session() as session:
        fill_indicators(session, campaign_named(session, campaign).id, 20, due=MONDAY)
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    with open_session(read_only=True) as session:
        known = "SELECT reltuples FROM pg_class WHERE relname = 'assignment'"
        assert session.connection().execute(text(known)).scalar_one() == 130 + 20 * 40


@pytest.mark.parametrize("indicators", [1, 104])
def test_a_patrol_without_news_asks_forty_times_at_most(
    campaign, statements, database, tmp_path, monkeypatch, indicators
):
    with open_session() as session:
        fill_indicators(session, campaign_named(session, campaign).id, indicators, due=MONDAY)
    channels = tmp_path / "channels.yaml"
    channels.write_text("urls:\n  - wecomrobot://KEY-1:\n      tag: 创建办, 市司法局\n")
    channels.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(channels))
    patrol_campaign(campaign, moment_of(NOON, MONDAY))
    statements.clear()

    assert patrol_campaign(campaign, moment_of(NOON, MONDAY)).notices_created == 0
    assert len([s for s in statements if not s.startswith(("BEGIN", "SAVEPOINT"))]) <= 40


def test_statements_stay_as_many_at_any_size_when_everybody_has_a_channel(
    campaign, statements, tmp_path, monkeypatch
):
    """The whole round: the clock is looked at, every item has news, and then has none."""
    plan = read_plan(find_plan("jinchang-2025"))
    look(NOON)  # the row it needs is made once
    counted = {}
    for slug, indicators in (("small", 1), ("large", 104)):
        load_plan(plan, slug=slug, start=None, moment=moment_of(NOW, MONDAY))
        with open_session() as session:
            fill_indicators(
                session, campaign_named(session, slug).id, indicators, due=date(2025, 7, 18)
            )
        robots(tmp_path, monkeypatch, "http://127.0.0.1:9", sorted(set(every_tag())))
        for round_ in ("news", "none"):
            statements.clear()
            [view] = patrol_all(slug, MONDAY, NOON)
            # PostgreSQL is told of what grew, once: an ANALYZE is of the size, and asks nothing.
            other = ("BEGIN", "SAVEPOINT", "ANALYZE")
            counted[slug, round_] = len([s for s in statements if not s.startswith(other)])
        assert view.notices_created == 0
        assert view.board.assignments.total == 130 + indicators * 40

    assert counted["large", "none"] == counted["small", "none"]
    assert counted["large", "news"] == counted["small", "news"]


def test_two_patrols_at_the_same_time_write_each_notice_once(campaign, any_database):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        both = list(
            pool.map(lambda _: patrol_campaign(campaign, moment_of(NOON, MONDAY)), range(2))
        )

    with open_session() as session:
        written = len(session.exec(select(Notice)).all())
    assert sum(view.notices_created for view in both) == written


def test_recurring_duties_go_on_as_long_as_the_campaign_does(database):
    plan = read_plan(find_plan("jiaozuo-publicity-2023"))
    load_plan(plan, slug="jz", start=None, moment=moment_of(NOW, MONDAY))
    patrol_campaign("jz", moment_of(NOON, date(2024, 10, 8)))
    again = load_plan(plan, slug="jz", start=None, moment=moment_of(NOW, MONDAY))

    with open_session() as session:
        dues = set(session.exec(select(Milestone.due).where(Milestone.kind == "duty")))
    assert date(2025, 9, 28) in dues
    assert again.changes == 0
