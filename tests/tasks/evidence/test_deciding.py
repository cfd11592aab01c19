import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.evidence.deciding import SaidOfEvidence
from models.evidence.evidence import EvidenceMark, EvidenceRevision
from models.evidence.reviewing import unreviewed_demands
from models.rules.evidence.words import EVIDENCE_MOVES, EvidenceState
from tasks.evidence.deciding import (
    checks_so_far,
    decide_pieces_of,
    judge_evidence,
    take_back_decisions,
    withdraw_pieces,
)
from tests.conftest import ON_BOTH
from tests.support.evidence import NOON, first_item, handed, lines, piece

OFFICE, REVIEWER = "创建办", "创建办审核岗"
ACCEPTED, RETURNED = EvidenceState.ACCEPTED, EvidenceState.RETURNED


@pytest.fixture
def item(campaign):
    return first_item()


def said(by=REVIEWER, reason=""):
    return SaidOfEvidence(by, reason, NOON)


def decide(*codes, to=ACCEPTED, by=REVIEWER, reason=""):
    return decide_pieces_of("jc", codes, to, said(by, reason))


@ON_BOTH
def test_several_pieces_are_accepted_at_once_and_a_second_time_nothing_changes(item):
    handed(piece(items=[item.code]), piece("会议纪要", [item.code], content=b"notice 2"))

    assert decide("E0001", "e2") == ["E0001", "E0002"]
    assert decide("E0001", "E0002") == []
    assert [line.state for line in lines()] == [ACCEPTED, ACCEPTED]
    assert lines()[0].state_by == REVIEWER
    with open_session(read_only=True) as session:
        deeds = session.exec(
            select(AuditEntry.subject).where(AuditEntry.what == "evidence-accepted")
        )
        assert list(deeds) == ["E0001", "E0002"]
        assert check_chain(session, audit_key()).lines == []


def test_nobody_accepts_what_he_handed_in_and_no_unit_decides(item):
    liaison = f"{item.unit}联络员"
    handed(piece(items=[item.code]))
    handed(piece("会议纪要", [item.code], content=b"notice 2"), by=liaison)

    with pytest.raises(ProgressError, match="E0001 是创建办报来的，不能由自己通过"):
        decide("E0001", by=OFFICE)
    with pytest.raises(ProgressError, match=f"E0002 由创建办审核，{liaison}不能通过；E0002 是"):
        decide("E0002", by=liaison)
    assert {line.state for line in lines()} == {EvidenceState.SUBMITTED}


@ON_BOTH
@pytest.mark.parametrize("wrong", [ACCEPTED, RETURNED])
def test_a_wrong_click_is_taken_back_with_a_reason_and_the_piece_waits_again(item, wrong):
    handed(piece(items=[item.code]), by=f"{item.unit}联络员")
    decide("E0001", to=wrong, reason="看错了")
    with pytest.raises(ProgressError, match=f"收回“{wrong.chinese}”要写明理由"):
        take_back_decisions("jc", ["E0001"], said())
    with pytest.raises(ProgressError, match="由创建办审核"):
        take_back_decisions("jc", ["E0001"], said(f"{item.unit}联络员", "点错了"))

    assert take_back_decisions("jc", ["e1"], said(reason="点错了")) == ["E0001"]
    assert take_back_decisions("jc", ["E0001"], said(reason="点错了")) == []
    [line] = lines()
    assert (line.state, line.reason, line.revision) == (EvidenceState.SUBMITTED, "点错了", 1)
    with open_session(read_only=True) as session:
        deeds = session.exec(select(AuditEntry.what).where(AuditEntry.subject == "E0001"))
        done = [one for one in deeds if one.startswith("evidence-")]
        assert done[-2:] == [f"evidence-{wrong}", "evidence-reconsidered"]
        assert check_chain(session, audit_key()).lines == []
    assert decide("E0001") == ["E0001"]


def test_a_draft_has_nothing_to_be_taken_back(item):
    handed(piece(items=[item.code], draft=True), by=f"{item.unit}联络员")

    with pytest.raises(ProgressError, match="E0001 还是草稿"):
        take_back_decisions("jc", ["E0001"], said(reason="点错了"))
    assert lines()[0].state == EvidenceState.DRAFT


