"""The templates that an office brought: the one that counts for each kind of paper."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, lock_chain, record
from models.papers.paper import PaperTemplate
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind


def template_of(session: Session, campaign_id: int, kind: str) -> PaperTemplate | None:
    """Return the template that counts for a kind of paper, None where our own layout does."""
    query = select(PaperTemplate).where(
        PaperTemplate.campaign_id == campaign_id,
        PaperTemplate.kind == kind,
        col(PaperTemplate.withdrawn).is_(False),
    )
    return session.exec(query.order_by(col(PaperTemplate.id).desc()).limit(1)).first()


def templates_in(session: Session, campaign_id: int) -> Sequence[PaperTemplate]:
    """Return the templates that count, by kind."""
    query = select(PaperTemplate).where(
        PaperTemplate.campaign_id == campaign_id, col(PaperTemplate.withdrawn).is_(False)
    )
    return list(session.exec(query.order_by(col(PaperTemplate.kind))))


def set_template(session: Session, new: PaperTemplate, moment: Moment) -> bool:
    """Let ``new`` count for its kind from now on; False where the same file does already. Repeatable."""
    lock_chain(session)
    old = template_of(session, new.campaign_id, new.kind)
    if old and old.sha256 == new.sha256:
        return False
    if old:
        old.withdrawn = True
    session.add(new)
    session.flush()
    facts = {"file": new.file_name, "sha256": new.sha256}
    entry = NewEntry(new.set_by, "template-set", PaperKind(new.kind).chinese, facts)
    record(session, new.campaign_id, moment, entry)
    return True


def withdraw_template(
    session: Session, campaign_id: int, kind: PaperKind, by_post: str, moment: Moment
) -> bool:
    """Let our own layout count again for a kind; False where it does already. Repeatable."""
    lock_chain(session)
    old = template_of(session, campaign_id, kind)
    if old is None:
        return False
    old.withdrawn = True
    session.flush()
    facts = {"file": old.file_name, "sha256": old.sha256}
    entry = NewEntry(by_post, "template-withdrawn", kind.chinese, facts)
    record(session, campaign_id, moment, entry)
    return True
