"""How likely a mark that no fact holds is one that was missed: evidence for it and against it, summed.

Each piece of evidence has a weight; from `DOUBTED` on a person is asked, below it the mark is a mention,
whose kind is the strongest evidence against it. What is ahead of the bound by less than `CLOSE` is a near thing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from models.plan.reading.accounting.ground import Place
from models.plan.reading.accounting.marks import MarkKind
from models.plan.reading.accounting.number_evidence import of_number
from models.plan.reading.accounting.seen_marks import HISTORY, Evidence, Seen
from models.plan.reading.dates.words import BEFORE_AN_HOUR
from models.plan.reading.roles.roles import COOPERATING, LEAD
from models.plan.reading.text.choice import Choice, choose
from models.plan.reading.text.patterns import pattern

DOUBTED = 1.0
CLOSE = 0.5
MISSED, MENTION = "missed", "mention"  # the two readings of a mark that no fact holds


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sum of the evidence, and the kind of mention that the mark is when it is none of ours."""

    score: float
    kind: str

    @property
    def choice(self) -> Choice[str]:
        """Return what the mark is taken for, and by how much."""
        return choose((MISSED, MENTION), ((MISSED, self.score), (MENTION, DOUBTED)))

    @property
    def doubted(self) -> bool:
        """Say whether a person is to be asked."""
        return self.choice.taken == MISSED


# Where a mark stands, by kind: what that alone says for or against it.
PLACES: dict[Place, tuple[float, str]] = {
    Place.TITLE: (-5, "title"),
    Place.SALUTATION: (-5, "salutation"),
    Place.PREAMBLE: (-2.5, "preamble"),
    Place.SIGNATURE: (-5, "signature"),
    Place.CONTACT: (-5, "contact"),
    Place.ATTACHMENTS: (-5, "attachment"),
    Place.SLOGANS: (-5, "slogan"),
    Place.BACKGROUND: (-2.5, "history"),
    Place.GOALS: (0.2, "goals"),
    Place.SCOPE: (-0.8, "scope"),
    Place.STAGES: (0.2, "text"),
    Place.TASKS: (0.2, "text"),
    Place.GROUPS: (0, "text"),
    Place.MEASURES: (0, "text"),
    Place.OPEN: (0, "text"),
    Place.HEADER: (-5, "header"),
    Place.NO_PLAN: (-9, "no_plan"),
}

BASIS = r"(?:根据|依据|遵照|依照|按照(?![^，。；]{0,20}的?标准)(?![每人月年])|贯彻落实?|对照)[^，。；]{0,30}$"
_SENT = r"报(?!告|名|道|销|刊|纸|批|到)|提交|反馈"
# 前 behind a day: 6月10日、8月10日前, 4月20日（星期五）17时前.
_DUE = rf"^(?:年|月|日)?(?:(?:[、和及与]|以及)(?:\d{{4}}年)?(?:(?:\d{{1,2}}月)?\d{{1,2}}[日号]|\d{{1,2}}月[底末]?)){{0,4}}{BEFORE_AN_HOUR}|^[底末]?前"
QUOTED = r"《[^《》]*$|〔(?=\d{4}〕)[^〕]*$"
IN_QUOTES = r"[“][^“”]*$"


def weigh(seen: Seen) -> Weighed:
    """Return how likely the mark is a fact that was missed, as a score and a kind of mention."""
    score, kind, most = 0.0, "text", 0.0
    for value, why in (*_common(seen), *_OF_KIND[seen.mark.kind](seen)):
        score += value
        if value < most or (kind == "text" and why not in {"", "text"} and value <= 0):
            kind, most = why, min(value, most)
    return Weighed(score, kind)


def _common(seen: Seen) -> Evidence:
    yield PLACES[seen.ground.place]
    if pattern(QUOTED).search(seen.lead_in):
        yield -3, "quotation"
    if pattern(IN_QUOTES).search(seen.lead_in):
        alone = seen.behind.startswith("”") and seen.before.endswith("“")
        small = seen.mark.kind is MarkKind.REPEAT or (seen.mark.kind is MarkKind.NUMBER and alone)
        yield (-0.2 if small else -1.2), "quotation"
    if seen.mark.kind in {MarkKind.BODY, MarkKind.DATE} and pattern(BASIS).search(seen.before):
        yield -2, "basis"
    if seen.known:
        yield -3, "repeated"


