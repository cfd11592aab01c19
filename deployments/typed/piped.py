"""What a command reads from a pipe or from the terminal, where no file is named."""

import sys

LARGEST = 1_000_000  # characters


def piped_text() -> str:
    """Return the text that is piped in, or typed and ended by Ctrl-D; "" where there is nothing to read from."""
    if sys.stdin is None:
        return ""
    try:
        return sys.stdin.read(LARGEST)
    except (OSError, UnicodeDecodeError):  # closed by whoever started us; no text
        return ""
