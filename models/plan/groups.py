"""Groups: who heads them, who belongs to them, what they do; posts and bodies, never personal names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.document import Line
from models.plan.patterns import pattern, squeeze
from models.plan.schema import PlanGroup, Source
from models.plan.units import is_group, split_units
from models.plan.vocabulary import Vocabulary

BODY = r"(?:领导小组|指挥部|工作专班|专班|委员会|联席会议|工作组|协调小组|推进组|专项组|工作领导小组|工作推进组)"
POST = r"(?:书记|市长|县长|区长|州长|旗长|镇长|乡长|主任|局长|部长|主席|院长|检察长|科长|股长|处长|厅长|主任委员|会长|行长|总经理|董事长|秘书长|队长|支队长|大队长|所长|站长|负责人|负责同志|领导|干部|委员|组长|指挥长|成员|专员|台长|社长|总编辑|经理|校长|常委|助理|调研员|联络员|工作人员|巡视员|总工程师)"
HEADS = r"组长|指挥长|总指挥|主任|召集人|总召集人|政委|总负责"
LABELS = (
    ("executive", r"(?:常务副组长|常务副主任|常务副指挥长|第一副组长|执行副组长)"),
    ("deputy", r"(?:副组长|副主任|副指挥长|副总指挥|副召集人)"),
    ("head", r"(?:第一组长|组长|主任|指挥长|总指挥|政委|召集人|总召集人)"),
    ("liaison", r"(?:联络员|联系人)"),
    ("member", r"(?:其他)?(?:成员|成员单位|组成单位|参加单位|组员)(?:（[^（）]*）)?"),
    ("duty", r"(?:主要)?(?:工作)?职责(?:任务)?"),
)


@dataclass
class _Draft:
    name: str
    parent: str | None
    line: Line
    located_in: str | None = None
    posts: dict[str, list[str]] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    stated: int | None = None
    duties: list[str] = field(default_factory=list)
    unit_text: str = ""  # the list of member units, which may run over several lines
    announced: bool = False  # 成立…领导小组, with nothing said of it

    def add(self, key: str, values: Sequence[str]) -> None:
        self.posts.setdefault(key, []).extend(values)

    @property
    def has_content(self) -> bool:
        return bool(self.posts or self.units or self.groups or self.duties or self.announced)


def read_groups(lines: Sequence[Line], words: Vocabulary) -> list[PlanGroup]:
    """Return the groups whose composition or duties are given, in prose or in lists of posts."""
    drafts = [*_in_lists(lines, words), *_in_prose(lines, words)]
    groups: dict[str, PlanGroup] = {}
    for draft in drafts:
        if draft.name in groups:
            groups[draft.name].located_in = groups[draft.name].located_in or draft.located_in
        elif draft.has_content:
            groups[draft.name] = _finish(draft)
    return list(groups.values())


def _finish(draft: _Draft) -> PlanGroup:
    heads = draft.posts.get("head", [])
    return PlanGroup(
        name=draft.name,
        parent=draft.parent,
        located_in=draft.located_in,
        head_post=heads[0] if heads else None,
        executive_deputy_posts=draft.posts.get("executive", []),
        deputy_posts=[*heads[1:], *draft.posts.get("deputy", [])],
        member_posts=draft.posts.get("member", []),
        member_units=draft.units,
        member_groups=draft.groups,
        liaison_post=next(iter(draft.posts.get("liaison", [])), None),
        stated_member_count=draft.stated,
        duties=draft.duties,
        duties_count=len(draft.duties),
        source=Source(
            line=draft.line.number, page=draft.line.page, sentence=squeeze(draft.line.text)[:300]
        ),
    )


# ---------------------------------------------------------------- prose


def _in_prose(lines: Sequence[Line], words: Vocabulary) -> list[_Draft]:
    """Read 成立…领导小组，由…任组长，…为成员。主要职责：…。办公室设在…."""
    drafts: list[_Draft] = []
    for line, text in _paragraphs(lines):
        if not pattern(
            rf"(?:成立|组建|设立).{{0,60}}{BODY}|下设|设在|任组长|任主任|任指挥长"
        ).search(text):
            continue
        for sentence in _sentences(text):
            draft = _new_draft(sentence, drafts, line)
            if draft is not None:
                drafts.append(draft)
            if drafts:
                _read_sentence(sentence, drafts[-1], words)
    return drafts


def _paragraphs(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """Join lines that break within a sentence; only what speaks of groups is looked at."""
    result: list[tuple[Line, str]] = []
    for line in lines:
        text = squeeze(line.text)
        if line.cells or not text:
            continue
        if (
            result
            and not pattern(r"[。；：]$").search(result[-1][1])
            and not pattern(r"^(?:[一二三四五六七八九十]、|（|\d+[.、]|附件)").match(text)
            and len(result[-1][1]) > 20
        ):
            result[-1] = (result[-1][0], result[-1][1] + text)
        else:
            result.append((line, text))
    return result


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in text.split("。") if sentence]


def _new_draft(sentence: str, drafts: Sequence[_Draft], line: Line) -> _Draft | None:
    top = next((d.name for d in drafts if d.parent is None), None)
    if found := pattern(
        rf"(?:成立|组建|设立)(?:以.{{2,20}}的|由(?P<parent>.{{2,30}}?)(?:牵头|领导)?的)?(?P<name>[^，。；、]{{2,50}}?{BODY})(?=[，；：（]|$|及)"
    ).search(sentence):
        named = pattern(r"创建|工作领导|指挥部|领导小组").search(found["name"])
        vague = pattern(r"^(?:相应|各|本|专门|专项|工作|健全|由)").match(found["name"])
        return _Draft(
            found["name"],
            found["parent"],
            line,
            announced=bool(named and not vague and len(found["name"]) > 8),
        )
    if found := pattern(
        r"([^，。；]{0,20}?(?:领导小组|指挥部|专班)?办公室)设在([^，。；（]{2,24})"
    ).search(sentence):
        draft = _Draft(pattern(r"^(?:下设|并)").sub("", found[1]), top, line)
        draft.located_in = pattern(r"^由").sub("", found[2])
        return draft
    if found := pattern(r"下设([^，。；、]{2,16}组)(?=[，])").search(sentence):
        return _Draft(found[1], drafts[-1].name if drafts else top, line)
    return None


# …任组长; …兼任办公室主任: the end of a clause that gives somebody a place in the group.
_PLACE = rf"(?:兼任|担任|任|为)(?:领导小组|指挥部|专班)?(?:办公室)?(常务副(?:组长|主任|指挥长)|第一副组长|副?(?:{HEADS}))(?=[，；]|$)"
_MEMBERS = r"^[，；](?P<list>.+?)(?:为(?:领导小组|指挥部)?(?:成员|组成)(?:单位)?|任成员|参加|组成)"


def _read_sentence(sentence: str, draft: _Draft, words: Vocabulary) -> None:
    if found := pattern(
        r"(?:主要|工作)*职责(?:任务)?(?:是|为)?：(.+)$|[，](?:主要|具体)?负责(.+)$"
    ).search(sentence):
        draft.duties += [duty for duty in pattern(r"；").split(found[1] or found[2]) if duty]
        sentence = sentence[: found.start()]
    end = 0
    for found in pattern(_PLACE).finditer(sentence):
        clause = sentence[max(end, sentence.rfind("，", 0, found.start()) + 1) : found.start()]
        word = found[1]
        key = (
            "executive"
            if word.startswith(("常务", "第一"))
            else "deputy"
            if word.startswith("副")
            else "head"
        )
        draft.add(key, _posts_of(pattern(r"^.*由|^[，；]").sub("", clause)))
        end = found.end()
    if end and (found := pattern(_MEMBERS).search(sentence[end:])):
        _members(found["list"], draft, words)
    elif not end and (
        found := pattern(r"(?:成员|组成)(?:单位)?(?:包括|由|为)：?(.+?)(?:组成)?$").search(sentence)
    ):
        _members(found[1], draft, words)


def _posts_of(text: str) -> list[str]:
    """Split A和B between two posts; 、 within one person's posts stays."""
    text = text.split("，")[-1] if pattern(r"(?:设在|成立)").search(text) else text.lstrip("，")
    pieces = [text]
    for found in pattern(r"和").finditer(text):
        left, right = text[: found.start()], text[found.end() :]
        if pattern(rf"{POST}$").search(left) and pattern(POST).search(right):
            pieces = [left, right]
            break
    return [piece.strip("，") for piece in pieces if pattern(POST).search(piece)]


