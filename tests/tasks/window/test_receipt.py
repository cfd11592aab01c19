"""Receipts: who sees one, what it says, and taking back what was done."""

from datetime import date, timedelta
from threading import Thread

import pytest
from sqlmodel import select

from models.audit.chain import AuditEntry
from models.audit.check import check_chain
from models.campaign.milestone import milestone_coded
from models.campaign.work import Assignment
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.loading.progress import Change, milestone_lines, part_lines, store_changes
from models.notices.acknowledgement import Acknowledgement
from models.notices.told import acknowledged_of
from models.rules.window.sight import VisitorRole
from models.rules.words import Level, Progress
from models.settings import moment_of
from tasks.campaign.progress import Report, register_report
from tasks.notices.acknowledging import acknowledge
from tasks.window.foreign import ForeignError
from tasks.window.receipt import receipt_of
from tasks.window.taking_back import take_back_entry
from tests.conftest import ON_BOTH
from tests.support.alerts import MONDAY, at, morning, only, states
from tests.support.visitors import account, holder

UNIT = "市政府办公室"
MOMENT = moment_of(at(MONDAY, 10), MONDAY)
LATER = moment_of(at(MONDAY, 11), MONDAY)


def say(code, state, by="市政府办公室联络员", unit=None, moment=MOMENT, **more):
    """Register something; return the number of its entry."""
    assert register_report("jc", Report(code, state, by, unit=unit, **more), moment)
    return last("progress").id


def last(what):
    with open_session(read_only=True) as session:
        query = select(AuditEntry).where(AuditEntry.what == what).order_by(AuditEntry.id.desc())
        found = session.exec(query).first()
        session.expunge_all()
        return found


def part():
    with open_session(read_only=True) as session:
        item = milestone_coded(session, 1, "W5").work_item_id
        of = (Assignment.work_item_id == item, Assignment.unit_id == holder(UNIT).unit_id)
        row = session.exec(select(Assignment).where(*of)).one()
        return row.state, row.done_on, row.by_post, row.note


def whole():
    with open_session(read_only=True) as session:
        row = milestone_coded(session, 1, "W5")
        parts = select(Assignment.state).where(Assignment.work_item_id == row.work_item_id)
        return row.state, row.done_on, sorted(session.exec(parts))


@ON_BOTH
def test_a_registration_is_registered_back_to_what_stood_before(any_database, campaign):
    say("W5", Progress.STARTED, unit=UNIT, note="已开会")
    before = part()
    done = say("W5", Progress.DONE, unit=UNIT, moment=LATER)

    back = take_back_entry(done, holder(UNIT), LATER)

    assert part() == before
    entry = last("progress")
    assert (entry.id, entry.who) == (back, "市政府办公室联络员")
    assert take_back_entry(done, holder(UNIT), LATER) == back  # once
    assert last("progress").id == back
    with open_session(read_only=True) as session:
        assert check_chain(session, b"").lines == []


def test_a_whole_that_took_parts_along_goes_back_with_them(campaign):
    before = whole()
    done = say("W5", Progress.DONE, by="创建办")
    assert whole() != before

    take_back_entry(done, account(), LATER)

    assert whole() == before


def test_what_somebody_changed_since_is_not_taken_back(campaign):
    done = say("W5", Progress.DONE, unit=UNIT)
    say("W5", Progress.STARTED, unit=UNIT, by="创建办", moment=LATER)
    stands = part()

    with pytest.raises(ProgressError, match="此后又有变动"):
        take_back_entry(done, holder(UNIT), LATER)

    assert part() == stands
    assert receipt_of(done, holder(UNIT), LATER).fault


def test_there_and_back_and_there_again_is_a_change(campaign):
    """The row looks as it did; the chain knows better."""
    done = say("W5", Progress.DONE, unit=UNIT)
    say("W5", Progress.OPEN, unit=UNIT)
    say("W5", Progress.DONE, unit=UNIT)

    with pytest.raises(ProgressError, match="此后又有变动"):
        take_back_entry(done, holder(UNIT), LATER)


def test_a_part_that_another_registered_keeps_the_whole_from_going_back(campaign):
    done = say("W5", Progress.DONE, by="创建办")
    say("W5", Progress.STARTED, unit=UNIT, moment=LATER)

    with pytest.raises(ProgressError, match="此后又有变动"):
        take_back_entry(done, account(), LATER)


