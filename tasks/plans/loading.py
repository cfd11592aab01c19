"""Load a plan: from a pack, a file, a review workbook or a document into the tables, or every fault."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from models.audit.chain import lock_chain
from models.campaign.campaign import Campaign, campaigns, open_campaign
from models.database import open_session
from models.errors import NotFoundError, PlanError
from models.files import yaml_text
from models.files.whole_file import read_given, shown_name
from models.loading.plan import StoredPlan, Terms, store_on_terms
from models.plan import breakdown
from models.plan.changes.supplements import is_supplement
from models.plan.field_words import with_key
from models.plan.limits import excesses, spelled_out
from models.plan.reading.text.document import Document
from models.plan.refusals import gaps, refusals
from models.plan.schema import Plan
from models.plan.stage_kinds import with_kinds
from models.plan.vocabulary import in_force
from models.rules.calendar.moment import Moment
from models.rules.campaign_names import default_slug, folded, slug_fault, tidy
from models.rules.run_kinds import named_work_plan
from models.rules.words import CampaignState, RunKind
from models.settings import ROOT
from tasks.cascade.placing import ToBePlaced, put_in_place
from tasks.documents.scans.reading import Tell, say_nothing
from tasks.office.vocabulary import office_words
from tasks.plans.compiling import compile_file, require_plan
from tasks.plans.faults import fault_lines, line_of
from tasks.plans.review_reading import take_review
from tasks.workbook.checking import is_workbook

PACKS = ROOT / "deployments" / "plans"
SPELLED_OUT = {".yaml", ".yml", ".json"}
BESIDE_PLAN = ("doubts", "mentions")  # what `plan compile --json` prints beside the plan itself
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


@office_words()
def read_plan(path: Path) -> Plan:
    """Return the plan in a YAML or JSON file, every stage with its kind.

    Raises PlanError with one line per fault: where it stands, what was found, what was expected.
    """
    name = shown_name(path)
    try:
        tree = yaml_text.compose(read_given(path, LARGEST_FILE, "方案文件").decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise PlanError(name, ["文件不是 UTF-8 编码的文本，请另存为 UTF-8 后再试"]) from None
    except yaml_text.YamlFault as fault:
        raise PlanError(name, fault.lines) from None
    data = yaml_text.values(tree)
    if not isinstance(data, dict) or tree is None:
        raise PlanError(name, ["文件里没有方案：应以 title: 等字段开头，样子见自带的方案包"])
    try:
        plan = Plan.model_validate({key: data[key] for key in data if key not in BESIDE_PLAN})
    except ValidationError as error:
        raise PlanError(name, fault_lines(error, tree)) from None
    if beyond := list(excesses(plan)):
        raise PlanError(
            name, [f"第 {line_of(tree, at)} 行 {spelled_out(at)}：{words}" for at, words in beyond]
        )
    try:
        return sound(plan, name)
    except PlanError as error:
        raise PlanError(name, map(with_key, error.faults)) from None


@office_words()
def sound(plan: Plan, subject: str) -> Plan:
    """Return ``plan`` with every stage's kind; raises PlanError with all it is refused for."""
    if faults := refusals(plan):
        raise PlanError(subject, faults)
    return plan.model_copy(update={"stages": with_kinds(plan.stages, in_force())})


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan as it was read; ``to_see`` is what a person must look at before it is loaded.

    Of a document that is all that was read, of a review workbook only what it has none of, and of a
    file that spells a plan out nothing: its author saw it.
    """

    plan: Plan
    name: str  # of the file
    notes: Sequence[str] = ()
    to_see: Sequence[str] = ()
    is_document: bool = False
    spelled_out: bool = False
    supplement: Document | None = None  # what only changes a plan, by its title

    def checked(self) -> Plan:
        """Return the plan with every stage's kind; raises PlanError with every contradiction in it."""
        return sound(self.plan, self.name)


@office_words()
def read_source(source: str, tell: Tell = say_nothing) -> PlanRead:
    """Return the plan in a file or a pack.

    Raises CampaignError: NotFoundError that lists the packs, one line for a bad file, NotAPlanError for
    a document that is none, PlanError with a line per fault.
    """
    path = find_plan(source)
    if path.suffix.lower() in SPELLED_OUT:
        return PlanRead(read_plan(path), path.name, spelled_out=True)
    if is_workbook(path):
        plan, notes = take_review(path)
        return PlanRead(plan, path.name, notes, [f"注意：{gap}" for gap in gaps(plan)])
    found = compile_file(path, tell)
    if is_supplement(found.plan):
        return PlanRead(found.plan, path.name, is_document=True, supplement=found.document)
    require_plan(found, path)
    to_see = [*found.summary(), *found.warnings()]
    return PlanRead(found.plan, path.name, to_see=to_see, is_document=True)


