"""Who does it: the marks of roles in brackets, on lines of their own, and within sentences."""

from functools import lru_cache

from models.plan.reading.deadlines.words import deadline_in_list
from models.plan.reading.persons.nameless import without_contacts
from models.plan.reading.roles.own_roles import (
    apply_said,
    goes_on,
    lead_rule,
    take_said,
    without_rule,
)
from models.plan.reading.roles.roles import (
    COOPERATING,
    DEADLINE,
    LEAD,
    OTHER,
    POST,
    RESPONSIBLE,
    Grammar,
    Roles,
)
from models.plan.reading.roles.units import (
    STARS,
    ends_like_a_unit,
    is_group,
    pieces_of,
    split_units,
    whole_names,
)
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import CLOSE, brackets

# A label that only says that bodies follow, whose roles stand behind them: 分工：甲局牵头，乙局配合.
SAYS_WHO = r"^{分工标}："
# A sentence that says it of all that stands in front of it: 此项工作由甲局牵头，乙局配合.
OF_ALL_THIS = r"(?:^|(?<=[。；）]))[此该本这]项{任务栏}?[，：]?由[^。；]{4,240}"
DOING = (LEAD, RESPONSIBLE, COOPERATING)
_AS = r"（(?:共同|联合|总)?({角色}){单位}?）"  # 市司法局（牵头）


def _unwrap(text: str) -> str:
    """Return what is inside when the whole text is one bracket; 牵头单位：各镇（街道） stays whole."""
    if brackets(text)[:1] != ((0, len(text)),):
        return text
    return text[1:-1].rstrip("。；;") if text[-1] in CLOSE else text[1:]


def find_annotations(text: str, grammar: Grammar) -> list[tuple[int, int]]:
    """Return the spans of ``text`` that say who does it or until when: brackets and labelled ends."""
    return list(_annotations(text, grammar))


@lru_cache(maxsize=4096)
def _annotations(text: str, grammar: Grammar) -> tuple[tuple[int, int], ...]:
    spans = [s for s in brackets(text) if is_annotation(_unwrap(text[slice(*s)]), grammar)]
    spans = spans or _bare_list(text, grammar)
    if not spans:
        told = pattern(OF_ALL_THIS).search(text)
        if told and is_annotation(told[0], grammar):
            return (told.span(),)
        if said := pattern(SAYS_WHO).match(text):
            return ((0, len(text)),) if is_annotation(text[said.end() :], grammar) else ()
    outside = _first_label(text, spans, grammar)
    if outside is not None:
        spans = [*(span for span in spans if span[1] <= outside), (outside, len(text))]
    return tuple(spans)


def _bare_list(text: str, grammar: Grammar) -> list[tuple[int, int]]:
    """Return the bracket that ends ``text`` when it is a plain list: …。（市司法局、市财政局）."""
    spans = [span for span in brackets(text) if text[span[1] :].strip("。；;") == ""]
    if not spans:
        return []
    start, end = spans[-1]
    names = _plain_names(_unwrap(text[start:end]), grammar)
    behind_a_sentence = start == 0 or text[start - 1] in "。；;！!"
    return spans[-1:] if len(names) > 1 or (names and behind_a_sentence) else []


def _plain_names(text: str, grammar: Grammar) -> list[str]:
    return whole_names(without_rule(text), grammar.words)


def _first_label(text: str, spans: list[tuple[int, int]], grammar: Grammar) -> int | None:
    """Return where an unbracketed 牵头单位：… begins that goes on to the end of the passage."""
    labels = grammar.labels(text)
    for label, after in zip(labels, [*labels[1:], None], strict=False):
        at = label.start
        if any(start < label.end <= end for start, end in spans):
            continue
        if label.role not in DOING:
            # 完成时限：… counts on a line of its own, or in front of 责任单位：…
            between = text[label.end : after.start] if after else "："
            leads_on = pattern(r"[^：]{0,30}[；，。]").fullmatch(between)
            if label.role != DEADLINE or (at and not leads_on):
                continue
        before = not at or text[at - 1] in "。；;）)】，,！〗]〕—-–―─●○■□◆◇★☆▲△►※•·"
        if before and _goes_to_the_end(text[label.end :], grammar):
            return at
    return None


