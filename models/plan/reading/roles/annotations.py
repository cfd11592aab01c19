"""Who does it: the marks of roles in brackets, on lines of their own, and within sentences."""

import re

from models.plan.reading.deadlines.words import deadline_in_list
from models.plan.reading.persons.nameless import without_contacts
from models.plan.reading.roles.lead_clauses import apply_said, take_said
from models.plan.reading.roles.lead_rules import goes_on, lead_rule, without_rule
from models.plan.reading.roles.roles import COOPERATING, LEAD, POST, RESPONSIBLE, Grammar, Roles
from models.plan.reading.roles.units import (
    BETWEEN,
    ends_like_a_unit,
    is_group,
    is_name,
    is_within_a_class,
    split_units,
)
from models.plan.reading.text.patterns import pattern
from models.plan.reading.text.stops import CLOSE, OPEN, brackets

# A label that only says that bodies follow, whose roles stand behind them: 分工：甲局牵头，乙局配合.
SAYS_WHO = r"^{分工标}："
# A sentence that says it of all that stands in front of it: 此项工作由甲局牵头，乙局配合.
OF_ALL_THIS = r"(?:^|(?<=[。；）]))[此该本这]项{任务栏}?[，：]?由[^。；]{4,240}"


def _unwrap(text: str) -> str:
    """Return what is inside when the whole text is one bracket; 牵头单位：各镇（街道） stays whole."""
    if brackets(text)[:1] != ((0, len(text)),):
        return text
    return text[1:-1].rstrip("。；;") if text[-1] in CLOSE else text[1:]


def find_annotations(text: str, grammar: Grammar) -> list[tuple[int, int]]:
    """Return the spans of ``text`` that say who does it or until when: brackets and labelled ends."""
    text = _with_colons(text, grammar)
    spans = [
        (start, end)
        for start, end in brackets(text)
        if is_annotation(_unwrap(text[start:end]), grammar)
    ]
    if not spans and (bare := _bare_list(text, grammar)):
        spans = [bare]
    if (
        not spans
        and (told := pattern(OF_ALL_THIS).search(text))
        and is_annotation(told[0], grammar)
    ):
        return [told.span()]
    if not spans and (said := pattern(SAYS_WHO).match(text)):
        return [(0, len(text))] if is_annotation(text[said.end() :], grammar) else []
    outside = _first_label(text, spans, grammar)
    if outside is not None:
        spans = [span for span in spans if span[1] <= outside]
        spans.append((outside, len(text)))
    return spans


def _with_colons(text: str, grammar: Grammar) -> str:
    """Write 牵头单位为市司法局 as 牵头单位：市司法局, of the same length."""
    if not pattern(r"{单位}[为是]").search(text):
        return text
    said = rf"((?:{'|'.join(grammar.words.roles)}){{单位}})[为是](?!(?:总|第一)?(?:{'|'.join(grammar.words.roles)}))"
    return pattern(said).sub(r"\1：", text)


def _bare_list(text: str, grammar: Grammar) -> tuple[int, int] | None:
    """Return the bracket that ends ``text`` when it is a plain list: …。（市司法局、市财政局）."""
    spans = [span for span in brackets(text) if text[span[1] :].strip("。；;") == ""]
    if not spans:
        return None
    start, end = spans[-1]
    names = _plain_names(_unwrap(text[start:end]), grammar)
    behind_a_sentence = start == 0 or text[start - 1] in "。；;！!"
    return (start, end) if len(names) > 1 or (names and behind_a_sentence) else None


def _plain_names(text: str, grammar: Grammar) -> list[str]:
    """Return the names of a list of complete names and nothing else, else an empty list."""
    names = split_units(without_rule(text), grammar.words)
    whole = [
        n for n in names if is_group(n) or (len(n) >= 2 and ends_like_a_unit(n, grammar.words))
    ]
    return names if whole == names else []


def _first_label(text: str, spans: list[tuple[int, int]], grammar: Grammar) -> int | None:
    """Return where an unbracketed 牵头单位：… begins that goes on to the end of the passage."""
    for colon in pattern("：").finditer(text):
        if any(start <= colon.start() < end for start, end in spans):
            continue
        window = max(0, colon.start() - 24)
        found = pattern(rf"(?:{grammar.label})$").search(text[window : colon.end()])
        if found is None:
            continue
        at = window + found.start()
        leads_on = pattern(rf"[^：]{{0,30}}[；，。](?:{grammar.label})").match(text, colon.end())
        if found["role"] is None and not (found["time"] and (at == 0 or leads_on)):
            continue  # 完成时限：… counts on a line of its own, or in front of 责任单位：…
        before = not at or text[at - 1] in "。；;）)】，,！〗]〕—-–―─●○■□◆◇★☆▲△►※•·"
        if before and _goes_to_the_end(text[colon.end() :], grammar):
            return at
    return None


def _goes_to_the_end(text: str, grammar: Grammar) -> bool:
    """Say whether what follows a label is its list and perhaps further labels: 市司法局。完成时限：6月底。"""
    first, *others = take_said(text, grammar)[0].removesuffix("。").split("。")
    return len(first) <= 400 and all(pattern(grammar.label).match(each) for each in others)


