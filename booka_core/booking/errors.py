"""What can go wrong with a booking. Each says what a customer or a colleague can do about it."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class ReservationNotFound(NotFound):
    """There is no such reservation here."""


class SlotTaken(WrongState):
    """That time has just been taken; choose another."""


class SlotNotOffered(WrongState):
    """That time is not offered ({reason}); choose another."""


class HoldExpired(WrongState):
    """The time was held too long ago and is no longer kept; choose it again."""


class IllegalTransition(WrongState):
    """A reservation that is {status} cannot be changed like this."""


class AlreadyCancelled(IllegalTransition):
    """This reservation is already cancelled."""


class NoticeTooShort(WrongState):
    """It is too late for that: it has to be done at least {minutes} minutes before the start."""


class BookingRefused(WrongState):
    """This booking cannot be made:"""


class NeedsPerson(WrongState):
    """A colleague has to look at this booking first:"""


class ApprovalMismatch(WrongState):
    """The booking was changed after it was approved; ask again."""


class IdempotencyConflict(WrongState):
    """This idempotency key was already used for a different request."""


class BadPartySize(BadInput):
    """A party has between 1 and 500 people."""


class BadIntake(BadInput):
    """An answer does not fit its question:"""


class BadCursor(BadInput):
    """This is not a cursor of this list."""


class NothingToBook(WrongState):
    """This business has no location yet, so nothing can be booked."""
