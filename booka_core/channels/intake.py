"""Taking a webhook: who is it for, is it genuine, what is in it, store it, and only then say so."""

from __future__ import annotations

from booka_core.channels import doors
from booka_core.channels.ledger import ledger
from booka_core.channels.types import Accepted
from booka_core.sdk.messaging import WebhookRequest


async def accept(provider: str, path: str, request: WebhookRequest) -> Accepted:
    """Store a webhook's events and the jobs that will handle them. When this returns, nothing can lose them.

    A switched-off plugin and a suspended tenant make no difference here: the job decides what becomes of an event.
    Raises `UnknownDoor`, `ForgedRequest`, `WrongAccount`, `UnreadableRequest`, `DoorNotReady`; anything else is our
    own failure.
    """
    door = await doors.find(provider, path)
    door.provider.authenticate(request, door.connection)
    envelopes = door.provider.receive(request, door.connection)
    if not envelopes:
        return Accepted(events=0, new=0)
    new = await ledger.store(door.tenant_id, door.connection.id, envelopes, received_at=request.received_at)
    return Accepted(events=len(envelopes), new=new)
