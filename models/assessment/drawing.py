"""Samples: what is drawn from and the seed go into the chain first, the draw comes after; anyone can redo it."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.assessment.drill import DrawnItem, Drill, DrillDraw
from models.assessment.entries import record_method, subject_of
from models.assessment.workpapers import require_unlocked
from models.audit.chain import AuditEntry, canonical, lock_chain
from models.errors import CampaignError
from models.evidence.vault.keeping import keep, read_kept
from models.keys import key_of
from models.rules.assessment.criteria import Criterion
from models.rules.assessment.sample_item import SampleItem
from models.rules.assessment.sampling import Drawn, drawn
from models.rules.assessment.words import Method
from models.rules.bounds import LONGEST_NAME, text_fault
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault

LARGEST_POPULATION = 50_000_000  # bytes
FROM_CHAIN = "由记录链上一条的指纹、总体的指纹和抽取数算出"


@dataclass(frozen=True, slots=True)
class NewDraw:
    """A sample that is asked for: of what, how many, by which criteria; ``seed`` empty: from the chain."""

    population: Sequence[SampleItem]
    size: int
    criteria: Mapping[str, Sequence[Criterion]]
    seed: str = ""
    reason: str = ""


def population_text(items: Sequence[SampleItem]) -> bytes:
    """Return a population as it is kept: a line of canonical JSON an item, in its order."""
    return "".join(canonical(asdict(one)) + "\n" for one in items).encode()


def read_population(draw: DrillDraw) -> list[SampleItem]:
    """Return the population of a draw from the vault. Raises CampaignError where it is not what it was."""
    content = read_kept(draw.population_sha256, LARGEST_POPULATION)
    if hashlib.sha256(content).hexdigest() != draw.population_sha256:
        raise CampaignError("留存的抽样总体与指纹不符，请运行 shifan vault check")
    return [SampleItem(**json.loads(line)) for line in content.decode().splitlines()]


def publish_seed(
    session: Session, drill: Drill, method: Method, new: NewDraw, by: str, moment: Moment
) -> DrillDraw:
    """Write into the chain what will be drawn from, how many and by which seed; nothing is drawn yet.

    A seed that is not given is made of the chain's last hash, the population's and the size, so that
    nobody chooses it. Published again before the draw, with the same population and size, it is the same.
    A second sample needs a reason; the first stays.

    Raises CampaignError with every fault, and for a locked workpaper.
    """
    lock_chain(session)
    require_unlocked(session, drill, method)
    last = newest_draw(session, key_of(drill), method)
    _require(new, by, last)
    kept = keep(population_text(new.population))
    same = (kept.sha256, new.size, criteria_text(new.criteria))
    if last and last.drawn_at is None:
        if (last.population_sha256, last.size, last.criteria) == same and new.seed in (
            "",
            last.seed,
        ):
            return last
        if not new.reason.strip():
            raise CampaignError(
                f"{drill.code} {method.chinese}已经公布过种子，还没有抽取；要换名单、数量或种子，请写明理由"
            )
    seed = new.seed.strip() or _seed_of_chain(session, kept.sha256, new.size)
    draw = DrillDraw(
        drill_id=key_of(drill),
        method=method,
        number=last.number + 1 if last else 1,
        seed=seed,
        source=f"由{by.strip()}给出" if new.seed.strip() else FROM_CHAIN,
        population_sha256=kept.sha256,
        population=len(new.population),
        size=min(new.size, len(new.population)),
        criteria=criteria_text(new.criteria),
        reason=new.reason.strip(),
        seeded_by=by.strip(),
        seeded_at=moment.now,
    )
    session.add(draw)
    session.flush()
    said = ("number", "seed", "source", "population_sha256", "population", "size", "reason")
    facts = {name: getattr(draw, name) for name in said}
    record_method(session, drill, (by, "drill-seeded", method), facts, moment)
    return draw


def draw_sample(
    session: Session, drill: Drill, method: Method, by: str, moment: Moment
) -> tuple[DrillDraw, Sequence[DrawnItem]]:
    """Draw by the seed that was published, and keep what was drawn. Repeatable: what was drawn is returned.

    Raises CampaignError where no seed was published, or the population is not what it was.
    """
    lock_chain(session)
    if fault := post_fault(by, "抽取"):
        raise CampaignError(fault)
    draw = newest_draw(session, key_of(drill), method)
    if draw is None:
        raise CampaignError(
            f"{drill.code} {method.chinese}还没有公布种子，请先运行 "
            f"shifan assessment seed {drill.code} {method.chinese}"
        )
    if draw.drawn_at is None:
        found = redrawn(draw)
        criteria = criteria_of(draw)
        rows = [
            {"draw_id": draw.id, "position": n, "sheet": sheet_of(criteria, one), **asdict(one)}
            for n, one in enumerate(found.items, start=1)
        ]
        if rows:
            session.connection().execute(insert(DrawnItem), rows)
        draw.drawn_at, draw.left_out = moment.now, found.words
        session.add(draw)
        facts = {"number": draw.number, "items": [one.key for one in found.items]}
        facts |= {"left_out": draw.left_out}
        record_method(session, drill, (by, "drill-drawn", method), facts, moment)
    return draw, items_of(session, key_of(draw))


def redrawn(draw: DrillDraw) -> Drawn:
    """Return what the seed gives of the kept population: by nothing but these two and the size."""
    return drawn(read_population(draw), draw.size, draw.seed)


def published_before(session: Session, drill: Drill, draw: DrillDraw) -> AuditEntry | None:
    """Return the chain's entry in which the seed, the population's hash and the size were published, None without one."""
    query = select(AuditEntry).where(
        AuditEntry.campaign_id == drill.campaign_id,
        AuditEntry.what == "drill-seeded",
        AuditEntry.subject == subject_of(drill, Method(draw.method)),
    )
    for entry in session.exec(query):
        facts = json.loads(entry.facts)
        named = ("number", "seed", "population_sha256", "size")
        if all(facts[name] == getattr(draw, name) for name in named):
            return entry
    return None


def newest_draw(session: Session, drill_id: int, method: Method) -> DrillDraw | None:
    """Return the newest sample of a method, drawn or not, None where none was asked for."""
    query = (
        select(DrillDraw)
        .where(DrillDraw.drill_id == drill_id, DrillDraw.method == method)
        .order_by(col(DrillDraw.number).desc())
    )
    return session.exec(query).first()


def items_of(session: Session, draw_id: int) -> list[DrawnItem]:
    """Return what was drawn, in its order."""
    query = select(DrawnItem).where(DrawnItem.draw_id == draw_id).order_by(col(DrawnItem.position))
    return list(session.exec(query))


def criteria_text(criteria: Mapping[str, Sequence[Criterion]]) -> str:
    """Return criteria as the canonical JSON that a draw keeps."""
    return canonical({name: [asdict(one) for one in rows] for name, rows in criteria.items()})


def criteria_of(draw: DrillDraw) -> dict[str, list[Criterion]]:
    """Return the criteria that a draw keeps, by the sheet's name."""
    found = json.loads(draw.criteria or "{}")
    return {name: [Criterion(**one) for one in rows] for name, rows in found.items()}


