"""What the rooms of a layer keep to: who writes SQL, who opens a session, how long and how named things are."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT
from tests.test_layers import LAYERS, files, imported, within

LONGEST_MODULE = 250  # lines
MOST_PARAMETERS = 6
READER = "models/plan/"  # a house of its own: text in, values out
# A command and a flow take what a person may type: each parameter is an option or a field of a form.
TYPED_IN = ("deployments/commands/", "flows/")
SQL = ("session.add(", "session.delete(", "session.exec(", "session.execute(", ".connection()")
LIBRARIES = {"sqlalchemy", "sqlmodel.select", "sqlmodel.col", "sqlmodel.update", "sqlmodel.delete"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PRODUCT = [p for layer in LAYERS for p in files(layer) if "migrations" not in p.parts]


def trees(layer: str = "") -> Iterator[tuple[str, ast.Module]]:
    for path in PRODUCT:
        if named(path).startswith(layer):
            yield named(path), ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    known = function.args
    every = [*known.posonlyargs, *known.args, *known.kwonlyargs]
    return [one for one in every if one.arg not in ("self", "cls")]


def test_no_module_is_too_long_to_keep_in_mind():
    lines = {named(p): len(p.read_text(encoding="utf-8").splitlines()) for p in PRODUCT}
    assert not {name: count for name, count in lines.items() if count > LONGEST_MODULE}


def test_tasks_ask_the_models_and_write_no_sql():
    for path in files("tasks"):
        found = {n for n in imported(path) if within(n, LIBRARIES | {"models.database.run"})}
        text = path.read_text(encoding="utf-8")
        assert not found | {words for words in SQL if words in text}, path


def test_commands_and_pages_open_no_session():
    for path in files("deployments"):
        foreign = {"models.database", "sqlmodel", "sqlalchemy"}
        assert not {n for n in imported(path) if within(n, foreign)}, path


@pytest.mark.parametrize(
    ("libraries", "home"),
    [
        ({"xlsxwriter", "python_calamine"}, "tasks/workbook/"),
        ({"apprise"}, "notifications/apprise_own/"),
    ],
)
def test_a_library_that_one_room_tames_is_imported_nowhere_else(libraries, home):
    for path in PRODUCT:
        found = {n for n in imported(path) if within(n, libraries)}
        assert named(path).startswith(home) or not found, path


@pytest.mark.parametrize("layer", LAYERS)
def test_a_public_name_means_one_thing_in_its_layer(layer):
    places: dict[str, list[str]] = defaultdict(list)
    for name, tree in trees(layer + "/"):
        if name.startswith(READER):
            continue
        for node in tree.body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if not node.name.startswith("_") and not _is_command(node):
                places[node.name].append(name)
    assert not {name: where for name, where in places.items() if len(where) > 1}


def _is_command(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether a person types this name at the command, beside the word it belongs to."""
    return any(
        ".command" in ast.unparse(one) or ".default" in ast.unparse(one)
        for one in node.decorator_list
    )


def test_a_function_takes_six_things_at_most():
    many = {
        (name, function.name): len(parameters(function))
        for name, tree in trees()
        for function in functions(tree)
        if not name.startswith(TYPED_IN) and len(parameters(function)) > MOST_PARAMETERS
    }
    assert not many


def test_no_dictionary_of_anything_goes_from_module_to_module():
    found = [
        (name, function.name)
        for name, tree in trees()
        if not name.startswith(READER)
        for function in functions(tree)
        if not function.name.startswith("_")
        for note in [function.returns, *(one.annotation for one in parameters(function))]
        if note is not None and ast.unparse(note).startswith("dict[str, Any]")
    ]
    assert not found
