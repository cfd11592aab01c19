"""The `shifan` command: registers every word, and says every failure in one clear Chinese line."""

import io
import sys

from cyclopts import App, CycloptsError

from deployments.commands import (
    audit,
    burden,
    campaign,
    campaigns,
    channel,
    clock,
    database,
    decision,
    gate,
    holidays,
    indicators,
    notices,
    plan,
    posts,
    progress,
    silence,
    units,
    up,
)
from deployments.typed.paths import of_a_file
from deployments.typed.values import every_fault
from deployments.usage import speak_chinese
from models.errors import CampaignError
from models.files.private import keep_private

HELP = """示范：法治政府建设示范创建的全程管理。

读方案、排节点、每个工作日巡查、生成清单、提醒到人。

示例：

    shifan up                          启动（首次运行带演示数据）
    shifan plan load jinchang-2025     装入一个方案包
    shifan status                      看进展
"""

commands = App(
    name="shifan",
    help=HELP,
    help_format="plaintext",
    version="0.1.0",
    help_flags=["--help", "-h"],
    version_flags=["--version"],
)
for word in (
    up,
    campaign,
    plan,
    campaigns,
    units,
    posts,
    indicators,
    progress,
    channel,
    notices,
    silence,
    burden,
    holidays,
    clock,
    database,
    gate,
    decision,
    audit,
):
    word.register(commands)
speak_chinese(commands)


def app() -> None:
    """Run the command that was typed; exit code 1 and one line when it cannot be done."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file's name that is no text can still be said; and a line is seen when it is said, also
        # through a pipe or in a journal.
        sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run the command ``words`` and return its exit code; no traceback reaches a user."""
    keep_private()
    try:
        return int(
            commands(words, exit_on_error=False, print_error=False, result_action="return_value")
            or 0
        )
    except CycloptsError as error:
        from deployments.usage import in_chinese

        return _fail(in_chinese(error, every_fault(commands, words)))
    except KeyboardInterrupt:
        return _fail("已中断")
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 0
    except CampaignError as error:
        return _fail(str(error), error.exit_code)
    except OSError as error:
        return _fail(of_a_file(error) or _kept(error))
    except Exception as error:
        return _fail(_kept(error))


def _kept(error: Exception) -> str:
    """Keep an error of ours for the engineer, and return the line that says where."""
    from deployments.error_report import keep_report

    return keep_report(error)


def _fail(line: str, code: int = 1) -> int:
    sys.stderr.write(line.rstrip() + "\n")
    return code


if __name__ == "__main__":
    app()
