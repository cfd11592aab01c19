"""Groups in prose: 成立…领导小组，由…任组长，…为成员。"""

from collections.abc import Sequence

from models.plan.document import Line
from models.plan.group_draft import BODY, HEADS, POST, Draft, add_members
from models.plan.patterns import pattern, squeeze
from models.plan.vocabulary import Vocabulary


def groups_in_prose(lines: Sequence[Line], words: Vocabulary) -> list[Draft]:
    """Read 成立…领导小组，由…任组长，…为成员。主要职责：…。办公室设在…."""
    drafts: list[Draft] = []
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


def _new_draft(sentence: str, drafts: Sequence[Draft], line: Line) -> Draft | None:
    top = next((d.name for d in drafts if d.parent is None), None)
    if found := pattern(
        rf"(?:成立|组建|设立)(?:以.{{2,20}}的|由(?P<parent>.{{2,30}}?)(?:牵头|领导)?的)?(?P<name>[^，。；、]{{2,50}}?{BODY})(?=[，；：（]|$|及)"
    ).search(sentence):
        named = pattern(r"创建|工作领导|指挥部|领导小组").search(found["name"])
        vague = pattern(r"^(?:相应|各|本|专门|专项|工作|健全|由)").match(found["name"])
        headed = pattern(r"^(.+?)(?:共同)?担?任双?(?:组长|主任|指挥长)$").match(
            found["parent"] or ""
        )
        draft = Draft(
            found["name"],
            None if headed else found["parent"],
            line,
            announced=bool(named and not vague and len(found["name"]) > 8),
        )
        if headed:  # 由县委书记、县长任双组长的领导小组
            draft.add("head", pattern("、").split(headed[1]))
        return draft
    if found := pattern(
        r"([^，。；]{0,20}?(?:领导小组|指挥部|专班)?办公室)设在([^，。；（]{2,24})"
    ).search(sentence):
        draft = Draft(pattern(r"^(?:下设|并)").sub("", found[1]), top, line)
        draft.located_in = pattern(r"^由").sub("", found[2])
        return draft
    if found := pattern(r"下设([^，。；、]{2,16}组)(?=[，])").search(sentence):
        return Draft(found[1], drafts[-1].name if drafts else top, line)
    return None


# …任组长; …兼任办公室主任: the end of a clause that gives somebody a place in the group.
_PLACE = rf"(?:兼任|担任|任|为)(?:领导小组|指挥部|专班)?(?:办公室)?(常务副(?:组长|主任|指挥长)|第一副组长|副?(?:{HEADS}))(?=[，；]|$)"


_MEMBERS = r"^[，；](?P<list>.+?)(?:为(?:领导小组|指挥部)?(?:成员|组成)(?:单位)?|任成员|参加|组成)"


def _read_sentence(sentence: str, draft: Draft, words: Vocabulary) -> None:
    if found := pattern(
        r"(?:主要|工作)*职责(?:任务)?(?:是|为)?：(.+)$|[，](?:主要|具体)?负责(.+)$"
    ).search(sentence):
        draft.duties += [duty for duty in pattern(r"；").split(found[1] or found[2]) if duty]
        sentence = sentence[: found.start()]
    end = 0
    for found in pattern(_PLACE).finditer(sentence):
        clause = sentence[max(end, sentence.rfind("，", 0, found.start()) + 1) : found.start()]
        word = found[1]
        if "办公室" in found[0] and "办公室" not in draft.name:
            continue  # the head of its office, not of the group
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
        add_members(found["list"], draft, words)
    elif not end and (
        found := pattern(r"(?:成员|组成)(?:单位)?(?:包括|由|为)：?(.+?)(?:组成)?$").search(sentence)
    ):
        add_members(found[1], draft, words)


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
