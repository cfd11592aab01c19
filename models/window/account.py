"""Accounts: one for each person of the office, and for auditors; never shared, never deleted."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, func, select

from models.errors import NotFoundError
from models.rules.window.sight import VisitorRole


class WindowAccount(SQLModel, table=True):
    """One person's account. ``password`` is an Argon2 hash with its own parameters, empty until one is set.

    ``generation`` goes up with a new password and with a lock: whatever was signed for an earlier one
    (sessions, links that work once) counts no more.
    """

    __tablename__ = "window_account"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    role: str
    password: str = Field(default="", repr=False)
    generation: int = 0
    locked_at: datetime | None = None
    made_at: datetime
    made_by: str


def accounts(session: Session) -> list[WindowAccount]:
    """Return every account, the oldest first."""
    return list(session.exec(select(WindowAccount).order_by(col(WindowAccount.id))))


def account_named(session: Session, name: str) -> WindowAccount | None:
    """Return the account of that very name, None where there is none."""
    return session.exec(select(WindowAccount).where(WindowAccount.name == name)).first()


def account_numbered(session: Session, number: int) -> WindowAccount | None:
    """Return the account ``number``, None where there is none."""
    return session.get(WindowAccount, number)


def require_account(session: Session, name: str) -> WindowAccount:
    """Return the account of that name; raises NotFoundError with the names there are."""
    if found := account_named(session, name):
        return found
    known = "、".join(one.name for one in accounts(session)) or "（还没有）"
    raise NotFoundError(f"没有账号“{name}”，现有账号：{known}")


def office_can_enter(session: Session) -> bool:
    """Say whether anybody of the office could log in: an account that is not locked, with a password."""
    query = select(func.count()).where(
        WindowAccount.role == VisitorRole.OFFICE,
        col(WindowAccount.locked_at).is_(None),
        WindowAccount.password != "",
    )
    return session.exec(query).one() > 0


def keep_account(session: Session, account: WindowAccount) -> WindowAccount:
    """Write an account down and return it with its number."""
    session.add(account)
    session.flush()
    return account
