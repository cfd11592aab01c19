"""When each flow runs. Days off are the flows' own business: make-up workdays fall on week-ends."""

from typing import Any, get_type_hints

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import EntrypointType, RunnerDeployment
from prefect.schedules import Cron
from prefect.utilities.callables import ParameterSchema
from pydantic.fields import FieldInfo

from deployments.service.first_patrol import PATROL
from flows.accept import accept
from flows.acknowledge_notices import acknowledge_notices
from flows.advance_stage import advance_stage
from flows.check_channels import check_channels
from flows.collect_ledgers import collect_ledgers
from flows.confirm_clock import confirm_clock
from flows.confirm_condition import confirm_condition
from flows.consolidate import consolidate
from flows.decide_transition import decide_transition
from flows.deliver_notices import deliver_notices
from flows.draft_briefings import draft_briefings
from flows.examine_installation import examine_installation
from flows.foresee import foresee
from flows.hand_over_items import hand_over_items
from flows.implement import implement
from flows.launch import launch
from flows.object_to_decision import object_to_decision
from flows.patrol import patrol
from flows.patrol_one import patrol_one
from flows.patrol_province import patrol_province
from flows.register_progress import register_progress
from flows.register_submission import register_submission
from flows.register_visit import register_visit
from flows.rehearse import rehearse
from flows.self_evaluate import self_evaluate
from flows.show_outlook import show_outlook
from flows.take_in_holidays import take_in_holidays
from flows.watch_links import watch_links
from notifications import links

BEFORE_ALL_ELSE = "50 7 * * *"
BEFORE_THE_PATROL = "0 8 * * *"
BEFORE_THE_MESSAGES = "10 8 * * *"
EVERY_MORNING = "30 8 * * *"
# Whom a morning did not reach, the next tick makes up for; where nobody is missing it only looks.
EVERY_MORNING_AND_AGAIN = "30 8,9,10,14 * * *"
AFTER_THE_PATROL = "40 8 * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_AFTERNOON = "30 15 * * *"
EVERY_EVENING = "30 18 * * *"
TEN_MINUTES_BY_DAY = "*/10 7-20 * * *"

DELIVERY = "发送提醒"
# Flow, deployment name, schedule (None: on request).
DEPLOYED = (
    (patrol, PATROL, EVERY_MORNING),
    (launch, "部署启动", AFTER_THE_PATROL),
    (implement, "实施推进", AFTER_THE_PATROL),
    (self_evaluate, "自评初审", AFTER_THE_PATROL),
    (consolidate, "巩固提升", AFTER_THE_PATROL),
    (accept, "评估验收", AFTER_THE_PATROL),
    (deliver_notices, DELIVERY, EVERY_FIVE_MINUTES),
    (examine_installation, "体检", BEFORE_ALL_ELSE),
    (check_channels, "通道自检", BEFORE_THE_PATROL),
    (foresee, "预计", BEFORE_THE_MESSAGES),
    (collect_ledgers, "收件", TEN_MINUTES_BY_DAY),
    (watch_links, "复核网址", EVERY_EVENING),
    (draft_briefings, "简报稿", EVERY_AFTERNOON),
    (register_progress, "登记进展", None),
    (register_submission, "登记报送", None),
    (register_visit, "登记走访", None),
    (confirm_condition, "登记确认", None),
    (confirm_clock, "确认时钟", None),
    (decide_transition, "阶段审批", None),
    (advance_stage, "阶段推进", None),
    (object_to_decision, "提出异议", None),
    (show_outlook, "如果今天验收", None),
    (rehearse, "演练", None),
    (acknowledge_notices, "签收提醒", None),
    (take_in_holidays, "录入放假安排", None),
    (hand_over_items, "移交事项", None),
)

SHARES = 8  # deliveries at once on a pool, each with recipients of its own
# What is another on a work pool: the province's patrol in the place of the plain one, which has a run per campaign.
ON_A_POOL = (
    (patrol_province, PATROL, EVERY_MORNING_AND_AGAIN),
    (patrol_one, "巡查一个创建活动", None),
)

OURS = "示范创建"  # the tag of every deployment of ours

# One at a time; a second tick while the first still runs has nothing to add.
ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)


def all_deployments(time_zone: str, pool: str = "") -> list[RunnerDeployment]:
    """Return every deployment, scheduled in ``time_zone``, with links to the pages it writes.

    On a work ``pool`` the province's patrol stands in for the plain one.
    """
    if not pool:
        return [_deployment(flow, name, cron, time_zone) for flow, name, cron in DEPLOYED]
    others = [one for one in DEPLOYED if one[1] != PATROL]
    made = [_deployment(flow, name, cron, time_zone) for flow, name, cron in (*ON_A_POOL, *others)]
    for one in made:
        one.work_pool_name = pool
        if one.name == DELIVERY:
            one.concurrency_limit = SHARES
    for one in made[: len(ON_A_POOL)]:
        # A parent that was killed would hold its place for minutes, and two at once share their runs.
        one.concurrency_limit = one.concurrency_options = None
    return made


class ClosedSchema(ParameterSchema):
    """The schema of a run's form that takes no parameter it does not name.

    Prefect keeps unknown parameters unchecked, and one that is too large for its lists breaks them.
    """

    additionalProperties: bool  # noqa: N815 - the word of JSON Schema


def _deployment(
    flow: Flow[..., Any], name: str, cron: str | None, time_zone: str
) -> RunnerDeployment:
    made = RunnerDeployment.from_flow(
        flow,
        name=name,
        schedule=Cron(cron, timezone=time_zone) if cron else None,
        concurrency_limit=ONE_AT_A_TIME if cron else None,
        description=f"{flow.description}\n\n{pages()}",
        tags=[OURS],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    made._parameter_openapi_schema = ClosedSchema(
        **made._parameter_openapi_schema.model_dump(),
        additionalProperties=False,  # said here too: what was not set is not sent to the server
    )
    _label(made._parameter_openapi_schema.properties, flow)
    return made


def _label(form: dict[str, Any], flow: Flow[..., Any]) -> None:
    """Put the Chinese titles and help of ``flow``'s parameters on its run form.

    Prefect takes a parameter's own name for its title, whatever its annotation says.
    """
    for name, hint in get_type_hints(flow.fn, include_extras=True).items():
        for told in getattr(hint, "__metadata__", ()):
            if isinstance(told, FieldInfo) and name in form:
                words = {"title": told.title, "description": told.description}
                form[name] |= {what: said for what, said in words.items() if said}


def pages() -> str:
    """Return links to the window, and to the pages that no menu of the UI leads to."""
    known = {name: links.artifact(key) for name, key in links.PAGE_NAMES.items()}
    named = {"网页（领导和单位看的）": links.front(), **known}
    return " · ".join(f"[{name}]({address})" for name, address in named.items())
