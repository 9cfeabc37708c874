"""Who answers customers. The conversation room is another one; the composition root names its handler here."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class TurnHandler(Protocol):
    """Deals with what a customer wrote and nobody has handled, oldest first. Safe to run twice."""

    async def __call__(self, *, conversation_id: UUID, attempt: int) -> None: ...


_handler: TurnHandler | None = None


def register(handler: TurnHandler) -> None:
    """Name who takes the bot's turn."""
    global _handler  # noqa: PLW0603 - filled once, by the composition root
    _handler = handler


async def take(conversation_id: UUID, *, attempt: int) -> None:
    """Let the bot take its turn, with the tenant bound and no transaction open; `attempt` counts from one."""
    if _handler is not None:
        await _handler(conversation_id=conversation_id, attempt=attempt)
