"""The wall by turns: the same numbers as the board, every unit once, in the plan's order."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from models.campaign.milestone import Milestone
from models.database import open_session
from models.errors import NotFoundError
from models.settings import moment_of
from models.units.unit import units_of
from tasks.window.addresses import Behind, SecretAddress, secret_token
from tasks.window.board import board_page
from tasks.window.given_addresses import withdraw_address
from tasks.window.wall import UNITS_A_TURN, wall_behind, wall_page
from tests.support.fill import fill_indicators
from tests.support.windows import account

AT = moment_of(datetime(2025, 9, 24, 1, 5, tzinfo=UTC))


@pytest.fixture
def full(campaign, campaign_id):
    with open_session() as session:
        fill_indicators(session, campaign_id, 2, due=date(2025, 9, 1))
    return campaign


def test_the_wall_turns_through_campaign_units_and_week(full):
    first = wall_page(full, 1, AT)
    kinds = [wall_page(full, n, AT).kind for n in range(1, first.turns + 1)]

    assert kinds[0] == "campaign"
    assert kinds[-1] == "week"
    assert set(kinds[1:-1]) == {"units"}
    assert wall_page(full, first.turns, AT).next == 1


def test_every_unit_is_shown_once_in_the_plans_order_and_the_office_last(full, campaign_id):
    turns = wall_page(full, 1, AT).turns
    shown = [one for n in range(1, turns + 1) for one in wall_page(full, n, AT).units]
    with open_session(read_only=True) as session:
        names = [unit.name for unit in units_of(session, campaign_id)]

    assert [one.name for one in shown] == [*names, "创建办"]
    assert len(shown) > UNITS_A_TURN
    pages = [wall_page(full, n, AT) for n in range(2, turns)]
    assert [(page.first, page.last) for page in pages][0] == (1, UNITS_A_TURN)
    assert pages[-1].last == pages[-1].of_units == len(shown)


def test_the_numbers_of_a_wall_are_the_boards(full):
    board = board_page(full, AT.today)
    wall = wall_page(full, 1, AT)

    assert wall.board.lights == board.lights
    assert (wall.board.reds.items, wall.board.reds.things) == (board.reds.items, board.reds.things)
    assert len(wall.board.reds.lines) <= 5
    assert wall.board.reds.more == board.reds.things - len(wall.board.reds.lines)
    assert wall.computed.strftime("%H:%M") == "09:05"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(turn=st.integers(-(10**9), 10**9))
def test_any_number_is_a_turn(campaign, turn):
    wall = wall_page(campaign, turn, AT)

    assert 1 <= wall.turn <= wall.turns
    assert 1 <= wall.next <= wall.turns


def test_an_office_without_items_of_its_own_is_not_shown(campaign, campaign_id):
    with open_session() as session:
        for row in session.exec(select(Milestone).where(col(Milestone.unit_id).is_(None))):
            row.withdrawn = True
    wall = wall_page(campaign, 1, AT)

    assert "创建办" not in [one.name for one in wall_page(campaign, wall.turns - 1, AT).units]


def test_a_walls_address_opens_one_wall_until_it_is_withdrawn(campaign, campaign_id):
    secret = SecretAddress(Behind.WALL, campaign_id)
    with open_session(read_only=True) as session:
        old = secret_token(session, secret)
        feed = secret_token(session, SecretAddress(Behind.CAMPAIGN, campaign_id))

    assert wall_behind(old) == campaign
    withdraw_address(secret, account(AT.now), campaign_id, AT)

    for gone in (old, feed, "", "x"):
        with pytest.raises(NotFoundError, match="大屏地址"):
            wall_behind(gone)
    with open_session(read_only=True) as session:
        assert wall_behind(secret_token(session, secret)) == campaign
