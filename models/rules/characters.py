"""Characters that no reader sees and not every database takes; a text of ours holds none."""

import re

from models.rules.bounds import UNFIT

UNSEEN = re.compile(f"[{UNFIT}]")