def sheet_of(criteria: Mapping[str, Sequence[Criterion]], item: SampleItem) -> str:
    """Return which of the sheets an item is looked at by: its own, that of its trade, or the one for all."""
    return next((name for name in (item.key, item.trade) if name in criteria), "")


def _seed_of_chain(session: Session, population: str, size: int) -> str:
    query = select(AuditEntry.hash).order_by(col(AuditEntry.id).desc()).limit(1)
    last = session.exec(query).first() or ""
    return hashlib.sha256(f"{last}:{population}:{size}".encode()).hexdigest()[:16]


def _require(new: NewDraw, by: str, last: DrillDraw | None) -> None:
    faults = [fault for fault in [post_fault(by, "抽样")] if fault]
    if not new.population:
        faults.append("总体是空的，没有可抽的")
    elif new.size < 1:
        faults.append(f"抽取数是 {new.size}，至少 1")
    if new.seed and (fault := text_fault(new.seed, LONGEST_NAME)):
        faults.append(f"种子{fault}")
    counts = Counter(one.key for one in new.population)
    if twice := [key for key, count in counts.items() if count > 1][:5]:
        faults.append(f"总体里有重复的编号：{'、'.join(twice)}")
    if last and last.drawn_at is not None and not new.reason.strip():
        faults.append("已经抽过样，再抽一次要写明理由")
    if faults:
        raise CampaignError("；".join(faults))
