"""Characters that no reader sees and not every database takes; a text of ours holds none."""

import re

# Controls but for tab and line ends, halves of an emoji, and what is no character at all.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
