"""Pieces of evidence put straight into the tables, for tests of what reads them."""

from datetime import UTC, date, datetime

from sqlmodel import Session, func, select

from models.campaign.work import Assignment, Indicator
from models.evidence.demands.demand import Demand
from models.evidence.evidence import Evidence, EvidenceRevision, EvidenceUse
from models.evidence.vault.keeping import keep
from models.keys import key_of
from models.units.unit import Unit

AT = datetime(2025, 6, 30, 2, 0, tzinfo=UTC)


def indicator(session: Session, campaign_id: int, code: str, title: str, demands: int = 1) -> int:
    """Add a third-level indicator with so many demands, the first unit's; return its id."""
    row = Indicator(campaign_id=campaign_id, code=code, level=3, title=title)
    session.add(row)
    session.flush()
    session.add_all(
        Demand(campaign_id=campaign_id, indicator_id=row.id, ordinal=n, text=f"{title}之{n}")
        for n in range(1, demands + 1)
    )
    unit = session.exec(select(Unit.id).where(Unit.campaign_id == campaign_id)).first()
    assert unit
    session.add(Assignment(campaign_id=campaign_id, indicator_id=row.id, unit_id=unit, role="lead"))
    session.flush()
    return key_of(row)


def piece(
    session: Session,
    campaign_id: int,
    content: bytes | str,
    *demands: tuple[str, int | None],
    **more: object,
) -> Evidence:
    """Add a piece with one revision that proves demands, as (code, ordinal), or the whole of a code (None).

    ``more`` are fields of the piece or of its revision.
    """
    raw = content.encode() if isinstance(content, str) else content
    count = select(func.count()).where(Evidence.campaign_id == campaign_id)
    fields = {"kind": "file", "title": "材料", "fact_on": date(2025, 6, 1)} | more
    own = {name: value for name, value in fields.items() if name in Evidence.model_fields}
    row = Evidence(campaign_id=campaign_id, number=session.exec(count).one() + 1, **own)  # type: ignore[arg-type]
    session.add(row)
    session.flush()
    revised(session, row, raw, 1, **{n: v for n, v in more.items() if n not in own})
    for code, ordinal in demands:
        _use(session, campaign_id, row, code, ordinal)
    session.flush()
    return row


def revised(
    session: Session, row: Evidence, content: bytes, number: int, **more: object
) -> EvidenceRevision:
    """Add a revision to a piece, and make it the newest."""
    kept = keep(content)
    fields: dict[str, object] = {"state": "accepted", "state_at": AT, "media": "txt"}
    fields |= {"file_name": f"{row.title}.txt", "via": "command", "received_at": AT} | more
    made = EvidenceRevision(
        evidence_id=key_of(row),
        number=number,
        sha256=kept.sha256,
        size=kept.size,
        **fields,  # type: ignore[arg-type]
    )
    row.latest = number
    session.add(made)
    session.flush()
    return made


def _use(session: Session, campaign_id: int, row: Evidence, code: str, ordinal: int | None) -> None:
    query = select(Indicator.id).where(Indicator.campaign_id == campaign_id, Indicator.code == code)
    found = session.exec(query).one()
    if ordinal is None:
        part = select(Assignment.id).where(Assignment.indicator_id == found)
        use = EvidenceUse(evidence_id=key_of(row), assignment_id=session.exec(part).first())
    else:
        demand = select(Demand.id).where(Demand.indicator_id == found, Demand.ordinal == ordinal)
        use = EvidenceUse(evidence_id=key_of(row), demand_id=session.exec(demand).one())
    session.add(use)
