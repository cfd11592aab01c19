"""Render the window's pages: one Jinja2 environment, autoescaped, with an office's words for days."""

from collections.abc import Mapping
from contextvars import ContextVar, copy_context
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from deployments.window.after import runs_open_to
from deployments.window.files import sum_of
from deployments.window.marks import new_mark
from deployments.window.paging import leaf
from models.rules.bounds import in_sight, shown
from models.rules.numbered import numbered_span
from models.rules.window.own_pages import own_page
from models.rules.words import Light
from models.settings import local_day, local_minute

HERE = Path(__file__).parent
WEEKDAYS = "一二三四五六日"
_BASE: ContextVar[str] = ContextVar("base", default="")
_CSRF: ContextVar[str] = ContextVar("csrf", default="")
_TODAY: ContextVar[date] = ContextVar("today")


def rendered(template: str, facts: Mapping[str, object], base: str, csrf: str, today: date) -> str:
    """Return a page: ``base`` stands before every address, ``csrf`` in every form.

    Raises jinja2.UndefinedError, naming the fact, when one is missing.
    """
    context = copy_context()
    return context.run(_rendered, template, facts, (base, csrf, today))


def _rendered(template: str, facts: Mapping[str, object], around: tuple[str, str, date]) -> str:
    base, csrf, today = around
    _BASE.set(base)
    _CSRF.set(csrf)
    _TODAY.set(today)
    return _environment().get_template(template).render(**facts)


def part(template: str, facts: Mapping[str, object]) -> Markup:
    """Return a part of the page that is being rendered, with the same addresses and the same today."""
    return Markup(_environment().get_template(template).render(**facts))  # noqa: S704 - escaped


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "pages"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        to=address_in,
        csrf=_hidden,
        style_sum=partial(sum_of, "window.css"),
        own_page=own_page,
        leaf=leaf,
        runs_open_to=runs_open_to,
        span=numbered_span,
    )
    environment.filters.update(
        day=day_in_words,
        late=late_in_words,
        minute=local_minute,
        short=shown,
        sight=partial(in_sight, lines=False),
        mark=mark_of,
    )
    return environment


def address_in(path: str) -> str:
    """Return the address of a page of ours, under the path that we are served under."""
    return _BASE.get() + path


def _hidden() -> Markup:
    mark = new_mark(_CSRF.get())
    return Markup('<input type="hidden" name="_csrf" value="{}">').format(mark)


def day_in_words(day: date | datetime | None, today: date | None = None) -> str:
    """Return 6月20日（周五）, with the year where it is another than today's; 没有时限 for none."""
    if day is None:
        return "没有时限"
    if isinstance(day, datetime):
        day = local_day(day)
    today = today or _TODAY.get(day)
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def late_in_words(workdays: int | None) -> str:
    """Return how late something is by working days past its due day: 逾期 3 个工作日, 还有 5 个工作日."""
    if workdays is None:
        return "没有时限"
    if workdays > 0:
        return f"逾期 {workdays} 个工作日"
    return "今天到期" if workdays == 0 else f"还有 {-workdays} 个工作日"


def mark_of(light: Light) -> str:
    """Return the shape of a light, so that black and white tells them apart."""
    return {Light.RED: "●", Light.YELLOW: "▲", Light.BLUE: "◆", Light.GREEN: "○"}[light]
