"""Who gets which secret address, and who withdraws it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from models.audit.chain import AuditEntry
from models.database import open_session
from models.errors import NotFoundError
from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from models.settings import moment_of
from models.units.unit import Post, units_of
from tasks.window.addresses import Behind, SecretAddress
from tasks.window.given_addresses import address_page, withdraw_address
from tests.support.packs import load_pack
from tests.support.windows import account, holder

NOW = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
AT = moment_of(NOW)


def post_at(campaign_id: int, level: Level):
    with open_session(read_only=True) as session:
        query = select(Post.id).where(Post.campaign_id == campaign_id, Post.level == int(level))
        number = session.exec(query.order_by(col(Post.id))).first()
    return holder(number or 0, NOW)


def behind(visitor, campaign_id, unit_id=None) -> list[tuple[str, int, bool]]:
    given = address_page(visitor, campaign_id, unit_id).given
    return [(one.secret.behind.value, one.secret.number, one.may_withdraw) for one in given]


def test_each_gets_its_own_and_the_campaigns(campaign, campaign_id):
    liaison, leader = post_at(campaign_id, Level.LIAISON), post_at(campaign_id, Level.GROUP_HEAD)
    with open_session(read_only=True) as session:
        *_, other = [unit.id for unit in units_of(session, campaign_id)]

    assert behind(liaison, campaign_id, other) == [
        ("post", liaison.number, True),
        ("unit", liaison.unit_id, True),
        ("campaign", campaign_id, False),
    ]
    assert behind(leader, campaign_id, other) == [
        ("post", leader.number, True),
        ("unit", other, False),
        ("campaign", campaign_id, False),
    ]
    assert behind(account(NOW), campaign_id) == [
        ("campaign", campaign_id, True),
        ("wall", campaign_id, True),
    ]
    assert behind(account(NOW, "乙", VisitorRole.AUDITOR), campaign_id, other) == [
        ("unit", other, False),
        ("campaign", campaign_id, False),
    ]


def test_a_unit_chooses_among_no_others(campaign, campaign_id):
    assert address_page(post_at(campaign_id, Level.LIAISON), campaign_id).units == ()
    assert len(address_page(account(NOW), campaign_id).units) > 10


def test_an_address_changes_when_it_is_withdrawn_and_an_entry_says_by_whom(campaign, campaign_id):
    office = account(NOW)
    before = [one.address for one in address_page(office, campaign_id).given]

    withdraw_address(SecretAddress(Behind.CAMPAIGN, campaign_id), office, campaign_id, AT)

    after = [one.address for one in address_page(office, campaign_id).given]
    assert before[0] != after[0]
    assert before[1] == after[1]  # the wall's is another
    with open_session(read_only=True) as session:
        last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
        said = (last.what, last.who, last.subject, last.campaign_id)
    assert said == ("links-withdrawn", "创建办", "日历：jc", campaign_id)


def test_nobody_withdraws_what_is_not_theirs(campaign, campaign_id):
    liaison = post_at(campaign_id, Level.LIAISON)
    with open_session(read_only=True) as session:
        *_, other = [unit.id for unit in units_of(session, campaign_id)]
    second = load_pack(AT)
    with open_session(read_only=True) as session:
        number = session.exec(select(Post.campaign_id).order_by(col(Post.id).desc())).first()

    for visitor, secret in (
        (liaison, SecretAddress(Behind.CAMPAIGN, campaign_id)),
        (liaison, SecretAddress(Behind.UNIT, other)),
        (liaison, SecretAddress(Behind.POST, liaison.number + 1)),
        (liaison, SecretAddress(Behind.WALL, campaign_id)),
        (account(NOW, "乙", VisitorRole.AUDITOR), SecretAddress(Behind.CAMPAIGN, campaign_id)),
        (account(NOW), SecretAddress(Behind.CAMPAIGN, number)),  # of another page
        (account(NOW), SecretAddress(Behind.UNIT, 10**9)),
    ):
        with pytest.raises(NotFoundError, match="没有收回"):
            withdraw_address(secret, visitor, campaign_id, AT)
    assert second
