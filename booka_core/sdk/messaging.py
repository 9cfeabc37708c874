"""The contract of a messaging provider: prove that a webhook is genuine, say what it contains, send a message.

A provider is one object per process; everything about one tenant's account comes in with the `Connection`. The first
two duties are pure functions of the request, so that the receiving side can store first and work later. Only `send` and
`subscribe` talk to the outside, through the HTTP client they are handed, and never inside a database transaction.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

import httpx

from booka_core.sdk.errors import BadInput, Upstream
from booka_core.sdk.values import Frozen

Channel = Literal["whatsapp", "email", "sms", "web"]


class ForgedRequest(BadInput):
    """This request does not come from the provider it claims to come from."""


class WrongAccount(ForgedRequest):
    """This request is genuine, but it speaks for another account than this address belongs to."""


class UnreadableRequest(BadInput):
    """The provider's request cannot be read."""


class SendRejected(Upstream):
    """The provider refused this message for good; sending it again cannot help."""


class SendPostponed(Upstream):
    """The provider certainly did not take this message; it may be sent again later."""


class SendAmbiguous(Upstream):
    """The provider may or may not have taken this message, so it must not be sent again blindly."""


class OperatorNeeded(Upstream):
    """A person has to act on the provider's side before anything can be sent."""


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """An incoming HTTP request as it arrived: `headers` have lower-case names, `body` is untouched.

    `value` is the body's JSON value if the receiving side has parsed it already, None otherwise.
    """

    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    value: Any = None


@dataclass(frozen=True, slots=True)
class Connection:
    """One tenant's account at a provider. `secrets` are opened for this call and must not be kept or logged."""

    id: UUID
    tenant_id: UUID | None
    provider: str
    name: str
    settings: Mapping[str, Any]
    secrets: Mapping[str, str]


class InboundEnvelope(Frozen):
    """One thing out of a webhook, ready to be stored before anybody understands it.

    `dedupe_key` is the same for every repetition of the same fact. `order_key` names the conversation whose
    envelopes must be handled one after the other, None where order does not matter. `payload` holds no secret.
    """

    kind: str
    dedupe_key: str
    order_key: str | None
    payload: dict[str, Any]


class Sender(Frozen):
    """Who wrote. `external_id` is stable on the channel; `phone` is E.164 and may be missing."""

    external_id: str
    alternate_ids: tuple[str, ...] = ()
    phone: str | None = None
    name: str | None = None


MessageKind = Literal[
    "text", "choice", "image", "video", "audio", "document", "sticker", "location", "contact", "reaction", "other"
]


class InboundMessage(Frozen):
    """A message from a customer (`direction="in"`), or one that the business typed on its own phone (`"echo"`).

    `text` is what was written, spoken captions included; `choice_id` the id of a chosen button or row;
    `attributes` carries what the kind needs (mime type, file name, coordinates, seconds).
    """

    external_id: str
    sender: Sender
    kind: MessageKind
    direction: Literal["in", "echo"] = "in"
    text: str = ""
    choice_id: str | None = None
    reply_to: str | None = None
    sent_at: datetime
    attributes: dict[str, Any] = {}


class DeliveryUpdate(Frozen):
    """What became of a message that was sent: `external_id` is the provider's id from the receipt.

    A provider that repeats the message it sent gives recipient and text in `to` and `text`, so that a message whose
    sending ended ambiguously can be recognised.
    """

    external_id: str
    status: Literal["sent", "delivered", "read", "failed", "deleted"]
    detail: str = ""
    to: str | None = None
    text: str | None = None


class ConnectionUpdate(Frozen):
    """The account itself changed: `state` as Booka shows it, with the provider's reason."""

    state: Literal["connecting", "open", "closed", "logged_out"]
    detail: str = ""


class MessageRevised(Frozen):
    """A customer changed or deleted a message after sending it; `text` is None for a deletion."""

    external_id: str
    text: str | None


Inbound = InboundMessage | DeliveryUpdate | ConnectionUpdate | MessageRevised


class OutboundMessage(Frozen):
    """A message to one person. `to` is the recipient's external id, phone or mail address on this channel."""

    id: UUID
    to: str
    text: str
    subject: str | None = None
    html: str | None = None
    reply_to: str | None = None


class SendReceipt(Frozen):
    """The provider accepted the message; delivery is reported later, under `external_id`."""

    external_id: str


class MessagingProvider(ABC):
    """Base of every messaging provider."""

    slug: ClassVar[str]
    channel: ClassVar[Channel]

    def new_secrets(self) -> dict[str, str]:
        """Secrets that a new connection needs and that Booka makes up itself, by name; given ones take precedence."""
        return {}

    async def subscribe(
        self, connection: Connection, *, webhook_url: str, http: httpx.AsyncClient
    ) -> ConnectionUpdate | None:
        """Tell the provider to deliver its webhooks to `webhook_url`, and return the account's state if it is known.

        Safe to call again; does nothing where the account's owner has to do it by hand. Raises `OperatorNeeded`,
        `SendPostponed` or `SendAmbiguous`.
        """
        return None

    def authenticate(self, request: WebhookRequest, connection: Connection) -> None:
        """Raise `ForgedRequest` unless the request is genuine. Compares secrets in constant time."""
        raise ForgedRequest(f"{self.slug} has no webhooks")

    def receive(self, request: WebhookRequest, connection: Connection) -> list[InboundEnvelope]:
        """Split an authentic request into envelopes with secrets removed. Raises `UnreadableRequest`.

        Unknown kinds are envelopes too: they are stored and later ignored, never refused.
        """
        raise UnreadableRequest(f"{self.slug} has no webhooks")

    def normalise(self, envelope: InboundEnvelope, connection: Connection) -> list[Inbound]:
        """Translate a stored envelope. Empty for what is ignored (groups, broadcasts, unknown kinds)."""
        return []

    @abstractmethod
    async def send(self, message: OutboundMessage, connection: Connection, *, http: httpx.AsyncClient) -> SendReceipt:
        """Hand a message to the provider.

        Raises `SendRejected`, `SendPostponed`, `SendAmbiguous` or `OperatorNeeded`; nothing else may escape.
        """
