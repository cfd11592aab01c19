"""The office's own tables of the mock assessment: the sheets of case files, and the weights."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from models.assessment.drill import CaseCriterion, MethodWeight
from models.audit.chain import NewEntry, lock_chain, record
from models.errors import PlanError
from models.rules.assessment.combining import Weight, weight_faults
from models.rules.assessment.criteria import Criterion, Sheets, default_sheets, sheet_faults
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault


def case_sheets(session: Session, campaign_id: int) -> tuple[Sheets, bool]:
    """Return the sheets by kind, and whether they are the office's own: our sample where it has set none."""
    query = (
        select(CaseCriterion)
        .where(CaseCriterion.campaign_id == campaign_id, col(CaseCriterion.withdrawn).is_(False))
        .order_by(col(CaseCriterion.kind), col(CaseCriterion.position))
    )
    found: dict[str, list[Criterion]] = {}
    for one in session.exec(query):
        row = Criterion(one.code, one.text, one.section, one.points, one.full)
        found.setdefault(one.kind, []).append(row)
    sheets = default_sheets()
    return ({kind: found.get(kind, rows) for kind, rows in sheets.items()}, bool(found))


def store_case_sheets(
    session: Session, campaign_id: int, sheets: Sheets, by: str, moment: Moment
) -> int:
    """Put the office's sheets in the place of what stands; return how many rows changed. Repeatable.

    A row that is no longer there is withdrawn; drawn samples keep the criteria they were drawn with.
    Raises PlanError with every fault.
    """
    lock_chain(session)
    faults = [f"{kind}：{fault}" for kind, rows in sheets.items() for fault in sheet_faults(rows)]
    faults += [fault for fault in [post_fault(by, "装入")] if fault]
    if faults:
        raise PlanError("案卷评查标准", faults)
    query = select(CaseCriterion).where(CaseCriterion.campaign_id == campaign_id)
    standing = {(one.kind, one.code): one for one in session.exec(query)}
    wanted = {
        (kind, one.code): (n, one) for kind, rows in sheets.items() for n, one in enumerate(rows)
    }
    changed = 0
    for (kind, code), (position, new) in wanted.items():
        row = standing.get((kind, code))
        values = {"position": position, "section": new.section, "text": new.text}
        values |= {"points": new.points, "full": new.full, "withdrawn": False}
        if row is None:
            row = CaseCriterion(
                campaign_id=campaign_id,
                kind=kind,
                code=code,
                position=0,
                section="",
                text="",
                set_by="",
            )
        elif all(getattr(row, name) == value for name, value in values.items()):
            continue
        changed += 1
        for name, value in (values | {"set_by": by.strip()}).items():
            setattr(row, name, value)
        session.add(row)
    changed += _withdraw(session, standing, wanted)
    if changed:
        entry = NewEntry(by.strip(), "case-sheets-loaded", "案卷评查标准", {"changes": changed})
        record(session, campaign_id, moment, entry)
    return changed


def _withdraw(
    session: Session,
    standing: Mapping[tuple[str, str], CaseCriterion],
    wanted: Mapping[tuple[str, str], object],
) -> int:
    kinds = {kind for kind, _ in wanted}
    gone = [
        row
        for (kind, code), row in standing.items()
        if kind in kinds and (kind, code) not in wanted and not row.withdrawn
    ]
    for row in gone:
        row.withdrawn = True
        session.add(row)
    return len(gone)


def store_weights(
    session: Session, campaign_id: int, weights: Sequence[Weight], by: str, moment: Moment
) -> int:
    """Put the office's weights in the place of what stands; return how many changed. Repeatable.

    A finished drill keeps those by which it was put together. Raises PlanError with every fault.
    """
    lock_chain(session)
    faults = weight_faults(weights) + [fault for fault in [post_fault(by, "装入")] if fault]
    if faults:
        raise PlanError("评估权重", faults)
    query = select(MethodWeight).where(MethodWeight.campaign_id == campaign_id)
    standing = {one.method: one for one in session.exec(query)}
    changed = 0
    for new in weights:
        row = standing.get(new.method)
        if row is not None and (row.part, row.points) == (new.part, new.points):
            continue
        row = row or MethodWeight(
            campaign_id=campaign_id, method=new.method, part=new.part, points=0, set_by=by
        )
        row.part, row.points, row.set_by = new.part, new.points, by.strip()
        session.add(row)
        changed += 1
    if changed:
        facts = {one.method.chinese: one.points for one in weights}
        entry = NewEntry(by.strip(), "method-weights-loaded", "评估权重", {"weights": facts})
        record(session, campaign_id, moment, entry)
    return changed
