"""What became of a unit's evidence is told in the message that goes anyway, once, and to nobody else."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models.campaign.work import Assignment
from models.database import open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.evidence import EvidenceMark, EvidenceRevision
from models.evidence.intake.received import ReceivedFile
from models.evidence.ledgers.ledger import LedgerConflict, LedgerIssue
from models.notices.notice import Message, Notice
from models.rules.evidence.words import EvidenceState
from models.rules.notices.rule_words import RIDING_RULES
from models.settings import moment_of
from models.units.unit import Unit
from tasks.evidence.deciding import decide_pieces_of
from tasks.notices.burden import burden
from tasks.patrol.board import board_pages
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.view import view_campaign
from tasks.window.message import page_of_message
from tests.conftest import ON_BOTH
from tests.support.alerts import MONDAY, at, every_tag, morning, robots
from tests.support.evidence import NOON, Item, first_item, handed, piece
from tests.support.packs import load_pack
from tests.support.visitors import account

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def item(campaign, provider, tmp_path, monkeypatch) -> Item:
    """An item, while every post has a robot and no item is near its day."""
    robots(tmp_path, monkeypatch, provider.base, list(dict.fromkeys(every_tag())))
    quiet(None)
    return first_item()


def quiet(due: date | None, unit: str = "") -> None:
    """Let nothing be due, or the parts of one unit on ``due``."""
    from models.campaign.milestone import Milestone

    with open_session() as session:
        names = {one.id: one.name for one in session.exec(select(Unit))}
        for one in session.exec(select(Milestone)):
            one.due = one.begin_by = None
        for part in session.exec(select(Assignment)):
            part.due = due if due and names[part.unit_id] == unit else None
            part.begin_by = None


def returned(*codes: str, slug: str = "jc", why: str = "没有盖章") -> None:
    said = SaidOfEvidence("创建办审核岗", why, NOON)
    decide_pieces_of(slug, list(codes), EvidenceState.RETURNED, said)


def bodies(**where) -> list[str]:
    with open_session(read_only=True) as session:
        found = session.exec(select(Message).order_by(Message.id))
        return [one.body for one in found if all(getattr(one, k) == v for k, v in where.items())]


def riders() -> list[tuple[str, str]]:
    with open_session(read_only=True) as session:
        query = select(Notice).where(Notice.rule.in_(RIDING_RULES)).order_by(Notice.id)
        return [(one.rule, one.state) for one in session.exec(query)]


@ON_BOTH
def test_a_return_makes_no_message_of_its_own_and_is_said_in_the_next_once(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned("E0001", why="没有盖章，")
    morning("jc", MONDAY)
    assert not [body for body in bodies() if "E0001" in body]
    assert riders() == [("evidence_returned", "waiting")]

    quiet(TUESDAY, item.unit)
    morning("jc", TUESDAY)
    [body] = [body for body in bodies() if "E0001" in body]
    assert "E0001《执法人员培训通知》退回了：没有盖章。请改好后再报一次" in body
    assert "今日到期" in body

    quiet(WEDNESDAY, item.unit)
    morning("jc", WEDNESDAY)
    assert len([body for body in bodies() if "E0001" in body]) == 1
    assert riders() == [("evidence_returned", "sent")]


def test_what_was_handed_in_again_before_is_not_said_and_a_second_return_is(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned("E0001")
    patrol_campaign("jc", moment_of(at(MONDAY), MONDAY))
    handed(piece(items=[item.code], provider=item.unit, content=b"again", code="E0001"))
    quiet(TUESDAY, item.unit)
    morning("jc", TUESDAY)
    assert not [body for body in bodies() if "E0001" in body]
    assert riders() == [("evidence_returned", "dropped")]

    returned("E0001", why="还是没有盖章")
    quiet(WEDNESDAY, item.unit)
    morning("jc", WEDNESDAY)
    [body] = [body for body in bodies() if "E0001" in body]
    assert "还是没有盖章" in body


@ON_BOTH
def test_every_change_is_said_to_its_own_unit_alone(item):
    soon, later = MONDAY + timedelta(days=20), MONDAY + timedelta(days=200)
    handed(piece("执业证书", [item.code], provider=item.unit, expires_on=soon))
    handed(piece("许可证", [item.code], provider=item.unit, expires_on=later, content=b"2"))
    with open_session() as session:
        revision = session.exec(select(EvidenceRevision)).first()
        unit = session.exec(select(Unit).where(Unit.name == item.unit)).one()
        part = session.exec(select(Assignment).where(Assignment.unit_id == unit.id)).first()
        marks = [
            EvidenceMark(revision_id=revision.id, check_id=check_id, detail=detail)
            for check_id, detail in (
                ("dead-link", "http://a.cn 网站连接不上"),
                ("changed-link", "http://a.cn 正文少了一半。"),
            )
        ]
        file = ReceivedFile(
            campaign_id=1,
            unit_id=unit.id,
            key="k",
            sha256="0" * 64,
            size=1,
            name="台账.xlsx",
            via="folder",
            received_at=at(MONDAY, 8),
            kind="ledger",
            version=1,
            outcome="partly",
            detail="第 3 行：日期不对\n第 5 行：没有理由。",
        )
        session.add_all([*marks, file])
        session.flush()
        session.add(
            LedgerConflict(
                campaign_id=1,
                assignment_id=part.id,
                field="进度",
                standing="已完成",
                offered="进行中",
                offered_file_id=file.id,
                found_at=at(MONDAY, 8),
            )
        )
    quiet(MONDAY, item.unit)
    morning("jc", MONDAY)

    said = (
        f"E0001《执业证书》有效期到 {soon}，请准备新的",
        "E0001《执业证书》网址打不开：http",
        "连接不上。请换成打得开的网址，或说明原因",
        "少了一半。请看还能不能证明，不能的换上新的材料",
        "台账“台账.xlsx”有的行没有收下：第 3 行：日期不对；第 5 行：没有理由。请改好后再交一次",
        "两版台账说法不一：登记的是“已完成”，另一版是“进行中”",
    )
    [body] = [body for body in bodies() if "材料和台账" in body]
    for words in said:
        assert words in body.replace("\\", "")
    assert "许可证" not in body
    with open_session(read_only=True) as session:
        found = session.exec(select(Message))
        [[tag, subject]] = {(one.tag, one.subject) for one in found if "材料和台账" in one.body}
    assert item.unit in tag
    assert "，另有材料和台账 5 条：" in subject

    morning("jc", TUESDAY)
    assert {state for _, state in riders()} == {"sent"}
    assert len(riders()) == 5


def test_a_message_names_a_few_and_its_page_all(item):
    for n in range(8):
        handed(piece(f"材料{n}", [item.code], provider=item.unit, content=str(n).encode()))
    returned(*(f"E{n:04d}" for n in range(1, 9)))
    quiet(MONDAY, item.unit)
    morning("jc", MONDAY)

    [body] = [body for body in bodies() if "材料和台账" in body]
    assert body.count("退回了") == 5
    assert "另有 3 条，见[本消息的全部]" in body
    with open_session(read_only=True) as session:
        number = next(one.id for one in session.exec(select(Message)) if "材料和台账" in one.body)
    page = page_of_message(number, account(), moment_of(at(MONDAY), MONDAY))
    assert len([words for words in page.riding if "退回了" in words]) == 8


def test_what_rides_adds_nothing_to_the_burden_of_a_unit(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned("E0001")
    quiet(MONDAY, item.unit)
    morning("jc", MONDAY)

    [mine] = [row for row in burden("jc", MONDAY)[0] if row.unit == item.unit]
    with open_session(read_only=True) as session:
        asked = session.exec(select(Assignment).join(Unit).where(Unit.name == item.unit)).all()
        assert (mine.asks, mine.items) == (1, len(asked))
    assert riders() == [("evidence_returned", "sent")]


@ON_BOTH
def test_a_second_campaign_hears_nothing_of_the_first(item):
    load_pack(moment_of(NOON.now, MONDAY), "other")
    handed(piece(items=[item.code], provider=item.unit))
    returned("E0001")
    patrol_campaign("other", moment_of(at(MONDAY), MONDAY))
    assert riders() == []
    patrol_campaign("jc", moment_of(at(MONDAY), MONDAY))
    patrol_campaign("other", moment_of(at(MONDAY), MONDAY))
    with open_session(read_only=True) as session:
        query = select(Notice.campaign_id).where(Notice.rule.in_(RIDING_RULES))
        assert list(session.exec(query)) == [1]


def sent_out(item: Item, version: int = 1, sent: date = MONDAY) -> None:
    """Let a ledger of the unit have gone out at nine on ``sent``."""
    with open_session() as session:
        unit = session.exec(select(Unit.id).where(Unit.name == item.unit)).one()
        session.add(
            LedgerIssue(
                campaign_id=1,
                unit_id=unit,
                version=version,
                issued_at=at(sent),
                rows=1,
                sha256="0" * 64,
            )
        )


def came_back(item: Item, version: int = 1, outcome: str = "taken") -> None:
    with open_session() as session:
        unit = session.exec(select(Unit.id).where(Unit.name == item.unit)).one()
        session.add(
            ReceivedFile(
                campaign_id=1,
                unit_id=unit,
                key=f"k{version}{outcome}",
                sha256="0" * 64,
                size=1,
                name="台账.xlsx",
                via="folder",
                received_at=at(MONDAY, 10),
                kind="ledger",
                version=version,
                outcome=outcome,
            )
        )


def missing(day: date) -> list[str]:
    units = view_campaign("jc", day).evidence.units
    return [one.unit for one in units if one.missing]


FIFTH = MONDAY + timedelta(days=7)  # five working days after it went out


@pytest.mark.parametrize(
    ("due", "day", "is_missing"),
    [
        (MONDAY, FIFTH, True),
        (MONDAY, FIFTH - timedelta(days=3), False),  # the fourth: it has its working week
        (FIFTH - timedelta(days=1), FIFTH, True),
        (FIFTH, FIFTH, False),  # what is due today is not past its day
        (None, FIFTH, False),  # nothing in it is due
    ],
)
def test_a_ledger_is_missing_when_its_week_is_over_and_something_in_it_is_past(
    item, due, day, is_missing
):
    sent_out(item)
    quiet(due, item.unit)

    assert missing(day) == ([item.unit] if is_missing else [])


@ON_BOTH
def test_the_office_sees_whose_ledger_is_missing_and_the_unit_is_told_once(item):
    sent_out(item)
    quiet(MONDAY, item.unit)
    morning("jc", MONDAY)
    assert not riders()
    morning("jc", FIFTH)
    line = f"台账发出 1 份，收回 0 份，到期没有收回 1 份（{item.unit}）"
    assert view_campaign("jc", FIFTH).evidence.lines == [line]
    assert "到期没有收回" in board_pages([view_campaign("jc", FIFTH)]).chart
    [body] = [body for body in bodies() if "第 1 版台账还没有交回" in body]
    assert "本单位发来的台账到期没有交回" in body

    morning("jc", FIFTH + timedelta(days=1))
    assert riders() == [("ledger_missing", "sent")]
    came_back(item, outcome="refused")
    assert missing(FIFTH) == [item.unit]  # what was refused did not come back
    came_back(item)
    assert missing(FIFTH) == []
    assert view_campaign("jc", FIFTH).evidence.lines == ["台账发出 1 份，收回 1 份"]


def test_a_ledger_that_comes_before_the_message_is_not_said_and_a_new_version_is(item):
    sent_out(item)
    quiet(MONDAY, item.unit)
    patrol_campaign("jc", moment_of(at(FIFTH), FIFTH))
    came_back(item)
    morning("jc", FIFTH)
    assert riders() == [("ledger_missing", "dropped")]

    sent_out(item, version=2, sent=FIFTH)
    later = FIFTH + timedelta(days=14)
    morning("jc", later)
    assert "第 2 版台账还没有交回" in "".join(bodies())


def test_all_that_a_unit_reads_of_its_evidence_stands_in_one_message_and_is_short(item):
    long = (
        "关于印发法治政府建设示范创建工作任务分工方案以及进一步明确责任分工和完成时限有关事项的通知"
    )
    ending = MONDAY + timedelta(days=20)
    handed(
        piece(long, [item.code], provider=item.unit),
        piece("执业证书", [item.code], provider=item.unit, content=b"2", expires_on=ending),
        piece("旧许可证", [item.code], provider=item.unit, content=b"3", expires_on=MONDAY - DAY),
    )
    returned("E0001", why="没有盖章，" * 60)
    sent_out(item, sent=MONDAY - timedelta(days=20))
    quiet(MONDAY - timedelta(days=3), item.unit)
    morning("jc", MONDAY)

    [body] = [body for body in bodies() if "E0001" in body]
    said = [line.replace("\\", "") for line in body.split("\n") if line.startswith("- ")]
    assert said[0].startswith("- 本单位证明材料 3 份（待审 1、退回 1、过期 1），")
    assert "发来的台账到期没有交回" in said[0]
    assert said[1].startswith(f"- E0001《{long[:40]}…》退回了：没有盖章，")
    assert said[1].endswith("…。请改好后再报一次") and len(said[1]) < 200
    assert said[2] == "- 第 1 版台账还没有交回，里面有的事项已经到期，请填好后连同材料发回"
    assert said[3:] == [
        f"- E0002《执业证书》有效期到 {ending}，请准备新的",
        f"- E0003《旧许可证》已过有效期（{MONDAY - DAY}），请换上新的",
    ]
    with open_session(read_only=True) as session:
        number = next(one.id for one in session.exec(select(Message)) if "E0001" in one.body)
    page = page_of_message(number, account(), moment_of(at(MONDAY), MONDAY))
    for words in ("E0001", "第 1 版台账", "E0002", "E0003"):
        assert any(words in one for one in page.riding)
