"""Accounts of the window: added, listed, locked, given a password; each an entry of the audit."""

from contextlib import suppress
from dataclasses import dataclass

from models.audit.chain import NewEntry, lock_chain, record
from models.database import open_session, sqlite_file
from models.errors import DatabaseError, UnclearError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.window.entry import account_fault, password_faults
from models.rules.window.hashing import hashed
from models.rules.window.sight import VisitorRole
from models.settings import local_minute
from models.window.account import (
    WindowAccount,
    account_named,
    accounts,
    keep_account,
    office_can_enter,
    require_account,
)

FIRST = "创建办"  # the account that a first start on loopback makes
TAKEN = "账号“{name}”已经有了；停用的可以恢复：shifan window account unlock 账号名"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in a list; its fields are the keys that ``--json`` prints."""

    name: str
    role: str
    state: str
    made_at: str
    made_by: str


def account_rows() -> list[AccountRow]:
    """Return every account, the oldest first; nothing of a password."""
    with open_session(read_only=True) as session:
        return [
            AccountRow(
                one.name,
                VisitorRole(one.role).chinese,
                "已停用" if one.locked_at else "可用" if one.password else "还没有口令",
                local_minute(one.made_at),
                one.made_by,
            )
            for one in accounts(session)
        ]


def add_account(name: str, role: VisitorRole, password: str, by: str, moment: Moment) -> int:
    """Add an account and return its number; ``password`` may be empty, then only a link lets in.

    Raises UnclearError in one line with every fault; a name that was there once is never free again.
    """
    faults = [account_fault(name)] if account_fault(name) else []
    faults += password_faults(password, name) if password else []
    with open_session() as session:
        lock_chain(session)
        if account_named(session, name):
            faults.append(TAKEN.format(name=name))
        if faults:
            raise UnclearError(f"没有添加账号：{'；'.join(faults)}")
        account = WindowAccount(
            name=name,
            role=role.value,
            password=hashed(password) if password else "",
            made_at=moment.now,
            made_by=by,
        )
        keep_account(session, account)
        record(session, None, moment, NewEntry(by, "account-added", name, {"role": role.value}))
        return key_of(account)


def require_free_name(name: str) -> None:
    """Raise UnclearError where no account can be added under ``name``, before a password is asked for."""
    with open_session(read_only=True) as session:
        there = account_named(session, name) is not None
    if fault := account_fault(name) or (TAKEN.format(name=name) if there else ""):
        raise UnclearError(f"没有添加账号：{fault}")


def first_account(moment: Moment) -> int:
    """Return the number of the office's first account that is not locked; made where there is none."""
    with open_session() as session:
        lock_chain(session)
        for one in accounts(session):
            if one.role == VisitorRole.OFFICE and one.locked_at is None:
                return key_of(one)
        taken = {one.name for one in accounts(session)}
        name = next(n for n in (FIRST, *(f"{FIRST}{i}" for i in range(2, 100))) if n not in taken)
        account = WindowAccount(
            name=name, role=VisitorRole.OFFICE.value, made_at=moment.now, made_by="系统"
        )
        keep_account(session, account)
        said = NewEntry("系统", "account-added", name, {"role": VisitorRole.OFFICE.value})
        record(session, None, moment, said)
        return key_of(account)


def set_first_password(password: str, moment: Moment) -> str:
    """Give the office's first account, made where there is none, this password; return its name.

    Raises UnclearError in one line for a password that will not do; then nothing was made.
    """
    if faults := password_faults(password, FIRST):
        raise UnclearError(f"没有启动：{'；'.join(faults)}")
    number = first_account(moment)
    with open_session() as session:
        lock_chain(session)
        account = session.get_one(WindowAccount, number)
        account.password, account.generation = hashed(password), account.generation + 1
        record(session, None, moment, NewEntry("系统", "account-password", account.name, {}))
        return account.name


def somebody_can_enter() -> bool:
    """Say whether anybody of the office has an account with a password that is not locked.

    Nobody has where there is no database yet, or one from before there were accounts.
    """
    file = sqlite_file()
    if file is not None and not file.exists():
        return False
    with suppress(DatabaseError), open_session(read_only=True) as session:
        return office_can_enter(session)
    return False


def set_password(name: str, password: str, by: str, moment: Moment) -> None:
    """Give an account another password; whoever is in under the old one is out."""
    if faults := password_faults(password, name):
        raise UnclearError(f"口令没有改：{'；'.join(faults)}")
    with open_session() as session:
        lock_chain(session)
        account = require_account(session, name)
        account.password, account.generation = hashed(password), account.generation + 1
        record(session, None, moment, NewEntry(by, "account-password", name, {}))


def lock_account(name: str, by: str, moment: Moment) -> bool:
    """Lock an account at once, wherever it is in; False when it was locked already.

    Raises UnclearError for the last one of the office that could let somebody in.
    """
    with open_session() as session:
        lock_chain(session)
        account = require_account(session, name)
        if account.locked_at is not None:
            return False
        account.locked_at, account.generation = moment.now, account.generation + 1
        session.flush()
        if (
            account.role == VisitorRole.OFFICE
            and account.password
            and not office_can_enter(session)
        ):
            raise UnclearError(
                f"没有停用：{name} 是创建办最后一个能登录的账号；请先添加或恢复另一个"
            )
        record(session, None, moment, NewEntry(by, "account-locked", name, {}))
        return True


def unlock_account(name: str, by: str, moment: Moment) -> bool:
    """Let a locked account in again, with the password it had; False when it was not locked."""
    with open_session() as session:
        lock_chain(session)
        account = require_account(session, name)
        if account.locked_at is None:
            return False
        account.locked_at = None
        record(session, None, moment, NewEntry(by, "account-unlocked", name, {}))
        return True


def account_number(name: str) -> int:
    """Return the number of the account of that name; raises NotFoundError with the names there are."""
    with open_session(read_only=True) as session:
        return key_of(require_account(session, name))
