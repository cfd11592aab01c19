"""Why says which fact made a light, on which day, by whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from models.campaign.campaign import looking_at
from models.campaign.progress import Report
from models.campaign.work import Assignment
from models.database import engine_for, open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.intake.received import ReceivedFile
from models.evidence.ledgers.conflicts import NewConflict, store_conflicts
from models.evidence.shown.lit import part_ids, parts_lit
from models.keys import key_of
from models.rules.evidence.ledgers import STATE, Disagreement
from models.rules.evidence.lit import Disputed, Lit, PartLit, ShortFigure
from models.rules.evidence.words import EvidenceState
from models.rules.lights import LightDays
from models.rules.words import Light, Progress
from models.settings import settings
from tasks.campaign.progress import register_report
from tasks.evidence.asking import asked_about
from tasks.evidence.deciding import decide_pieces_of
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.evidence import NOON, first_item, handed, piece

SAID = SaidOfEvidence("创建办审核岗", "没有盖章", NOON)


@pytest.fixture
def item(campaign):
    return first_item()


def told(item) -> str:
    [line] = asked_about("jc", f"{item.code}/{item.unit}", TODAY).lines
    return line


@ON_BOTH
def test_what_was_done_returned_and_accepted_again_says_so_each_time(item):
    assert "依据：还没有人登记过，按方案的时限算" in told(item)
    handed(piece(items=[item.code], provider=item.unit))
    done = Report(item.code, Progress.DONE, "创建办", item.unit, TODAY)
    register_report("jc", done, NOON)
    assert (
        "灯：绿（正常），登记为已完成（2025年7月1日）；依据：2025年7月1日创建办登记为已完成"
        in told(item)
    )

    decide_pieces_of("jc", ["E0001"], EvidenceState.RETURNED, SAID)
    line = told(item)
    assert "登记为进行中；依据：2025年7月1日创建办审核岗，E0001 退回，已完成改回进行中" in line
    assert "（原报2025年7月1日完成）" in line

    decide_pieces_of("jc", ["E0001"], EvidenceState.ACCEPTED, SAID)
    assert "依据：2025年7月1日创建办审核岗，材料 E0001 补上或通过，恢复已完成" in told(item)


LONG_AGO, SOON = date(2025, 6, 30), date(2025, 7, 4)


@pytest.mark.parametrize(
    ("lit", "words"),
    [
        (Lit(Light.RED, Progress.STARTED, LONG_AGO, None, LONG_AGO), "红（逾期），时限2025年6月30日已过，登记为进行中"),
        (Lit(Light.YELLOW, Progress.OPEN, SOON, LONG_AGO, None), "黄（滞后），2025年6月30日以前应当开始，登记为未开始，时限2025年7月4日"),
        (Lit(Light.BLUE, Progress.OPEN, SOON, SOON, None), "蓝（临近），五个工作日内到期（时限2025年7月4日），登记为未开始"),
        (Lit(Light.GREEN, Progress.DROPPED, LONG_AGO, None, None), "绿（正常），登记为不适用"),
        (Lit(Light.GREEN, Progress.OPEN, None, None, None), "绿（正常），没有写明时限，登记为未开始"),
    ],
)  # fmt: skip
def test_each_light_names_the_fact_that_made_it(lit, words):
    assert lit.words == words


def test_an_open_conflict_and_a_short_figure_stand_beside_the_light_that_they_do_not_move():
    lit = Lit(Light.GREEN, Progress.DONE, SOON, None, LONG_AGO)
    dispute = Disputed(STATE, "已完成", "进行中", "台账.xlsx", TODAY)
    short = ShortFigure(2, "不低于 90%，85%", "2025-Q2", "统计报表。", "市司法局联络员", TODAY)
    part = PartLit("W1/市司法局", lit, "", [dispute] * 5, [short])

    said = dict(part.lines)
    assert said["分歧"].startswith(
        "状态有两种说法，还没有认定：登记的是“已完成”，2025年7月1日收回的台账"
    )
    assert "认定以前灯按登记的算" in said["分歧"]
    assert said["分歧"].endswith("；另有 2 处")
    assert "（来源：统计报表，2025年7月1日市司法局联络员登记）" in said["数据未达标，灯不按数据算"]


@ON_BOTH
def test_a_unit_with_many_parts_is_answered_by_as_many_statements_as_with_one(campaign):
    said: list[str] = []
    engine, counts = engine_for(settings().database), []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_rest: said.append(sql))
    with looking_at("jc") as (session, one):
        first = session.exec(select(Assignment).order_by(col(Assignment.id))).first()
        ids = part_ids(session, key_of(one), first.unit_id)
        days = LightDays(TODAY, TODAY + timedelta(days=7))
        for some in (ids[:1], ids):
            said.clear()
            assert len(parts_lit(session, key_of(one), days, some, {})) == len(some)
            counts.append(len(said))

    assert len(ids) > 1
    assert counts[0] == counts[1]


def test_a_conflict_of_a_ledger_is_told_with_its_part_alone(item):
    with open_session() as session:
        part = session.exec(select(Assignment).order_by(col(Assignment.id))).first()
        about = {"kind": "ledger", "outcome": "accepted", "via": "command", "sender": "市司法局"}
        file = ReceivedFile(
            campaign_id=1,
            key="k",
            sha256="0" * 64,
            size=1,
            name="台账.xlsx",
            received_at=NOW,
            **about,
        )
        session.add(file)
        session.flush()
        said = Disagreement(STATE, "未开始", "已完成 2025-06-30")
        store_conflicts(session, 1, [NewConflict(key_of(part), said, key_of(file))], NOON)

    assert "分歧：状态有两种说法，还没有认定：登记的是“未开始”，" in told(item)
    assert "收回的台账《台账.xlsx》写的是“已完成 2025-06-30”" in told(item)
    lines = asked_about("jc", item.code, TODAY).lines
    assert sum("分歧" in line for line in lines) == 1