@ON_BOTH
def test_a_new_revision_after_acceptance_waits_and_the_accepted_one_stays(item):
    by = f"{item.unit}联络员"
    handed(piece(items=[item.code]), by=by)
    decide("E0001")
    [same] = handed(piece(items=[item.code], code="E0001", caption="6月，市司法局"), by=by)
    [second] = handed(piece(items=[item.code], code="E0001", content=b"notice 2"), by=by)

    assert (same.changed, len(same.notes)) == (False, 1)  # its description stays as it was accepted
    assert (second.revision, second.changed) == (2, True)
    [line] = lines()
    assert (line.state, line.revision) == (EvidenceState.SUBMITTED, 2)
    with open_session(read_only=True) as session:
        query = select(EvidenceRevision.state, EvidenceRevision.state_by)
        first, newest = session.exec(query.order_by(EvidenceRevision.number))
        assert (first, newest) == ((ACCEPTED, REVIEWER), (EvidenceState.SUBMITTED, by))
        [waiting] = [
            one for one in unreviewed_demands(session, 1, NOON.today) if one.code == item.code
        ]
        assert waiting.why == "1 份已报，等待审核"
    assert decide("E0001") == ["E0001"]


def test_with_one_fault_none_is_decided_and_every_fault_is_named(item):
    handed(piece(items=[item.code]), piece("会议纪要", [item.code], content=b"notice 2"))
    decide("E0001", to=RETURNED, reason="没有盖章")

    with pytest.raises(ProgressError) as error:
        decide("E0001", "E0002", to=ACCEPTED)
    assert str(error.value) == "E0001 已退回，改为通过要写明理由"
    with pytest.raises(ProgressError, match="E0002 退回要写明理由，让单位知道怎样改"):
        decide("E0002", to=RETURNED)
    with pytest.raises(NotFoundError, match="没有编号为“E0009、甲”的材料"):
        decide("E0001", "E0009", "甲", reason="理由")
    assert [line.state for line in lines()] == [RETURNED, EvidenceState.SUBMITTED]


def test_what_was_returned_comes_again_as_a_new_revision_and_both_stay(item):
    handed(piece(items=[item.code]))
    decide("E0001", to=RETURNED, reason="没有盖章")
    [same] = handed(piece(items=[item.code], code="E0001"))
    [better] = handed(piece(items=[item.code], code="E0001", content=b"notice sealed"))

    assert same.notes == ("E0001 已退回，这次报来的还是退回的那一份，请改好再报",)
    assert (same.changed, better.revision) == (False, 2)
    with open_session(read_only=True) as session:
        states = session.exec(select(EvidenceRevision.state).order_by(EvidenceRevision.number))
        assert list(states) == [RETURNED, EvidenceState.SUBMITTED]


def test_a_withdrawn_piece_counts_no_more_and_takes_no_new_revision(item):
    liaison = f"{item.unit}联络员"
    handed(piece(items=[item.code]), by=liaison)
    with pytest.raises(ProgressError, match="不能撤回；E0001 撤回要写明理由"):
        withdraw_pieces("jc", ["E0001"], said(f"{item.other}联络员"))

    assert withdraw_pieces("jc", ["E0001"], said(liaison, "报错了")) == ["E0001"]
    assert withdraw_pieces("jc", ["E0001"], said(liaison, "报错了")) == []
    [line] = lines()
    assert (line.stands, line.state_in_words) == (False, "已撤回")
    with pytest.raises(ProgressError, match="E0001 已经撤回"):
        decide("E0001")
    [refused] = handed(piece(items=[item.code], code="E0001", content=b"notice n"), by=liaison)
    assert refused.refused == "E0001 已经撤回，请作为新材料报"


def test_a_draft_is_handed_in_by_its_own_unit(item):
    handed(piece(items=[item.code], draft=True), by=f"{item.unit}联络员")
    submitted = EvidenceState.SUBMITTED

    with pytest.raises(ProgressError, match="不能报出"):
        decide("E0001", to=submitted, by=f"{item.other}联络员")
    with pytest.raises(ProgressError, match="现在是“草稿”，不能改为“通过”"):
        decide("E0001")
    assert decide("E0001", to=submitted, by=f"{item.unit}联络员") == ["E0001"]


