"""What can go wrong on the waitlist. Each says what the customer or a colleague can do about it."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class WaitlistEntryNotFound(NotFound):
    """There is no such entry on the waitlist here."""


class WaitlistOfferNotFound(NotFound):
    """There is no such offer here."""


class BadWaitingWindow(BadInput):
    """One waits for a time within the next {days} days, in a window that ends after it begins."""


class BadNote(BadInput):
    """A note is plain text of at most {most} characters."""


class TooManyEntries(WrongState):
    """One customer waits for at most {most} things at a time; leave one of them first."""


class NoWaitlist(BadInput):
    """{name} has no waitlist; ask the business."""


class NoLongerWaiting(WrongState):
    """This entry is {status} and nobody waits for it any more."""
