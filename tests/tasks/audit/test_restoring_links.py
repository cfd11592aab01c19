"""A backup gives back nothing that let somebody in: no withdrawn link, no spent one, no lock, no old password."""

import pytest
from sqlmodel import select

from models.database import open_session
from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from models.schema import keep_copy
from models.settings import moment_of
from models.units.unit import Post
from models.window.account import account_named
from models.window.withdrawn import withdraw_scope
from tasks.window.accounts import add_account, lock_account, set_password
from tasks.window.addresses import Behind, SecretAddress, opened_by, secret_token
from tasks.window.entering import enter_with_password
from tasks.window.links import (
    Refusal,
    enter_once,
    holder_of_link,
    once_token,
    personal_token,
    withdraw_links,
)
from tasks.window.tokens import TokenKind
from tasks.window.visitors import Visitor, begin_stay, new_stay, of_post, visitor_of
from tests.conftest import NOW
from tests.tasks.audit.test_restoring import own_engine, shifan  # noqa: F401 - the fixture

MOMENT = moment_of(NOW)
OLD, NEW = "Gong-Kai-2026!", "Ling-Yi-Ge-2026"


def a_post() -> Post:
    with open_session(read_only=True) as session:
        query = select(Post).where(Post.level == Level.LIAISON, ~Post.vacant)
        found = session.exec(query).first()
        session.expunge(found)
        return found


def enters(name: str, password: str) -> bool:
    return isinstance(enter_with_password(name, password, "10.0.0.9", MOMENT), Visitor)


@pytest.fixture
def let_in(campaign, campaign_id, tmp_path):
    """A backup, what was signed before and after it, and what was withdrawn, spent, locked and changed since."""
    post, feed = a_post(), SecretAddress(Behind.CAMPAIGN, campaign_id)
    for name in ("甲", "乙", "丙"):
        add_account(name, VisitorRole.OFFICE, OLD, "创建办", MOMENT)
    with open_session(read_only=True) as session:
        numbers = {name: account_named(session, name).id for name in ("甲", "乙", "丙")}
        stay = begin_stay(of_post(session, post.id, new_stay(NOW)), NOW)
        address = secret_token(session, feed)
    links = [personal_token(post.id, campaign_id, NOW)]
    once = [once_token(numbers["丙"], NOW)]
    assert isinstance(enter_once(once_token(numbers["丙"], NOW), NOW), Visitor)
    keep_copy(NOW, tmp_path / "备份.db")
    assert isinstance(enter_once(once[0], NOW), Visitor)
    for _ in range(3):
        withdraw_links(post.tag, "创建办", None, MOMENT)
        links.append(personal_token(post.id, campaign_id, NOW))
    with open_session() as session:
        withdraw_scope(session, feed.scope, NOW)
    lock_account("甲", "创建办", MOMENT)
    set_password("乙", NEW, "创建办", MOMENT)
    once.append(once_token(numbers["丙"], NOW))
    return {"links": links, "once": once, "stay": stay, "address": address}


def test_nobody_is_let_in_by_what_was_there_before_a_restore(let_in, campaign_id, tmp_path, capsys):
    said = shifan(capsys, "db", "restore", str(tmp_path / "备份.db"), "--by", "创建办")

    assert "恢复以前的登录、本人链接、日历和大屏的地址都已作废" in said
    assert all(isinstance(holder_of_link(one, NOW), Refusal) for one in let_in["links"])
    assert all(isinstance(enter_once(one, NOW), Refusal) for one in let_in["once"])
    assert visitor_of(let_in["stay"], NOW) is None
    with open_session(read_only=True) as session:
        assert opened_by(session, TokenKind.FEED, let_in["address"]) is None
    assert not enters("甲", OLD)
    assert not enters("乙", OLD) and enters("乙", NEW)


def test_after_a_restore_new_links_lead_in_and_are_withdrawn_as_always(
    let_in, campaign_id, tmp_path, capsys
):
    shifan(capsys, "db", "restore", str(tmp_path / "备份.db"))

    post, feed = a_post(), SecretAddress(Behind.CAMPAIGN, campaign_id)
    link = personal_token(post.id, campaign_id, NOW)
    found = holder_of_link(link, NOW)
    assert isinstance(found, Visitor)
    assert visitor_of(begin_stay(found, NOW), NOW)
    with open_session(read_only=True) as session:
        assert opened_by(session, TokenKind.FEED, secret_token(session, feed)) == feed
        number = account_named(session, "丙").id
    entered = enter_once(once_token(number, NOW), NOW)
    assert isinstance(entered, Visitor)
    assert visitor_of(begin_stay(entered, NOW), NOW)
    withdraw_links("全部", "创建办", None, MOMENT)
    assert isinstance(holder_of_link(link, NOW), Refusal)


def test_the_same_backup_restored_twice_gives_back_nothing_of_between(
    let_in, campaign_id, tmp_path, capsys
):
    links = []
    for _ in range(2):
        shifan(capsys, "db", "restore", str(tmp_path / "备份.db"))
        post = a_post()
        links.append(personal_token(post.id, campaign_id, NOW))
        withdraw_links(post.tag, "创建办", None, MOMENT)

    assert all(isinstance(holder_of_link(one, NOW), Refusal) for one in links)
