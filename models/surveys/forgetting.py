"""Write down that telephone numbers were deleted: how many, of which file, when, by which rule."""

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.rules.audit.fact_table import Facts
from models.rules.calendar.moment import Moment
from models.surveys.survey import Survey, SurveyNumbers

BY_DAY, AT_REQUEST, FOR_OTHERS = "保存期满", "提前删除", "换成新的号码"


def numbers_forgotten(session: Session, digest: str, rule: str, by: str, moment: Moment) -> int:
    """Write the row and the entry that prove a deletion; return how many numbers it was. Repeatable.

    The file is empty before this is written, and goes after: killed anywhere, what is written is true,
    and the next round writes what is missing. A file that no row knows is proved by the entry alone.
    """
    query = select(SurveyNumbers).where(
        SurveyNumbers.digest == digest, col(SurveyNumbers.deleted_at).is_(None)
    )
    row = session.exec(query).first()
    if row is None:
        known = session.exec(select(SurveyNumbers.id).where(SurveyNumbers.digest == digest)).first()
        if known is None:
            unknown: Facts = {"sha256": digest, "rule": rule}
            record(
                session, None, moment, NewEntry(by, "survey-numbers-deleted", "电话号码", unknown)
            )
        return 0
    row.deleted_at, row.deleted_by, row.rule = moment.now, by, rule
    session.add(row)
    session.flush()
    survey = session.get(Survey, row.survey_id)
    facts: Facts = {
        "rows": row.count,
        "sha256": digest,
        "rule": rule,
        "until": row.keep_until.isoformat(),
    }
    name = f"第 {survey.number} 号测评的电话号码" if survey else "电话号码"
    entry = NewEntry(by, "survey-numbers-deleted", name, facts)
    record(session, survey.campaign_id if survey else None, moment, entry)
    return row.count
