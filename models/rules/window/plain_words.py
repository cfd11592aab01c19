"""Lines that also stand at a command, as a page says them: whoever reads a page types no command."""

import re

_AT_A_COMMAND = re.compile("[，；。（][^，；。（]*(?:shifan|chmod|chown) [^，；。）]*）?")


def without_commands(line: str) -> str:
    """Return ``line`` without the clauses that say which command to run."""
    return _AT_A_COMMAND.sub("", line)
