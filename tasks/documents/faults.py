"""The error of every reader; apart from the checks, which load the reader of archives."""

from models.errors import CampaignError


class DocumentError(CampaignError):
    """A document that cannot be read; the message is one line that says why and what to do."""
