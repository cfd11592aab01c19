"""The form 登记进展: from a message or from 我的事, two taps for what is done today."""

from deployments.window.asking import Asked, Go, Page, Way
from deployments.window.theirs import number_in, one_s_own
from models.errors import NotFoundError
from models.rules.window.sight import Right
from models.rules.words import Progress
from tasks.window.at_hand import Answering, HandItem
from tasks.window.registering import Typed, form_of, last_entry_of, register_item

PATH = "/c/{slug}/i/{code}/register"
SAME = "same"


def show_progress_form(asked: Asked) -> Page:
    """Show how an item stands and what may be registered of it; registers nothing."""
    item = _item(asked)
    typed = asked.typed or {"state": "", "day": "", "note": ""}
    facts = {
        "item": item,
        "elsewhere": item.answering is Answering.ELSEWHERE,
        "states": tuple(Progress),
        "typed": {name: typed.get(name, "") for name in ("state", "day", "note")},
        "fault": asked.fault,
        "same": SAME in asked.query,
        "part": f"?unit={item.unit_id}" if item.is_part else "",
    }
    return Page("register.html", facts)


def register_here(asked: Asked) -> Go:
    """Register what the form says; the same once more changes nothing and shows the same receipt."""
    item, said = _item(asked), asked.form
    typed = Typed(said.get("state", ""), said.get("day", ""), said.get("note", ""))
    register_item(asked.slug, item, typed, asked.visitor.by, asked.moment)
    written = asked.done.last or last_entry_of(asked.slug, item, asked.visitor.by)
    part = "&" if item.is_part else "?"
    return Go(f"/r/{written}" if written else f"{item.path}{part}{SAME}=1")


def _item(asked: Asked) -> HandItem:
    text = asked.query.get("unit", "")
    unit_id = number_in(text)
    if text and unit_id is None:
        raise NotFoundError("没有这个单位")
    with one_s_own():
        return form_of(asked.slug, asked.path["code"], unit_id, asked.visitor, asked.moment)


WAYS = (
    Way("GET", PATH, show_progress_form, Right.ACT),
    Way("POST", PATH, register_here, Right.ACT, again=show_progress_form),
)
