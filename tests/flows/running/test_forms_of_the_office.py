"""The office's own forms: a year's holidays pasted in, the work of a unit that is gone handed over."""

from datetime import timedelta

import pytest
from sqlmodel import select

from flows.hand_over_items import SuccessionForm, hand_over_items
from flows.register_submission import SubmissionForm, register_submission
from flows.register_visit import VisitForm, register_visit
from flows.take_in_holidays import HolidaysForm, take_in_holidays
from models.database import open_session
from models.settings import moment_of
from models.units.unit import Unit
from tasks.inspection.one_team import TeamSaid, set_team
from tasks.inspection.planning import RoundSaid, plan_visits, set_round
from tasks.publicity.duties import give_duty
from tests.conftest import NOW, TODAY
from tests.support.notices import MADE_UP

pytestmark = [pytest.mark.server, pytest.mark.usefixtures("prefect_server")]


def test_a_notice_pasted_in_holds_and_a_wrong_one_says_where(campaign):
    torn = HolidaysForm(text=MADE_UP.replace("共8天", "共7天"), by_post="创建办")
    refused = take_in_holidays(torn, return_state=True)
    taken, again = (
        take_in_holidays(HolidaysForm(text=MADE_UP, by_post="创建办"), return_state=True)
        for _ in range(2)
    )

    assert refused.is_failed()
    assert "春节：写的是 7 天" in refused.message
    assert taken.message.startswith("2027 年放假安排（国办发明电〔2026〕9号）已装入")
    assert again.message.endswith("此前已装入，0 处变更")


def test_the_work_of_a_unit_that_is_gone_is_handed_over_by_form(campaign):
    form = SuccessionForm(unit="市司法局", to="市委编办", by_post="创建办")
    refused = hand_over_items(form, return_state=True)
    with open_session() as session:
        session.exec(select(Unit).where(Unit.name == "市司法局")).one().retired = True
    moved = hand_over_items(form, return_state=True)

    assert refused.is_failed()
    assert "没有停用" in refused.message
    assert "已移交市委编办" in moved.message


def test_what_a_unit_sent_is_registered_by_form_and_once(campaign):
    form = SubmissionForm(unit="市司法局", code="D1", by_post="创建办", arrived_on="2025-07-01")
    refused = register_submission(form, return_state=True)
    give_duty(campaign, "D1", "市司法局", "创建办", moment_of(NOW, TODAY))
    taken, again = (register_submission(form, return_state=True) for _ in range(2))

    assert refused.is_failed()
    assert "shifan publicity owe" in refused.message
    assert "按时" in taken.message
    assert again.message.endswith("（此前已收到过）")


def test_what_a_visit_found_is_registered_by_form_and_once(campaign):
    at = moment_of(NOW, TODAY)
    set_team(campaign, TeamSaid("第一督导组", "市司法局、市财政局"), "创建办", at)
    set_team(campaign, TeamSaid("第二督导组", "市公安局、市审计局"), "创建办", at)
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=60)
    set_round(campaign, RoundSaid(1, first, last, 2), "创建办", at)
    plan_visits(campaign, 1, "创建办", at)
    form = VisitForm(code="V1.1", by_post="第一督导组组长", problems="公示栏没有更新；文书缺日期")
    refused = register_visit(form.model_copy(update={"nothing_found": True}), return_state=True)
    taken, again = (register_visit(form, return_state=True) for _ in range(2))

    assert refused.is_failed() and "留下一样" in refused.message
    assert taken.message == "V1.1 列出问题 2 个，已登记"
    assert again.message.endswith("没有变化")
