"""What a handler is given and what it answers: plain values, so that it can be read and tested alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from models.audit.chain import Acting
from models.errors import CampaignError, UnclearError
from models.rules.calendar.moment import Moment
from models.rules.window.sight import Right
from tasks.window.naming import Addressed
from tasks.window.visitors import Visitor


class NotYours(CampaignError):
    """A page or an act that whoever is there may not have."""

    def __init__(self, line: str = "这一页不归您看；您可以看本单位的事项和创建活动的总览") -> None:
        super().__init__(line)


class WrongFieldsError(UnclearError):
    """What is wrong with a form, in one line and beside each field by its name."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__("；".join(by_field.values()))
        self.by_field = by_field


# What the two buttons of a last page send (`pages/_parts.html`).
SURE, CHANGE = "sure", "change"


@dataclass(frozen=True, slots=True)
class Asked:
    """One call: who is there, when, and what was sent.

    ``done`` gathers the entries of the audit that are written while it is handled. Where a form is
    shown again, ``fault`` says why and ``typed`` is what was typed. ``entry`` says from where a page
    was opened.
    """

    there: Visitor | None
    moment: Moment
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    address: str
    campaign: Addressed | None = None
    fault: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    done: Acting = field(default_factory=lambda: Acting(""))
    at: str = "/"  # the path that was asked for, with its query
    known: str = ""  # the marks of what the caller has already (If-None-Match)
    form_number: str = ""  # the form's own, the same where it is sent twice

    @property
    def visitor(self) -> Visitor:
        """Return who is there; only a page for everybody may be asked by nobody."""
        if self.there is None:
            raise NotYours("请先登录")
        return self.there

    @property
    def slug(self) -> str:
        """Return the name of the campaign that the path speaks of."""
        return self.of.slug

    @property
    def of(self) -> Addressed:
        """Return the campaign that the path speaks of."""
        if self.campaign is None:
            raise LookupError("the path names no campaign")
        return self.campaign

    @property
    def is_sure(self) -> bool:
        """Say whether it comes from a last page, where it was read what will happen."""
        return SURE in self.form

    @property
    def goes_back(self) -> bool:
        """Say whether a last page is left to change what was typed."""
        return CHANGE in self.form

    def may(self, right: Right) -> bool:
        """Say whether whoever is there has ``right``."""
        return self.there is not None and right in self.there.rights


@dataclass(frozen=True, slots=True)
class Page:
    """A page: a template of `pages` and the facts that it shows; ``headers`` beside the usual ones."""

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Go:
    """Go on to another page of the window, by its path."""

    path: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file, or a page that is made elsewhere; ``headers`` beside the usual ones."""

    data: bytes
    media_type: str
    filename: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Enter:
    """Somebody came in: a stay begins, and goes on at ``path``."""

    visitor: Visitor
    path: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A stay ended; goes on at ``path``."""

    path: str


Reply = Page | Go | Sheet | Enter | Leave
Act = Callable[[Asked], Reply]


@dataclass(frozen=True, slots=True)
class Way:
    """A page (GET) or an act (POST) at ``path``, and the right it asks for.

    ``again`` shows the form of an act once more, with the fault, where the act was refused. What a
    POST does it does under the visitor's name (`models.audit.chain.acting`), and once for each form: one
    that is sent again leads to the receipt of what it did, or to ``twice``. ``fault`` is what a screen shows
    where something is wrong, by the line and the status: nobody stands there to press a button.
    """

    method: str
    path: str
    act: Act
    right: Right
    again: Act | None = None
    twice: Act | None = None
    fault: Callable[[str, int], Page] | None = None


def require_own(asked: Asked, unit_id: int | None) -> None:
    """Raise NotYours where what belongs to a unit (None: the office) may not be seen."""
    if not asked.visitor.may_see_unit(unit_id):
        raise NotYours
