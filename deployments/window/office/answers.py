"""How an act of the office ends: in its receipt, or in one sentence where nothing had to be done."""

from deployments.window.asking import Asked, Go, NotYours, Page, Reply
from models.rules.window.errands import Errand
from models.rules.window.plain_words import without_commands
from models.rules.window.sight import Right, VisitorRole

OFFICES_OWN = (VisitorRole.OFFICE, VisitorRole.AUDITOR, VisitorRole.OFFICE_POST)


def path_of(asked: Asked, errand: Errand | None = None, *parts: object) -> str:
    """Return the path of an errand's page, of the office's first page without one."""
    first = f"/c/{asked.of.address}/o"
    return "/".join([first, *([errand.value] if errand else []), *map(str, parts)])


def receipt_or(asked: Asked, line: str, errand: Errand) -> Reply:
    """Lead to the receipt of what was just done; where nothing was written, say ``line``.

    The first entry is the act itself, those behind it what came of it.
    """
    if asked.done.entries:
        return Go(f"/r/{asked.done.entries[0]}")
    return Page("office_done.html", {"line": line, "errand": errand})


def said(asked: Asked, field: str, otherwise: str = "") -> str:
    """Return what a form's field shows: what was typed before a refusal, else what the link brought."""
    return asked.typed.get(field) or asked.query.get(field) or otherwise


def require_offices_own(asked: Asked) -> None:
    """Raise NotYours where a page is for the office and auditors alone: leaders see all but this."""
    if not is_offices_own(asked):
        raise NotYours("这一页只给创建办和审计看")


def is_offices_own(asked: Asked) -> bool:
    """Say whether whoever is there is of the office, or an auditor."""
    return asked.visitor.role in OFFICES_OWN


def fault_in_words(asked: Asked) -> str:
    """Return why a form is shown again, without what an operator would type at a command."""
    return "\n".join(without_commands(line) for line in asked.fault.split("\n"))


def may_do(asked: Asked) -> bool:
    """Say whether whoever is there does what the office does; others see lists without buttons."""
    return asked.may(Right.OFFICE)
