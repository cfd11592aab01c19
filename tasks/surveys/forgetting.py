"""Delete telephone numbers: on their day by the patrol, or at once when the office says so; each with its proof."""

from pathlib import Path

from models.audit.chain import lock_chain
from models.campaign.campaign import looking_at
from models.database import open_session
from models.errors import CampaignError, NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE, post_fault
from models.surveys.forgetting import AT_REQUEST, BY_DAY, numbers_forgotten
from models.surveys.numbers import digest_in, empty_numbers, file_of, files_due
from models.surveys.survey import numbers_row, survey_numbered
from models.surveys.survey_making import survey_name


def forget_file(path: Path, rule: str, by: str, moment: Moment) -> int:
    """Empty a file of numbers, write down that it was deleted, then take it away; return how many it held.

    In this order, so that nothing is proved that was not done. Killed anywhere, run again.
    """
    empty_numbers(path)
    with open_session() as session:
        lock_chain(session)
        count = numbers_forgotten(session, digest_in(path), rule, by, moment)
    path.unlink(missing_ok=True)
    return count


def forget_due_numbers(moment: Moment) -> int:
    """Delete the numbers whose day has passed, whatever became of their campaign; return how many.

    Repeatable. Looks at names of files; where nothing is due no database is opened.
    """
    return sum(forget_file(path, BY_DAY, OFFICE, moment) for path in files_due(moment.today))


def forget_numbers(slug: str | None, number: int | None, by: str, moment: Moment) -> str:
    """Delete the numbers of a survey before their day. Raises CampaignError where there are none here."""
    if fault := post_fault(by, "删除号码"):
        raise CampaignError(fault)
    with looking_at(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        name, row = survey_name(survey), numbers_row(session, survey)
        if row is None or row.deleted_at is not None:
            raise NotFoundError(f"{name}没有号码可以删除")
        path = file_of(row.digest, row.keep_until)
    if not path.exists():
        raise NotFoundError(
            f"{name}的号码不在这台电脑的数据目录里，请在装入它的那台电脑上删除；没有登记为已删除"
        )
    count = forget_file(path, AT_REQUEST, by, moment)
    return f"{name}的 {count} 个号码已删除，删除证明已写入记录链；发给话务员的电话清单请另行删除"
