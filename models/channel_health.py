"""How each channel did: when it last took a message, when it last refused one, and with what words."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select


class ChannelHealth(SQLModel, table=True):
    """The last success and the last failure of one target; ``target`` is a fingerprint, never a URL."""

    __tablename__ = "channel_health"

    target: str = Field(primary_key=True, max_length=64)
    kind: str = ""
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    code: str = ""
    answer: str = ""

    @property
    def failing(self) -> bool:
        """Say whether the last thing heard of it was a failure."""
        return self.last_failure_at is not None and (
            self.last_success_at is None or self.last_success_at < self.last_failure_at
        )


def keep_answer(
    session: Session,
    target: str,
    kind: str,
    *,
    now: datetime,
    delivered: bool,
    code: str,
    answer: str,
) -> None:
    """Write down what ``target`` just answered."""
    row = session.get(ChannelHealth, target) or ChannelHealth(target=target, kind=kind)
    if delivered:
        row.last_success_at = now
    else:
        row.last_failure_at, row.code, row.answer = now, code, answer
    session.add(row)


def health_by_target(session: Session) -> dict[str, ChannelHealth]:
    """Return what is known of every target, by its fingerprint."""
    query = select(ChannelHealth).order_by(col(ChannelHealth.target))
    return {row.target: row for row in session.exec(query)}


def failing_targets(session: Session, targets: frozenset[str]) -> int:
    """Return how many of ``targets`` refused the last time they were spoken to."""
    return sum(
        row.failing for target, row in health_by_target(session).items() if target in targets
    )
