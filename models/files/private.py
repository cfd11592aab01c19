"""What nobody but its owner reads; imports nothing of ours, for it stands before all else."""

import os

OTHERS = 0o077  # what the group and everybody else may do


def keep_private() -> None:
    """Let every file this process and its children make from now on be readable by their owner only."""
    os.umask(OTHERS)
