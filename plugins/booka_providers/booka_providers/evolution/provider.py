"""Evolution as a messaging provider: the contract's duties, each handed to the module that knows about it.

A connection needs the settings `base_url` (the Evolution server) and `instance` (the account's name there) and the
secrets `api_key`, `webhook_token` and, unless an operator removed it on both sides, `jwt_key`.
"""

from __future__ import annotations

import secrets
from typing import ClassVar

import httpx

from booka_core.sdk.messaging import (
    Channel,
    Connection,
    ConnectionUpdate,
    Inbound,
    InboundEnvelope,
    MessagingProvider,
    OutboundMessage,
    SendReceipt,
    WebhookRequest,
)
from booka_providers.evolution import intake, proof, reading, sending


class EvolutionProvider(MessagingProvider):
    """WhatsApp accounts that are paired with an Evolution API server."""

    slug: ClassVar[str] = "evolution"
    channel: ClassVar[Channel] = "whatsapp"

    def new_secrets(self) -> dict[str, str]:
        return {"webhook_token": secrets.token_urlsafe(32), "jwt_key": secrets.token_urlsafe(32)}

    async def subscribe(
        self, connection: Connection, *, webhook_url: str, http: httpx.AsyncClient
    ) -> ConnectionUpdate | None:
        return await sending.subscribe(connection, webhook_url=webhook_url, http=http)

    def authenticate(self, request: WebhookRequest, connection: Connection) -> None:
        proof.authenticate(request, connection)

    def receive(self, request: WebhookRequest, connection: Connection) -> list[InboundEnvelope]:
        return intake.receive(request, connection)

    def normalise(self, envelope: InboundEnvelope, connection: Connection) -> list[Inbound]:
        return reading.normalise(envelope)

    async def send(self, message: OutboundMessage, connection: Connection, *, http: httpx.AsyncClient) -> SendReceipt:
        return await sending.send(message, connection, http=http)