def is_annotation(text: str, grammar: Grammar) -> bool:
    """Say whether a bracket's content names units with a role, or only a deadline."""
    if not text or len(text) > 900:
        return False
    if take_said(text, grammar)[1]:
        return True
    found = pattern(grammar.label).match(text)
    if found and not found["other"]:
        return True
    if found := pattern(grammar.label).search(text):
        before = text[: found.start()].strip("；，。;,") if found["time"] else ""
        listed = before and (_plain_names(before, grammar) or is_annotation(before, grammar))
        return found["role"] is not None or bool(listed)
    for found in pattern(grammar.suffix).finditer(text):
        names = split_units(text[: found.start()], grammar.words)
        if names and all(ends_like_a_unit(n, grammar.words) or is_group(n) for n in names[-1:]):
            return True
    return False


def read_annotation(text: str, grammar: Grammar, roles: Roles | None = None) -> Roles:
    """Read one annotation: （牵头单位：A；责任单位：B，C；完成时限：…）, （A牵头，B、C配合；2025年8月底前完成）."""
    roles = Roles() if roles is None else roles
    text = _unwrap(text.strip("。；;"))
    text = pattern(SAYS_WHO).sub("", text)
    if rule := lead_rule(text):
        roles.rule, roles.rule_goes_on = rule, goes_on(text)
    text = without_contacts(_with_colons(without_rule(text), grammar))
    text, said = take_said(text, grammar)
    labels = list(pattern(grammar.label).finditer(text))
    before = pattern("，?其中，?$").sub("", text[: labels[0].start()]) if labels else text
    _read_suffixes(before, grammar, roles, None)
    if not roles and _plain_names(before, grammar):
        _marked(before, grammar, roles, RESPONSIBLE)
    for index, found in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        _read_labelled(found, text[found.end() : end], grammar, roles)
    if not any(found["time"] for found in labels) and (when := deadline_in_list(text)):
        roles.due(when)
    apply_said(said, roles)
    roles.responsible = [name for name in roles.responsible if name not in roles.lead]
    roles.cooperating = [name for name in roles.cooperating if name not in roles.lead]
    return roles


def _read_labelled(found: re.Match[str], value: str, grammar: Grammar, roles: Roles) -> None:
    groups = found.groupdict()
    value = value.strip("；;，,。、")
    if groups["time"]:
        roles.due(value)
    elif groups["post"]:
        roles.add(POST, [value])
    elif groups["role"]:
        _read_suffixes(value, grammar, roles, grammar.role(groups["role"]))


def _read_suffixes(text: str, grammar: Grammar, roles: Roles, default: str | None) -> None:
    """Read lists with their role behind them; what has none takes ``default``."""
    at = 0
    for found in pattern(grammar.suffix).finditer(text):
        if _in_brackets(text, found.start()):
            continue
        chunk = text[at : found.start()]
        role = grammar.role(found["word"])
        if default is not None and chunk.endswith(("，", ",")):
            role = default  # 牵头单位：A、B，按职责分工负责
        elif default == LEAD and role != LEAD and "，" in chunk:
            own, _, chunk = chunk.rpartition("，")  # 牵头单位：A，B、C配合
            _marked(own, grammar, roles, LEAD)
        names = _jointly(chunk, grammar, roles) or _marked(chunk, grammar, roles, role)
        if names or default is None:
            at = found.end()
    rest = text[at:]
    if default is not None and not _jointly(rest, grammar, roles):
        _marked(rest, grammar, roles, default)


def _jointly(text: str, grammar: Grammar, roles: Roles) -> list[str]:
    """Read 由A会同B: A leads, B cooperates; empty when the words are not there."""
    found = pattern(r"^[，；、]?(?:由)?(.+?){牵头}?[，]?(?<!、)会同(.+)$").match(text)
    if found is None:
        return []
    leads, helpers = split_units(found[1], grammar.words), split_units(found[2], grammar.words)
    roles.add(LEAD, leads)
    roles.add(COOPERATING, helpers)
    return [*leads, *helpers]


def _marked(text: str, grammar: Grammar, roles: Roles, role: str) -> list[str]:
    """Add the names of a list under ``role``; 市司法局（牵头） names its own."""
    names = []
    for piece in _pieces(pattern(BETWEEN).sub("、", text)):
        own = pattern(
            rf"^(.+?)（(?:共同|联合|总)?({'|'.join(grammar.words.roles)}){{单位}}?）"
        ).match(piece)
        if own:
            roles.add(grammar.role(own[2]), split_units(own[1], grammar.words))
            names.append(own[1])
            if behind := pattern(r"^(?:{牵头}|等)").sub("", piece[own.end() :]):
                names += _marked(behind, grammar, roles, role)  # 市司法局（牵头）市公安局
            continue
        for name in split_units(piece, grammar.words):
            names.append(name)
            roles.add(role, [name])
            if pattern(r"^[*★☆※▲△#◆●]|[*★☆※▲△#◆●]$").search(piece):
                roles.marked.append(name)
    return names


def _pieces(text: str) -> list[str]:
    """Split at the separators outside brackets, but keep 党委、政府 together."""
    pieces, depth, start = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in OPEN) - (char in CLOSE)
        if (
            depth == 0
            and char in "、，,；;"
            and not pattern(r"(?:人民)?政府|办事处|管委会").match(text, at + 1)
            and not is_within_a_class(text, at)
        ):
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [piece for piece in pieces if is_name(piece[:34]) or piece]


def _in_brackets(text: str, at: int) -> bool:
    before = text[:at]
    return sum(before.count(c) for c in OPEN) > sum(before.count(c) for c in CLOSE)
