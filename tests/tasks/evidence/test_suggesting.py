"""One piece, many uses: what is there is offered for what is lacking, and cited without being sent again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from deployments.cli import run
from models.campaign.work import Indicator
from models.database import engine_for, open_session
from models.errors import NotFoundError
from models.evidence.demands.demand import Demand
from models.evidence.evidence import Evidence
from models.settings import settings
from tasks.evidence.suggesting import suggested, suggested_words
from tests.conftest import ON_BOTH, TODAY
from tests.support.evidence import handed, lines, piece

TITLE = "国家工作人员法治培训签到表"


@pytest.fixture
def asked(campaign):
    """An indicator of two demands: training, and a report."""
    with open_session() as session:
        row = Indicator(campaign_id=1, code="3.2", title="培训", level=3)
        session.add(row)
        session.flush()
        said = {"campaign_id": 1, "indicator_id": row.id, "source": "创建办"}
        session.add(Demand(**said, ordinal=1, text="国家工作人员每年参加法治培训不少于40学时"))
        session.add(Demand(**said, ordinal=2, text="法治政府建设年度报告按时向社会公开"))
    handed(piece(TITLE, ("W5#1",)))


def found(code: str = "", today: date = TODAY) -> list[tuple[str, str]]:
    """Return what is offered for the indicator."""
    offered = [(one.line.code, one.demand) for one in suggested("jc", today, code)]
    return [one for one in offered if one[1].startswith("3.")]


@ON_BOTH
def test_a_piece_is_offered_until_a_person_cites_it(asked):
    assert found() == found("e1") == [("E0001", "3.2#1")]
    one = next(one for one in suggested("jc", TODAY) if one.demand == "3.2#1")
    assert (one.why, one.words) == ("没有材料", "国家工作人员、法治培训")
    assert "3.2#1" in suggested_words([one])

    [cited] = handed(piece(TITLE, ("3.2#1",), code="E0001", content=None))
    assert (cited.refused, cited.revision, cited.changed) == ("", 1, True)
    assert found() == []
    assert suggested_words([]) == ""


def test_what_does_not_count_is_not_offered(asked):
    with open_session() as session:
        row = session.get_one(Evidence, 1)
        row.expires_on = TODAY
    assert found() == [("E0001", "3.2#1")]
    assert found(today=TODAY + timedelta(1)) == []


def test_a_demand_for_which_something_waits_is_not_offered(asked):
    handed(piece("另一份培训材料", ("3.2#1",), content=b"other"))

    assert found() == []


def test_a_code_that_is_not_there_is_said(asked):
    with pytest.raises(NotFoundError, match="E0099"):
        suggested("jc", TODAY, "E0099")


@ON_BOTH
def test_many_pieces_take_as_many_statements_as_one(asked):
    counted = []
    seen: list[str] = []
    event.listen(
        engine_for(settings().database), "before_cursor_execute", lambda *a: seen.append(a[2])
    )
    for count in (1, 200):
        handed(*(piece(f"法治培训 {n}", ("W5#1",), content=str(n).encode()) for n in range(count)))
        seen.clear()
        suggested("jc", TODAY)
        counted.append(len([one for one in seen if one.startswith(("SELECT", "\n", " ", "WITH"))]))

    assert counted[0] == counted[1]


def test_the_command_offers_and_the_offered_command_cites(asked, capsys):
    assert run(["evidence", "suggest"]) == 0
    said = capsys.readouterr().out
    assert "3.2#1" in said and "shifan evidence add --code E0001 --item 3.2#1" in said
    assert run(["evidence", "show", "E0001"]) == 0
    assert "也许还能证明：3.2#1" in capsys.readouterr().out

    assert run(["evidence", "add", "--code", "E0001", "--item", "3.2#1", "--by", "创建办"]) == 0
    capsys.readouterr()
    assert set(lines()[0].uses) == {"W5#1", "3.2#1"}
    assert run(["evidence", "suggest"]) == 0
    assert "3.2#1" not in capsys.readouterr().out


def test_nothing_to_offer_is_said(campaign, capsys):
    assert run(["evidence", "suggest"]) == 0
    assert "没有找到" in capsys.readouterr().out
