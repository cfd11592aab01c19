"""The pages of a question, with a long list and hostile names: no wider than the screen, open to everybody."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from flows.running import clock
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.database import open_session
from models.decisions.tries import HandedIn
from models.rules.decisions.answers import Answer, Said
from tasks.decisions.answering import take_answer
from tasks.decisions.codes.codes import print_code
from tasks.patrol.patrol import patrol_campaign
from tests.support.deciding import open_questions
from tests.support.served import let_in, served
from tests.support.windows import account
from tests.tasks.conftest import office  # noqa: F401 - a small campaign to decide about

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=alert(1)>\u202eexe.fdp=1+1\"'" + "长" * 250
STEPS = ", ".join(f"步骤{n}" for n in range(1, 31))


@pytest.fixture
def question(office):  # noqa: F811 - the fixture
    now = clock.moment()
    slug = office(
        "gates: {deciders: [组长, 分管领导], all_must_agree: true, may_transfer: true}", STEPS
    )
    patrol_campaign(slug, now)
    number = open_questions(slug)[1]
    with open_session() as session:
        session.exec(select(Milestone).where(Milestone.code == "S1.3")).one().title = HOSTILE
        session.exec(select(Stage).where(Stage.ordinal == 1)).one().name = HOSTILE
    code = print_code(number, "分管领导", "创建办", "测试", now).code
    said = Said(Answer.FORCE, HOSTILE)
    assert take_answer(number, said, HandedIn.at_command(code, ""), now).noted
    return number


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (768, "light"), (1440, "light")])
def test_no_page_of_a_question_is_wider_than_its_screen_or_breaks_a_rule_of_access(
    browser, question, pictures, width, scheme
):
    from axe_playwright_python.sync_playwright import Axe

    with served() as address:
        context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
        let_in(context, address, account(datetime.now(UTC)))
        page = context.new_page()

        def is_fine(name):
            page.screenshot(path=pictures / f"question-{name}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            found = Axe().run(page).response["violations"]
            assert not [(one["id"], one["nodes"][0]["html"]) for one in found], name
            assert len(page.content().encode()) < 60_000, name
            assert "\u202e" not in page.locator("main").inner_text(), name

        assert page.goto(f"{address}/d/{question}").status == 200
        is_fine("read")
        page.locator(".decide-answer summary").click()
        page.locator("label[for=a-postpone]").click()
        is_fine("postpone")
        page.get_by_role("button", name="下一步").click()
        is_fine("wanting")
        page.locator("label[for=a-force]").click()
        page.locator("#f-reason").fill(HOSTILE)
        page.get_by_role("button", name="下一步").click()
        is_fine("last")
        page.goto(f"{address}/d/{question}/object")
        is_fine("object")
        context.close()