@dataclass(frozen=True, slots=True)
class Over:
    """What a plan is to the one that it is loaded over: see `models.loading.plan.Terms`."""

    revised: bool | None = None
    seen: str | None = None


def load_plan(
    plan: Plan,
    *,
    slug: str,
    start: date | None,
    moment: Moment,
    where: ToBePlaced | None = None,
    over: Over = Over(),  # noqa: B008 - frozen
) -> StoredPlan:
    """Write ``plan`` under ``slug`` in one transaction; see `models.loading.plan.store_on_terms`.

    ``where`` puts it under another and says what it is run as. Raises PlanError when ``slug`` can be no name or
    the plan cannot stand there, EndedError when that campaign has ended; nothing is written then.
    """
    slug, where = tidy(slug), where or ToBePlaced()
    if fault := slug_fault(slug):
        raise PlanError("简称", [fault])
    with open_session() as session:
        lock_chain(session)
        fresh = folded(slug) not in {folded(one.slug) for one in campaigns(session, ended=True)}
        if not fresh:
            slug = open_campaign(session, slug).slug
        terms = Terms(slug, start, revised=over.revised, seen=over.seen)
        stored = store_on_terms(session, plan, terms, moment)
        campaign = open_campaign(session, slug)
        notes = put_in_place(session, campaign, where, moment, fresh=fresh)
        return replace(stored, notes=[*stored.notes, *notes])


@dataclass(frozen=True, slots=True)
class Alike:
    """A plan that nobody can place for sure: what it may be, and the name it gets as a campaign of its own."""

    slug: str  # of the campaign it may be
    why: str
    own: str  # "" where somebody must think of one
    ended: bool = False  # it must be opened again first


def slug_for(
    plan: Plan, typed: str | None, *, another: bool = False, where: ToBePlaced | None = None
) -> str | Alike:
    """Return the name that ``plan`` is loaded under, or what must be asked first.

    A plan with the title or the number of a campaign is that one loaded again if it is called so by
    name or by default; under any other name it is asked about, unless ``another`` says that it is a
    second campaign. The name of a plan of work says that it is one. Raises PlanError for the name of the
    demonstration.
    """
    first = breakdown.first_day(plan)
    year = plan.year_context or getattr(plan.issued_on or first, "year", None)
    own = tidy(typed) if typed else default_slug(plan.title, plan.issuer or "", year)
    if (where or ToBePlaced()).kind(plan.issuer or "") is RunKind.WORK_PLAN:
        own = named_work_plan(own if typed else f"{plan.issuer or own} {year or ''}".strip())
    with open_session(read_only=True) as session:
        known = campaigns(session, ended=True)
        return _placed(plan, own, known, typed=typed is not None, another=another)


def _placed(
    plan: Plan, own: str, known: list[Campaign], *, typed: bool, another: bool
) -> str | Alike:
    bearer = next((one for one in known if folded(one.slug) == folded(own)), None)
    if bearer and bearer.is_demo:
        raise PlanError("简称", [f"“{bearer.slug}”是演示活动的简称，请用 --slug 换一个"])
    if bearer and another:
        return Alike(bearer.slug, f"简称“{bearer.slug}”已经用了，另建要用 --slug 换一个简称", "")
    if bearer and (typed or _alike(bearer, plan)):
        return bearer.slug
    if bearer:
        taken = f"简称“{bearer.slug}”已经是“{bearer.title}”的"
        return Alike(bearer.slug, f"{taken}，这份方案的标题是“{plan.title}”", "")
    alike = next((one for one in known if not one.is_demo and _alike(one, plan)), None)
    if alike and not another:
        ended = alike.state != CampaignState.OPEN
        why = f"这份方案与已{'结束' if ended else '装入'}的“{alike.label}”{_alike(alike, plan)}"
        return Alike(alike.slug, why, own, ended)
    return own


def _alike(campaign: Campaign, plan: Plan) -> str:
    """Return what a campaign and a plan have in common that tells plans apart; empty for nothing."""
    same = [
        words
        for words, theirs, ours in (
            ("标题", campaign.title, plan.title),
            ("文号", campaign.document_number, plan.document_number or ""),
        )
        if ours and folded(theirs) == folded(ours)
    ]
    return f"{'、'.join(same)}相同" if same else ""
