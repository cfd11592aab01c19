"""The `shifan` command: registers every word, and says every failure in one clear Chinese line."""

import io
import sys

from cyclopts import App, CycloptsError

from deployments.commands.assessment import assessment
from deployments.commands.audit import audit
from deployments.commands.briefing import briefing
from deployments.commands.burden import burden
from deployments.commands.cascade import campaign
from deployments.commands.channels import channels
from deployments.commands.checklist import checklist
from deployments.commands.clock import clock
from deployments.commands.complaints import complaints
from deployments.commands.database_copy import db
from deployments.commands.decision import decision
from deployments.commands.demands import demands
from deployments.commands.deploy import deploy
from deployments.commands.doctor import doctor
from deployments.commands.evidence import evidence
from deployments.commands.figures import figures
from deployments.commands.findings import findings
from deployments.commands.forecast import forecast
from deployments.commands.gate import gate
from deployments.commands.groups_lists import groups
from deployments.commands.holidays import holidays
from deployments.commands.indicators import indicators
from deployments.commands.inspection import inspection
from deployments.commands.intake import intake
from deployments.commands.law_test import law_test
from deployments.commands.ledger import ledger
from deployments.commands.mailbox import mailbox
from deployments.commands.notices import notices
from deployments.commands.package import package
from deployments.commands.papers import papers
from deployments.commands.patrol import patrol, status
from deployments.commands.plan import plan
from deployments.commands.posts import posts
from deployments.commands.progress import progress
from deployments.commands.publicity import publicity
from deployments.commands.rehearse import rehearse
from deployments.commands.scores import scores
from deployments.commands.server import server
from deployments.commands.silence import silence
from deployments.commands.survey import survey
from deployments.commands.units import units
from deployments.commands.up import up
from deployments.commands.vault import vault
from deployments.commands.window import window
from deployments.commands.worker import worker
from deployments.release import release_in_words
from deployments.typed.options import open_tables
from deployments.typed.paths import of_a_file
from deployments.typed.values import every_fault
from deployments.usage import in_chinese, speak_chinese
from models.errors import CampaignError
from models.files.private import keep_private
from models.rules.bounds import in_sight

HELP = """示范：法治政府建设示范创建的全程管理。

读方案、排节点、每个工作日巡查、生成清单、提醒到人。

示例：

    shifan up                          启动（首次运行带演示数据）
    shifan plan load jinchang-2025     装入一个方案包
    shifan status                      看进展
"""

INTERRUPTED = 130  # as a shell says it

commands = App(
    name="shifan",
    help=HELP,
    help_format="plaintext",
    version=release_in_words,
    help_flags=["--help", "-h"],
    version_flags=["--version"],
)
for word in (
    up,
    status,
    patrol,
    checklist,
    plan,
    rehearse,
    forecast,
    campaign,
    units,
    posts,
    groups,
    indicators,
    demands,
    progress,
    ledger,
    evidence,
    vault,
    figures,
    findings,
    complaints,
    scores,
    package,
    papers,
    assessment,
    law_test,
    survey,
    briefing,
    inspection,
    publicity,
    channels,
    intake,
    mailbox,
    notices,
    silence,
    burden,
    holidays,
    clock,
    db,
    gate,
    decision,
    audit,
    window,
    doctor,
    server,
    deploy,
    worker,
):
    commands.command(word)
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
        _run(words)
        return 0
    except CycloptsError as error:
        return _fail(in_chinese(error, every_fault(commands, words)))
    except KeyboardInterrupt:
        return _fail("已中断", INTERRUPTED)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 0
    except CampaignError as error:
        return _fail(str(error), error.exit_code)
    except OSError as error:
        return _fail(of_a_file(error) or _kept(error))
    except Exception as error:
        return _fail(_kept(error))


def _run(words: list[str]) -> None:
    """Run a command, with the tables open for one that asks for its moment."""
    command, bound, asked = commands.parse_args(words, exit_on_error=False, print_error=False)
    if asked:
        bound.arguments |= dict.fromkeys(asked, open_tables())
    command(*bound.args, **bound.kwargs)


def _kept(error: Exception) -> str:
    """Keep an error of ours for the engineer, and return the line that says where."""
    from deployments.error_report import keep_report

    return keep_report(error)


def _fail(line: str, code: int = 1) -> int:
    sys.stderr.write(in_sight(line).rstrip() + "\n")
    return code


if __name__ == "__main__":
    app()
