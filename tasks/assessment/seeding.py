"""Samples as an office asks for them: the seed first, the draw after it, and drawn again by anyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from models.assessment.drawing import (
    NewDraw,
    draw_sample,
    items_of,
    newest_draw,
    publish_seed,
    published_before,
    redrawn,
)
from models.assessment.drill import DrillDraw, drill_coded, open_drill_coded
from models.assessment.own_tables import case_sheets
from models.assessment.populations import (
    asked_demands,
    demands_needing_papers,
    public_items,
    unit_places,
)
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError
from models.evidence.demands.keeping import ensure_demands
from models.keys import key_of
from models.rules.assessment.criteria import Criterion, Sheets
from models.rules.assessment.sample_item import SampleItem
from models.rules.assessment.words import DRAWN, Method, method_named
from models.rules.calendar.moment import Moment
from models.units.unit import unit_names, units_of
from tasks.assessment.population_lists import listed_population, read_population_rows
from tasks.lists.names import with_bodies
from tasks.lists.taking import returned

SEEN_AT_A_PLACE = 8  # demands at most, spread over what the unit has to do
# What is asked and seen wherever it is, before the unit's own demands.
EVERYWHERE = (
    Criterion("问1", "问：承办人员说得清承担哪些事项、做到哪一步、还差什么"),
    Criterion("看1", "看：公示栏、办事指南、窗口公开的内容齐全，与网上一致"),
)
# What is to be done where there is nothing to draw from.
_TO_FILL = {
    Method.SEARCH: "没有登记为对外公开的材料或网址；可用 shifan assessment population 网络检索 列出名单，加 --file 公布",
    Method.SITE: "没有承担任务的单位；可用 shifan assessment population 实地核验 列出地点，加 --file 公布",
    Method.PAPERS: "没有要材料的指标或任务；请先装入指标表（shifan indicators load）和责任单位",
}
FOUND = Criterion("找到", "网上找得到、打得开，内容相符")
PROVED = Criterion("材料", "材料齐全、有效，能够证明这项要求")


@dataclass(frozen=True, slots=True)
class SampleOrder:
    """What sample is asked for: of which drill and method, how many (0: all), from which list, by which seed."""

    drill: str
    method: Method
    size: int = 0
    path: Path | None = None
    seed: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SeedWords:
    """What was published before a draw, for whoever redoes it."""

    drill: str
    method: str
    seed: str
    source: str
    population: int
    size: int
    digest: str
    left_out: str = ""
    rows: Sequence[tuple[str, str, str, str, str]] = ()

    @property
    def line(self) -> str:
        """Return it in one line."""
        return (
            f"{self.drill} {self.method}：总体 {self.population} 个（SHA-256 指纹 {self.digest[:16]}），"
            f"抽 {self.size} 个，种子 {self.seed}（{self.source}）"
        )


def asked_method(word: str) -> Method:
    """Return the method that ``word`` names; raises CampaignError with those there are."""
    method = method_named(word)
    if method is None:
        raise CampaignError(f"没有“{word}”这种方式，有：{'、'.join(one.chinese for one in Method)}")
    return method


def seed_sample(slug: str | None, order: SampleOrder, by: str, moment: Moment) -> SeedWords:
    """Write the population's hash, the size and the seed into the chain; nothing is drawn. Repeatable.

    Raises PlanError with every fault of the list, CampaignError where a list is needed or there is none.
    """
    _require_drawn(order)
    if order.path is None:
        with writing_to(slug) as (session, campaign):
            return _published(session, key_of(campaign), order, None, (by, moment))
    sheet = listed_population(order.method)
    with returned(slug, order.path, (sheet,), moment) as taken:
        full = {key_of(unit): unit.name for unit in units_of(taken.session, taken.campaign_id)}
        names = {
            name: full[unit] for name, unit in unit_names(taken.session, taken.campaign_id).items()
        }
        items = read_population_rows(taken.book, order.method, with_bodies(names), moment.today)
        taken.book.faults.stop()
        return _published(taken.session, taken.campaign_id, order, items, (by, moment))


def _require_drawn(order: SampleOrder) -> None:
    if order.method not in DRAWN:
        named = "、".join(one.chinese for one in DRAWN)
        raise CampaignError(f"{order.method.chinese}不在这里抽样；在这里抽样的是{named}")
    if order.method is Method.CASE_FILES and order.path is None:
        raise CampaignError(
            "案卷评查要案卷名单：先运行 shifan assessment population 案卷评查 案卷名单.xlsx，填好后加 --file"
        )
    if order.method is Method.PAPERS and order.path is not None:
        raise CampaignError("资料核查从登记的要求里抽，不用名单，请去掉 --file")


def _published(
    session: Session,
    campaign_id: int,
    order: SampleOrder,
    given: list[SampleItem] | None,
    said: tuple[str, Moment],
) -> SeedWords:
    drill = open_drill_coded(session, campaign_id, order.drill)
    if order.method in (Method.SITE, Method.PAPERS):
        ensure_demands(session, campaign_id)
    items = _population(session, campaign_id, order.method) if given is None else given
    if not items:
        raise CampaignError(f"{order.method.chinese}的总体是空的，{_TO_FILL[order.method]}")
    criteria = _criteria(session, campaign_id, order.method, items)
    size = order.size or len(items)
    new = NewDraw(items, size, criteria, order.seed, order.reason)
    draw = publish_seed(session, drill, order.method, new, *said)
    return _words(drill.code, order.method, draw)


def _population(session: Session, campaign_id: int, method: Method) -> list[SampleItem]:
    if method is Method.SEARCH:
        return public_items(session, campaign_id)
    if method is Method.SITE:
        return unit_places(session, campaign_id)
    return demands_needing_papers(session, campaign_id)


def _criteria(
    session: Session, campaign_id: int, method: Method, items: Sequence[SampleItem]
) -> Sheets:
    """Return what the items of a method are looked at by."""
    if method is Method.CASE_FILES:
        sheets, _ = case_sheets(session, campaign_id)
        kinds = {one.trade for one in items}
        return {kind: rows for kind, rows in sheets.items() if kind in kinds}
    if method is Method.SITE:
        return _seen_at_places(session, campaign_id, items)
    return {"": [FOUND if method is Method.SEARCH else PROVED]}


def _seen_at_places(
    session: Session, campaign_id: int, items: Sequence[SampleItem]
) -> dict[str, list[Criterion]]:
    """Return for each place which of its unit's demands to see there, spread over the plan; one statement."""
    own: dict[str, list[Criterion]] = {}
    for one in asked_demands(session, campaign_id):
        own.setdefault(one.unit, []).append(Criterion(one.name, one.text))
    return {
        one.key: [*EVERYWHERE, *spread_over(own.get(one.unit, []), SEEN_AT_A_PLACE)]
        for one in items
    }


