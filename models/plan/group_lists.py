"""Groups in lists: 组长：姓名 职务, a line for each person; names are dropped, posts kept."""

from collections.abc import Sequence

from models.plan.document import Line
from models.plan.group_draft import BODY, POST, Draft, add_members
from models.plan.patterns import pattern, squeeze
from models.plan.vocabulary import Vocabulary

LABELS = (
    ("executive", r"(?:常务副组长|常务副主任|常务副指挥长|第一副组长|执行副组长)"),
    ("deputy", r"(?:副组长|副主任|副指挥长|副总指挥|副召集人)"),
    ("head", r"(?:第一组长|组长|主任|指挥长|总指挥|政委|召集人|总召集人)"),
    ("liaison", r"(?:联络员|联系人)"),
    ("member", r"(?:其他)?(?:成员|成员单位|组成单位|参加单位|组员)(?:（[^（）]*）)?"),
    ("duty", r"(?:主要)?(?:工作)?职责(?:任务)?"),
)


def groups_in_lists(lines: Sequence[Line], words: Vocabulary) -> list[Draft]:
    """Read 组　长：姓名 职务 on lines of their own; names are dropped, posts kept."""
    drafts: list[Draft] = []
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
                Draft(_group_name(heading, lines, line), _parent(drafts, number, heading), line)
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
            add_members(
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


def _add_person(text: str, key: str, draft: Draft) -> None:
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


def _split_duties(draft: Draft) -> None:
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


def _parent(drafts: Sequence[Draft], number: str, heading: str) -> str | None:
    if not drafts:
        return None
    if pattern(r"办公室$").search(heading):
        return drafts[0].name
    office = next((d.name for d in drafts if d.name.endswith("办公室")), None)
    return office or drafts[0].name
