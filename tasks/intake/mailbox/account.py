"""The mailbox that the settings name: where it is, and who opens it."""

from dataclasses import dataclass, field
from pathlib import Path

from models.errors import SettingsError
from models.settings import settings
from notifications.saying import masks

PORTS = {"ssl": 993, "starttls": 143, "insecure": 143}
STEP_SECONDS = 20.0  # for each answer of the server
WHOLE_SECONDS = 900.0  # for all of one visit: a server that drips is let go of


@dataclass(frozen=True, slots=True)
class MailboxAccount:
    """Where the mailbox is and who opens it; ``tls`` is ssl, starttls or insecure."""

    host: str
    port: int
    tls: str
    user: str = field(repr=False)
    password: str = field(repr=False)
    folder: str
    ca: Path | None = None
    seconds: float = STEP_SECONDS
    whole_seconds: float = WHOLE_SECONDS

    def __str__(self) -> str:
        return f"收件邮箱 {masks.mail(self.user)}（{self.host}）"


def account_now() -> MailboxAccount | None:
    """Return the mailbox of the settings; None where none is set. Raises SettingsError for half of one.

    Its letters were looked at with the settings: IMAP takes no other than ASCII at log-in.
    """
    known = settings()
    if not known.mailbox_host:
        return None
    password = known.mailbox_password.get_secret_value() if known.mailbox_password else ""
    missing = [
        name
        for name, value in (
            ("SHIFAN_MAILBOX_USER", known.mailbox_user),
            ("SHIFAN_MAILBOX_PASSWORD", password),
        )
        if not value
    ]
    if missing:
        raise SettingsError(f"设了 SHIFAN_MAILBOX_HOST，还缺 {'、'.join(missing)}，收件邮箱打不开")
    host, _, port = known.mailbox_host.partition(":")
    return MailboxAccount(
        host=host,
        port=int(port or PORTS[known.mailbox_tls]),
        tls=known.mailbox_tls,
        user=known.mailbox_user,
        password=password,
        folder=known.mailbox_folder or "INBOX",
        ca=known.mailbox_ca,
    )
