"""What a drill found that is to be mended: handed to the findings, where it lives on."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from models.assessment.drawing import newest_draw
from models.assessment.drill import Drill, changeable_drill
from models.assessment.marks import JudgedItem, judged_items
from models.assessment.workpapers import newest_reviewed
from models.campaign.campaign import writing_to
from models.errors import CampaignError
from models.evidence.known import items_known
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.keys import key_of
from models.rules.assessment.words import DRAWN, Method
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.units.unit import unit_names

FAILING = 60.0  # what is below is raised as a finding


def raise_weak_items(slug: str | None, drill: str, by: str, moment: Moment) -> str:
    """Raise a finding for each item below `FAILING` of a reviewed workpaper; say how many. Repeatable.

    The same item of the same drill is the same finding. Raises CampaignError for a dropped drill, and for
    what the findings refuse.
    """
    with writing_to(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
        news = list(_news(session, found, moment))
        outcomes = raise_findings(session, key_of(campaign), news, by, moment)
        faults = [fault for one in outcomes for fault in one.faults]
        if faults:
            raise CampaignError("；".join(dict.fromkeys(faults)))
        new = [one.code for one in outcomes if one.new]
        again = [one.code for one in outcomes if one.again]
        return _words(found.code, len(news), new, again)


def _words(code: str, count: int, new: Sequence[str], again: Sequence[str]) -> str:
    if not count:
        return f"{code} 复核过的底稿里没有低于 {FAILING:g} 分的样本，不必转整改"
    said = [f"{code} 有 {count} 个样本低于 {FAILING:g} 分"]
    said += [f"新列问题 {len(new)} 个：{'、'.join(new)}"] if new else []
    said += [f"再次发现 {len(again)} 个：{'、'.join(again)}"] if again else []
    said += [] if new or again else ["都已列入问题清单"]
    return "；".join(said)


def _news(session: Session, drill: Drill, moment: Moment) -> Iterator[NewFinding]:
    """Yield what is to be raised, by method and in the sample's order; a method's unreviewed record is left out."""
    units = unit_names(session, drill.campaign_id)
    codes = set(items_known(session, drill.campaign_id).by_code)
    reviewed = newest_reviewed(session, key_of(drill))
    for method in DRAWN:
        draw = newest_draw(session, key_of(drill), method) if method in reviewed else None
        for one in judged_items(session, draw) if draw else ():
            if one.judged.score is not None and one.judged.score < FAILING:
                code = one.item.key.partition("#")[0]
                yield NewFinding(
                    _problem(method, one),
                    f"drill:{drill.code}",
                    moment.today,
                    units.get(one.item.unit),
                    item=code if code in codes else "",
                )


def _problem(method: Method, one: JudgedItem) -> str:
    title = "" if one.item.title in ("", one.item.key) else f"（{one.item.title}）"
    faults = "；".join(one.faults) or f"{one.judged.score:.2f} 分"
    words = f"{method.chinese} {one.item.key}{title}：{faults}"
    return words if len(words) <= LONGEST_NOTE else f"{words[: LONGEST_NOTE - 1]}…"
