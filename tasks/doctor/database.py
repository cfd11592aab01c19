"""The database: reached, of this program's version, whole; and its server's own clock."""

from datetime import datetime

from models.database import sqlite_file
from models.doctor.database import damaged_page, database_now, database_state
from models.schema import REVISION
from tasks.doctor.diagnosis import Diagnosis, bad, well
from tasks.evidence.looking_up import size_words

SECONDS_FOR_PAGES = 4.0
CLOCKS_APART = 60  # seconds; a lease lasts two minutes


def reachable(_now: datetime) -> Diagnosis:
    """Say whether the database answers, and is the one this program needs."""
    if (path := sqlite_file()) and not path.exists():
        return bad("还没有数据库", "启动一次就会建立", "shifan up")
    state = database_state()
    if state.unfit:
        return bad(state.unfit)
    if state.version is None:
        return bad(
            "数据库是空的，没有示范的表",
            "新装的升级一次；原来有数据的用备份恢复",
            "shifan db upgrade",
        )
    if state.version != REVISION:
        return _other_version(state.version)
    if state.lacking:
        return bad(
            f"数据库缺东西：{state.lacking}",
            "用备份恢复，或请维护人员查看",
            "shifan db restore 备份文件",
        )
    if state.fault:
        return bad(state.fault)
    return well(f"{state.server}，版本 {state.version}，{size_words(state.size)}")


def _other_version(version: str) -> Diagnosis:
    if version > REVISION:
        return bad(f"数据库的版本（{version}）比程序（{REVISION}）新", "换用新版程序，或用备份恢复")
    return bad(
        f"数据库的版本是 {version}，程序需要 {REVISION}",
        "升级一次，会先留一份备份",
        "shifan db upgrade",
    )


def pages_whole(_now: datetime) -> Diagnosis:
    """Look at the pages of a SQLite database, as many as a few seconds allow; a server sees to its own."""
    path = sqlite_file()
    if path is None:
        return well("由数据库服务器自己看护")
    fault = damaged_page(path, SECONDS_FOR_PAGES)
    if fault is None:
        return well(f"{SECONDS_FOR_PAGES:g} 秒里看过的部分没有损坏；库很大，没有看完")
    if fault:
        return bad("数据库文件有损坏", "停下来，用最近的备份恢复", "shifan db restore 备份文件")
    return well("逐页看过，没有损坏")


def clocks_agree(now: datetime) -> Diagnosis:
    """Compare this machine's clock with that of the database's server."""
    there = database_now()
    if there is None:
        return well("数据库就在这台电脑上，是同一个时钟")
    apart = abs((there - now).total_seconds())
    if apart > CLOCKS_APART:
        return bad(f"与数据库服务器的时钟差 {apart:.0f} 秒", "两台机器都与同一个时间服务器对时")
    return well(f"与数据库服务器的时钟差 {apart:.0f} 秒")
