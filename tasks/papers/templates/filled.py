"""Fill an office's template in; the only user of docxtpl, and only ever in the guarded worker.

A template is a foreign program: it sees plain values, in a sandbox that runs nothing of ours, and ends
when its rounds, its memory or its time do. Whatever it names that is not there is told, all of it, and
nothing made.
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
MOST_TOLD = 30  # names that are not there; the others are counted
LONGEST_PLACE = 30  # letters of a paragraph that are shown
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
LINES_BEFORE = 3  # a wrong mark, of the lines that docxtpl gives around it
_WHOLE = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}")
_MARKS = re.compile(r"\{[{%].*?[%}]\}")


def filled_template(message: bytes) -> Iterator[tuple[str, Any]]:
    """Yield ("fault", line) for each fault, or ("paper", bytes); ``message`` is the template and the values."""
    content, values = marshal.loads(message)  # noqa: S302
    yield from _made(content, lambda template, sandbox: _filled(content, template, sandbox, values))


def names_of_template(message: bytes) -> Iterator[tuple[str, Any]]:
    """Yield ("fault", line) for each fault, or ("name", name) for each name that a template uses.

    ``message`` is the template and what is known: lists with a row, so that nothing stays unseen. What
    nothing is printed of today is looked at as well.
    """
    content, known = marshal.loads(message)  # noqa: S302
    yield from _made(content, lambda template, sandbox: _named(content, template, sandbox, known))


def _made(content: bytes, made: Any) -> Iterator[tuple[str, Any]]:
    """Yield what ``made`` yields of a template and a sandbox, or in a line why it could not."""
    faults = list(odd_parts(content))
    if faults:
        yield from (("fault", one) for one in faults)
        return
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError, TemplateSyntaxError

    from tasks.papers.templates.sandbox import MOST_ROUNDS, Sandbox, TooManyRounds

    try:
        yield from made(DocxTemplate(BytesIO(content)), Sandbox())
    except TemplateSyntaxError as error:
        yield "fault", _syntax(error)
    except TooManyRounds:
        rounds = MOST_ROUNDS // 10_000
        yield "fault", f"模板里的循环转了 {rounds} 万次还没有完，请检查循环里套的循环"
    except TemplateError:
        yield "fault", "模板里有不允许的写法，只能用名字、循环和条件"
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError):
        yield "fault", "模板里的算式或循环不对，请只用名字、循环和条件"


def _filled(content: bytes, template: Any, sandbox: Any, values: Any) -> Iterator[tuple[str, Any]]:
    from tasks.papers.templates.noted import with_notes

    template.render(with_notes(values), jinja_env=sandbox, autoescape=True)
    if sandbox.unknown:
        texts = _texts(content)
        yield from (("fault", _unknown(name, texts, "")) for name in sandbox.unknown)
        return
    if not sandbox.listed:
        sandbox.notes.list_in(template.docx)
    out = BytesIO()
    template.save(out)
    if out.tell() > LARGEST_MADE:
        yield "fault", f"写出来的文书超过 {LARGEST_MADE // 1_000_000} MB，请检查模板里的循环"
        return
    yield "paper", out.getvalue()


def _named(content: bytes, template: Any, sandbox: Any, known: Any) -> Iterator[tuple[str, Any]]:
    from jinja2 import meta

    from tasks.papers.templates.names import unknown_names

    used: set[str] = set()
    faults: list[str] = []
    for place, xml in _marked(template):
        tree = sandbox.parse(re.sub(r"<w:p([ >])", r"\n<w:p\1", xml))
        used |= meta.find_undeclared_variables(tree)
        texts = [] if place else _texts(content)
        faults += [_unknown(name, texts, place) for name in unknown_names(tree, known)]
    if faults:
        told = list(dict.fromkeys(faults))
        more = [f"另有 {len(told) - MOST_TOLD} 处"] if len(told) > MOST_TOLD else []
        yield from (("fault", one) for one in [*told[:MOST_TOLD], *more])
        return
    yield from (("name", name) for name in sorted(used))


def _marked(template: Any) -> Iterator[tuple[str, str]]:
    """Yield what docxtpl fills in: the body (no place), then heads, feet and notes with theirs."""
    template.init_docx()
    yield "", template.patch_xml(template.get_xml())
    for kind, place in ((template.HEADER_URI, "页眉"), (template.FOOTER_URI, "页脚")):
        for _, part in template.get_headers_footers(kind):
            yield place, template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.parts:
        if part.content_type == _FOOTNOTES:
            yield "脚注", template.patch_xml(part.blob.decode("utf-8"))


def _syntax(error: Any) -> str:
    """Return which mark of a template is wrong; where that cannot be told surely, near what it is."""
    context = getattr(error, "docx_context", None) or _near(error)
    lines = [re.sub("<[^>]*>", "", str(line)).strip() for line in context]
    at = min(max((error.lineno or 1) - 1, 0), LINES_BEFORE)
    # A damaged mark is noticed where it stands or behind it, never before.
    damaged = [found for line in lines[: at + 1] if (found := _damaged(line))]
    if len(damaged) == 1:
        return f"“{damaged[0][:LONGEST_PLACE]}”的花括号写法不对"
    by_distance = sorted(enumerate(lines), key=lambda one: abs(one[0] - at))
    near = next((line for _, line in by_distance if "{" in line or "%" in line), "")
    return f"{f'在“{near[:LONGEST_PLACE]}”附近' if near else '模板里'}，花括号写法不对"


def _damaged(line: str) -> str:
    """Return ``line`` from a mark on that is not closed, or not opened; nothing where each is whole."""
    rest = _WHOLE.sub(lambda mark: "\0" * len(mark[0]), line)
    if found := re.search(r"\{[{%#]", rest):
        whole = re.match(r"[^{}]*\}?", line[found.end() :])
        return (found[0] + (whole[0] if whole else "")).strip()
    return line if re.search(r"[%}#]\}", rest) else ""


def _near(error: Any) -> list[str]:
    """Return the lines around a wrong mark, as docxtpl would give them."""
    first = max((error.lineno or 0) - 1 - LINES_BEFORE, 0)
    return str(error.source or "").splitlines()[first : first + 7]


def _texts(content: bytes) -> list[tuple[str, str]]:
    """Return the paragraphs of a template with their places."""
    import docx

    document = docx.Document(BytesIO(content))
    found = [(f"第 {n} 段", one.text) for n, one in enumerate(document.paragraphs, 1)]
    for number, table in enumerate(document.tables, 1):
        for row, line in enumerate(table.rows, 1):
            found += [(f"第 {number} 个表第 {row} 行", cell.text) for cell in line.cells]
    return found


def _unknown(name: str, texts: list[tuple[str, str]], place: str) -> str:
    """Return where ``name`` stands: units is not total.units, though that may stand before it."""
    last = name.rpartition(".")[2]
    whole = r"\s*\.\s*".join(map(re.escape, name.split(".")))
    for sought in (rf"(?<![\w.]){whole}(?!\w)", rf"(?<!\w){re.escape(last)}(?!\w)"):
        for where, text in () if place else texts:
            if any(re.search(sought, mark) for mark in _MARKS.findall(text)):
                return f"{where}：没有叫“{name}”的名字"
    return f"{place or '文本框、文件属性或别处'}：没有叫“{name}”的名字"
