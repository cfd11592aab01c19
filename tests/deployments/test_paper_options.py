"""The commands that write papers ask for the same in the same words."""

from typing import get_type_hints

import pytest

from deployments.cli import commands
from deployments.commands.papers_written import HowWritten

write = commands["papers"]["write"]  # with the papers that other rooms add
PAPERS = [name for name in write if not name.startswith("-")]
SHARED = {"--out", "--by", "--red-head", "--number", "--campaign"}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_takes_the_options_of_every_paper_by_one_form(paper):
    command = write[paper]
    [how] = [
        kind for kind in get_type_hints(command.default_command).values() if kind is HowWritten
    ]
    asked = {one.names[0]: one for one in command.assemble_argument_collection()}

    assert how and asked.keys() >= SHARED
    assert asked["--out"].required
    assert not any(asked[name].required for name in SHARED - {"--out"})


def test_there_are_eight_papers_to_write():
    assert len(PAPERS) == 8
