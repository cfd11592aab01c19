"""Where each thing that the office did is taken back."""

from deployments.window.asking import Asked
from deployments.window.office.answers import may_do, path_of
from models.rules.window.errands import Errand
from models.rules.window.finding_history import OF_A_VISIT, PREFIX
from tasks.window.office_acts import OfficeAct
from tasks.window.office_lists import unit_number
from tasks.window.office_standing import AT_THE_RECEIPT


def way_back(asked: Asked, act: OfficeAct) -> str:
    """Return the path where an act is taken back; empty where it is not, or not by whoever is there."""
    if not may_do(asked) or not act.stands:
        return ""
    if act.what in AT_THE_RECEIPT:
        return f"/r/{act.number}"
    if act.what == "silence-added":
        return path_of(asked, Errand.SILENCES, act.subject.rpartition(" ")[2], "end")
    if act.what == "decision-asked":
        return path_of(asked, Errand.DECISIONS, act.question, "back")
    if act.what == "succession":
        return path_of(asked, Errand.SUCCESSION, act.number, "back")
    if act.what == "asks-allowed":
        return path_of(asked, Errand.BURDEN, unit_number(asked.slug, act.subject), "back")
    if act.what.startswith(PREFIX):
        return f"/c/{asked.of.address}/f/{act.subject}/take-back"
    if act.what in OF_A_VISIT:
        return path_of(asked, Errand.VISITS, act.subject, "back")
    return path_of(asked, Errand.CONDITIONS, act.subject.removeprefix("S"), act.rule, "back")
