"""The demonstration's WhatsApp accounts at the Evolution emulator. They are paired by the web process at its start,
because only then is the address known at which webhooks arrive; pairing again changes nothing but that address.
"""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from booka_core.db.scope import bind_tenant
from booka_core.kernel import egress
from booka_core.kernel.logging import get_logger
from booka_core.kernel.settings import settings
from booka_core.messaging.commands import change_connection, subscribe
from booka_core.messaging.queries import connections
from booka_core.sdk.errors import Upstream
from booka_core.tenancy.queries import list_tenants

log = get_logger(__name__)
ACCOUNT_KEY = "emulated-evolution-key"
_ATTEMPTS = 40
_PAUSE_SECONDS = 0.5


async def pair_accounts() -> None:
    """Make every tenant's Evolution account known to the emulator and tell it where to deliver.

    Waits for the emulator; gives up with a log line after twenty seconds.
    """
    for _ in range(_ATTEMPTS):
        try:
            await _pair_all()
        except (httpx.HTTPError, Upstream):
            await asyncio.sleep(_PAUSE_SECONDS)
        else:
            return
    log.error("demo.emulator_unreachable", address=settings().BOOKA_EMULATOR_URL)


async def _pair_all() -> None:
    emulator = settings().require("BOOKA_EMULATOR_URL").rstrip("/")
    for tenant in await list_tenants():
        with bind_tenant(tenant.id):
            for connection in await connections():
                if connection.provider != "evolution":
                    continue
                if connection.settings.get("base_url") != emulator:
                    await change_connection(connection.id, settings={**connection.settings, "base_url": emulator})
                await _create_instance(emulator, connection.settings, shown_as=tenant.name)
                await subscribe(connection.id)


async def _create_instance(emulator: str, account: dict[str, Any], *, shown_as: str) -> None:
    async with egress.client() as http:
        answer = await http.post(
            f"{emulator}/instance/create",
            headers={"apikey": ACCOUNT_KEY},
            json={
                "instanceName": account["instance"],
                "number": account["number"],
                "integration": "WHATSAPP-BAILEYS",
                "groupsIgnore": True,
                "profileName": shown_as,
            },
        )
    if answer.status_code not in {201, 403}:  # 403: the account is known already
        answer.raise_for_status()
