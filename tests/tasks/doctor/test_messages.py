"""The doctor at the channels and queues, and at the chain and the vault: what is the matter, and no more."""

from datetime import timedelta

from sqlmodel import select, text, update

from models.audit.chain import AuditEntry
from models.database import open_session
from models.doctor.queues import queues
from models.evidence.intake.received import ReceivedMail
from models.evidence.vault.places import place_of
from models.notices.notice import Delivery, Notice
from models.rules.notices.rule_words import RIDING_RULES
from models.settings import moment_of
from tasks.audit.chain import keep_todays_head
from tasks.doctor import calendar, chain, messages
from tasks.doctor.diagnosis import Health
from tests.conftest import NOW, ON_BOTH
from tests.support.alerts import MONDAY, at, every_tag, morning, only, robots
from tests.support.evidence import first_item, handed, piece
from tests.support.registers import unprotect

HOUR = timedelta(hours=1)


def told(campaign, provider, tmp_path, monkeypatch):
    """One item is overdue, its units have robots, and the morning's messages went out."""
    robots(tmp_path, monkeypatch, provider.base, every_tag())
    only("W1", MONDAY - timedelta(days=4))
    morning(campaign, MONDAY)


def changed(statement):
    with open_session() as session:
        session.connection().execute(statement)


@ON_BOTH
def test_the_queues_are_counted_in_one_statement(campaign, provider, tmp_path, monkeypatch):
    told(campaign, provider, tmp_path, monkeypatch)
    now = at(MONDAY, 10)
    with open_session(read_only=True) as session:
        found = queues(session, now)
        deliveries = len(session.exec(select(Delivery)).all())
    assert found.delivered == deliveries > 0
    assert (found.due, found.leased, found.lapsed, found.dead, found.mails_open) == (0,) * 5
    changed(update(Delivery).values(state="waiting", lease_until=now + HOUR))
    with open_session(read_only=True) as session:
        assert queues(session, now).leased == deliveries
        assert queues(session, now + 2 * HOUR).lapsed == deliveries


def test_what_died_what_was_left_and_what_waits_is_said(campaign, provider, tmp_path, monkeypatch):
    told(campaign, provider, tmp_path, monkeypatch)
    now = at(MONDAY, 10)
    for look in (messages.nothing_died, messages.leases_kept, messages.notices_go_out):
        assert look(now).health is Health.WELL, look
    changed(update(Delivery).values(state="dead"))
    assert "没有送达（死信）" in messages.nothing_died(now).words
    changed(update(Delivery).values(state="waiting", lease_until=now - HOUR))
    assert messages.leases_kept(now).health is Health.LOOK
    changed(update(Notice).values(state="waiting", hold_until=now - timedelta(hours=25)))
    assert messages.notices_go_out(now).health is Health.BAD
    changed(text("UPDATE campaign SET is_demo = true"))
    assert messages.notices_go_out(now).health is Health.WELL


def test_what_rides_in_another_message_may_wait_for_one(campaign, provider, tmp_path, monkeypatch):
    told(campaign, provider, tmp_path, monkeypatch)
    now = at(MONDAY, 10)
    old = {"state": "waiting", "hold_until": now - timedelta(hours=25)}
    changed(update(Notice).values(**old))
    assert messages.notices_go_out(now).health is Health.BAD
    changed(update(Notice).values(rule=next(iter(RIDING_RULES))))
    assert messages.notices_go_out(now).health is Health.WELL


def test_channels_speak_of_whom_they_refused_without_an_address(
    campaign, provider, tmp_path, monkeypatch
):
    assert messages.channels_well(NOW).health is Health.LOOK
    told(campaign, provider, tmp_path, monkeypatch)
    assert messages.channels_well(NOW).health is Health.WELL
    changed(
        text(
            "UPDATE channel_health SET last_failure_at = '2099-01-01 00:00:00.000000', code = '93000'"
        )
    )
    found = messages.channels_well(NOW)
    assert found.health is Health.BAD
    assert "93000" in found.words
    assert "key-0000" not in found.words


@ON_BOTH
def test_the_end_of_the_chain_is_verified(campaign):
    keep_todays_head(moment_of(NOW))
    assert chain.chain_holds(NOW).health is Health.WELL
    with open_session() as session:
        last = session.exec(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first()
        unprotect(session.connection())
        session.connection().execute(
            text("UPDATE audit_entry SET who = '别人' WHERE id = :id"), {"id": last}
        )
    found = chain.chain_holds(NOW)
    assert found.health is Health.BAD
    assert f"记录链断在第 {last} 条记录" in found.words


def test_a_changed_or_missing_piece_is_found(campaign):
    assert chain.vault_sound(NOW).words == "还没有收过证明材料"
    handed(piece("一份材料", (first_item().code,)))
    assert "抽看 1 个文件" in chain.vault_sound(NOW).words
    with open_session(read_only=True) as session:
        sha256 = session.connection().execute(text("SELECT sha256 FROM evidence_revision")).scalar()
    file = place_of(sha256)
    file.chmod(0o600)
    file.write_bytes(b"another")
    assert "被改动" in chain.vault_sound(NOW).words
    file.unlink()
    assert "缺少" in chain.vault_sound(NOW).words


def test_the_clock_is_compared_with_the_newest_mail(campaign, monkeypatch):
    assert calendar.mail_clock(NOW).words == "没有设收件邮箱，不必比"
    monkeypatch.setenv("SHIFAN_MAILBOX_HOST", "imap.163.com")
    assert "还没有来过信" in calendar.mail_clock(NOW).words
    with open_session() as session:
        mail = {"message_id": "a", "digest": "b", "size": 1, "sender": "a@b.cn"}
        session.add(ReceivedMail(**mail, received_at=NOW + timedelta(minutes=5)))
    assert calendar.mail_clock(NOW).health is Health.WELL
    assert "本机时钟慢了" in calendar.mail_clock(NOW - timedelta(minutes=1)).words


def test_holidays_are_looked_for_ninety_days_ahead(campaign):
    assert calendar.holidays_known(at(MONDAY)).health is Health.WELL
    found = calendar.holidays_known(at(MONDAY.replace(year=2026, month=11)))
    assert (found.health, found.words[:6]) == (Health.LOOK, "2027 年")
