"""What can go wrong with a booking. Each says what a customer or a colleague can do about it."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class ReservationNotFound(NotFound):
    """There is no such reservation here."""


class SlotTaken(WrongState):
    """That time has just been taken; choose another."""


class HoldExpired(WrongState):
    """The time was held too long ago and is no longer kept; choose it again."""


class IllegalTransition(WrongState):
    """A reservation that is {status} cannot be changed like this."""


class AlreadyCancelled(IllegalTransition):
    """This reservation is already cancelled."""


class NothingToMove(WrongState):
    """The reservation already is at that time with these people; choose another time."""


class NoticeTooShort(WrongState):
    """It is too late for that: it has to be done at least {minutes} minutes before the start."""


class StaleVersion(WrongState):
    """The reservation has changed since you read it; read it again."""


class NotAClass(BadInput):
    """{name} is not a class."""


class ClassNotFound(NotFound):
    """There is no such class here."""


class ClassHasGuests(WrongState):
    """Somebody has booked a seat in this class; cancel their reservations first."""


class BookingRefused(WrongState):
    """This booking cannot be made:"""


class NeedsPerson(WrongState):
    """A colleague has to look at this booking first:"""


class CustomerBlocked(WrongState):
    """This customer cannot book here; ask the business."""


class TooManyActive(WrongState):
    """At most {most} bookings may lie ahead of one customer; cancel one first."""


class TermsNotAccepted(BadInput):
    """The terms ({terms}) have to be accepted first."""


class NotTheirDependant(BadInput):
    """That person is not in this customer's care."""


class LinkUsedUp(WrongState):
    """This link has been used or has run out; ask for another."""


class ApprovalMismatch(WrongState):
    """The booking was changed after it was approved; ask again."""


class IdempotencyConflict(WrongState):
    """This idempotency key was already used for a different request."""


class BadIntake(BadInput):
    """An answer does not fit its question:"""


class BadRating(BadInput):
    """A rating is a whole number from 1 to 5."""


class BadCursor(BadInput):
    """This is not a cursor of this list."""


class ReviewTooLong(BadInput):
    """A review has at most {most} characters."""


class NotCompletedYet(WrongState):
    """A visit can be rated once it has taken place."""


class NotBegunYet(WrongState):
    """That can only be said once the reservation has begun."""


class TooEarlyToCheckIn(WrongState):
    """Checking in is possible from {hours} hours before the start."""


class WrongResources(BadInput):
    """The reservation takes {wanted}; name as many of each kind."""


class ResourceNotAble(BadInput):
    """{name} cannot serve this reservation."""


class HeldByItsClass(WrongState):
    """The people and rooms of a class are those of its meeting; change the meeting."""


class AttachmentNotFound(NotFound):
    """There is no such file here."""


class AttachmentTooLarge(BadInput):
    """A file has at most {megabytes} MB."""


class AttachmentNotAllowed(BadInput):
    """Only pictures (PNG, JPEG, WebP, HEIC) and PDF documents that are what they say they are can be added."""


class TooManyAttachments(WrongState):
    """At most {most} files can be added to a reservation."""


class BadAttachmentName(BadInput):
    """A file needs a name and the question it answers, of at most {most} characters."""
