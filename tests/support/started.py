"""Whether the words of a unit or a compose file start something that there is."""

from pathlib import Path

from deployments.cli import commands
from tests.places import ROOT


def require_start(words: list[str], installed: str) -> None:
    """Fail where ``words`` are no call of ours, of Prefect's, or of a file of the checkout ``installed`` somewhere."""
    program = Path(words[0]).name
    if program == "shifan":
        commands.parse_args(words[1:], exit_on_error=False, print_error=False)
    elif program == "prefect":
        from prefect.cli._app import _app

        _app.parse_args(words[1:], exit_on_error=False, print_error=False)
    else:
        assert program.startswith("python"), words
        assert (ROOT / words[1].removeprefix(installed)).is_file(), words
