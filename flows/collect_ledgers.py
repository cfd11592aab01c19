"""Every ten minutes of the working day: take in what units sent by folder and by mail, and answer."""

from prefect import get_run_logger
from prefect.states import Completed, Failed, State

from flows.running import clock
from flows.running.missed import once_for_all_missed
from flows.running.progress import RunProgress
from flows.running.step import shown, step
from tasks.evidence.links.watching import keep_new_pages
from tasks.intake.folder import collect_folder
from tasks.intake.mailbox.answers import send_answers
from tasks.intake.mailbox.round import collect_mail
from tasks.intake.receiving import receive


@shown(
    "收件", "工作时间每 10 分钟：收下各单位放进收件文件夹、发到收件邮箱的台账和材料，给来信回执。"
)
@once_for_all_missed
def collect_ledgers() -> State:
    """What lay still in the folder and in the mailbox is taken in, and answers that are due went out.

    Pages of links that came in are kept as they are now. May be repeated, and at the same time as itself:
    nothing is taken twice, no mail answered twice.
    """
    far = RunProgress("collect-folder", "收件文件夹里的文件")
    folder = step("收文件夹", collect_folder)(clock.moment(), tell=far)
    mail = step("收邮件", collect_mail)(clock.moment(), receive)
    answers = step("回执", send_answers)(clock.moment())
    step("留存网页", keep_new_pages)(clock.moment())
    said = f"{folder.line}。{mail.line}。{answers.line}"
    faults = [*folder.faults, *mail.faults, *answers.faults]
    for fault in faults:
        get_run_logger().warning(fault)
    return Failed(message=said) if faults else Completed(message=said)
