"""What can go wrong with a customer."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class CustomerNotFound(NotFound):
    """There is no such customer here."""


class CustomerErased(WrongState):
    """This customer's data were erased; nothing can be written about them any more."""


class BadCustomerName(BadInput):
    """A name has between 1 and 120 characters."""


class BadPhone(BadInput):
    """{phone} is not a phone number; write it with its country code, such as +234 801 234 5678."""


class BadEmail(BadInput):
    """{email} is not a mail address."""


class BadTag(BadInput):
    """A customer has at most 30 groups, whose names have between 1 and 40 characters."""


class DependantOfDependant(WrongState):
    """Somebody who is booked for by another cannot book for others."""


class TooManyDependants(WrongState):
    """A customer books for at most {most} others."""


class BadCustomerCursor(BadInput):
    """This is not a cursor of the list of customers."""
