"""What can go wrong with the catalogue."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class ServiceNotFound(NotFound):
    """There is no such service here."""


class ResourceNotFound(NotFound):
    """There is no such person, room or thing here."""


class LocationNotFound(NotFound):
    """There is no such location here."""


class ServiceNameTaken(WrongState):
    """There already is a service called {name}."""


class BadDuration(BadInput):
    """A service takes between 1 minute and 10 days, and a buffer at most one day."""


class BadPrice(BadInput):
    """A price is zero or more, in minor units."""


class BadHours(BadInput):
    """Hours are ranges of local minutes that begin on their day, end after they begin, and do not overlap."""


class UnknownHolidayCalendar(BadInput):
    """{calendar} is not a calendar of public holidays; use a country such as NG, or one of its regions such as DE-BY."""
