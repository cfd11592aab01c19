"""What is somebody else's: the error that says so, for pages and acts alike."""

from models.errors import CampaignError


class ForeignError(CampaignError):
    """Something that belongs to another unit, post or campaign; nothing of it is shown."""
