"""The two cookies: the session, and the nonce that ties a sign-in link to the browser that asked for it. Over https
they carry the `__Host-` prefix, so that no other host of the domain can plant or read one; over plain http (a laptop)
the name carries the port, so that two instances on one machine do not sign each other out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from quart import Response

from booka_core.kernel.settings import settings


@dataclass(frozen=True, slots=True)
class Cookie:
    """One of our cookies."""

    label: str

    @property
    def name(self) -> str:
        address = urlsplit(settings().BOOKA_BASE_URL)
        return f"__Host-{self.label}" if address.scheme == "https" else f"{self.label}_{address.port or 80}"

    def put(self, response: Response, value: str, *, life: timedelta) -> None:
        """Set it, readable by no script and sent by no other site's forms."""
        response.set_cookie(
            self.name,
            value,
            max_age=int(life.total_seconds()),
            path="/",
            secure=self.name.startswith("__Host-"),
            httponly=True,
            samesite="Lax",
        )

    def drop(self, response: Response) -> None:
        """Remove it from the browser."""
        secure = self.name.startswith("__Host-")
        response.delete_cookie(self.name, path="/", secure=secure, httponly=True, samesite="Lax")


SESSION = Cookie("booka_session")
NONCE = Cookie("booka_nonce")
