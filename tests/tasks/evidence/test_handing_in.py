from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.campaign.work import Assignment, WorkItem
from models.database import engine_for, open_session
from models.errors import ProgressError
from models.evidence.evidence import EvidenceMark, EvidenceRevision, EvidenceUse
from models.evidence.intake.received import ReceivedFile
from models.evidence.vault.keeping import every_kept, is_kept
from models.rules.evidence.words import EvidenceState
from models.settings import settings
from models.units.unit import units_of
from tests.conftest import ON_BOTH, TODAY
from tests.support.evidence import first_item, handed, lines, piece


@pytest.fixture
def item(campaign):
    """A work item, a unit that has a part in it, and one that has none."""
    return first_item()


@ON_BOTH
def test_a_piece_is_kept_with_its_file_its_days_and_what_it_proves(item):
    code, unit, _ = item
    notice = piece(items=[code], fact_on=TODAY, caption="6月30日，市司法局，培训")
    [taken] = handed(notice, by=f"{unit}联络员")

    [line] = lines()
    assert (taken.code, taken.revision, taken.refused) == ("E0001", 1, "")
    assert (line.unit, line.uses, line.fact_on) == (unit, (code,), TODAY)
    assert (line.state, line.kind, line.media, line.size) == ("submitted", "file", "txt", 42)
    assert is_kept(line.sha256)


@ON_BOTH
def test_the_same_piece_again_changes_nothing(item):
    code, unit, _ = item
    handed(piece(items=[code]), by=f"{unit}联络员")
    [again] = handed(piece(items=[code]), by=f"{unit}联络员")

    assert (again.code, again.revision, again.changed, again.findings) == ("E0001", 1, False, ())
    with open_session(read_only=True) as session:
        assert len(session.exec(select(EvidenceRevision)).all()) == 1
        assert len(session.exec(select(EvidenceUse)).all()) == 1
        assert check_chain(session, audit_key()).lines == []


def test_a_new_file_under_the_code_is_a_new_revision_and_the_old_one_stays(item):
    code, unit, _ = item
    handed(piece(items=[code]), by=f"{unit}联络员")
    [second] = handed(piece(items=[], code="e1", content=b"notice better"), by=f"{unit}联络员")

    assert (second.code, second.revision) == ("E0001", 2)
    [line] = lines()
    assert (line.revision, line.size, line.uses) == (2, 13, (code,))
    with open_session(read_only=True) as session:
        assert [r.number for r in session.exec(select(EvidenceRevision))] == [1, 2]


def test_a_unit_may_not_cite_for_what_others_do(item):
    code, _, other = item
    [taken] = handed(piece(items=[code]), by=f"{other}联络员")

    assert taken.refused == f"{code} 没有分给 {other}，不能用它的材料"
    assert lines() == []


def test_one_piece_proves_many_and_is_cited_again_without_being_sent_again(item):
    _, unit, _ = item
    with open_session(read_only=True) as session:
        [unit_id] = [u.id for u in units_of(session, 1) if u.name == unit]
        query = select(WorkItem.ordinal).join(Assignment, Assignment.work_item_id == WorkItem.id)
        theirs = session.exec(query.where(Assignment.unit_id == unit_id).order_by(WorkItem.id))
        codes = [f"W{one}" for one in dict.fromkeys(theirs)][:3]
    handed(piece(items=codes[:2]), by=f"{unit}联络员")
    [more] = handed(piece(items=[codes[2], f"{codes[0]}#1"]), by=f"{unit}联络员")

    assert (more.code, more.revision, more.changed) == ("E0001", 1, True)
    [line] = lines()
    assert set(line.uses) == {*codes, f"{codes[0]}#1"}
    assert set(line.items) == set(codes)


def test_the_office_names_the_demand_or_the_unit(item):
    code, unit, _ = item
    by_demand, by_unit = handed(
        piece(title="甲", items=[code]),
        piece(title="乙", items=[code], provider=unit, content=b"notice b"),
    )

    assert not by_demand.refused and not by_unit.refused
    first, second = lines()
    assert (first.uses, first.unit) == ((f"{code}#1",), "")
    assert (second.uses, second.unit) == ((code,), unit)


def test_the_same_file_for_another_event_is_taken_and_marked(item):
    code, unit, _ = item
    first, second = handed(piece(title="甲", items=[code]), piece(title="乙", items=[code]))

    assert first.findings == ()
    [found] = second.findings
    assert found.detail == "与 E0001“甲”（创建办）是同一个文件"
    with open_session(read_only=True) as session:
        [mark] = session.exec(select(EvidenceMark))
        one, two = session.exec(select(EvidenceRevision).order_by(EvidenceRevision.id))
        assert (mark.check_id, mark.revision_id, mark.other_id) == ("same-file", two.id, one.id)
    assert [line.marks for line in lines()] == [0, 1]