def _members(text: str, draft: _Draft, words: Vocabulary) -> None:
    text = pattern(
        r"(?:等)?(?:各?(?:有关|相关))?(?:主要|分管)?(?:负责人|负责同志|领导|人员|股室|科室|处室)+$"
    ).sub("", text)
    for name in split_units(text, words):
        name = pattern(r"(?:有关|相关)?(?:主要|分管)?(?:负责人|负责同志|人员|股室|科室)+$").sub(
            "", name
        )
        if len(name) < 2:
            continue
        (draft.groups if is_group(name) else draft.units).append(name)


# ---------------------------------------------------------------- lists


def _in_lists(lines: Sequence[Line], words: Vocabulary) -> list[_Draft]:
    """Read 组　长：姓名 职务 on lines of their own; names are dropped, posts kept."""
    drafts: list[_Draft] = []
    label: str | None = None
    heading = ""
    number = ""
    for line in lines:
        text = squeeze(line.text)
        if line.cells or not text:
            continue
        if found := pattern(
            r"^(?:[一二三四五六七八九十]{1,3}、|（([一二三四五六七八九十]{1,3})）|\d+[.、])(.{2,40})$"
        ).match(text):
            heading, label, number = found[2], None, found[1] or ""
            continue
        key, rest = _label(line.text)
        if key is None:
            if label == "duty" and drafts:
                drafts[-1].duties[-1:] = (
                    [drafts[-1].duties[-1] + text] if drafts[-1].duties else [text]
                )
                _split_duties(drafts[-1])
                label = None if text.endswith("。") else label
            elif label == "units" and drafts:
                drafts[-1].unit_text += text
                label = None if text.endswith("。") else label
            elif label in {"head", "deputy", "executive", "member"} and drafts and len(text) <= 40:
                _add_person(line.text, label, drafts[-1])
            else:
                label = None
            continue
        if key == "head" and rest and (not drafts or drafts[-1].posts.get("head")):
            drafts.append(
                _Draft(_group_name(heading, lines, line), _parent(drafts, number, heading), line)
            )
        if not drafts:
            continue
        if key == "duty":
            drafts[-1].duties.append(squeeze(rest))
            label = None if squeeze(rest).endswith("。") else "duty"
            _split_duties(drafts[-1])
        elif key == "member" and _looks_like_units(rest):
            stated = pattern(r"（(\d+)个").search(text)
            drafts[-1].stated = int(stated[1]) if stated else drafts[-1].stated
            drafts[-1].unit_text += squeeze(rest)
            label = None if text.endswith("。") else "units"
        else:
            label = key
            if rest:
                _add_person(rest, key, drafts[-1])
    for draft in drafts:
        if draft.unit_text:
            _members(
                pattern(r"。.*$|（[^（）]{8,}）$").sub("", draft.unit_text.rstrip("。")),
                draft,
                words,
            )
    return drafts


