"""Fill an office's template in; the only user of docxtpl, and only ever in the guarded worker.

A template is a foreign program: it sees plain values, in a sandbox that runs nothing of ours, and ends
when its memory or time does. Whatever it names that is not there is noted, all of it, and nothing made.
"""

from __future__ import annotations

import marshal
import re
from io import BytesIO

from tasks.papers.templates.bringing import odd_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

LARGEST_MADE = 60_000_000  # bytes of the paper
LONGEST_PLACE = 30  # letters of a paragraph that are shown
MARKUP = (
    "safe",
    "xmlattr",
    "urlize",
    "tojson",
)  # filters whose text would be taken for marks of Word


def filled_template(message: bytes) -> Iterator[tuple[str, Any]]:
    """Yield ("fault", line) for each fault, or ("paper", bytes); ``message`` is the template and the values.

    Without values only the template itself is looked at, and the names it uses are yielded: ("name", name).
    """
    content, values = marshal.loads(message)  # noqa: S302
    faults = list(odd_parts(content))
    if faults:
        yield from (("fault", one) for one in faults)
        return
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError, TemplateSyntaxError

    environment, unknown = _sandbox()
    template = DocxTemplate(BytesIO(content))
    try:
        names = template.get_undeclared_template_variables(jinja_env=environment)
        if values is None:
            yield from (("name", name) for name in sorted(names))
            return
        template.render(values, jinja_env=environment, autoescape=True)
    except TemplateSyntaxError as error:
        yield "fault", _syntax(error)
        return
    except TemplateError:
        yield "fault", "模板里有不允许的写法，只能用名字、循环和条件"
        return
    except (ArithmeticError, LookupError, TypeError, ValueError):
        yield "fault", "模板里的算式或循环不对，请只用名字、循环和条件"
        return
    if unknown:
        texts = _texts(content)
        yield from (("fault", _unknown(name, texts)) for name in unknown)
        return
    out = BytesIO()
    template.save(out)
    if out.tell() > LARGEST_MADE:
        yield "fault", f"写出来的文书超过 {LARGEST_MADE // 1_000_000} MB，请检查模板里的循环"
        return
    yield "paper", out.getvalue()


def _sandbox() -> tuple[Any, list[str]]:
    """Return the sandbox, and the list that fills with the names that are not there."""
    from jinja2 import DictLoader, Undefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    unknown: list[str] = []

    class Noted(Undefined):
        """A name that is not there: noted, and empty, so that all of them are found in one go."""

        __slots__ = ()

        def _noted(self) -> None:
            name = self._undefined_name or ""
            if name and name not in unknown:
                unknown.append(str(name))

        def __str__(self) -> str:
            self._noted()
            return ""

        def __iter__(self) -> Any:
            self._noted()
            return iter(())

        def __len__(self) -> int:
            self._noted()
            return 0

        def __bool__(self) -> bool:
            self._noted()
            return False

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):
                raise AttributeError(name)
            self._noted()
            return Noted(name=f"{self._undefined_name}.{name}")

    # No template reads another: none is there to be found.
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=Noted, loader=DictLoader({})
    )
    for name in MARKUP:
        del environment.filters[name]
    return environment, unknown


def _syntax(error: Any) -> str:
    """Return where the marks of a template are wrong, by the words around the place."""
    around = [
        re.sub("<[^>]*>", "", str(line)).strip() for line in getattr(error, "docx_context", [])
    ]
    near = next((line for line in around if line and ("{" in line or "%" in line)), "")
    place = f"“{near[:LONGEST_PLACE]}”附近" if near else "模板里"
    return f"{place}的花括号写法不对"


def _texts(content: bytes) -> list[tuple[str, str]]:
    """Return the paragraphs of a template with their places."""
    import docx

    document = docx.Document(BytesIO(content))
    found = [(f"第 {n} 段", one.text) for n, one in enumerate(document.paragraphs, 1)]
    for number, table in enumerate(document.tables, 1):
        for row, line in enumerate(table.rows, 1):
            found += [(f"第 {number} 个表第 {row} 行", cell.text) for cell in line.cells]
    return found


def _unknown(name: str, texts: list[tuple[str, str]]) -> str:
    last = name.rpartition(".")[2]
    place = next(
        (where for where, text in texts if last in text and "{" in text), "页眉、页脚或脚注"
    )
    return f"{place}：没有叫“{name}”的名字"
