"""Why the office's own Prefect server could not begin, in one line; its own words go into a report."""

import errno
import socket
from collections.abc import Iterator

from deployments.error_report import keep_report
from models.rules.out_of_reach import why_out_of_reach
from models.rules.several_servers import DATABASE, REDIS

# What asyncpg calls what a server says, where the words alone would mislead.
_CALLED = {
    "UndefinedTableError": "它的表还没有升级好，请先运行 prefect server database upgrade -y",
    "InsufficientPrivilegeError": "这个用户不能在里面建表，请管理员把库交给这个用户",
}

_OF_THE_NETWORK = {errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT}


def out_of_reach_of(error: BaseException) -> str:
    """Return which database or Redis did not let Prefect in, and why; empty for any other fault."""
    chain = list(_causes(error))
    if any(type(one).__module__.startswith("redis") for one in chain):
        return f"连不上 Redis：请看它是否在运行，地址写在 {REDIS} 一类的设置里"
    for one in reversed(chain):
        if type(one).__module__.startswith("asyncpg") or _did_not_connect(one):
            why = _CALLED.get(type(one).__name__) or why_out_of_reach(str(one))
            return f"连不上 Prefect 的数据库：{why}；地址和口令写在 {DATABASE} 里"
    return ""


def why_not_begun(error: BaseException | None) -> str:
    """Return in one line why a server that raised ``error`` at its start is not there; keeps a report of it."""
    if error is None:
        return "Prefect 服务没有启动起来，原因见上面几行；先看它的数据库连不连得上"
    return f"没有启动：{out_of_reach_of(error) or keep_report(error)}"


def _did_not_connect(error: BaseException) -> bool:
    """Say whether no connection came about; a full disk or a folder that is shut is another fault."""
    if isinstance(error, ConnectionError | TimeoutError | socket.gaierror):
        return True
    # Of several addresses that all refuse asyncio raises one without a number.
    return isinstance(error, OSError) and (error.errno or errno.ECONNREFUSED) in _OF_THE_NETWORK


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield ``error`` and what it came from, the first cause last."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
