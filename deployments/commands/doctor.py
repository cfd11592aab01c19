"""`shifan doctor`: one page that says what is well, what is not, and what mends it."""

from deployments.say import say, say_folded, say_json
from deployments.typed.options import Json
from models.errors import CampaignError


def doctor(*, json: Json = False) -> None:
    """体检：程序、数据库、磁盘、通道、时钟、定时任务……逐项看一遍，坏的写明怎么办。不发送，不改动。

    数据库坏了、Prefect 没有启动，也能用。有一项坏就以退出码 1 结束。

    示例：

        shifan doctor
        shifan doctor --json
    """
    from flows.running import clock
    from tasks.doctor.diagnosis import HEALTH_WORDS, Health
    from tasks.doctor.every import CHECKS
    from tasks.doctor.examining import examine_all

    found = examine_all(clock.now(), CHECKS)
    counts = {one.value: found.count(one) for one in Health}
    if json:
        say_json({"at": found.at, **counts, "lines": found.lines})
    else:
        for line in found.worst_first:
            say_folded(f"{HEALTH_WORDS[line.health]:　<4}　{line.name}：{line.words}")
            if line.mend or line.command:
                say_folded(f"　　　　　怎么办：{line.mend_in_words}")
        say("", found.in_words)
    if counts[Health.BAD]:
        raise CampaignError(f"体检有 {counts[Health.BAD]} 项坏，请照写明的办法处理")
