"""Say in Chinese, with the line it stands on, what pydantic found wrong in a file."""

from collections.abc import Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from models.plan.limits import place, spelled_out
from models.rules.bounds import shown

# What pydantic calls it -> what a clerk is told. {given} is the value found.
WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个字段，请检查拼写",
    "enum": "写的是 {given}，只能是 {expected}",
    "literal_error": "写的是 {given}，只能是 {expected}",
    "date_from_datetime_parsing": "写的是 {given}，应为 2025-06-13 这样的日期",
    "date_parsing": "写的是 {given}，应为 2025-06-13 这样的日期",
    "date_type": "写的是 {given}，应为 2025-06-13 这样的日期",
    "date_from_datetime_inexact": "写的是 {given}，应为 2025-06-13 这样的日期，不带时间",
    "string_type": "写的是 {given}，应为文字",
    "list_type": "写的是 {given}，应为列表（每行以 - 开头）",
    "model_type": "写的是 {given}，应为带字段名的内容",
    "model_attributes_type": "写的是 {given}，应为带字段名的内容",
    "bool_parsing": "写的是 {given}，应为 true 或 false",
    "bool_type": "写的是 {given}，应为 true 或 false",
    "int_parsing": "写的是 {given}，应为整数",
    "int_type": "写的是 {given}，应为整数",
    "int_from_float": "写的是 {given}，应为整数",
    "float_parsing": "写的是 {given}，应为数字",
    "float_type": "写的是 {given}，应为数字",
    "greater_than_equal": "写的是 {given}，不能小于 {ge}",
    "ladder": "{faults}",
    "dict_type": "写的是 {given}，应为带字段名的内容",
    "less_than_equal": "写的是 {given}，不能大于 {le}",
}


def fault_lines(error: ValidationError, tree: yaml.Node) -> list[str]:
    """Return one line per fault, in the order of the file; several of a union count once."""
    found: dict[str, tuple[int, str]] = {}
    for fault in error.errors():
        steps = [step for step in fault["loc"] if not _is_type_name(step)]
        line = line_of(tree, steps)
        text = f"第 {line} 行 {spelled_out(steps)}：{_words(fault)}"
        found.setdefault(f"{line}{place(steps)}", (line, text))
    return [text for _, text in sorted(found.values(), key=lambda item: item[0])]


def _is_type_name(step: int | str) -> bool:
    """Say whether a step of pydantic's path names a member of a union, not a place."""
    return isinstance(step, str) and (step in ("int", "str") or "[" in step)


def _words(fault: Any) -> str:
    given = str(fault.get("input"))
    context = {
        key: str(value).replace(" or ", " 或 ") for key, value in fault.get("ctx", {}).items()
    }
    context["given"] = shown(given)
    return WORDS.get(fault["type"], "写的是 {given}，不合要求").format_map(context)


def line_of(node: yaml.Node, place: Sequence[int | str]) -> int:
    """Return the line (from 1) of the deepest part of ``place`` that the file has."""
    line = node.start_mark.line + 1
    for step in place:
        child = _child(node, step)
        if child is None:
            break
        line, node = child[0].start_mark.line + 1, child[1]
    return line


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
