"""Words as they are typed at a command, for hints that can be copied."""

import re
import shlex

_PLAIN = re.compile(r"[\w@%+=:,./-]+")  # Chinese too, which shlex would put in quotes


def as_typed(*words: str) -> str:
    """Return ``words`` as one line of a shell, with quotes only where one is needed."""
    return " ".join(word if _PLAIN.fullmatch(word) else shlex.quote(word) for word in words)
