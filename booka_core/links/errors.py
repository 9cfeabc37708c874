"""What can go wrong with a link. None of these says more than whoever holds the link already knows."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class BadManageLink(BadInput):
    """This link is not valid. Open the newest one that you were sent, or ask the business."""


class LinkUnknown(NotFound):
    """There is no such link; ask the business for another."""


class LinkExpired(WrongState):
    """This link has run out; ask the business for another."""


class LinkNotForThat(BadInput):
    """The person or thing named does not give this service."""


class BadLinkTerms(BadInput):
    """A link can be used 1 to 1000 times and runs out in the future, if it runs out."""


class NoLongerOpen(WrongState):
    """This reservation has begun or is over, so it can no longer be changed here; ask the business."""


class TakesNoChanges(WrongState):
    """This business is not taking changes at the moment; ask it directly."""
