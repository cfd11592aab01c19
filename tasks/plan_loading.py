"""Load a plan: from a pack or a YAML or JSON file into the tables, or every fault with its line."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models import yaml_text
from models.database import open_session
from models.errors import NotFoundError, PlanError
from models.plan.checks import contradictions
from models.plan.limits import excesses, place
from models.plan.schema import Plan
from models.plan.stage_kinds import with_kinds
from models.plan.vocabulary import default_vocabulary
from models.plan_store import Stored, store_plan
from models.settings import ROOT
from models.whole_file import FileFault, Why, read_whole, shown_name
from tasks.faults import fault_lines, line_of

PACKS = ROOT / "deployments" / "plans"
SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
LARGEST_FILE = 5_000_000  # bytes; the longest plan seen is a twentieth of that


def pack_names() -> list[str]:
    """Return the names of the plan packs that come with Shifan."""
    packs = (path.stem for path in PACKS.glob("*.yaml"))
    return sorted(name for name in packs if not name.endswith(".example"))


def find_plan(name: str) -> Path:
    """Return the file of ``name``, a path or the name of a pack.

    Raises NotFoundError that lists the packs.
    """
    path = Path(name)
    if path.is_file():
        return path
    pack = PACKS / f"{name}.yaml"
    if re.fullmatch(r"[\w-]+", name) and pack.is_file():
        return pack
    raise NotFoundError(f"找不到文件或方案包 {name}；自带的方案包有：{'、'.join(pack_names())}")


def is_pack(path: Path) -> bool:
    """Say whether a file spells a plan out, and is not a document to be read."""
    return path.suffix.lower() in {".yaml", ".yml", ".json"}


def read_plan(path: Path) -> Plan:
    """Return the plan in a YAML or JSON file, every stage with its kind.

    Raises PlanError with one line per fault: where it stands, what was found, what was expected.
    """
    name = shown_name(path)
    try:
        tree = yaml_text.compose(read_whole(path, LARGEST_FILE).decode("utf-8-sig"))
    except FileFault as fault:
        large = f"超过 {LARGEST_FILE // 1_000_000} MB，不像是方案文件"
        raise PlanError(
            name, [f"文件{large if fault.why is Why.LARGE else fault.why.value}"]
        ) from None
    except UnicodeDecodeError:
        raise PlanError(name, ["文件不是 UTF-8 编码的文本，请另存为 UTF-8 后再试"]) from None
    except yaml_text.YamlFault as fault:
        raise PlanError(name, fault.lines) from None
    data = yaml_text.values(tree)
    if not isinstance(data, dict) or tree is None:
        raise PlanError(name, ["文件里没有方案：应以 title: 等字段开头，样子见自带的方案包"])
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        raise PlanError(name, fault_lines(error, tree)) from None
    if beyond := list(excesses(plan)):
        raise PlanError(
            name, [f"第 {line_of(tree, at)} 行 {place(at)}：{words}" for at, words in beyond]
        )
    return sound(plan, name)


def sound(plan: Plan, subject: str) -> Plan:
    """Return ``plan`` with every stage's kind; raises PlanError with every contradiction in it."""
    if beyond := list(excesses(plan)):
        raise PlanError(subject, [f"{place(at)}：{words}" for at, words in beyond])
    plan = plan.model_copy(update={"stages": with_kinds(plan.stages, default_vocabulary())})
    if faults := contradictions(plan):
        raise PlanError(subject, faults)
    return plan


def load_plan(
    plan: Plan,
    *,
    slug: str,
    start: date | None,
    now: datetime,
    today: date,
    is_demo: bool = False,
) -> Stored:
    """Write ``plan`` under ``slug`` in one transaction; see `models.plan_store.store_plan`.

    Raises PlanError when the slug could not be part of an address.
    """
    if not SLUG.fullmatch(slug):
        raise PlanError(
            "简称",
            [f"{slug or '（空）'} 不能用作简称，只能用小写字母、数字和中间的短横线，最多 40 个"],
        )
    with open_session() as session:
        return store_plan(
            session, plan, slug=slug, start=start, now=now, today=today, is_demo=is_demo
        )


def slug_for(path: Path, plan: Plan) -> str:
    """Return the slug a plan gets when nobody names one: from its file, else from its year."""
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40].strip("-")
    year: Any = plan.year_context or (plan.issued_on.year if plan.issued_on else "")
    return slug or f"plan-{year}".strip("-")
