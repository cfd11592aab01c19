"""What the office did lately and how it is taken back; who may get in, and whose links no longer count."""

from deployments.window.asking import Asked, Page, Reply, Way
from deployments.window.office.answers import (
    fault_in_words,
    receipt_or,
    require_offices_own,
    said,
)
from deployments.window.office.fields import Fields
from deployments.window.office.ways_back import way_back
from deployments.window.paging import leaf_asked, narrowed
from deployments.window.theirs import number_in
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.window.account_list import seen_accounts
from tasks.window.links import withdraw_links
from tasks.window.office_acts import office_acts
from tasks.window.office_lists import post_list

EVERY_POST = "全部"


def acts_page(asked: Asked) -> Page:
    """Show what the office did, the newest first, with the way to take back what can be."""
    require_offices_own(asked)
    before = number_in(asked.query.get("before", "")) or 0
    page = office_acts(asked.slug, asked.moment.today, before)
    acts = [(act, way_back(asked, act)) for act in page.acts]
    return Page("office_acts.html", {"acts": acts, "before": page.before})


def links_page(asked: Asked) -> Page:
    """Ask whose personal links shall count no more."""
    facts = {
        "posts": narrowed(asked, post_list(asked.slug)),
        "typed": {"post": said(asked, "post")},
    }
    return Page("office_links.html", facts | {"fault": fault_in_words(asked), "every": EVERY_POST})


def withdraw_them(asked: Asked) -> Reply:
    """Withdraw a post's links, or those of all: the next message brings new ones."""
    fields = Fields(asked.form)
    post = fields.name("post", "岗位")
    fields.require()
    withdraw_links(post, asked.visitor.by, asked.slug, asked.moment)
    return receipt_or(asked, f"{post}没有要收回的链接", Errand.LINKS)


def accounts_page(asked: Asked) -> Page:
    """Show who has an account, who came in when, and whom to ask who cannot; nothing of a password."""
    require_offices_own(asked)
    rows = seen_accounts(asked.moment)
    return Page("office_accounts.html", {"rows": rows, **leaf_asked(asked)})


WAYS = (
    Way("GET", "/c/{slug}/o/acts", acts_page, Right.SEE_ALL),
    Way("GET", "/c/{slug}/o/links", links_page, Right.OFFICE),
    Way("POST", "/c/{slug}/o/links", withdraw_them, Right.OFFICE, links_page),
    Way("GET", "/c/{slug}/o/accounts", accounts_page, Right.SEE_ALL),
)
