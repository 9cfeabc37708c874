"""Message providers for Booka: Evolution (WhatsApp) and SMTP (e-mail). It owns the wire formats of both and nothing
else; what becomes of a message is decided by the core.
"""

from __future__ import annotations

from collections.abc import Sequence

from booka_core.sdk.hookspecs import hookimpl
from booka_core.sdk.messaging import MessagingProvider
from booka_providers.evolution import EvolutionProvider
from booka_providers.smtp import SmtpProvider

__all__ = ["EvolutionProvider", "SmtpProvider", "booka_register_messaging_providers"]


@hookimpl
def booka_register_messaging_providers() -> Sequence[MessagingProvider]:
    """Offer both providers; they keep no state between calls, so one object of each serves every tenant."""
    return (EvolutionProvider(), SmtpProvider())