def _label(text: str) -> tuple[str | None, str]:
    for key, expression in LABELS:
        spaced = "".join(
            char + r"\s*" if "\u4e00" <= char <= "\u9fff" else char for char in expression
        )
        if found := pattern(rf"^\s*{spaced}[：](.*)$").match(text):
            return key, found[found.lastindex or 1] or ""
    return None, ""


def _add_person(text: str, key: str, draft: _Draft) -> None:
    """Keep the post of 姓名 职务; without a gap the first two to four characters are the name."""
    tokens = text.split()
    if not tokens:
        return
    at = next((i for i, token in enumerate(tokens) if pattern(POST).search(token)), None)
    if at is None:
        if draft.posts.get(key) and len(text) <= 20:  # the rest of a post broken over two lines
            draft.posts[key][-1] += squeeze(text)
        return
    post = "".join(tokens[at:])
    if at == 0 and len(tokens) == 1:
        continues = draft.posts.get(key) and not pattern(
            r"^[\u4e00-\u9fff]{2,4}?[省市县区州旗镇乡党]"
        ).match(post)
        if continues and not pattern(r"(?:书记|主任|局长|部长|长|主席|委员|干部|负责人)$").search(
            draft.posts[key][-1]
        ):
            draft.posts[key][-1] += post
            return
    draft.add(key, [post.rstrip("，。；")])


def _looks_like_units(text: str) -> bool:
    return text.count("、") >= 2 and len(squeeze(text)) > 12


def _split_duties(draft: _Draft) -> None:
    text = "；".join(draft.duties)
    draft.duties = [duty.rstrip("。") for duty in pattern(r"；").split(text) if duty.rstrip("。")]


def _group_name(heading: str, lines: Sequence[Line], line: Line) -> str:
    """Name a group by its heading; the first one of a list by the 成立…领导小组 above it."""
    if pattern(r"(?:组|办公室|专班|指挥部)$").search(heading):
        return heading
    for above in reversed([each for each in lines if each.number < line.number]):
        if found := pattern(rf"(?:成立|组建|设立)([^，。；《》]{{2,50}}?{BODY})").search(
            squeeze(above.text)
        ):
            return found[1]
    return heading or "领导小组"


def _parent(drafts: Sequence[_Draft], number: str, heading: str) -> str | None:
    if not drafts:
        return None
    if pattern(r"办公室$").search(heading):
        return drafts[0].name
    office = next((d.name for d in drafts if d.name.endswith("办公室")), None)
    return office or drafts[0].name
