"""How each channel did: when it last took a message, when it last refused one, and with what words."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select, text

FIRST_HEARD = """
INSERT INTO channel_health (target, kind, code, answer) VALUES (:target, :kind, '', '')
ON CONFLICT (target) DO NOTHING"""


class ChannelHealth(SQLModel, table=True):
    """The last success and the last failure of one target; ``target`` is a fingerprint, never a URL.

    ``code`` and ``answer`` are of the last failure.
    """

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


@dataclass(frozen=True, slots=True)
class Reply:
    """What a provider said to one try, in its own ``code`` and ``text``.

    ``permanent``: trying again cannot help. ``uncertain``: it may have arrived all the same.
    ``retry_after``: the seconds to wait that it asked for.
    """

    delivered: bool
    code: str
    text: str
    permanent: bool = False
    uncertain: bool = False
    retry_after: float | None = None


def keep_answer(session: Session, target: str, kind: str, reply: Reply, now: datetime) -> None:
    """Write down what ``target`` just answered; two who hear of it for the first time wait for each other."""
    if session.get(ChannelHealth, target) is None:
        session.connection().execute(text(FIRST_HEARD), {"target": target, "kind": kind})
    row = session.get_one(ChannelHealth, target)
    if reply.delivered:
        row.last_success_at = now
    else:
        row.last_failure_at, row.code, row.answer = now, reply.code, reply.text


def forget_failure(session: Session, target: str) -> None:
    """Forget the last failure of ``target``: it was no message's, and it is over."""
    row = session.get_one(ChannelHealth, target)
    row.last_failure_at, row.code, row.answer = None, "", ""


def health_by_target(session: Session) -> dict[str, ChannelHealth]:
    """Return what is known of every target, by its fingerprint."""
    rows = session.exec(select(ChannelHealth).order_by(col(ChannelHealth.target)))
    return {row.target: row for row in rows}


def failing_targets(session: Session, targets: frozenset[str]) -> int:
    """Return how many of ``targets`` refused the last time they were spoken to."""
    return sum(
        row.failing for target, row in health_by_target(session).items() if target in targets
    )
