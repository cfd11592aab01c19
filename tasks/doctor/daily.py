"""The daily examination: kept, and told to the office where something new is bad."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.calendar.calendar import in_hours
from models.campaign.campaign import campaigns
from models.database import open_session
from models.errors import CampaignError
from models.keys import key_of
from models.notices.writing import Word, say_to
from models.rules.calendar.moment import Moment
from models.rules.notices.rule_words import DOCTOR_FAULT
from models.rules.window.plain_words import without_commands
from models.rules.words import Level
from tasks.doctor.diagnosis import HEALTH_WORDS, Diagnosis, Health
from tasks.doctor.every import CHECKS
from tasks.doctor.examining import Examination, examine_all
from tasks.doctor.kept import keep_examination, last_examination

NAMED = 5  # in one message; all stand on the page


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination came to; ``told`` are the new faults that the office is told of."""

    found: Examination
    told: Sequence[str]

    def table(self) -> list[dict[str, str]]:
        """Return it as rows of a table, what is bad first; without what would be typed at a command."""
        return [health_row(line) for line in self.found.worst_first]


def health_row(line: Diagnosis) -> dict[str, str]:
    """Return a line as a page shows it."""
    return {
        "情况": HEALTH_WORDS[line.health],
        "项目": line.name,
        "看到什么": without_commands(line.words),
        "怎么办": without_commands(line.mend),
    }


def examine_daily(moment: Moment) -> Examined:
    """Examine this machine, keep what was found, and tell the office of what is bad and was not before.

    The office hears once of each fault, as long as it lasts. Where it cannot be told (the database is what is
    broken), it is told of it by the next examination that can. Nothing is sent here.
    """
    found, last = examine_all(moment.now, CHECKS), last_examination()
    faults = [line for line in found.lines if line.health is Health.BAD]
    known = set(last.told if last else ())
    new = [line for line in faults if line.name not in known]
    heard = new if _tell(new, moment) else []
    told = [line.name for line in faults if line.name in known or line in heard]
    keep_examination(found, told)
    return Examined(found, [line.name for line in heard])


def _tell(new: Sequence[Diagnosis], moment: Moment) -> bool:
    """Tell the office of every campaign that stands on its own; say whether somebody could be told."""
    if not new:
        return False
    said = "；".join(f"{line.name}（{without_commands(line.words)}）" for line in new[:NAMED])
    more = f"；共 {len(new)} 项" if len(new) > NAMED else ""
    words = f"体检发现新的问题：{said}{more}"
    try:
        with open_session() as session:
            for campaign in campaigns(session):
                if not campaign.is_demo and campaign.parent_id is None:
                    number = key_of(campaign)
                    word = Word("campaign", number, DOCTOR_FAULT, moment.now.isoformat(), words)
                    say_to(session, number, Level.OFFICE, word, in_hours(session, moment))
    except CampaignError:
        return False
    return True
