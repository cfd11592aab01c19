"""Deliveries beside one another: each recipient is of one of them, and hears once a window."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import select

from models.database import open_session
from models.notices.notice import Message
from models.rules.notices.shares import Share
from models.settings import moment_of
from notifications import links
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tests.conftest import NOW, TODAY
from tests.support.alerts import MONDAY, at, every_tag, robots
from tests.support.forked import begun
from tests.support.packs import load_pack


@pytest.fixture
def morning(campaign, provider, tmp_path, monkeypatch) -> None:
    """Two campaigns of the same people, each with a robot, were patrolled and nobody has heard yet."""
    load_pack(moment_of(NOW, TODAY))
    robots(tmp_path, monkeypatch, provider.base, list(dict.fromkeys(every_tag())))
    links.remember("http://127.0.0.1:4200", {})
    for slug in (campaign, "second"):
        patrol_campaign(slug, moment_of(at(MONDAY), MONDAY))


def copies(provider) -> Counter[str]:
    return Counter(taken.key for taken in provider.accepted)


def per_window() -> Counter[tuple[str, object]]:
    with open_session(read_only=True) as session:
        regular = select(Message).where(~Message.urgent, ~Message.secret)
        return Counter((one.tag, one.window) for one in session.exec(regular))


@pytest.mark.parametrize("of", [1, 2, 3, 7])
def test_each_recipient_is_of_one_share_and_all_shares_are_of_all(of):
    tags = [f"县{n}-创建办" for n in range(200)]
    taken = Counter(tag for part in range(of) for tag in tags if Share(part + 1, of).takes(tag))

    assert taken == Counter(tags)


@pytest.mark.parametrize(("part", "of"), [(0, 1), (2, 1), (4, 3)])
def test_there_is_no_other_share(part, of):
    with pytest.raises(ValueError, match=f"no part {part} of {of}"):
        Share(part, of)


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("shares", [[Share()] * 4, [Share(n, 4) for n in (1, 2, 3, 4)]])
def test_four_processes_at_the_same_moment_tell_each_recipient_once(
    any_database, morning, provider, shares
):
    """All for everybody, or a quarter each: never two messages to one recipient in a window."""
    now = at(MONDAY, 9, 1)
    children = [begun(lambda share=share: deliver(lambda: now, share)) for share in shares]

    assert [child.wait() for child in children] == [0] * 4
    assert set(per_window().values()) == {1}
    assert set(copies(provider).values()) == {1}
    told = copies(provider)

    deliver(lambda: now + timedelta(minutes=5))  # one for everybody, later: nothing was left

    assert copies(provider) == told


def test_a_share_alone_leaves_the_others_to_the_others(morning, provider):
    deliver(lambda: at(MONDAY, 9, 1), Share(1, 2))
    half = copies(provider)
    deliver(lambda: at(MONDAY, 9, 2), Share(2, 2))

    assert 0 < half.total() < copies(provider).total()
    assert set(copies(provider).values()) == {1}
    assert set(per_window().values()) == {1}
