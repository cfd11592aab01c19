"""Render templates: the one Jinja2 environment."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=lambda name: bool(name and ".svg" in name),
    )
    environment.filters["cell"] = _cell
    return environment


def _cell(value: object) -> str:
    """Make a value safe inside a Markdown table: no bars, no line breaks; nothing becomes a dash."""
    text = "" if value is None else str(value)
    return text.replace("|", "|").replace("\r", " ").replace("\n", " ") or "—"


def render(template: str, **facts: Any) -> str:
    """Return ``template`` (a path under templates/) filled with ``facts``.

    Raises jinja2.UndefinedError, naming the fact, when one is missing: a message never says "None".
    """
    return _environment().get_template(template).render(**facts)
