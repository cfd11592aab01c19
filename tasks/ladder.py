"""The ladder that counts for a campaign: built in, changed by the office, then by the plan."""

import json
from typing import Any

import yaml

from models.campaign import Campaign, campaign_named
from models.database import open_session
from models.errors import PlanError
from models.rules.ladder_table import DEFAULT, Ladder, parse_ladder
from models.settings import settings


def office_ladder() -> Ladder:
    """Return the ladder of the office's file (SHIFAN_LADDER), the built-in one without a file.

    Raises PlanError with every fault of the file.
    """
    path = settings().ladder
    if path is None:
        return DEFAULT
    name = f"提醒阶梯文件 {path} "
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError:
        raise PlanError(name, ["文件读不出来,请检查 SHIFAN_LADDER 的路径和权限"]) from None
    except UnicodeDecodeError:
        raise PlanError(name, ["不是 UTF-8 编码的文本,请另存为 UTF-8"]) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行附近" if mark else "文件"
        raise PlanError(name, [f"{where}不是正确的 YAML,请检查缩进、冒号和引号"]) from None
    ladder, faults = parse_ladder(table)
    if faults:
        raise PlanError(name, faults)
    return ladder


def ladder_of(campaign: Campaign) -> Ladder:
    """Return the ladder of ``campaign``: its plan's word before the office's."""
    office = office_ladder()
    ladder, faults = parse_ladder(plan_field(campaign, "ladder"), office)
    return office if faults else ladder


def ladder_in_force(slug: str | None) -> Ladder:
    """Return the ladder of the campaign ``slug``, of the first one without it."""
    with open_session(read_only=True) as session:
        return ladder_of(campaign_named(session, slug))


def plan_field(campaign: Campaign, name: str) -> Any:
    """Return one field of the stored plan, None when the plan leaves it out."""
    if f'"{name}"' not in campaign.plan_json:
        return None
    return json.loads(campaign.plan_json).get(name)
