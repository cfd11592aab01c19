"""Visits in the window: a unit sees those to it, and of each its problems and what became of them."""

from datetime import date

import pytest
from sqlmodel import select

from models.database import open_session
from models.inspection.visit import Visit
from models.rules.window.sight import VisitorRole
from models.rules.words import Level
from models.units.unit import Post
from tasks.inspection.results import SaidOfVisit, set_result
from tests.support.alerts import at
from tests.support.windows import Client, account, holder, is_page, words_in
from tests.tasks.inspection.conftest import (  # noqa: F401
    laid,
    laid_files,
    moment,
    planned_round,
)

FRIDAY = date(2025, 8, 1)
NOW = at(FRIDAY, 10)


@pytest.fixture(autouse=True)
def visited(planned_round, clock_at):  # noqa: F811
    clock_at(NOW)
    said = SaidOfVisit(
        "V1.1", date(2025, 7, 28), "第一督导组组长", False, ("公示栏没有更新",), "W1"
    )
    set_result("xj", said, moment(date(2025, 7, 29)))
    with open_session(read_only=True) as session:
        return {one.number: one.unit_id for one in session.exec(select(Visit))}


def unit_client(unit_id: int) -> Client:
    with open_session(read_only=True) as session:
        query = select(Post.id).where(Post.unit_id == unit_id, Post.level == Level.LIAISON)
        post = session.exec(query).one()
    return Client(holder(post or 0, NOW))


def auditor() -> Client:
    return Client(account(NOW, "乙", VisitorRole.AUDITOR))


def test_visits_without_a_result_come_first_and_are_counted(visited):
    page = words_in(is_page(auditor().get("/c/xj/visits")))
    assert "已走访 1 次" in page and "到了日子没有报结果" in page
    assert page.index("V1.2") < page.index("列出问题 1 个")
    is_page(auditor().get("/c/xj/visits/V9.9"), 404)
    is_page(auditor().get("/c/xj/visits/x"), 404)


def test_a_visit_leads_to_what_it_found_and_back(visited):
    page = is_page(auditor().get("/c/xj/visits/V1.1"))
    assert 'href="/c/xj/f/F1"' in page.text
    said = words_in(page)
    assert "公示栏没有更新" in said and "登记走访结果，列出问题 1 个" in said and "整改中" in said
    assert 'href="/c/xj/visits/V1.1"' in auditor().get("/c/xj/f/F1").text
    led = auditor().get("/c/xj/i/V1.1")
    assert led.status_code == 303 and led.headers["location"] == "/c/xj/visits/V1.1"


def test_a_unit_sees_the_visits_to_it_alone(visited):
    client, other = unit_client(visited[1]), unit_client(visited[2])
    own = words_in(is_page(client.get("/c/xj/visits")))
    assert "V1.1" in own and "V1.2" not in own
    assert "公示栏" in words_in(is_page(client.get("/c/xj/visits/V1.1")))
    is_page(other.get("/c/xj/visits/V1.1"), 403)
    is_page(client.get(f"/c/xj/visits?unit={visited[2]}"), 403)


def test_nobody_without_a_stay_sees_a_visit(visited):
    assert Client().get("/c/xj/visits").status_code in (200, 303)
    assert "公示栏" not in Client().get("/c/xj/visits/V1.1").text
