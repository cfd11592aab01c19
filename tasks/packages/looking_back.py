"""回头看: what changed since the package was made, and what is in the application system and out of date."""

from dataclasses import dataclass
from datetime import date, datetime, time

from models.campaign.campaign import begins_on, looking_at
from models.errors import NotFoundError
from models.evidence.packages.looking_back import Changed, changed_since
from models.evidence.packages.packaging import last_package
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import EvidenceState
from models.rules.figures.words import ScoreKind
from models.rules.words import words_of
from models.settings import local_day, local_minute

KINDS = {
    "revision": "材料",
    "withdrawn": "材料",
    "expired": "材料",
    "link": "网址",
    "measured": "数据",
    "scored": "得分",
    "outdated": "上传",
}
LINKS = {"changed": "网页内容已变", "dead": "网址打不开", "refused": "网址不能访问"}


@dataclass(frozen=True, slots=True)
class LookBack:
    """What changed since when, in one line and row by row: 类别, 编号, 内容, 变化."""

    line: str
    rows: list[tuple[str, str, str, str]]


def changes_since(slug: str | None, since: date | None, moment: Moment) -> LookBack:
    """Return what changed since the morning of a day, or since the last package; nothing is written.

    Raises NotFoundError where no package was made and no day is given.
    """
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        if since is not None:
            begun = datetime.combine(since, time(), tzinfo=moment.zone)
            told = f"{local_day(begun)} 起"
        else:
            package = last_package(session, campaign_id)
            if package is None:
                raise NotFoundError(
                    "还没有生成过申报材料包，请用 --since 写明从哪一天起，如 --since "
                    f"{begins_on(session, campaign_id) or moment.today}"
                )
            begun = package.made_at
            told = f"{local_minute(begun)} 生成材料包以来"
        days = local_day(begun), moment.today
        rows = [change_row(one) for one in changed_since(session, campaign_id, begun, *days)]
    return LookBack(f"{told}，{len(rows)} 处变化" if rows else f"{told}没有变化", rows)


def change_row(one: Changed) -> tuple[str, str, str, str]:
    """Return a change as a row: its kind, code, words, and what happened."""
    return KINDS[one.about], one.name, one.words, _words(one)


def _words(one: Changed) -> str:
    at = f"（{local_minute(one.at)}）" if one.at else ""
    if one.about == "revision":
        return f"第 {one.amount} 版{words_of(EvidenceState)[one.what]}{at}"
    if one.about == "withdrawn":
        return f"已撤回{at}"
    if one.about == "expired":
        return f"已于 {one.what} 失效"
    if one.about == "link":
        return f"{LINKS.get(one.what, one.what)}{at}"
    if one.about == "measured":
        return f"{one.what or '数据'} 有登记或更正{at}"
    if one.about == "scored":
        return f"{words_of(ScoreKind)[one.what]}有登记或更正{at}"
    return f"指标 {one.code} 上传的第 {one.amount} 版已不是最新，请在申报系统里更换"
