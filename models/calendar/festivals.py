"""The days of the year that offices call by name: 国庆节前, 春节前, 国家宪法日前.

Fixed days: 全国年节及纪念日放假办法 (国务院令第795号) and what set up each of the others, beside it. Days of
the moon and the sun come from tyme4py (MIT; why that one: `statutory`), imported only where one is asked for.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from models.rules.bounds import FIRST_DAY, LAST_DAY

# Name -> month, day of the sun's year.
OF_THE_SUN: Mapping[str, tuple[int, int]] = {
    "元旦": (1, 1),  # 办法第二条, as 劳动 and 国庆
    "劳动": (5, 1),
    "五一": (5, 1),
    "国庆": (10, 1),
    "十一": (10, 1),
    "妇女": (3, 8),  # 办法第三条, as 青年, 儿童 and 建军
    "三八": (3, 8),
    "青年": (5, 4),
    "五四": (5, 4),
    "儿童": (6, 1),
    "六一": (6, 1),
    "建军": (8, 1),
    "八一": (8, 1),
    "双十一": (11, 11),  # of the shops, no law: always doubted
    "双十二": (12, 12),
    "植树": (3, 12),  # 办法第五条 names them; 森林法第十条
    "教师": (9, 10),  # 教师法第六条
    "记者": (11, 8),  # 国函〔2000〕69号
    "建党": (7, 1),
    "七一": (7, 1),
    "国家安全教育日": (4, 15),  # 国家安全法第十四条
    "国家宪法日": (12, 4),  # 全国人大常委会关于设立国家宪法日的决定
    "宪法日": (12, 4),
    "烈士纪念日": (9, 30),  # 全国人大常委会关于设立烈士纪念日的决定
}
# Name -> month, day of the moon's year (none of the leap months); 除夕 is the day before the first.
OF_THE_MOON: Mapping[str, tuple[int, int]] = {
    "春节": (1, 1),
    "元宵": (1, 15),
    "端午": (5, 5),
    "中秋": (8, 15),
    "重阳": (9, 9),
}
EVE, CLEAR = "除夕", "清明"  # 清明 is a solar term: the sun at 15 degrees
NAMES = (*OF_THE_SUN, *OF_THE_MOON, EVE, CLEAR)


@cache
def festival_day(name: str, year: int) -> date | None:
    """Return the day of ``name`` (one of ``NAMES``) in ``year``; None outside 1990 to 2099."""
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return None
    if name in OF_THE_SUN:
        return date(year, *OF_THE_SUN[name])
    if name in OF_THE_MOON:
        return of_moon(year, *OF_THE_MOON[name])
    if name == EVE:
        return of_moon(year, 1, 1) - timedelta(days=1)
    return clear_and_bright(year) if name == CLEAR else None


def of_moon(year: int, month: int, day: int) -> date:
    """Return the day of the sun's calendar for one of the moon's."""
    from tyme4py.lunar import LunarDay

    return _as_date(LunarDay.from_ymd(year, month, day).get_solar_day())


def clear_and_bright(year: int) -> date:
    """Return the day of 清明."""
    from tyme4py.solar import SolarTerm

    return _as_date(SolarTerm.from_name(year, CLEAR).get_julian_day().get_solar_day())


def _as_date(day: Any) -> date:
    return date(day.get_year(), day.get_month(), day.get_day())
