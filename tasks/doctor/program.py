"""Is the program what it says it needs: Python and the libraries; and can its settings be read."""

import platform
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from zoneinfo import ZoneInfo

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from models.hashing import IN_WORDS, hash_faults
from models.settings import settings
from tasks.doctor.diagnosis import Diagnosis, bad, of_faults, to_look_at, well

OURS = "shifan"
NAMED = ("prefect", "sqlalchemy", "apprise")  # in the line that says that all is well
CHINA = "Asia/Shanghai"


def settings_read(_now: datetime) -> Diagnosis:
    """Say whether the settings can be used; raises SettingsError, which names what cannot."""
    settings()
    return well("能读，写法都对")


def versions_fit(_now: datetime) -> Diagnosis:
    """Compare Python and every library with what this program asks for."""
    python = SpecifierSet(metadata(OURS)["Requires-Python"] or "")
    faults = [] if platform.python_version() in python else [_misfit("Python", python)]
    faults += [line for asked in _asked() if (line := _fault(asked))]
    kept = "、".join(f"{name} {version(name)}" for name in NAMED if not faults)
    mend = "用这一版程序自带的锁定版本重新准备环境（在程序的文件夹里）"
    return of_faults(
        faults, f"Python {platform.python_version()}、{kept}，都合要求", mend, "make setup"
    )


def hashes_made(_now: datetime) -> Diagnosis:
    """Say whether this machine can make the hashes that were chosen for the chain and for evidence."""
    chosen = IN_WORDS[settings().hash]
    return of_faults(hash_faults(), f"记录链和证明材料的指纹用 {chosen}，这台电脑能算")


def time_zone(_now: datetime) -> Diagnosis:
    """Say whether the office's clock runs on China's time, and the zone's own table is there."""
    zone = ZoneInfo(settings().time_zone)
    off = datetime(2026, 7, 1, 12, tzinfo=zone).utcoffset()
    if zone.key == CHINA and str(off) == "8:00:00":
        return well("Asia/Shanghai，东八区")
    if zone.key == CHINA:
        return bad("时区表有错：Asia/Shanghai 不是东八区", "请更新这台电脑的时区数据（tzdata）")
    return to_look_at(
        f"设的是 {zone.key}：工作日、8:30 巡查、到期日都按那里的时间算",
        "在国内使用的，把 SHIFAN_TIME_ZONE 去掉，或设为 Asia/Shanghai",
    )


def _asked() -> Iterator[Requirement]:
    """Yield what every installation needs; not what is for an option, or another system."""
    for line in requires(OURS) or ():
        asked = Requirement(line)
        if asked.marker is None or asked.marker.evaluate({"extra": ""}):
            yield asked


def _fault(asked: Requirement) -> str:
    try:
        there = version(asked.name)
    except PackageNotFoundError:
        return f"没有 {asked.name}"
    fits = asked.specifier.contains(there, prereleases=True)
    return "" if fits else f"{asked.name} 是 {there}，要求 {asked.specifier}"


def _misfit(name: str, asked: SpecifierSet) -> str:
    return f"{name} 是 {platform.python_version()}，要求 {asked}"