def spread_over(rows: Sequence[Criterion], most: int) -> list[Criterion]:
    """Return at most ``most`` of ``rows``, from the first on in equal steps; the same for the same rows."""
    if len(rows) <= most:
        return list(rows)
    return [rows[n * len(rows) // most] for n in range(most)]


def draw_published(
    slug: str | None, drill: str, method: Method, by: str, moment: Moment
) -> SeedWords:
    """Draw what was published; what was drawn already is returned as it is. Repeatable."""
    with writing_to(slug) as (session, campaign):
        found = open_drill_coded(session, key_of(campaign), drill)
        draw, items = draw_sample(session, found, method, by, moment)
        rows = [(one.key, one.unit, one.area, one.trade, one.title) for one in items]
        return _words(found.code, method, draw, rows)


def redraw(slug: str | None, drill: str, method: Method) -> SeedWords:
    """Draw again from the kept population by the published seed, write nothing, and return what came of it.

    Raises CampaignError where nothing was drawn, the chain has no such seed from before the draw, or the
    sample is another than the one that is registered.
    """
    with looking_at(slug) as (session, campaign):
        found = drill_coded(session, key_of(campaign), drill)
        draw = newest_draw(session, key_of(found), method)
        if draw is None or draw.drawn_at is None:
            raise CampaignError(f"{found.code} 的{method.chinese}还没有抽样")
        entry = published_before(session, found, draw)
        if entry is None or entry.at > draw.drawn_at:
            raise CampaignError("记录链里没有抽取以前公布的这个种子，这次抽样不能作数")
        again = redrawn(draw)
        kept = [one.key for one in items_of(session, key_of(draw))]
        if [one.key for one in again.items] != kept:
            raise CampaignError("按公布的种子重新抽出的，与登记的样本不同，这次抽样不能作数")
        rows = [(one.key, one.unit, one.area, one.trade, one.title) for one in again.items]
        return _words(found.code, method, draw, rows)


def _words(
    drill: str,
    method: Method,
    draw: DrillDraw,
    rows: Sequence[tuple[str, str, str, str, str]] = (),
) -> SeedWords:
    return SeedWords(
        drill,
        method.chinese,
        draw.seed,
        draw.source,
        draw.population,
        draw.size,
        draw.population_sha256,
        draw.left_out,
        rows,
    )
