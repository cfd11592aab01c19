"""What the office vouches for: recorded with a name and a day, never above what the tables say."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage, campaign_named, stages_of
from models.database import open_session
from models.decisions.confirmation import Confirmation
from models.errors import CampaignError
from models.rules.decisions.answers import Answer, Said
from models.rules.gates.table import GATES
from models.settings import moment_of
from tasks.audit.chain import verify
from tasks.decisions.asking import ask_by_hand
from tasks.decisions.questions import read_question
from tasks.gates.confirming import Vouching, Which, conditions, confirm, withdraw
from tasks.gates.outlook import outlook, outlook_page
from tasks.ledgers.exporting import export_ledgers
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import ON_BOTH
from tests.support.deciding import decide, noon, statuses

DAY = date(2025, 7, 21)
pytestmark = pytest.mark.usefixtures("one_database")


@pytest.fixture
def active(campaign):
    """A campaign whose first two stages are under way."""
    patrol_campaign(campaign, moment_of(noon(date(2025, 6, 11)), date(2025, 6, 11)))
    return campaign


def say(slug, rule, stage=None, *, by="创建办", on=None, count=None, note="") -> str:
    return confirm(
        Which(slug, rule, stage), Vouching(by, on, count, note), moment_of(noon(DAY), DAY)
    )


def take_back(slug, rule, stage=None, *, by="创建办", why="看错了") -> str:
    return withdraw(Which(slug, rule, stage), by, why, moment_of(noon(DAY), DAY))


def entries(*what: str) -> list[AuditEntry]:
    with open_session(read_only=True) as session:
        found = list(session.exec(select(AuditEntry).where(AuditEntry.what.in_(what))))
        session.expunge_all()
        return found


def rules(pairs) -> set[str]:
    return {one.rule for _, one in pairs}


def test_a_confirmation_is_an_entry_of_the_audit_and_fills_what_nothing_measures(active):
    assert "evidence-complete" in rules(outlook(active, DAY, 2).unmeasured)
    words = say(active, "evidence-complete", note="抽查 60 份", on=date(2025, 7, 18))

    assert words == "已登记确认：第 2 阶段“实施推进”每条需要佐证的责任分解都有证明材料"
    seen = outlook(active, DAY, 2)
    assert "evidence-complete" not in rules(seen.unmeasured) | rules(seen.obstacles)
    [(_, said)] = seen.confirmed
    assert said.text.endswith("创建办 2025-07-18 确认（抽查 60 份）")
    assert said.text in outlook_page([seen])
    [entry] = entries("evidence-reviewed")
    assert (entry.who, entry.subject) == ("创建办", "S2")
    assert '"since":"2025-07-18"' in entry.facts
    assert '"local":"2025-07-21T12:00:00+08:00"' in entry.facts
    assert verify().broken is None


@ON_BOTH
def test_every_kind_of_confirmation_has_its_word_in_the_chain(active):
    say(active, "每个问题都已销号", 4)
    say(active, "网络检索已演练并记录", count=2)

    assert [e.what for e in entries("findings-closed", "condition-confirmed")] == [
        "findings-closed",
        "condition-confirmed",
    ]


@ON_BOTH
def test_the_same_again_writes_nothing_and_another_must_be_taken_back_first(active):
    say(active, "ledgers-out")
    assert say(active, "每个责任单位都领到台账").startswith("此前已登记，没有变化")
    with pytest.raises(CampaignError, match="已由创建办于 2025-07-21 确认，要更正请先用"):
        say(active, "ledgers-out", by="组长")
    assert "已撤回确认" in take_back(active, "ledgers-out", why="有两个单位没有签收")
    with pytest.raises(CampaignError, match="没有登记过这条确认"):
        take_back(active, "ledgers-out")
    assert "ledgers-out" in rules(outlook(active, DAY, 1).obstacles)
    say(active, "ledgers-out", by="组长")

    with open_session(read_only=True) as session:
        found = list(session.exec(select(Confirmation).order_by(Confirmation.id)))
        assert [(c.by_post, c.withdrawn_on, c.withdrawn_why) for c in found] == [
            ("创建办", DAY, "有两个单位没有签收"),
            ("组长", None, ""),
        ]
    [taken] = entries("confirmation-withdrawn")
    assert '"reason":"有两个单位没有签收"' in taken.facts


def test_an_open_step_stays_an_obstacle_whatever_is_confirmed(active):
    words = say(active, "trained")

    assert "但这一条还算障碍：S1.3 强化能力提升尚未完成" in words
    assert "trained" in rules(outlook(active, DAY, 1).obstacles)
    [entry] = entries("condition-confirmed")
    assert "S1.3 强化能力提升尚未完成" in entry.facts
    [(_, said)] = outlook(active, DAY, 1).confirmed
    assert said.text.endswith("不作数")


def test_what_a_plan_requires_opens_the_gate_once_it_is_confirmed(active):
    with open_session() as session:
        found = campaign_named(session, active)
        found.plan_json = '{"gates": {"required": ["ledgers-out"]}}'
    assert "ledgers-out" in rules(outlook(active, DAY, 1).obstacles)
    say(active, "ledgers-out")

    assert "ledgers-out" not in rules(outlook(active, DAY, 1).obstacles)


def test_ledgers_that_went_out_to_every_unit_need_no_confirmation(active, tmp_path):
    unit = "市司法局"
    moment = moment_of(noon(DAY), DAY)
    export_ledgers(active, tmp_path / "一个", moment, unit=unit)
    [one] = [o for _, o in outlook(active, DAY, 1).obstacles if o.rule == "ledgers-out"]
    assert "还没有发给台账的单位" in one.text
    assert unit not in one.text

    export_ledgers(active, tmp_path / "全部", moment)

    assert "ledgers-out" not in rules(outlook(active, DAY, 1).obstacles)


def test_the_form_of_a_decision_shows_what_was_confirmed(active):
    say(active, "ledgers-out", note="已签收")
    number, _ = ask_by_hand(active, 1, "创建办", moment_of(noon(DAY), DAY))

    shown = read_question(number, "x", moment_of(noon(DAY), DAY)).markdown
    assert (
        "由工作人员登记确认的 1 项：每个责任单位都领到台账：创建办 2025-07-21 确认（已签收）"
        in shown
    )


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"rule": "ledger"}, "没有名为 ledger 的推进条件，名称见"),
        ({"rule": " "}, r"没有名为 （空） 的推进条件"),
        ({"rule": "steps-done"}, "由登记的进展和名单衡量，不能另行确认"),
        ({"rule": "nothing-overdue", "stage": 2}, "不能另行确认"),
        ({"rule": "ledgers-out", "stage": 2}, r"第 2 阶段没有 ledgers-out 这一条，有的是：1（"),
        ({"rule": "ledgers-out", "stage": 77}, "第 77 阶段没有"),
        ({"rule": "ledgers-out", "stage": -1}, "第 -1 阶段没有"),
        ({"rule": "ledgers-out", "by": " "}, "没有写明由谁"),
        ({"rule": "ledgers-out", "by": "创\n办"}, "应是一行"),
        ({"rule": "ledgers-out", "by": "办" * 61}, "60 个字以内"),
        ({"rule": "ledgers-out", "on": date(2025, 7, 22)}, r"晚于今天（2025-07-21）"),
        ({"rule": "ledgers-out", "on": date(1025, 7, 1)}, "请核对年份"),
        ({"rule": "ledgers-out", "count": 3}, "不按个数计"),
        ({"rule": "highlight", "count": 0}, "个数写的是 0"),
        ({"rule": "highlight", "count": -3}, "个数写的是 -3"),
        ({"rule": "ledgers-out", "note": "字" * 501}, "请压缩到 500 个字以内"),
    ],
)
def test_what_cannot_be_confirmed_is_one_line_and_writes_nothing(active, given, line):
    before = len(entries("condition-confirmed"))
    with pytest.raises(CampaignError, match=line) as raised:
        say(active, **given)

    assert "\n" not in str(raised.value)
    assert len(entries("condition-confirmed")) == before
    with open_session(read_only=True) as session:
        assert list(session.exec(select(Confirmation))) == []


def test_a_stage_that_ended_takes_no_confirmation_back_or_new(active):
    say(active, "ledgers-out")
    number, _ = ask_by_hand(active, 1, "创建办", moment_of(noon(DAY), DAY))
    assert decide(number, Said(Answer.FORCE, "按期"), DAY).done
    assert statuses(active)[0] == "closed"

    with pytest.raises(CampaignError, match="已结束，确认不能再登记或撤回"):
        say(active, "mobilised")
    with pytest.raises(CampaignError, match="已结束，确认不能再登记或撤回"):
        take_back(active, "ledgers-out")
    assert outlook(active, DAY, 1).confirmed  # what was shown then is still there


def test_what_the_plan_leaves_out_needs_no_confirmation(active):
    with open_session() as session:
        campaign_named(session, active).plan_json = '{"gates": {"skip": ["ledgers-out"]}}'
    with pytest.raises(CampaignError, match="不必确认"):
        say(active, "ledgers-out")


@ON_BOTH
def test_a_rule_that_two_stages_share_must_name_one(active):
    with open_session() as session:
        for stage in stages_of(session, campaign_named(session, active).id or 0)[1:4]:
            stage.kind = "launch"
        session.exec(select(Stage).where(Stage.ordinal == 2)).one().status = "pending"
        session.exec(select(Stage).where(Stage.ordinal == 1)).one().status = "pending"
    with pytest.raises(CampaignError, match=r"请写明第几阶段：1（部署启动）、2"):
        say(active, "ledgers-out")
    assert "第 3 阶段" in say(active, "ledgers-out", 3)


def test_taking_back_needs_a_reason(active):
    say(active, "ledgers-out")
    with pytest.raises(CampaignError, match="由谁\\（职务\\）撤回和理由"):
        take_back(active, "ledgers-out", why=" ")


@ON_BOTH
def test_of_two_who_confirm_at_once_one_is_told(active):
    def deed(by: str) -> str:
        try:
            return say(active, "ledgers-out", by=by)
        except CampaignError as error:
            return str(error)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(deed, ["甲", "乙", "丙", "丁"]))

    assert sorted(line.startswith("已登记确认") for line in found) == [False] * 3 + [True]
    assert sum("要更正请先用" in line for line in found) == 3
    assert len(entries("condition-confirmed")) == 1
    assert verify().broken is None


@ON_BOTH
def test_the_table_itself_refuses_a_second_standing_one(active):
    say(active, "ledgers-out")
    with pytest.raises(IntegrityError), open_session() as session:
        first = session.exec(select(Confirmation)).one()
        session.add(Confirmation(**first.model_dump(exclude={"id"})))


def test_a_form_lists_each_confirmable_demand_once():
    listed = conditions()

    assert len(listed) == len(set(listed)) > 20
    ids = {}
    for rule in (rule for found in GATES.values() for rule in found):
        assert ids.setdefault(rule.demand, rule.id) == rule.id  # a demand names one rule
    assert "本阶段其余步骤都已完成" not in listed
