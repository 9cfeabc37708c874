"""Every setting of the process, read once from the environment.

Names are the environment variables themselves. A secret that is missing disables exactly the feature that needs it:
`require` raises `MissingSecret`, which the web room answers with 503 and the variable's name.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from booka_core.kernel.errors import MissingSecret


def default_home() -> Path:
    """Where an instance keeps its data unless BOOKA_HOME says otherwise.

    Root gets /var/lib/booka, because the PostgreSQL server has to run as somebody else and cannot enter /root.
    """
    return Path("/var/lib/booka") if _is_root() else platformdirs.user_data_path("booka", appauthor=False)


def _is_root() -> bool:
    import os  # noqa: PLC0415 - only here

    return hasattr(os, "geteuid") and os.geteuid() == 0


class Settings(BaseSettings):
    """The environment of one process, validated."""

    model_config = SettingsConfigDict(env_file=None, case_sensitive=True, extra="ignore", frozen=True)

    DATABASE_URL: SecretStr | None = None
    DATABASE_OWNER_URL: SecretStr | None = None
    DATABASE_SYSTEM_URL: SecretStr | None = None
    REDIS_URL: SecretStr | None = None

    BOOKA_HOME: Path = Field(default_factory=default_home)
    BOOKA_SECRET_KEY: SecretStr | None = None
    BOOKA_BASE_URL: str = "http://127.0.0.1:8000"
    BOOKA_HOST: str = "127.0.0.1"
    BOOKA_PORT: int = 8000
    BOOKA_NOW: datetime | None = None
    BOOKA_DEMO: bool = False
    BOOKA_EMULATOR_URL: str | None = None

    SMTP_URL: SecretStr | None = None
    BOOKA_MAIL_FROM: str = "Booka <no-reply@booka.example>"

    BOOKA_LOG_JSON: bool = False
    BOOKA_LOG_LEVEL: str = "INFO"
    BOOKA_PLUGINS_STRICT: bool = False
    BOOKA_SAFE_MODE: bool = False
    BOOKA_BLOCKED_PLUGINS: str = ""
    BOOKA_METRICS_TOKEN: SecretStr | None = None

    BOOKA_DATABASE_POOL: int = Field(default=8, ge=1, le=200)
    BOOKA_WORKER_PROCESSES: int = Field(default=2, ge=1, le=64)
    BOOKA_JOBS_IN_FLIGHT: int = Field(default=200, ge=1)
    BOOKA_JOBS_BATCH: int = Field(default=20, ge=1, le=1000)
    BOOKA_JOBS_AT_ONCE: int = Field(default=32, ge=1, le=1000, description="handlers side by side in one process")
    BOOKA_JOBS_LEASE_SECONDS: float = Field(default=60.0, gt=0)
    BOOKA_BODY_LIMIT: int = Field(default=1_048_576, ge=1024, description="largest request body, bytes")

    @field_validator("BOOKA_NOW")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("BOOKA_NOW needs an offset, such as 2026-11-20T09:00:00+01:00")
        return value

    def require(self, name: str) -> str:
        """The value of a setting that a feature cannot do without. Raises `MissingSecret` when it is unset or blank."""
        value: Any = getattr(self, name)
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not text:
            raise MissingSecret(name)
        return str(text)


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()


def reset_settings() -> None:
    """Forget what was read, so that the next `settings()` reads the environment anew."""
    settings.cache_clear()
