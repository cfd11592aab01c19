"""Settings: `SHIFAN_*` in the environment or in `.env`; the only place that knows their names."""

import os
import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.errors import SettingsError
from models.files.settings_file import open_secrets, require_settings_file
from models.rules.calendar.moment import Moment
from models.rules.evidence.links import networks_in
from models.rules.publicity.incident_clock import EXPECTED_OF_CLOCK, IncidentClock
from models.rules.servers import whole

ROOT = Path(__file__).resolve().parent.parent
# For a process that runs elsewhere than where it was started: the folder whose `.env` counts, and from
# which relative paths are taken.
FOLDER = "SHIFAN_FOLDER"
DATABASES = (
    "sqlite:///",
    "postgresql://",
    "postgres://",
    "postgresql+psycopg://",
    "kingbase://",
    "opengauss://",
    "opengauss+psycopg2://",
)
# What Prefect serves under: it takes a last part `v2` for its own second UI.
PATH = re.compile(r"(?!.*/v2/?$)(/(?!\.)[A-Za-z0-9._~-]+)*/?")
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?")
EXPECTED = {
    "decision_code_hours": "1 到 720 的整数（小时）",
    "time_zone": "Asia/Shanghai 这样的时区名",
    "proxy": "http://代理主机:端口（用于消息通道和复核网址；不支持 socks）",
    "link_networks": "10.1.0.0/16、127.0.0.1 这样的网段或地址，用逗号隔开",
    "gateway": "127.0.0.1、10.1.2.3 这样的地址（反向代理从哪里来），用逗号隔开",
    "public_url": "http://主机名、http://主机名:端口，或反向代理后面的 http://主机名/路径（路径用英文字母、数字和短横线）",
    "metrics_token": "至少 20 个半角字符的一行，看监控数据用的口令",
    "mailbox_host": "收件邮箱的 IMAP 服务器：imap.163.com；要写端口的，如 imap.163.com:993",
    "mailbox_user": "收件邮箱的账号，一行半角字符，如 cjb@163.com",
    "mailbox_password": "收件邮箱的授权码，一行半角字符",
    "mailbox_folder": "收件邮箱里的文件夹名，一行，如 INBOX",
    "mailbox_tls": "ssl、starttls 或 insecure（不加密，只在本机或内网用）",
    "hash": "sha256 或 sm3（国密，电脑上的 Python 要带）",
    "database_url": "postgresql://用户:口令@主机/库名（金仓以 kingbase:// 开头，openGauss 以 opengauss:// 开头），"
    "口令里的 @ : / # ? % 写成 %40 %3A %2F %23 %3F %25；不设置就用数据目录里的 SQLite",
    **EXPECTED_OF_CLOCK,
}


class Settings(IncidentClock, BaseSettings):
    """What an office may set; the defaults run one county on one machine."""

    model_config = SettingsConfigDict(
        env_prefix="SHIFAN_", env_file=".env", env_file_encoding="utf-8-sig", extra="ignore"
    )

    home: Path = Field(default=ROOT / "var", description="All state lives here")
    database_url: str = Field(default="", description="Empty: SQLite in the home")
    channels: Path | None = Field(default=None, description="Apprise configuration file, YAML")
    ladder: Path | None = Field(default=None, description="The office's ladder, YAML")
    vocabulary: Path | None = Field(default=None, description="The office's own words, YAML")
    time_zone: str = "Asia/Shanghai"
    hash: Literal["sha256", "sm3"] = Field(
        default="sha256", description="What new entries and new evidence are hashed by"
    )
    public_url: str = Field(default="", description="How a phone reaches the UI; links in alerts")
    decision_code_hours: int = Field(
        default=72, ge=1, le=720, description="How long a one-time code of a decision is valid"
    )
    password: SecretStr | None = Field(default=None, description="Basic auth of UI and API")
    proxy: SecretStr | None = Field(default=None, description="HTTP proxy of channels and links")
    link_networks: str = Field(default="", description="Inner networks that links may lead to")
    gateway: str = Field(default="", description="Our own reverse proxy, which says who calls")
    metrics_token: SecretStr | None = Field(default=None, min_length=20)  # who may read /metrics
    mailbox_host: str = Field(default="", description="IMAP server of the mailbox; empty: none")
    mailbox_user: str = Field(default="", repr=False)
    mailbox_password: SecretStr | None = None
    mailbox_folder: str = "INBOX"
    mailbox_tls: Literal["ssl", "starttls", "insecure"] = "ssl"
    mailbox_ca: Path | None = Field(default=None, description="Certificates to trust, PEM")

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (OSError, KeyError) as error:  # a folder's name; an unknown name
            raise ValueError("unknown zone") from error

    @field_validator("database_url")
    @classmethod
    def _is_a_database_of_ours(cls, url: str) -> str:
        if url and not url.startswith(DATABASES):
            raise ValueError("unknown database")
        return whole(url)

    @field_validator("public_url")
    @classmethod
    def _is_an_address_of_a_page(cls, url: str) -> str:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError when it is no number
        plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        if url and not (plain and PATH.fullmatch(parts.path)) or parts.query or parts.fragment:
            raise ValueError("no address of a page")
        return url.rstrip("/")

    @field_validator("link_networks", "gateway")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        networks_in(text)  # raises ValueError for what is none
        return text

    @field_validator("proxy")
    @classmethod
    def _is_a_proxy(cls, url: SecretStr | None) -> SecretStr | None:
        if url and url.get_secret_value() and not is_proxy(url.get_secret_value()):
            raise ValueError("unknown kind of proxy")
        return url

    @field_validator("mailbox_host")
    @classmethod
    def _is_a_host(cls, host: str) -> str:
        if host and not HOST.fullmatch(host):
            raise ValueError("no host of a mailbox")
        return host

    @field_validator("mailbox_folder")
    @classmethod
    def _is_one_line(cls, word: str) -> str:
        if not word.isprintable():
            raise ValueError("more than one line")
        return word.strip()

    @field_validator("mailbox_user", "mailbox_password")
    @classmethod
    def _can_be_sent(cls, word: str | SecretStr | None) -> str | SecretStr | None:
        said = word.get_secret_value() if isinstance(word, SecretStr) else word or ""
        if not (said.isascii() and said.isprintable()):  # at log-in IMAP takes no other letters
            raise ValueError("no user or password of a mailbox")
        return word.strip() if isinstance(word, str) else word

    @model_validator(mode="after")
    def _from_the_folder(self) -> "Settings":
        if folder := os.environ.get(FOLDER):
            for name in ("home", "channels", "ladder", "vocabulary", "mailbox_ca"):
                if path := getattr(self, name):
                    setattr(self, name, Path(folder) / path)
            kind, _, file = self.database_url.partition(":///")
            if kind == "sqlite" and file and not file.startswith(("/", ":")):
                self.database_url = f"sqlite:///{Path(folder) / file}"
        return self

    @property
    def public_path(self) -> str:
        """Return the path that everything is served under, as in ``/shifan``; empty at the root."""
        return urlsplit(self.public_url).path

    @property
    def database(self) -> str:
        """Return the URL of our database."""
        return self.database_url or f"sqlite:///{self.home / 'shifan.db'}"


