"""`shifan audit`: check the chain, hand it out, show its head."""

from cyclopts import App

from deployments.say import say, say_json
from deployments.typed.options import Now, open_tables
from deployments.typed.values import InFile, Note, OutFile

audit = App(name="audit", help="记录链：核对、导出、链头。")


@audit.command
def verify(*, head: InFile | None = None, sent: Note | None = None) -> None:
    """核对记录链：有没有被改动、删除、插入或调换；有问题时指出第一条并以 1 退出。

    示例：

        shifan audit verify
        shifan audit verify --head 另存的记录.csv.head.json
        shifan audit verify --sent "记录链 128 条，末条指纹 1a2b 3c4d 5e6f 7a8b 9c0d"

    Parameters
    ----------
    head
        另外保存的链头文件（audit export 生成的，或 audit head 的输出）。
    sent
        某天消息里的那一行，或其中的条数和指纹；用来核对记录链还是不是当天那一条。
    """
    from models.errors import CampaignError
    from models.hashing import IN_WORDS
    from tasks.audit.chain import verify as run_verify

    open_tables(any_state=True)
    checked = run_verify(head, sent)
    for warning in checked.warnings:
        say(f"注意：{warning}")
    if checked.lines:
        raise CampaignError("\n".join(checked.lines))
    if checked.sent_is_gone:
        say("消息里的链头属于恢复备份时失去的部分，见上面的恢复记录；不说明记录被改动")
    elif sent is not None:
        say("消息里的链头属实：那一条记录还在原处，没有变动")
    by = IN_WORDS[checked.algorithm]
    say(f"记录链完整：{checked.entries} 条，末条指纹（{by}）{checked.hash}")


@audit.command
def export(file: OutFile, *, moment: Now) -> None:
    """导出全部记录（CSV，可用 Excel 打开）和签名的链头，请另存到别处。

    示例：

        shifan audit export 记录.csv

    Parameters
    ----------
    file
        要生成的 CSV 文件；链头写在旁边的 .head.json 里。
    """
    from tasks.audit.chain import export as run_export

    done = run_export(file, moment)
    say(f"已导出 {done.entries} 条记录到 {done.file}，链头在 {done.head_file}")


@audit.command
def head(*, moment: Now) -> None:
    """输出现在的链头（一个 JSON 对象），抄下或另存后可用 verify --head 核对。

    示例：

        shifan audit head
    """
    from models.audit.heads_file import head_facts
    from tasks.audit.chain import keep_todays_head, todays_head

    keep_todays_head(moment)
    say_json(head_facts(todays_head(moment)))
