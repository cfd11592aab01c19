"""The last rehearsal of a campaign: what came of it, its workbook and its page, and how to make another."""

from deployments.window.asking import Asked, Page, Sheet, Way
from deployments.window.office.answers import may_do, require_offices_own
from models.errors import NotFoundError
from models.rules.window.sight import Right
from notifications import links
from tasks.rehearsal.kept import kept_download, kept_rehearsal

DEPLOYMENT = "演练"
NONE = "还没有演练过，或者文件已经不在；请先演练一次"


def rehearsal_page(asked: Asked) -> Page:
    """Show what the last rehearsal of the campaign came to; nothing is walked anew."""
    require_offices_own(asked)
    again = links.path_of(links.form(DEPLOYMENT)) if may_do(asked) else ""
    facts = {"kept": kept_rehearsal(asked.of.address), "again": again}
    return Page("office_rehearsal.html", facts)


def rehearsal_file(asked: Asked) -> Sheet:
    """Hand over the workbook or the page of the last rehearsal, to be kept as a file.

    A page that was made elsewhere is never shown within the window's own address.
    """
    require_offices_own(asked)
    found = kept_download(asked.of.address, asked.path["which"])
    if found is None:
        raise NotFoundError(NONE)
    content, kind, name = found
    return Sheet(content, kind, filename=f"{asked.of.label} {name}")


WAYS = (
    Way("GET", "/c/{slug}/o/rehearsal", rehearsal_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/rehearsal/{which}", rehearsal_file, Right.SEE_ALL),
)