def test_what_cannot_be_taken_says_why_and_the_others_are_taken(item):
    code, *_ = item
    faults = handed(
        piece(title=" ", items=["W999"], fact_on=date(2026, 1, 1)),
        piece(title="好的", items=[code]),
        piece(title="空", items=[code], content=None),
        piece(title="地址", items=[code], content=None, url="ftp://x"),
        piece(title="口令", items=[code], content=None, url="https://user:s3cret@example.cn/a"),
        piece(title="没有事项", items=[]),
        piece(title="别的", items=[code], code="E0099"),
        piece(title="单位", items=[code], provider="不存在局"),
    )

    assert [one.refused for one in faults] == [
        "没有写材料名称；事实发生日期 2026-01-01 晚于今天（2025-07-01）；没有编号为“W999”的工作任务或指标",
        "",
        "没有文件也没有网址；还没有的材料请写承诺日期",
        "网址“ftp://x”应以 http:// 或 https:// 开头，里面没有空格",
        "网址里写着用户名或口令，请去掉再报；要登录才能看的网页，请改报截图或文件",
        "没有写它证明哪一项（工作任务或指标的编号）",
        "没有编号为“E0099”的材料，应为 E0003 这样的编号",
        "没有名为“不存在局”的提供单位",
    ]
    assert [line.title for line in lines()] == ["好的"]


def test_a_promise_is_a_draft_until_its_file_comes(item):
    code, unit, _ = item
    promised = piece(items=[code], content=None, promised_on=date(2025, 7, 20))
    [first] = handed(promised, by=f"{unit}联络员")
    assert lines()[0].state == EvidenceState.DRAFT
    [again] = handed(promised, by=f"{unit}联络员")
    [kept] = handed(piece(items=[code]), by=f"{unit}联络员")

    assert (first.code, again.changed) == ("E0001", False)
    assert (kept.code, kept.revision) == ("E0001", 2)
    [line] = lines()
    assert (line.state, line.promised_on) == (EvidenceState.SUBMITTED, date(2025, 7, 20))


def test_no_person_hands_in_and_nothing_goes_into_a_campaign_that_ended(item):
    with pytest.raises(ProgressError, match="像是姓名"):
        handed(piece(items=[item[0]]), by="王小明")
    assert lines() == []


@ON_BOTH
def test_a_thousand_pieces_take_as_many_statements_as_one(item):
    code, *_ = item
    handed(piece(title="先有一份", items=[code]))
    counted = []
    seen: list[str] = []
    engine = engine_for(settings().database)
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    for count in (1, 1_000):
        many = [
            piece(
                title=f"第 {n} 份共 {count} 份",
                items=[code],
                content=b"notice " + str((n, count)).encode(),
            )
            for n in range(count)
        ]
        seen.clear()
        handed(*many)
        counted.append(len([s for s in seen if not s.startswith(("BEGIN", "SAVEPOINT"))]))

    assert counted[0] == counted[1] <= 48, counted


def test_a_file_marked_as_a_secret_is_not_kept_and_its_hour_and_sender_are(item):
    code, unit, _ = item
    secret = piece(items=[code], file_name="（机密）人员名册.pdf")
    [refused, taken] = handed(
        secret, piece("别的", [code], content=b"notice b"), by=f"{unit}联络员"
    )
    [again] = handed(secret, by=f"{unit}联络员")

    assert refused.secret and again.secret and "没有保存" in refused.refused
    assert (taken.code, [line.title for line in lines()]) == ("E0001", ["别的"])
    with open_session(read_only=True) as session:
        [row] = session.exec(select(ReceivedFile))
        deeds = session.exec(select(AuditEntry.what).where(AuditEntry.what == "file-secret"))
        assert len(deeds.all()) == 1
        assert (row.outcome, row.sender, row.name) == ("secret", f"{unit}联络员", "")
        assert not is_kept(row.sha256)
    assert len(list(every_kept())) == 1


def test_what_checks_find_is_marked_and_nothing_is_rejected(item):
    [taken] = handed(piece(items=[item[0]], content=b"not a pdf at all", file_name="通知.pdf"))

    assert taken.code == "E0001" and taken.findings
    assert lines()[0].marks == len(taken.findings)
