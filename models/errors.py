"""The errors a user can cause or must know of.

    CampaignError            anything that ends in one clear Chinese line and exit code 1
    |-- PlanError            a plan, workbook or document that cannot be taken in; lists every fault
    |-- NotAPlanError        a document that is news, a briefing or a report
    |-- ProgressError        progress that cannot be registered as given
    |-- NotFoundError        a campaign, unit, milestone or template that is not there
    |-- UnclearError         something that could mean several campaigns; lists them
    |-- EndedError           a campaign that has ended: nothing is written to it or sent for it
    |-- DecisionError        a decision that cannot be asked, answered or handed on as given
    |-- SettingsError        a SHIFAN_* variable that cannot be used
    |-- PatrolError          campaigns that could not be patrolled, while all others were
    |-- DatabaseError        a database that is missing, newer than the code, locked or full
    |   `-- OccupiedError    somebody else has it, or rows of it, for now
    |       `-- ContentionError  two changed the same rows at once, and this one gave way
    |-- ChannelError         a channel that is not configured or did not take a message
    `-- ServerError          the Prefect server or a port

Edges (commands and flows) catch the root and nothing wider.
"""

from collections.abc import Iterable


class CampaignError(Exception):
    """Root of everything that is told to a user in one line, without a traceback."""

    exit_code = 1  # of the command that ends with it


class PlanError(CampaignError):
    """Faults found in something that was handed in; nothing of it was written.

    ``faults`` holds one Chinese line per fault (what, where, what was expected), in reading order.
    """

    def __init__(self, subject: str, faults: Iterable[str]) -> None:
        self.subject = subject
        self.faults = list(faults)
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{subject}有 {len(self.faults)} 处问题，没有写入任何内容：\n{lines}")


class NotAPlanError(CampaignError):
    """A document that can be read but is news, a briefing or a report; told apart by its exit code."""

    exit_code = 3


class NotFoundError(CampaignError):
    """Something named by the user does not exist; the message says what exists instead."""


class UnclearError(CampaignError):
    """What was typed could mean more than one thing; the message lists them and how to say which."""


class EndedError(CampaignError):
    """The campaign has ended: it can be looked at, nothing is written to it or sent for it."""


class ProgressError(CampaignError):
    """Progress that cannot be registered as given: a missing reason, a day in the future."""


class DecisionError(CampaignError):
    """A decision cannot be asked, answered or handed on as given."""


class SettingsError(CampaignError):
    """What the office set cannot be used; names the variable, never its value, which may be secret."""


class PatrolError(CampaignError):
    """Campaigns could not be patrolled; the message names them and why, all others were."""


class DatabaseError(CampaignError):
    """The database cannot be used as it is."""


class OccupiedError(DatabaseError):
    """Somebody else has the database, or rows of it, for now; nothing was written, and it may be done again."""


class ContentionError(OccupiedError):
    """Two changed the same rows at once and this one gave way, with nothing written: to be done again."""


class ChannelError(CampaignError):
    """A channel is not configured, or refused a message; never shows a URL."""


class ServerError(CampaignError):
    """The Prefect server does not answer, or its port is taken."""
