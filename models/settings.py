"""Settings: `SHIFAN_*` in the environment or in `.env`; the only place that knows their names."""

import os
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an office may set; the defaults run one county on one machine."""

    model_config = SettingsConfigDict(env_prefix="SHIFAN_", env_file=".env", extra="ignore")

    home: Path = Field(default=ROOT / "var", description="All state lives here")
    database_url: str = Field(default="", description="Empty: SQLite in the home")
    channels: Path | None = Field(default=None, description="Apprise configuration file, YAML")
    ladder: Path | None = Field(default=None, description="The office's ladder, YAML")
    time_zone: str = "Asia/Shanghai"
    public_url: str = Field(default="", description="How a phone reaches the UI; links in alerts")
    decision_code_hours: int = Field(
        default=72, ge=1, le=720, description="How long a one-time code of a decision is valid"
    )
    password: SecretStr | None = Field(default=None, description="Basic auth of UI and API")

    @property
    def database(self) -> str:
        """Return the URL of our database."""
        return self.database_url or f"sqlite:///{self.home / 'shifan.db'}"


def settings() -> Settings:
    """Return the settings as they are now; read anew only when the environment or `.env` changed."""
    ours = sorted((k, v) for k, v in os.environ.items() if k.upper().startswith("SHIFAN_"))
    file = Path(".env")
    changed = file.stat().st_mtime_ns if file.exists() else 0
    return _read(tuple(ours), changed, Path.cwd())


@lru_cache(maxsize=8)
def _read(_environment: tuple[tuple[str, str], ...], _file: int, _folder: Path) -> Settings:
    return Settings()
