"""What the office's first page and the board say of the last examination."""

from datetime import datetime, timedelta

from models.rules.window.errands import Errand, Waiting
from notifications import links
from tasks.doctor.diagnosis import Health
from tasks.doctor.kept import KeptExamination, every_examination, last_examination

DEPLOYMENT = "体检"
OLD = timedelta(days=2)  # it is made every morning


def health_waits(now: datetime) -> Waiting:
    """Return how many things of the last examination somebody should look at, in one line.

    It is this machine's; where that makes none, the last of any other, which is named.
    """
    kept = _examined(now)
    if kept is None:
        return Waiting(Errand.DOCTOR, 0, "")
    found, whose = kept.examination, f"（看的是电脑 {kept.elsewhere}）" * bool(kept.elsewhere)
    count = found.count(Health.BAD) + found.count(Health.LOOK)
    if now - found.at > OLD:
        return Waiting(Errand.DOCTOR, max(count, 1), "每天早上的体检有两天没有做了")
    bad = found.count(Health.BAD)
    counted = (bad, "项坏了"), (count - bad, "项要看一看")
    said = "，".join(f"{many} {how}" for many, how in counted if many)
    return Waiting(Errand.DOCTOR, count, (said or "都好") + whose)


def _examined(now: datetime) -> KeptExamination | None:
    here = last_examination()
    if here and abs(now - here.examination.at) <= OLD:
        return here  # asks no database
    return next(iter(every_examination(now)), None)


def health_line(now: datetime) -> str:
    """Return how the machine is that was looked at last, in a few words below the board; empty before any was."""
    return health_waits(now).line


def form_of_examination() -> str:
    """Return where the examination is run once more by hand, as a path of the window; empty where unknown."""
    return links.path_of(links.form(DEPLOYMENT))
