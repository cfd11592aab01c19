"""An item's page: who registered what, whom the notices reached, and nothing of other units or of channels."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.campaign.progress import Report
from models.database import engine_for, open_session
from models.errors import NotFoundError
from models.evidence.deciding import SaidOfEvidence
from models.notices.acknowledgement import end_acknowledgements
from models.rules.evidence.words import EvidenceState
from models.rules.words import Progress
from models.settings import moment_of, settings
from models.units.unit import Unit
from tasks.campaign.progress import register_report
from tasks.evidence.deciding import decide_pieces_of
from tasks.notices.acknowledging import acknowledge
from tasks.patrol.patrol import patrol_campaign
from tasks.window.item import item_shown
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.alerts import MONDAY, morning, only, robots
from tests.support.evidence import NOON, first_item, handed, piece


@pytest.fixture
def item(campaign):
    return first_item()


def numbered(name: str) -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(Unit.id).where(Unit.name == name)).one() or 0


def words(shown) -> list[str]:
    return [line.words for line in shown.history]


@ON_BOTH
def test_the_history_says_who_registered_acknowledged_and_returned(item):
    handed(piece(items=[item.code], provider=item.unit))
    done = Report(item.code, Progress.DONE, "创建办", item.unit, TODAY, "已办")
    register_report("jc", done, NOON)
    acknowledge("jc", f"{item.code}/{item.unit}", "创建办", "知道了", moment=NOON)
    decide_pieces_of(
        "jc", ["E0001"], EvidenceState.RETURNED, SaidOfEvidence("创建办审核岗", "没有盖章", NOON)
    )
    shown = item_shown("jc", item.code, TODAY, numbered(item.unit))

    assert shown.unit == item.unit and [one.item.unit for one in shown.parts] == [item.unit]
    said = words(shown)
    assert "登记为已完成（2025年7月1日），原为未开始，说明：已办" in said
    assert "退回证明材料 E0001《执法人员培训通知》：没有盖章" in said
    assert "E0001 退回，已完成改回进行中" in said
    assert any(one.startswith("签收，有效到2025年7月") and "知道了" in one for one in said)
    assert shown.parts[0].asked.returned[0].code == "E0001"
    assert dict(shown.parts[0].lit)["灯"].startswith("绿（正常）")


def test_a_unit_s_own_page_says_nothing_of_what_other_units_registered(item):
    shown = item_shown("jc", item.code, TODAY)
    other = next(one.item.unit for one in shown.parts if one.item.unit != item.unit)
    for unit in (item.unit, other):
        report = Report(item.code, Progress.STARTED, "创建办", unit, note=f"{unit}的话")
        register_report("jc", report, NOON)

    both = "".join(words(item_shown("jc", item.code, TODAY)))
    assert f"{item.unit}的话" in both and f"{other}的话" in both
    own = item_shown("jc", item.code, TODAY, numbered(item.unit))
    assert f"{item.unit}的话" in "".join(words(own)) and f"{other}的话" not in repr(own)


def test_what_the_whole_took_with_it_is_told_of_every_part(item):
    register_report("jc", Report(item.code, Progress.STARTED, "创建办", note="部署"), NOON)

    [line] = words(item_shown("jc", item.code, TODAY))
    assert line.startswith("登记为进行中，原为未开始，说明：部署；") and "一同登记" in line
    assert words(item_shown("jc", item.code, TODAY, numbered(item.unit)))


def test_notices_name_posts_and_neither_tags_nor_channels(
    campaign, provider, tmp_path, monkeypatch
):
    robots(tmp_path, monkeypatch, provider.base, ["创建办"])
    only("S2.1", MONDAY)
    morning("jc", MONDAY)
    shown = item_shown("jc", "S2.1", MONDAY)

    sent = next(one for one in shown.notices if one.answer == "delivered")
    assert sent.to == "创建办" and sent.message == 1 and sent.rule == "今日到期"
    assert "已送达" in shown.why and "通道" not in repr(shown.notices) + shown.why
    assert "标签" not in repr(shown.notices) + shown.why
    assert shown.first.workdays == 0


def test_a_refusal_says_nothing_of_what_the_provider_wrote(
    campaign, provider, tmp_path, monkeypatch
):
    robots(tmp_path, monkeypatch, provider.base, ["创建办"])
    provider.behave("refuse")
    only("S2.1", MONDAY)
    morning("jc", MONDAY)
    shown = item_shown("jc", "S2.1", MONDAY)

    assert "被拒收：发给创建办，已试 1 次" in shown.why
    assert "webhook" not in repr(shown) and "93000" not in repr(shown)


def test_a_stage_has_a_page_with_its_end(campaign):
    patrol_campaign("jc", moment_of(NOW, TODAY))
    shown = item_shown("jc", "S2", TODAY)
    assert shown.first.item.code == "S2.END" and not shown.has_parts


@pytest.mark.parametrize("code", ["W999", "S2.1/市司法局", "", "<b>", "W1'--", "第一项"])
def test_a_code_that_names_nothing_is_not_found(campaign, code):
    with pytest.raises(NotFoundError):
        item_shown("jc", code, TODAY, 100_000 if "/" in code else None)


def test_a_unit_without_a_part_is_told_so(item):
    with pytest.raises(NotFoundError, match="没有分给"):
        item_shown("jc", item.code, TODAY, numbered(item.other))


@pytest.mark.parametrize("days", [1, 5])
def test_a_page_takes_the_same_number_of_statements_however_much_was_said(item, days):
    for n in range(days):
        patrol_campaign("jc", moment_of(NOW, date(2025, 7, 14 + n)))
        state = (Progress.STARTED, Progress.OPEN)[n % 2]
        register_report("jc", Report(item.code, state, "创建办", note=f"第 {n} 次"), NOON)
    asked: list[str] = []
    engine = engine_for(settings().database)

    def note(_conn, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        item_shown("jc", item.code, date(2025, 7, 18), numbered(item.unit))
        one_part, asked[:] = len(asked), []
        item_shown("jc", item.code, date(2025, 7, 18))
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert one_part <= 31 and len(asked) <= 19


def test_what_was_taken_back_stays_and_says_so(item):
    acknowledge("jc", f"{item.code}/{item.unit}", "创建办", "", moment=NOON)
    with open_session() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.what == "acknowledged")).one()
        number = entry.id
        end_acknowledgements(session, entry, "创建办", NOON)

    [line] = item_shown("jc", item.code, TODAY, numbered(item.unit)).history
    assert line.words == "签收，2025年7月1日由创建办撤回" and line.entry == number
