"""Try whether the mailbox lets us in, and say in one line how far we came."""

from models.errors import ChannelError
from tasks.intake.mailbox.account import account_now
from tasks.intake.mailbox.faults import in_mailbox_words
from tasks.intake.mailbox.opening import READ_ONLY, opened_mailbox

NOT_SET = (
    "还没有配置收件邮箱：请在 .env 里设 SHIFAN_MAILBOX_HOST、SHIFAN_MAILBOX_USER、"
    "SHIFAN_MAILBOX_PASSWORD（见 README“收件邮箱”）"
)


def checked_mailbox() -> str:
    """Log in, say who we are, select the folder, and leave; nothing is fetched or marked.

    Raises ChannelError with the reason where any of it fails.
    """
    account = account_now()
    if account is None:
        raise ChannelError(NOT_SET)
    with opened_mailbox(account) as box, in_mailbox_words(account, "查看文件夹"):
        found = box.folder.status(account.folder, ["MESSAGES", "UNSEEN"])
        only = f"；{READ_ONLY}" if box.client.is_readonly else ""
    mails, unseen = found.get("MESSAGES", 0), found.get("UNSEEN", 0)
    return (
        f"{account}：能登录，文件夹 {account.folder} 里有 {mails} 封邮件，"
        f"其中 {unseen} 封没有读过{only}"
    )
