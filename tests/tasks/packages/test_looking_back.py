"""回头看: what changed since the package was made."""

from datetime import UTC, date, datetime

import pytest

from models.audit.chain import NewEntry, record
from models.database import open_session
from models.errors import NotFoundError
from models.evidence.demands.demand import Demand
from models.evidence.evidence import Evidence, LinkCheck
from models.evidence.packages.package import UploadReceipt
from models.figures.measurement import Measurement
from models.figures.score import Score
from models.settings import moment_of
from tasks.packages.looking_back import changes_since
from tasks.packages.making import make_package
from tests.conftest import NOW, ON_BOTH
from tests.support.pieces import indicator, piece, revised

MOMENT = moment_of(NOW)
AFTER = datetime(2025, 8, 1, 2, 0, tzinfo=UTC)
LATER = moment_of(datetime(2025, 9, 1, 3, 0, tzinfo=UTC))


@pytest.fixture
def packed(campaign, campaign_id, tmp_path):
    with open_session() as session:
        indicator(session, campaign_id, "1.1.1", "公开行政执法事项清单")
        piece(
            session,
            campaign_id,
            "清单",
            ("1.1.1", 1),
            title="执法事项清单",
            expires_on=date(2025, 8, 5),
        )
        piece(session, campaign_id, "网页", ("1.1.1", 1), title="公开网页", url="http://gov/1")
    make_package(campaign, tmp_path / "包.zip", "创建办", MOMENT)
    return campaign


@ON_BOTH
def test_nothing_changed_is_said(packed):
    found = changes_since(packed, None, MOMENT)
    assert "以来没有变化" in found.line
    assert found.rows == []


@ON_BOTH
def test_every_kind_of_change_is_named_once(packed, campaign_id):
    with open_session() as session:
        row = session.get_one(Evidence, 1)
        session.add(
            UploadReceipt(
                campaign_id=campaign_id,
                revision_id=1,
                indicator_id=1,
                uploaded_on=date(2025, 7, 1),
                uploaded_by="创建办",
            )
        )
        revised(session, row, b"new", 2, state_at=AFTER, received_at=AFTER)
        for outcome in ("dead", "changed"):
            session.add(LinkCheck(revision_id=2, checked_at=AFTER, outcome=outcome))
        demand = session.get_one(Demand, 1)
        session.add(
            Measurement(
                campaign_id=campaign_id,
                demand_id=demand.id,
                unit_id=1,
                period="2025",
                numerator=1,
                at=AFTER,
            )
        )
        session.add(Score(campaign_id=campaign_id, indicator_id=1, kind="self", points=2, at=AFTER))
        record(
            session,
            campaign_id,
            moment_of(AFTER),
            NewEntry("创建办", "evidence-withdrawn", "E0007", {}),
        )

    found = changes_since(packed, None, LATER)

    said = [(kind, code, change.partition("（")[0]) for kind, code, _, change in found.rows]
    assert said == [
        ("材料", "E0001", "第 2 版通过"),
        ("材料", "E0007", "已撤回"),
        ("材料", "E0001", "已于 2025-08-05 失效"),
        ("网址", "E0002", "网页内容已变"),
        ("数据", "1.1.1", "2025 有登记或更正"),
        ("得分", "1.1.1", "自评分有登记或更正"),
        ("上传", "E0001", "指标 1.1.1 上传的第 1 版已不是最新，请在申报系统里更换"),
    ]
    assert found.line.endswith("7 处变化")


def test_a_day_may_be_named_and_it_is_looked_back_from_its_morning(packed):
    assert len(changes_since(packed, date(2025, 6, 30), MOMENT).rows) == 2
    assert not changes_since(packed, date(2025, 7, 1), MOMENT).rows


def test_before_the_first_package_it_is_said_how_to_name_a_day(campaign):
    with pytest.raises(NotFoundError, match="还没有生成过申报材料包，请用 --since"):
        changes_since(campaign, None, MOMENT)
