"""WhatsApp through the Evolution API, version 2: proof that a webhook is genuine, what it says, and sending. It
speaks the wire format of that server and must never decide what Booka does with a message.
"""

from booka_providers.evolution.provider import EvolutionProvider

__all__ = ["EvolutionProvider"]
