"""`shifan rehearse`: walk a whole campaign ahead, and see every message before anybody gets one."""

import sys
from typing import Annotated

from cyclopts import Parameter

from deployments.say import say, say_aside, say_folded, say_json
from deployments.typed.options import Json, Now
from deployments.typed.values import Day, InFile, OutFolder, Source

PARTS = 20  # how often the way is told


def rehearse(
    what: Source | None = None,
    *,
    first: Annotated[Day | None, Parameter(name="--from")] = None,
    last: Annotated[Day | None, Parameter(name="--to")] = None,
    pace: Source = "none",
    out: OutFolder | None = None,
    against: InFile | None = None,
    json: Json = False,
    moment: Now,
) -> None:
    """演练：在一份副本上把整个活动从头走到尾，列出每天会给谁发什么、请谁审批、哪里要先改正；不发给任何人，不改动任何登记。

    示例：

        shifan rehearse jinchang-2025 --from 2025-06-03 --to 2025-06-20
        shifan rehearse "金昌 2025" --pace on-time --out 演练
        shifan rehearse "金昌 2025" --against 演练/演练.json

    Parameters
    ----------
    what
        方案文件、方案包或简称；只有一个创建活动时不必写。
    first
        从哪一天开始；默认方案的第一天，已经进行的从今天开始。
    last
        到哪一天；默认方案的最后一天，没有结束日的再走 60 个工作日。
    pace
        各单位的进度：none 谁也不办，on-time 按期办结，as-so-far 照目前的进度，或一个进度文件（样例 deployments/pace.example.yaml）。
    out
        把工作簿、网页和数据写进这个文件夹。
    against
        与以前的演练结果（演练.json）比较：少了、多了、改了哪些消息。
    """
    from models.rules.rehearsal.comparing import changes_in_words
    from models.rules.rehearsal.findings import findings, rehearsal_line
    from tasks.rehearsal.asked import AskedRehearsal
    from tasks.rehearsal.keeping import read_result, result_of, write_files
    from tasks.rehearsal.rehearsing import rehearse as walked

    old = read_result(against) if against else None
    found = walked(AskedRehearsal(what or "", first, last, pace), moment, _tell)
    result = result_of(found, old)
    written = write_files(result, out) if out else []
    if json:
        say_json(result.as_json())
        return
    say_folded(rehearsal_line(found))
    if result.changes is not None:
        say_folded(changes_in_words(result.changes))
    for one in findings(found):
        how = f"（{one.command}）" if one.command else ""
        say_folded(f"{one.topic.chinese}：{one.what}。{one.todo}{how}")
    say(*(f"已写成 {path}" for path in written))


def _tell(done: int, of: int) -> None:
    """Say how far it is, to whoever waits at a terminal."""
    if sys.stderr.isatty() and done * PARTS // of != (done - 1) * PARTS // of:
        say_aside(f"已演练 {done} 天，共 {of} 天")
