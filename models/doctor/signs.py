"""The last sign that each machine left of what it did: for the others, which cannot see into its home."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, delete, select

from models.database import run

DELIVERY, EXAMINATION = "delivery", "examination"
HEARD_OF = timedelta(days=7)  # then a machine is gone; a container has another name each time
# Far longer, so that a machine whose clock runs weeks ahead takes away no sign of the others.
KEPT = timedelta(days=366)
_AGAIN = "UPDATE machine_sign SET at = :at, said = :said WHERE kind = :kind AND machine = :machine"
_FIRST = """
    INSERT INTO machine_sign (kind, machine, at, said) VALUES (:kind, :machine, :at, :said)
    ON CONFLICT (kind, machine) DO NOTHING"""


class MachineSign(SQLModel, table=True):
    """When a machine last did something of a ``kind``, and what came of it, as JSON; empty where that says all."""

    __tablename__ = "machine_sign"

    kind: str = Field(primary_key=True, max_length=20)
    machine: str = Field(primary_key=True, max_length=255)
    at: datetime
    said: str = ""


def leave_sign(session: Session, kind: str, machine: str, at: datetime, said: str = "") -> None:
    """Leave the sign of a ``machine`` in the place of its last; a machine's first takes those of a year ago away."""
    values = {"kind": kind, "machine": machine, "at": at, "said": said}
    if not run(session, _AGAIN, values).rowcount:
        run(session, _FIRST, values)
        old = delete(MachineSign).where(col(MachineSign.at) < at - KEPT)
        session.connection().execute(old)


def signs_of(session: Session, kind: str, now: datetime) -> Sequence[MachineSign]:
    """Return the last sign of a ``kind`` of each machine of the week before ``now``, the newest first; one statement.

    A machine that is gone is not heard of again.
    """
    query = select(MachineSign).where(
        MachineSign.kind == kind, col(MachineSign.at) >= now - HEARD_OF
    )
    return session.exec(query.order_by(col(MachineSign.at).desc(), MachineSign.machine)).all()
