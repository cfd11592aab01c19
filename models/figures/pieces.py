"""Evidence by its code, for whoever writes E0003 in a cell."""

from sqlmodel import Session, col, select

from models.evidence.evidence import Evidence


def pieces_by_code(session: Session, campaign_id: int) -> dict[str, int]:
    """Return the id of every piece that was not withdrawn, by its code; one statement."""
    query = select(Evidence.number, Evidence.id).where(
        Evidence.campaign_id == campaign_id, col(Evidence.withdrawn).is_(False)
    )
    return {f"E{number:04d}": id_ or 0 for number, id_ in session.exec(query)}