def test_two_at_once_take_back_once(campaign):
    done = say("W5", Progress.DONE, unit=UNIT)
    found = []
    both = [
        Thread(target=lambda: found.append(take_back_entry(done, holder(UNIT), LATER)))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(found) == 2
    assert len(set(found)) == 1
    assert part()[0] == "open"


def test_killed_midway_nothing_is_half_taken_back(campaign, monkeypatch):
    done = say("W5", Progress.DONE, unit=UNIT)
    stands, entry = part(), last("progress").id

    def die(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("models.campaign.progress_back.record", die)
    with pytest.raises(KeyboardInterrupt):
        take_back_entry(done, holder(UNIT), LATER)

    assert (part(), last("progress").id) == (stands, entry)


def test_a_receipt_is_seen_by_whoever_did_it_and_by_the_office(campaign):
    done = say("W5", Progress.DONE, unit=UNIT, note="已印发")

    seen = receipt_of(done, holder(UNIT), LATER)
    assert (seen.number, seen.subject) == (done, f"W5/{UNIT}")
    [seal] = seen.seals
    assert seal.lines == ("未开始 → 已完成，2025年7月21日（周一）完成", "说明：已印发")
    assert (seal.number, seal.fingerprint) == (done, last("progress").hash)
    assert seal.algorithm == "SHA-256"
    assert seen.may_take_back
    assert not seen.fault
    assert receipt_of(done, account(), LATER).may_take_back
    assert not receipt_of(done, account(VisitorRole.AUDITOR), LATER).may_take_back
    for stranger in (holder("市司法局"), holder(level=Level.LEADER), holder(UNIT, Level.UNIT_HEAD)):
        with pytest.raises(ForeignError):
            receipt_of(done, stranger, LATER)
        with pytest.raises(ForeignError):
            take_back_entry(done, stranger, LATER)
    with pytest.raises(NotFoundError):
        receipt_of(10**9, account(), LATER)
    with pytest.raises(ProgressError, match="不能在这里撤回"):
        take_back_entry(done, account(VisitorRole.AUDITOR), LATER)


def test_the_receipt_of_what_was_taken_back_says_so(campaign):
    done = say("W5", Progress.DONE, unit=UNIT)
    back = take_back_entry(done, holder(UNIT), LATER)

    assert [one.taken_back for one in receipt_of(done, holder(UNIT), LATER).seals] == [back]
    receipt = receipt_of(back, holder(UNIT), LATER)
    [seal] = receipt.seals
    assert (receipt.deed, seal.takes_back) == ("撤回登记", done)
    assert seal.lines == ("已完成 → 未开始",)
    assert "本身就是撤回" in receipt.fault


def by_table(whole: bool):
    """Register W5 as a returned table does, the whole or the unit's part; return the number of the entry."""
    with open_session() as session:
        listed = milestone_lines(session, 1) if whole else part_lines(session, 1)
        row = next(one for one in listed if one.code == "W5" and (whole or one.unit == UNIT))
        new = row._replace(state=Progress.STARTED, by_post="市政府办公室联络员", note="表里写的")
        assert store_changes(session, 1, [Change(row, new)], moment=MOMENT) == 1
    return last("progress").id


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_table_registered_says_in_plain_words_why_it_has_no_way_back(campaign, whole):
    number = by_table(whole)

    for visitor in (holder(UNIT), account()):
        receipt = receipt_of(number, visitor, LATER)
        assert receipt.may_take_back
        assert "按表格（台账）一起登记的，没有撤回" in receipt.fault
        assert "请问创建办" in receipt.fault
        with pytest.raises(ProgressError, match="按表格"):
            take_back_entry(number, visitor, LATER)


def acknowledged(by="创建办", day=MONDAY):
    assert acknowledge("jc", "S2.1", by, "", moment=moment_of(at(day, 10), day))
    return last("acknowledged").id


@ON_BOTH
def test_a_withdrawn_acknowledgement_lets_the_notices_wait_again(any_database, wired):
    only("S2.1", MONDAY)
    number = acknowledged()
    morning(wired, MONDAY)
    quiet = states(state="acknowledged")
    assert quiet

    back = take_back_entry(number, account(), LATER)

    assert not states(state="acknowledged")
    assert len(states(state="waiting")) == len(quiet)
    assert take_back_entry(number, account(), LATER) == back
    with open_session(read_only=True) as session:
        [row] = session.exec(select(Acknowledgement)).all()
        assert (row.audit_id, row.ended_by) == (number, "创建办")
    assert acknowledged() > back  # and said again it counts


@pytest.mark.parametrize("withdrawn", [True, False])
def test_a_withdrawn_acknowledgement_holds_the_ladder_no_more(
    wired, provider, monkeypatch, tmp_path, withdrawn
):
    ladder = tmp_path / "ladder.yaml"
    ladder.write_text("rungs:\n- {workdays: 0, tell: [创建办]}\n", encoding="utf-8")
    monkeypatch.setenv("SHIFAN_LADDER", str(ladder))
    only("S2.1", MONDAY)
    morning(wired, MONDAY)
    number = acknowledged()
    if withdrawn:
        take_back_entry(number, account(), LATER)
    for n in (1, 2):
        morning(wired, MONDAY + timedelta(days=n))

    assert any("再次提醒" in taken.text for taken in provider.accepted) == withdrawn


@ON_BOTH
def test_an_acknowledgement_of_before_entries_were_kept_finds_its_own_and_goes_back(
    any_database, wired
):
    only("S2.1", MONDAY)
    number, other = acknowledged(), acknowledged(day=MONDAY + timedelta(days=30))
    with open_session() as session:
        rows = session.exec(select(Acknowledgement).order_by(Acknowledgement.id)).all()
        assert [row.audit_id for row in rows] == [number, other]
        for row in rows:
            row.audit_id = None

    assert receipt_of(number, account(), LATER).may_take_back
    back = take_back_entry(number, account(), LATER)

    with open_session(read_only=True) as session:
        first, second = session.exec(select(Acknowledgement).order_by(Acknowledgement.id)).all()
        assert (first.ended_by, second.ended_by) == ("创建办", "")
        _, line = acknowledged_of(session, 1, [("milestone", first.subject_id)])
        assert line.audit_id == number
    assert take_back_entry(number, account(), LATER) == back


def test_an_acknowledgement_that_ran_out_is_nothing_to_withdraw(wired):
    only("S2.1", MONDAY)
    number, month = acknowledged(), date(2025, 8, 21)

    with pytest.raises(ProgressError, match="已过有效期"):
        take_back_entry(number, account(), moment_of(at(month), month))
