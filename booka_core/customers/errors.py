"""What can go wrong with a customer."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound


class CustomerNotFound(NotFound):
    """There is no such customer here."""


class BadPhone(BadInput):
    """{phone} is not a phone number; write it with its country code, such as +234 801 234 5678."""


class BadEmail(BadInput):
    """{email} is not a mail address."""
