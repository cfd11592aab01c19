"""The ladder that counts for a campaign: built in, changed by the office, then by the plan."""

import json
from collections.abc import Sequence
from typing import Any

from models.campaign.campaign import Campaign, looking_at
from models.errors import PlanError
from models.files import yaml_text
from models.files.whole_file import FileFault, read_whole
from models.rules.notices.ladder_table import DEFAULT, Ladder, parse_ladder
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
        table = yaml_text.load(read_whole(path, yaml_text.LARGEST).decode("utf-8-sig"))
    except FileFault as fault:
        raise PlanError(
            name, [f"文件{fault.why.value}，请检查 SHIFAN_LADDER 的路径和权限"]
        ) from None
    except UnicodeDecodeError:
        raise PlanError(name, ["不是 UTF-8 编码的文本，请另存为 UTF-8"]) from None
    except yaml_text.YamlFault as fault:
        raise PlanError(name, fault.lines) from None
    ladder, faults = parse_ladder(table)
    if faults:
        raise PlanError(name, faults)
    return ladder


def ladder_of(campaign: Campaign) -> Ladder:
    """Return the ladder of ``campaign``: its plan's word before the office's."""
    [ladder] = ladders_of([campaign])
    return ladder


def ladders_of(campaigns: Sequence[Campaign]) -> list[Ladder]:
    """Return the ladder of each campaign; the office's is read once."""
    office = office_ladder()
    own = [parse_ladder(plan_field(campaign, "ladder"), office) for campaign in campaigns]
    return [office if faults else ladder for ladder, faults in own]


def ladder_in_force(slug: str | None) -> Ladder:
    """Return the ladder of the campaign ``slug``, of the first one without it."""
    with looking_at(slug) as (_, campaign):
        return ladder_of(campaign)


def plan_field(campaign: Campaign, name: str) -> Any:
    """Return one field of the stored plan, None when the plan leaves it out."""
    if f'"{name}"' not in campaign.plan_json:
        return None
    return json.loads(campaign.plan_json).get(name)
