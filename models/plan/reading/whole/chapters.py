"""Which part of a file is the plan, and what each of its chapters is for.

The heading of a chapter says it; where the heading leaves it open, its items do.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from models.plan.reading.dates.lexer import VEIL, veiled
from models.plan.reading.outline.outline import Node, build_outline, heading_of
from models.plan.reading.stages.nodes import begins_stage, stages_told
from models.plan.reading.text.choice import Near
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.remembered import remembered
from models.plan.reading.whole.parts import Part


class Role(StrEnum):
    """The roles of chapters; only STAGES and TASKS yield stages and work items."""

    BACKGROUND = "background"  # facts: nothing in it is demanded
    GOALS = "goals"
    SCOPE = "scope"
    STAGES = "stages"
    TASKS = "tasks"
    GROUPS = "groups"
    MEASURES = "measures"  # how the work is secured; its items are requirements
    OPEN = "open"  # the heading says nothing


# The first row that fits a heading decides. Examples beside.
HEADINGS = (
    (Role.BACKGROUND, r"{背景章}"),
    (Role.TASKS, r"{任务章}(?!.*(?:步骤|阶段))|{分工章}"),  # 重点任务, 目标任务 (see below)
    # 提升行政执法监督水平, 强化权力制约和监督, 加快项目进度: work, and no way to see to it
    (
        Role.OPEN,
        r"^(?:{升}|{实行}|强化|推进|深化|规范).*(?:执法监督|制约.?监督|监督.?制约|监督体系)|^加快.*进度",
    ),
    (Role.STAGES, r"{步骤章}"),
    (Role.SCOPE, r"^(?!.*目标)(?:.*{范围章}|.*时间$)"),  # not 对象和目标
    (Role.TASKS, r"{内容章}(?!.*要求$)|{内容章}(?:及|和|与)要求"),  # 整治重点及要求
    (Role.TASKS, r"(?:行动|工程)$"),  # 要素保障行动
    (Role.GROUPS, r"{机构章}"),
    (Role.MEASURES, r"{保障章}|^.{0,4}领导$"),
    (Role.GOALS, r"{目标章}"),
    (Role.MEASURES, r"{要求章}"),
    (Role.TASKS, r"{措施章}"),
)
# A heading within another chapter that is a chapter of its own wherever it stands.
EXACT = (
    (Role.STAGES, r"(?:{事由})?{步骤标题}"),
    (Role.MEASURES, r"(?:工作|组织)?(?:保障(?:措施)?|要求)|(?:加强)?组织领导"),
    (Role.GOALS, r"(?:{事由}|总体|主要|年度)?目标|指导思想|(?:基本|工作)原则|总体要求"),
    (Role.TASKS, r"{栏头}{任务词}"),
)
# A heading that names both leaves the choice to its items.
MIXED = r"时间$|流程$|安排|步骤|阶段|目标任务|任务目标|目标和|组织实施|实施$|任务.*(?:步骤|阶段)"
DATED = rf"（[^（）]{{0,8}}(?:{VEIL}|即日|印发|长期|时间)"


def role_of(node: Node) -> Role:
    """Return the role of a chapter by its heading; its items decide a heading that says two things."""
    heading = heading_of(node)
    role = _by_heading(heading)
    if role is Role.TASKS and _is_scope(node):
        return Role.SCOPE
    if role is Role.OPEN or pattern(MIXED).search(heading):
        if looks_like_stages(node) and (_is_of_time(heading) or not _says_who(node)):
            return Role.STAGES
        if pattern(r"目标任务|任务目标").search(heading):
            return Role.TASKS if node.children else Role.GOALS
    return role


def _is_of_time(heading: str) -> bool:
    return bool(pattern(r"{时序}").search(heading))


def _says_who(node: Node) -> bool:
    """Say whether most items name who does them: dated items of a programme (活动安排) are tasks."""
    who = pattern(r"{角色}(?:责任)?{单位}?：|（[^（）]{2,80}{角色}）")
    named = [item for item in node.children if any(who.search(p.text) for p in item.all_passages())]
    return len(named) * 2 > len(node.children)


# Items that only say where and at whom the work is aimed: 重点区域：…
AIMED = r"{查治}*{对准}"


def _is_scope(node: Node) -> bool:
    return len(node.children) > 1 and all(
        pattern(AIMED).fullmatch(heading_of(item)) for item in node.children
    )


def own_role_of(node: Node) -> Role | None:
    """Return the role of a lower heading if it is unmistakable (实施步骤), else None."""
    return _own_role(heading_of(node))


@remembered
def _own_role(heading: str) -> Role | None:
    if len(heading) > 16:
        return None
    for role, expression in EXACT:
        if pattern(expression).fullmatch(heading):
            return role
    return None


def _by_heading(heading: str) -> Role:
    if len(heading) > 45:
        return Role.OPEN
    for role, expression in HEADINGS:
        if pattern(expression).search(heading):
            return role
    return Role.OPEN


def looks_like_stages(node: Node) -> bool:
    """Say whether most items of a chapter are dated or called 阶段."""
    items = node.children
    if not items:  # paragraphs that begin with a date, below 推进安排
        if not pattern(r"{时序}|安排|计划").search(heading_of(node)):
            return False
        plain = [p for p in node.passages[1:] if not p.cells]
        dated = sum(1 for p in plain if begins_stage(p.text))
        if any(len(stages_told(passage)) > 1 for passage in plain):
            return True
        return dated >= 2 and dated * 2 > len(plain)
    timed = pattern(r"{时序}|安排|计划|实施$").search(heading_of(node)) is not None
    dated = sum(1 for item in items if is_stage_like(item) or (timed and _is_dated(item)))
    return dated >= 2 and dated * 2 > len(items) or (dated == len(items) == 1)


# …and a heading that begins or ends with its date: 动员部署：3月1日至15日。  6月10日前，自查自纠。
DATED_HEAD = rf"(?:[^，。；：（）{VEIL}]{{2,14}}[，：。【]?)?(?:自|从)?(?:{VEIL}|即日起)"


def _is_dated(item: Node) -> bool:
    """Say whether an item's heading holds its date, or the line below does (时间：3月1日至15日)."""
    below = any(pattern(r"(?:起止|实施|工作)?时间：").match(p.text) for p in item.passages[1:2])
    return below or pattern(DATED_HEAD).match(veiled(item.text[:40])) is not None