def test_a_promise_cannot_be_handed_in_without_its_file(item):
    handed(piece(items=[item.code], content=None, promised_on=NOON.today))

    with pytest.raises(ProgressError, match="还没有文件或网址"):
        decide("E0001", to=EvidenceState.SUBMITTED, by=OFFICE)


def test_a_mark_is_judged_with_a_reason_and_counted_for_its_check(item):
    handed(piece(items=[item.code]), piece("另一件事", [item.code]), piece("第三件", [item.code]))
    with pytest.raises(ProgressError, match="标记不能由自己认定；认定标记要写明理由"):
        judge_evidence("jc", "E0002", [], "属实", said(OFFICE))

    assert judge_evidence("jc", "E0002", [], "不成立", said(reason="同一次会议")) == 1
    assert judge_evidence("jc", "E0002", [], "不成立", said(reason="同一次会议")) == 0
    assert judge_evidence("jc", "E0003", [], "属实", said(reason="照搬")) == 1
    [record] = checks_so_far("jc")
    assert (record.check_id, record.marks, record.open) == ("same-file", 2, 0)
    assert (record.upheld, record.overruled, record.share_overruled) == (1, 1, 0.5)
    assert (record.least_upheld, record.most_overruled) == (1.0, 1.0)
    with open_session(read_only=True) as session:
        first = session.exec(select(EvidenceMark).order_by(EvidenceMark.id)).first()
        assert (first.verdict, first.judged_by, first.why) == ("overruled", REVIEWER, "同一次会议")
    with pytest.raises(NotFoundError, match="没有第 999 号标记"):
        judge_evidence("jc", "E0002", [999], "属实", said(reason="看过"))
    with pytest.raises(ProgressError, match="没有“也许”这个认定，只能是 属实、不成立"):
        judge_evidence("jc", "E0002", [], "也许", said(reason="看过"))


DEEDS = st.tuples(
    st.sampled_from([*EvidenceState, "withdraw", "again", "revise"]),
    st.sampled_from([OFFICE, REVIEWER, "unit", "other"]),
    st.sampled_from(["", "有理由"]),
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(DEEDS, max_size=6), draft=st.booleans(), by_unit=st.booleans())
def test_whatever_is_tried_a_piece_moves_only_as_it_may(item, steps, draft, by_unit):
    posts = {"unit": f"{item.unit}联络员", "other": f"{item.other}联络员"}
    title = f"第 {len(lines())} 份"
    uploader = posts["unit"] if by_unit else OFFICE
    [taken] = handed(piece(title, [item.code], draft=draft, content=title.encode()), by=uploader)
    code, count = taken.code, 1
    for number, (deed, who, reason) in enumerate(steps):
        by = posts.get(who, who)
        before = next(line for line in lines() if line.code == code)
        refused = ""
        try:
            if deed == "withdraw":
                withdraw_pieces("jc", [code], said(by, reason))
            elif deed in ("again", "revise"):
                content = before.title.encode() if deed == "again" else f"{title} {number}".encode()
                given = piece(title, [item.code], code=code, content=content)
                [one] = handed(given, by=by)
                refused = one.refused
            else:
                decide(code, to=deed, by=by, reason=reason)
        except ProgressError as error:
            refused = str(error)
        after = next(line for line in lines() if line.code == code)
        if refused:
            assert after == before
        if after.revision != before.revision:
            assert after.revision == before.revision + 1 and not before.withdrawn
            assert after.state == EvidenceState.SUBMITTED
        elif after.state != before.state:
            assert EvidenceState(after.state) in EVIDENCE_MOVES[EvidenceState(before.state)]
        if after.state == ACCEPTED:
            assert after.state_by not in (after.uploaded_by, *posts.values())
        assert before.withdrawn <= after.withdrawn
        count = max(count, after.revision)
    with open_session(read_only=True) as session:
        query = select(EvidenceRevision.number).where(
            EvidenceRevision.evidence_id == after_id(code)
        )
        assert sorted(session.exec(query)) == list(range(1, count + 1))


def after_id(code):
    return next(line.id for line in lines() if line.code == code)
