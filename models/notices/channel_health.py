"""How each channel did: when it last took a message, when it last refused one, and with what words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select, text

FIRST_HEARD = """
INSERT INTO channel_health (target, kind, code, answer) VALUES (:target, :kind, '', '')
ON CONFLICT (target) DO NOTHING"""


class ChannelHealth(SQLModel, table=True):
    """The last success and the last failure of one target; ``target`` is a fingerprint, never a URL.

    ``code`` and ``answer`` are of the last failure. ``tag`` says where in the file to look for it: for whom it
    was last spoken to, or who the file said it is at the last self-test; "" when the file had it no more,
    None where that was not kept yet.
    """

    __tablename__ = "channel_health"

    target: str = Field(primary_key=True, max_length=64)
    kind: str = ""
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    code: str = ""
    answer: str = ""
    tag: str | None = None

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


def keep_answer(
    session: Session, target: str, kind: str, reply: Reply, now: datetime, tag: str
) -> None:
    """Write down what ``target`` of ``tag`` just answered; two who hear of it for the first time wait for each other."""
    if session.get(ChannelHealth, target) is None:
        session.connection().execute(text(FIRST_HEARD), {"target": target, "kind": kind})
    row = session.get_one(ChannelHealth, target)
    row.tag = tag
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


def failing_targets(session: Session) -> dict[str, str | None]:
    """Return the targets that refused the last time they were spoken to, each with the tag to look for it by.

    Some of them the file may have no more.
    """
    refused, taken = col(ChannelHealth.last_failure_at), col(ChannelHealth.last_success_at)
    failing = refused.is_not(None) & (taken.is_(None) | (taken < refused))
    rows = session.exec(select(ChannelHealth.target, ChannelHealth.tag).where(failing))
    return dict(rows.all())


def keep_tags(session: Session, tags: Mapping[str, str]) -> None:
    """Write down with every target by which of ``tags`` the file has it; "" with those it has no more."""
    for target, row in health_by_target(session).items():
        row.tag = tags.get(target, "")