def is_stage_like(node: Node) -> bool:
    """Say whether an item names a stage: 第一阶段, …阶段(…), …(2024年3月)."""
    heading = heading_of(node)
    return (
        node.kind == "stage"
        or "阶段" in heading[:14]
        or pattern(DATED).search(veiled(node.text[:60])) is not None
        and len(node.text.split("（")[0].split("(")[0]) <= 20
    )


def plan_outline(parts: Sequence[Part], near: list[Near] | None = None) -> Node:
    """Return the outline of the plan: of the front, or of the attachment of a notice that carries it."""
    front = build_outline(parts[0].passages, near)
    if any(role_of(node) in {Role.TASKS, Role.STAGES} for node in front.children):
        return front
    for part in parts[1:]:
        if part.kind == "plan" and (root := build_outline(part.passages, near)).children:
            return root
    return front


def first_line(root: Node, passages: Sequence[Passage]) -> int | None:
    if root.children and root.children[0].passages:
        return root.children[0].passages[0].marks[0][1]
    return None


def chapters_of(root: Node) -> Iterator[tuple[Node, Role]]:
    """Yield the chapters with their roles; a part (第一部分) whose heading says nothing yields its chapters."""
    for node in root.children:
        role = role_of(node)
        inner = any(child.kind == "chapter" for child in node.children)
        if node.kind == "part" and inner and role is Role.OPEN:
            for child in node.children:
                yield child, role_of(child)
            continue
        yield node, role
        for child in node.children:
            own_role = own_role_of(child)
            if own_role in {Role.STAGES, Role.TASKS} and own_role is not role:
                yield child, own_role
