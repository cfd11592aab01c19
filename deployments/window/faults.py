"""What a page says when something was wrong: one line, and the status that goes with it."""

from deployments.window.asking import NotYours, Page, Way
from models.errors import CampaignError, DatabaseError, EndedError, NotFoundError, OccupiedError

BUSY = "系统正忙，没有执行；请过几秒再点一次"
DOWN = "系统现在用不了；请过几分钟再打开，看看办成了没有，还不行的请告诉管这台电脑的同事"
OURS = "这一页没有打开，是程序的毛病，什么也没有改动；请告诉创建办，原因在日志里"
STATUS: tuple[tuple[type[CampaignError], int], ...] = (
    (NotYours, 403),
    (NotFoundError, 404),
    (DatabaseError, 503),
    (EndedError, 409),
)


def fault_of(error: CampaignError | None) -> str:
    """Return the one line for ``error``; None is a fault of ours, of which nothing is shown."""
    if error is None:
        return OURS
    if isinstance(error, OccupiedError):
        return BUSY
    return DOWN if isinstance(error, DatabaseError) else str(error)


def status_of(error: CampaignError) -> int:
    """Return the HTTP status for ``error``."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 422)


def fault_page(way: Way, line: str, status: int) -> Page:
    """Return what is shown at ``way`` where something is wrong."""
    return way.fault(line, status) if way.fault else Page("fault.html", {"line": line}, status)
