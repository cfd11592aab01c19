"""The arrangement of inspection: teams, areas, rounds and the checklist's lines, out as a workbook and back."""

from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import looking_at
from models.errors import PlanError
from models.inspection.area import store_areas, unit_areas
from models.inspection.arranging import store_round, store_teams
from models.inspection.checklist_line import office_lines, store_lines
from models.inspection.team import SEPARATOR, team_rows, team_units, unit_roles
from models.inspection.visit_round import inspection_setting, known_setting, rounds_of
from models.keys import key_of
from models.loading.changes import Changes
from models.loading.units import listed_units
from models.rules.calendar.moment import Moment
from models.rules.visits.words import TeamRole
from models.units.unit import units_of
from tasks.inspection.arrangement_rows import (
    AREAS,
    LINES,
    ROUNDS,
    SHEETS,
    TEAMS,
    KnownUnits,
    read_areas,
    read_lines,
    read_rounds,
    read_teams,
)
from tasks.inspection.result_sheets import VISITS
from tasks.lists.belonging import INSPECTION, list_title
from tasks.lists.taking import Loaded, Returned, returned
from tasks.workbook.cells import as_name
from tasks.workbook.writing import write_workbook


def export_arrangement(slug: str | None, path: Path, moment: Moment) -> tuple[int, int, int]:
    """Write the arrangement as it stands; return how many teams, units and rounds it has."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        title = list_title(campaign, INSPECTION, moment.today)
        teams = _team_cells(session, campaign_id)
        areas = unit_areas(session, campaign_id)
        set_ = [(o.number, o.first, o.last, o.most) for o in rounds_of(session, campaign_id)]
        wanted, _ = known_setting(session, campaign)
        lines = office_lines(session, campaign_id)
    asked = [(number, None, None, None) for number in range(len(set_) + 1, wanted + 1)]
    yellow = frozenset(range(len(set_), len(set_) + len(asked)))
    parts = [
        TEAMS.filled(teams, title),
        AREAS.filled([(one.unit, one.area, one.left_out) for one in areas], title),
        ROUNDS.filled([*set_, *asked], title, yellow),
        LINES.filled([(one.kind.chinese, one.text) for one in lines], title),
    ]
    write_workbook(path, parts)
    return len(teams), len(areas), len(set_)


def _team_cells(session: Session, campaign_id: int) -> list[tuple[str, ...]]:
    names = {key_of(unit): unit.name for unit in units_of(session, campaign_id)}
    roles = unit_roles(team_units(session, campaign_id))

    def said(team_id: int, role: TeamRole) -> str:
        return SEPARATOR.join(names[unit] for unit in roles[team_id][role])

    return [
        (
            team.name,
            said(key_of(team), TeamRole.BODY),
            team.areas,
            said(key_of(team), TeamRole.AVOIDS),
            "是" if team.withdrawn else "否",
        )
        for team in team_rows(session, campaign_id)
    ]


def load_arrangement(slug: str | None, path: Path, *, moment: Moment) -> Loaded:
    """Take a returned arrangement in; the second time it changes nothing. Any sheet may be missing.

    Visits that are planned stay as they are until they are planned again. Raises PlanError with every
    fault, by sheet, row and column; nothing is written then.
    """
    with returned(slug, path, SHEETS, moment) as taken:
        changes = Changes()
        _store(taken, changes)
        wanted = inspection_setting(taken.session, taken.campaign).rounds
        there = len(rounds_of(taken.session, taken.campaign_id))
        if changes.count:
            taken.record("inspection-arranged", changes.facts())
        short = f"应有 {wanted} 轮，还差 {wanted - there} 轮没有设日期" if there < wanted else ""
        after = "请运行 shifan inspection plan 排定走访" if changes.count and there else ""
        return taken.loaded(changes.count, f"{changes.count} 处变更", short, after)


def _store(taken: Returned, changes: Changes) -> None:
    session, book, campaign_id = taken.session, taken.book, taken.campaign_id
    if any(as_name(page.name) == VISITS.name for page in book.pages):
        raise PlanError(book.name, ["这是督导结果表，请用 shifan inspection results load 装入"])
    known = KnownUnits.of(listed_units(session, campaign_id))
    teams = read_teams(book, known) if book.has(TEAMS) else []
    areas = read_areas(book, known) if book.has(AREAS) else []
    there = rounds_of(session, campaign_id)
    rounds = read_rounds(book, there, campaign_id) if book.has(ROUNDS) else []
    lines = read_lines(book) if book.has(LINES) else []
    book.faults.stop()
    store_teams(session, campaign_id, teams, changes)
    changes.numbers["units"] += store_areas(session, campaign_id, areas)
    for one in rounds:
        if store_round(session, taken.campaign, one):
            changes.add("rounds", f"第 {one.number} 轮 {one.first} 至 {one.last}")
    if lines and lines != office_lines(session, campaign_id):
        changes.numbers["lines"] += store_lines(session, campaign_id, lines)
