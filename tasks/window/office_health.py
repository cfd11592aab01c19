"""What the office's first page and the board say of the last examination."""

from datetime import datetime, timedelta

from models.rules.window.errands import Errand, Waiting
from notifications import links
from tasks.doctor.diagnosis import Health
from tasks.doctor.kept import last_examination

DEPLOYMENT = "体检"
OLD = timedelta(days=2)  # it is made every morning


def health_waits(now: datetime) -> Waiting:
    """Return how many things of the last examination somebody should look at, in one line."""
    kept = last_examination()
    if kept is None:
        return Waiting(Errand.DOCTOR, 0, "")
    found = kept.examination
    count = found.count(Health.BAD) + found.count(Health.LOOK)
    if now - found.at > OLD:
        return Waiting(Errand.DOCTOR, max(count, 1), "每天早上的体检有两天没有做了")
    bad = found.count(Health.BAD)
    said = f"{bad} 项坏了，{count - bad} 项要看一看" if bad else f"{count} 项要看一看"
    return Waiting(Errand.DOCTOR, count, said)


def health_line(now: datetime) -> str:
    """Return how this machine is, in a few words below the board; empty before the first examination."""
    found = health_waits(now)
    return found.line if found.count or not found.line else "都好"


def form_of_examination() -> str:
    """Return where the examination is run once more by hand, as a path of the window; empty where unknown."""
    return links.path_of(links.form(DEPLOYMENT))