# What stands in `.env` and is for nobody else's eyes; Prefect reads the same file.
SECRETS = (
    "SHIFAN_PASSWORD",
    "SHIFAN_MAILBOX_PASSWORD",
    "SHIFAN_PROXY",
    "SHIFAN_DATABASE_URL",
    "SHIFAN_METRICS_TOKEN",
    "PREFECT_SERVER_API_AUTH_STRING",
    "PREFECT_API_AUTH_STRING",
    "PREFECT_SERVER_DATABASE_CONNECTION_URL",
    "PREFECT_API_DATABASE_CONNECTION_URL",
)


def open_settings() -> str:
    """Return in words that others on this machine can read a secret in `.env`; "" where they cannot."""
    return open_secrets(Path(env_file()), SECRETS)


def is_proxy(url: str) -> bool:
    """Say whether ``url`` is a proxy that we can speak to: ``http://[user:password@]host[:port]``."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def settings() -> Settings:
    """Return the settings as they are now; read anew only when the environment or `.env` changed."""
    # In bytes: this is asked thousands of times a round, and decoding every name is what it costs.
    ours = sorted((k, os.environb[k]) for k in os.environb if k[:7].upper() == b"SHIFAN_")
    try:
        changed = os.stat(env_file()).st_mtime_ns  # noqa: PTH116 - a Path costs as much again
    except OSError:
        changed = 0
    return _read(tuple(ours), changed, os.getcwd())  # noqa: PTH109


def env_file() -> str:
    """Return where the file of settings lies, or would."""
    return os.path.join(os.environ.get(FOLDER, ""), ".env")  # noqa: PTH118 - as above


def office_zone() -> ZoneInfo:
    """Return the time zone that the office lives in."""
    return ZoneInfo(settings().time_zone)


def office_time(instant: datetime) -> datetime:
    """Return ``instant`` on the office's clock."""
    return instant.astimezone(office_zone())


def local_day(instant: datetime) -> date:
    """Return the day that ``instant`` lies on where the office is."""
    return office_time(instant).date()


def local_minute(instant: datetime) -> str:
    """Return ``instant`` as the office writes it: 2026-05-20 08:30."""
    return f"{office_time(instant):%Y-%m-%d %H:%M}"


def moment_of(now: datetime, day: date | None = None) -> Moment:
    """Return ``now`` where the office is; ``day`` where another day than its own is looked at."""
    return Moment(now, office_zone(), day=day)


@lru_cache(maxsize=8)
def _read(_environment: tuple[tuple[bytes, bytes], ...], _file: int, _folder: str) -> Settings:
    file = Path(env_file())
    require_settings_file(file)
    try:
        return Settings(_env_file=file)
    except ValidationError as error:
        names = sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]})
        wrong = [f"SHIFAN_{n.upper()} 应为 {EXPECTED.get(n, '另一种写法')}" for n in names]
        raise SettingsError("环境变量或 .env 的设置不能使用：" + "；".join(wrong)) from None