def _goes_to_the_end(text: str, grammar: Grammar) -> bool:
    """Say whether what follows a label is its list and perhaps further labels: 市司法局。完成时限：6月底。"""
    first, *others = take_said(text, grammar)[0].removesuffix("。").split("。")
    return len(first) <= 400 and all(map(grammar.label_of, others))


def is_annotation(text: str, grammar: Grammar) -> bool:
    """Say whether a bracket's content names units with a role, or only a deadline."""
    if not text or len(text) > 900:
        return False
    if take_said(text, grammar)[1]:
        return True
    if labels := grammar.labels(text):
        first = labels[0]
        if first.start == 0 and first.role != OTHER:
            return True
        before = text[: first.start].strip("；，。;,") if first.role == DEADLINE else ""
        listed = before and (_plain_names(before, grammar) or is_annotation(before, grammar))
        return first.role in DOING or bool(listed)
    for word in grammar.words_behind(text):
        names = split_units(text[: word.start], grammar.words)
        if names and (ends_like_a_unit(names[-1], grammar.words) or is_group(names[-1])):
            return True
    return False


def read_annotation(text: str, grammar: Grammar, roles: Roles | None = None) -> Roles:
    """Read one annotation: （牵头单位：A；责任单位：B，C；完成时限：…）, （A牵头，B、C配合；2025年8月底前完成）."""
    roles = Roles() if roles is None else roles
    text = pattern(SAYS_WHO).sub("", _unwrap(text.strip("。；;")))
    if rule := lead_rule(text):
        roles.rule, roles.rule_goes_on = rule, goes_on(text)
    text, said = take_said(without_contacts(without_rule(text)), grammar)
    labels = grammar.labels(text)
    before = pattern("，?其中，?$").sub("", text[: labels[0].start]) if labels else text
    _read_lists(before, grammar, roles, None)
    if not roles and _plain_names(before, grammar):
        _add(before, grammar, roles, RESPONSIBLE)
    ends = [*(label.start for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        value = text[label.end : end].strip("；;，,。、")
        if label.role == DEADLINE:
            roles.due(value)
        elif label.role == POST:
            roles.add(POST, [value])
        elif label.role in DOING:
            _read_lists(value, grammar, roles, label.role)
    if all(label.role != DEADLINE for label in labels) and (when := deadline_in_list(text)):
        roles.due(when)
    apply_said(said, roles)
    roles.responsible = [name for name in roles.responsible if name not in roles.lead]
    roles.cooperating = [name for name in roles.cooperating if name not in roles.lead]
    return roles


def _read_lists(text: str, grammar: Grammar, roles: Roles, default: str | None) -> None:
    """Read lists with their role behind them; what has none takes ``default``."""
    at, inside = 0, brackets(text)
    for word in grammar.words_behind(text):
        if any(start < word.start < end for start, end in inside):
            continue
        chunk, role = text[at : word.start], word.role
        if default is not None and chunk.endswith(("，", ",")):
            role = default  # 牵头单位：A、B，按职责分工负责
        elif default == LEAD and role != LEAD and "，" in chunk:
            own, _, chunk = chunk.rpartition("，")  # 牵头单位：A，B、C配合
            _add(own, grammar, roles, LEAD)
        if _add(chunk, grammar, roles, role) or default is None:
            at = word.end
    if default is not None:
        _add(text[at:], grammar, roles, default)


def _add(text: str, grammar: Grammar, roles: Roles, role: str) -> bool:
    """Add the names of a list under ``role``; 市司法局（牵头） names its own, of 由A会同B A leads."""
    joint = pattern(r"^[，；、]?(?:由)?(.+?){牵头}?[，]?(?<!、)会同(.+)$").match(text)
    if joint:
        roles.add(LEAD, leads := split_units(joint[1], grammar.words))
        roles.add(COOPERATING, helpers := split_units(joint[2], grammar.words))
        return bool(leads or helpers)
    parted = pattern(rf"({_AS}(?:{{牵头}}|等)?)(?={{H}})").sub(r"\1、", text)  # 甲局（牵头）乙局
    pieces = pieces_of(parted, grammar.words)
    for name, piece in pieces.items():
        own = pattern(_AS).search(piece)
        roles.add(grammar.role(own[1]) if own else role, [name])
        if pattern(rf"^[{STARS}]|[{STARS}]$").search(piece):
            roles.marked.append(name)
    return bool(pieces)
