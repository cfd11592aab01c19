"""Find the names of a template that are not there, also in what is not printed today: branches, empty lists."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ANYTHING = object()  # what nobody can say anything of beforehand
ONE_OF = ("first", "last", "random", "min", "max")  # filters that give a row of a list
SAME = ("list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr")
BY_ROW = ("sort", "unique", "min", "max", "sum", "map", "groupby", "selectattr", "rejectattr")
EITHER = ("default", "d")  # filters that say that a name may be missing
OWN = dict.fromkeys(("range", "varargs", "kwargs", "caller"), ANYTHING)

Shapes = dict[str, Any]


def unknown_names(tree: nodes.Template, known: Shapes) -> list[str]:
    """Return the names that ``tree`` asks for and ``known`` has not, each once, as they are written.

    ``known`` is made of dictionaries, lists of one row, and single values.
    """
    walk = _Walk(known)
    walk.all_of(tree.body)
    return list(dict.fromkeys(walk.unknown))


class _Walk:
    """One way through a template: what each name stands for where it is used."""

    def __init__(self, known: Shapes) -> None:
        self.unknown: list[str] = []
        self._scopes: list[Shapes] = [OWN, dict(known)]
        self._silent = 0  # above 0 within what may be missing
        self._ways: dict[type, Callable[[Any], Any]] = {
            nodes.Name: self._name,
            nodes.Getattr: lambda node: self._field(self.of(node.node), node.attr, node),
            nodes.Getitem: self._item,
            nodes.Const: lambda node: node.value,
            nodes.Filter: self._filter,
            nodes.Test: self._test,
            nodes.CondExpr: lambda node: self._first(node.expr1, node.test, node.expr2),
            nodes.Or: lambda node: self._first(node.left, node.right),
            nodes.For: self._loop,
            nodes.Assign: lambda node: self._set(node.target, self.of(node.node)),
            nodes.AssignBlock: self._set_block,
            nodes.With: self._with,
            nodes.Macro: self._macro,
            nodes.CallBlock: self._call_block,
        }

    def of(self, node: nodes.Node | None) -> Any:
        """Return what ``node`` stands for, having looked at all that it holds."""
        if node is None:
            return ANYTHING
        way = self._ways.get(type(node))
        if way is not None:
            return way(node)
        self.all_of(list(node.iter_child_nodes()))
        return ANYTHING

    def all_of(self, several: Sequence[nodes.Node]) -> None:
        """Look at each of ``several``."""
        for one in several:
            self.of(one)

    def _first(self, node: nodes.Node, *others: nodes.Node | None) -> Any:
        self.all_of([one for one in others if one is not None])
        return self.of(node)

    def _name(self, node: nodes.Name) -> Any:
        for scope in reversed(self._scopes):
            if node.name in scope:
                return scope[node.name]
        return self._noted(node.name)

    def _item(self, node: nodes.Getitem) -> Any:
        whole = self.of(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._field(whole, node.arg.value, node)
        self.of(node.arg)
        if isinstance(whole, list) and whole:
            return whole if isinstance(node.arg, nodes.Slice) else whole[0]
        return ANYTHING

    def _field(self, whole: Any, name: str, node: nodes.Node) -> Any:
        if whole is ANYTHING:
            return ANYTHING
        if isinstance(whole, dict) and name in whole:
            return whole[name]
        return ANYTHING if hasattr(whole, name) else self._noted(_written(node))

    def _noted(self, name: str) -> Any:
        if not self._silent:
            self.unknown.append(name)
        return ANYTHING

    def _filter(self, node: nodes.Filter) -> Any:
        whole = self._may_miss(node.node) if node.name in EITHER else self.of(node.node)
        if node.name == "counted":  # ours, around every list
            return whole
        self.all_of([*node.args, *node.kwargs])
        row = whole[0] if isinstance(whole, list) and whole else ANYTHING
        field = self._by_field(node, row) if node.name in BY_ROW else ANYTHING
        if node.name in SAME or node.name in EITHER:
            return whole
        if node.name == "map":
            return [field]
        return row if node.name in ONE_OF else ANYTHING

    def _by_field(self, node: nodes.Filter, row: Any) -> Any:
        """Return what the field is by which a filter goes, written as a text: sort(attribute="due")."""
        named = [one.value for one in node.kwargs if one.key == "attribute"]
        if node.name in ("groupby", "selectattr", "rejectattr"):
            named += node.args[:1]
        for one in named:
            if isinstance(one, nodes.Const) and isinstance(one.value, str):
                for name in one.value.split("."):
                    row = self._field(row, name, nodes.Name(one.value, "load"))
                return row
        return ANYTHING

    def _test(self, node: nodes.Test) -> Any:
        missing = node.name in ("defined", "undefined")
        _ = self._may_miss(node.node) if missing else self.of(node.node)
        self.all_of(node.args)
        return ANYTHING

    def _may_miss(self, node: nodes.Node | None) -> Any:
        self._silent += 1
        try:
            return self.of(node)
        finally:
            self._silent -= 1

    def _loop(self, node: nodes.For) -> Any:
        whole = self.of(node.iter)
        row = whole[0] if isinstance(whole, list) and whole else ANYTHING
        self._scopes.append({"loop": ANYTHING})
        self._set(node.target, row)
        self.all_of([*([node.test] if node.test else []), *node.body])
        self._scopes.pop()
        self.all_of(node.else_)
        return ANYTHING

    def _set(self, target: nodes.Node, value: Any) -> Any:
        if isinstance(target, nodes.Name):
            self._scopes[-1][target.name] = value
        for one in target.find_all(nodes.Name):
            self._scopes[-1].setdefault(one.name, ANYTHING)
        return ANYTHING

    def _set_block(self, node: nodes.AssignBlock) -> Any:
        self.all_of(node.body)
        return self._set(node.target, ANYTHING)

    def _with(self, node: nodes.With) -> Any:
        values = [self.of(one) for one in node.values]
        self._scopes.append({})
        for target, value in zip(node.targets, values, strict=True):
            self._set(target, value)
        self.all_of(node.body)
        self._scopes.pop()
        return ANYTHING

    def _macro(self, node: nodes.Macro) -> Any:
        self._scopes[-1][node.name] = ANYTHING
        return self._within(node)

    def _call_block(self, node: nodes.CallBlock) -> Any:
        self.of(node.call)
        return self._within(node)

    def _within(self, node: nodes.Macro | nodes.CallBlock) -> Any:
        self.all_of(node.defaults)
        self._scopes.append({one.name: ANYTHING for one in node.args})
        self.all_of(node.body)
        self._scopes.pop()
        return ANYTHING


def _written(node: nodes.Node) -> str:
    """Return a name with dots as the template has it."""
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        inside = node.arg.value
        return f"{_written(node.node)}{f'.{inside}' if isinstance(inside, str) else f'[{inside}]'}"
    return node.name if isinstance(node, nodes.Name) else "…"
