"""The roles of bodies, what one item's annotations say of them, and the marks of their words in a text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import Vocabulary

LEAD, RESPONSIBLE, COOPERATING, POST, DEADLINE, OTHER = (
    "lead", "responsible", "cooperating", "post", "deadline", "other",
)  # fmt: skip


@dataclass
class Roles:
    """What the annotations of one item say; names in the order of print, without duplicates."""

    lead: list[str] = field(default_factory=list)
    responsible: list[str] = field(default_factory=list)
    cooperating: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    deadline: str | None = None
    marked: list[str] = field(default_factory=list)  # names with a star or the like
    rule: str | None = (
        None  # how its own list says that a lead is found, as `models.plan.reading.roles.own_roles` reads it
    )
    rule_goes_on: bool = False  # …and that the lists behind it are read so, too: 下同

    def add(self, role: str, names: Iterable[str]) -> None:
        """Put names where their role belongs; helpers are responsible as well."""
        if role == POST:
            self.posts += [name for name in names if name not in self.posts]
            return
        targets = {LEAD: [self.lead], COOPERATING: [self.responsible, self.cooperating]}.get(
            role, [self.responsible]
        )
        for name in names:
            for target in targets:
                if name not in target:
                    target.append(name)

    def due(self, when: str) -> None:
        """Add when it is due: 完成时限：6月底前；验收时限：12月底前 -> 6月底前；验收12月底前."""
        if self.deadline is None:
            self.deadline = when
        elif when not in self.deadline:
            led = pattern(r"[；，]{H}{1,6}$").search(self.deadline)
            self.deadline += when if led else f"；{when}"

    def apply(self, rule: str | None) -> None:
        """Single the lead out as the document itself says: the first of the list, or the marked one."""
        if rule is None or self.lead or not self.responsible:
            return
        chosen = self.responsible[:1] if rule == "first" else self.marked
        self.lead = list(chosen)
        self.responsible = [name for name in self.responsible if name not in chosen]

    def __bool__(self) -> bool:
        return bool(self.lead or self.responsible or self.posts)


@dataclass(frozen=True, slots=True)
class RoleMark:
    """A label (牵头单位：) or a word behind a list (…牵头) at its place, and the role that it gives."""

    start: int
    end: int
    word: str
    role: str


@dataclass(frozen=True)
class Grammar:
    """The patterns of roles, built once from the vocabulary, and what they find in a text."""

    words: Vocabulary
    label: str
    suffix: str

    @classmethod
    def of(cls, words: Vocabulary) -> "Grammar":
        """Build the patterns: labels (牵头单位：), and words behind a list (…牵头，…配合)."""
        roles = words.role_pattern
        posts = "|".join(words.posts)
        times = "|".join(words.deadlines)
        kinds = "{单位}|乡镇|镇街|方|组|分工"
        label = (
            rf"(?P<time>{times})[：]"
            rf"|(?P<post>(?:[{{县}}级政府党委]{{0,4}})(?:{roles}|分管|包抓|包联|挂点|联系|挂钩|主管|包保|督导){{0,2}}(?:[{{区划}}级]{{0,2}})(?:{posts}))[：]"
            rf"|(?P<role>(?:第一|主要|共同|具体|市级|县级|区级|省级|市直|县直|区直|联合|总|监管|行业|属地|直接|主管|技术|业务|日常)?(?:{roles})(?:（?(?:{roles}|或|和|及|、)）?){{0,3}}(?:{kinds})?(?:（(?:{kinds})）)?)(?:[：]|{{<=单位}}[为是])"
            rf"|(?P<other>(?:{{其他项}})(?:{{其他栏}})?)[：]"
        )
        manner = r"(?:按照?(?:各自)?(?:工作)?(?:职责|职能|权限)(?:分工|任务)?|按分工|共同|分别|具体|积极|密切|联合|协调|组织|抓好|做好|切实|予以|作?为)"
        # Without a mark between: 市司法局牵头市公安局、市财政局配合.
        helps = "|".join(words.cooperating)
        helped = rf"{{<=牵头}}(?:[{{县}}各]|有关|相关)[^，；。]{{1,60}}(?:{helps})(?:[，；。]|$)"
        suffix = rf"{manner}{{0,3}}(?:负责|共同)?(?P<word>{roles})(?:{roles}|单位|推进|完成|工作|组织|做好|督导|督促|协调|（{{H}}{{1,4}}）){{0,3}}(?=[，；。、）：]|$|{helped})"
        return cls(words, label, suffix)

    def labels(self, text: str) -> tuple[RoleMark, ...]:
        """Return the labels of ``text`` in their order; 牵头单位为 is one as 牵头单位： is."""
        return _labels(text, self)

    def label_of(self, text: str) -> RoleMark | None:
        """Return the label that ``text`` begins with."""
        first = next(iter(self.labels(text)), None)
        return first if first and first.start == 0 else None

    def words_behind(self, text: str) -> tuple[RoleMark, ...]:
        """Return the role words that stand behind lists: 甲局、乙局[牵头]，丙局[配合]."""
        return _words_behind(text, self)

    def role(self, word: str) -> str:
        """Return the role that a word or label names; a lead word wins over the others."""
        words = self.words
        if any(part in word for part in words.posts):
            return POST
        for role, parts in ((LEAD, words.lead), (COOPERATING, words.cooperating)):
            if any(part in word for part in parts):
                return role
        if any(part in word for part in words.responsible):
            return RESPONSIBLE
        return DEADLINE if any(part in word for part in words.deadlines) else OTHER


LONGEST_LABEL = 40  # characters
MOST_TEXTS = 4096  # whose marks are remembered


@lru_cache(maxsize=MOST_TEXTS)
def _labels(text: str, grammar: Grammar) -> tuple[RoleMark, ...]:
    """Find each label from its end, which is rare, instead of its beginning, which may be anywhere."""
    found, at = [], 0
    ends = rf"：|{{<=单位}}[为是](?!(?:总|第一)?(?:{'|'.join(grammar.words.roles)}))"
    label = pattern(rf"(?:{grammar.label})$")
    for end in pattern(ends).finditer(text):
        if one := label.search(text, max(at, end.end() - LONGEST_LABEL), end.end()):
            kinds = {"time": DEADLINE, "post": POST, "other": OTHER}
            kind = one.lastgroup or ""
            found.append(RoleMark(*one.span(), one[0], kinds.get(kind) or grammar.role(one[0])))
            at = one.end()
    return tuple(found)


@lru_cache(maxsize=MOST_TEXTS)
def _words_behind(text: str, grammar: Grammar) -> tuple[RoleMark, ...]:
    return tuple(
        RoleMark(*found.span(), found["word"], grammar.role(found["word"]))
        for found in pattern(grammar.suffix).finditer(text)
    )