def _body(seen: Seen) -> Evidence:
    mark, ground = seen.mark, seen.ground
    if mark.role:
        yield (2.0 if mark.role in {LEAD, COOPERATING} else 1.4), ""
        if ground.place in {Place.MEASURES, Place.GOALS, Place.SCOPE}:
            apart = pattern(r"（[^（）]*$|：[^，。；：]*$").search(seen.lead_in)  # a list by itself
            yield (-0.3 if apart else -1.2), "requirement"
        if ground.place is Place.STAGES:
            yield -1.0, "step"
    else:
        yield 0, "text"
    if ground.place is Place.GROUPS:
        yield -0.8, "group"
    if ground.tasks and not seen.has_units:
        yield 0.7, ""
    if not mark.role and pattern(r"(?:向|报|经|对|为|给|送|与|和|受|请|在|接受|配合|上报)$").search(
        seen.before
    ):
        yield -1.0, "text"


def _date(seen: Seen) -> Evidence:
    ground, behind = seen.ground, seen.behind
    if ground.passage.cells and not (ground.tasks or ground.stages):
        yield 0.9, ""
    elif ground.place is Place.STAGES or ground.stages:
        yield (0.6 if ground.stages else 0.9), ""
        if ground.stages:
            yield -0.6, "step"
    due = pattern(_DUE).search(behind) or seen.mark.text.endswith(("内", "底", "末"))
    done = pattern(
        r"完成|办结|到位|建成|报送|上报|报|提交|制定|印发|出台|整改|销号|交付|投入"
    ).search(seen.clause)
    if due and ground.place is Place.PREAMBLE and pattern(_SENT).search(seen.sentence):
        yield 3.6, ""  # of the notice in front: 请于3月10日前将分工报市政府办公室
    elif due and done:
        yield 1.0, ""
    elif due:
        yield 0.5, ""
    if ground.tasks:
        yield (-0.6, "text") if seen.has_deadline else (0.5, "")
    alone = ground.passage.cells and not (ground.tasks or ground.stages)
    bare = not (seen.before or seen.behind)  # 宣传发动。2026年3月。
    if not (due or done or alone or bare) and ground.place is not Place.STAGES:
        yield -0.5, "text"
    if bare and ground.place in {Place.OPEN, Place.TASKS}:
        yield 1.1, ""
    spans = seen.behind.startswith(("至", "—", "-", "到")) or seen.before.endswith(
        ("至", "—", "-", "到")
    )
    if spans and ground.place in {Place.STAGES, Place.OPEN, Place.SCOPE}:
        yield 0.9, ""
    if pattern(HISTORY).search(seen.clause):
        yield -1.5, "history"
    in_stages = ground.place is Place.STAGES
    if pattern(r"年(?:度)?$").search(seen.mark.text) and not (due or in_stages):
        yield -0.8, "text"
    if pattern(r"(?:印发|发布|施行|有效期|自)$").search(seen.before):
        yield -0.5, "text"


def _repeat(seen: Seen) -> Evidence:
    yield 1.2, ""
    if pattern(r"不超过|至多|最多").search(seen.behind):
        yield -0.8, "text"
    if pattern(HISTORY).search(seen.clause):
        yield -1.5, "history"
    if pattern(r"^(?:的|度的|龄)").search(seen.behind):
        yield -0.8, "text"
    if seen.mark.text in {"年均", "月均", "季均"}:
        yield -0.8, "text"


def _role(seen: Seen) -> Evidence:
    yield -1.0, "text"
    if pattern(r"^(?:单位|部门|机关|主体)?[：]").search(seen.behind):
        yield 2.2, ""
        if seen.has_units or seen.ground.place is Place.STAGES:
            yield -1.0, "label"


_OF_KIND: dict[MarkKind, Callable[[Seen], Evidence]] = {
    MarkKind.BODY: _body,
    MarkKind.DATE: _date,
    MarkKind.NUMBER: of_number,
    MarkKind.REPEAT: _repeat,
    MarkKind.ROLE: _role,
}
