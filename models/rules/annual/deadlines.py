"""By when the report of a year is due.

法治政府建设与责任落实督察工作规定 (2019): before 1 March to the level above, and (第二十四条) before 1 April to the
public by newspapers, websites and other media, but for what is a secret.
"""

from datetime import date, timedelta


def report_days(year: int) -> tuple[tuple[str, str, date], ...]:
    """Return of the report of ``year`` each step: its code, its title, and the last day on which it is in time."""
    upwards, public = date(year + 1, 3, 1), date(year + 1, 4, 1)
    name = f"{year}年度法治政府建设情况报告"
    return (
        (f"N{year}.1", f"{name}报上级", upwards - timedelta(days=1)),
        (f"N{year}.2", f"{name}向社会公开", public - timedelta(days=1)),
    )
