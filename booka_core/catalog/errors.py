"""What can go wrong with the catalogue."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class ServiceNotFound(NotFound):
    """There is no such service here."""


class ResourceNotFound(NotFound):
    """There is no such person, room or thing here."""


class LocationNotFound(NotFound):
    """There is no such location here."""


class AddOnNotFound(NotFound):
    """There is no such add-on here."""


class AbsenceNotFound(NotFound):
    """There is no such absence here."""


class ServiceNameTaken(WrongState):
    """There already is a service called {name}."""


class AddOnNameTaken(WrongState):
    """There already is an add-on called {name}."""


class BadName(BadInput):
    """A name has between 1 and {most} characters."""


class BadKind(BadInput):
    """{kind} is not a kind of resource; use a short word in lower case, such as staff, chair or room."""


class BadDuration(BadInput):
    """A service takes between 1 minute and 10 days, and a buffer at most one day."""


class BadPrice(BadInput):
    """A price is zero or more, in minor units."""


class OneOverride(BadInput):
    """An override is for one person or thing, or for one place."""


class NothingDemanded(BadInput):
    """A service takes at least one person or thing."""


class BadSegments(BadInput):
    """The segments of a service are minutes that add up to its {minutes}."""


class NoSuchSegment(BadInput):
    """The service has no segment {part}; they are counted from 0."""


class TooShortForSegments(BadInput):
    """{minutes} minutes do not reach into the last segment of the service."""


class RepeatedDuration(BadInput):
    """A length of {minutes} minutes is given twice; the service's own is one of its lengths."""


class BadBookingWindow(BadInput):
    """The dates within which a service can be booked end before they begin."""


class BadNights(BadInput):
    """A stay has at most as many nights as its longest, and neither segments nor other lengths."""


class BadCapacity(BadInput):
    """A resource serves between 1 and 500 bookings at a time."""


class BadShare(BadInput):
    """A weight lies between 1 and 1000, and a priority between -1000 and 1000."""


class BadSkills(BadInput):
    """A resource has at most 40 skills and 40 properties with short names, and its seats are a number."""


class BadHours(BadInput):
    """Hours are ranges of local minutes that begin on their day, end after they begin, and do not overlap."""


class BadAbsence(BadInput):
    """An absence ends after it begins, and both are instants with their time zone."""


class BadStandIn(BadInput):
    """Who stands in during an absence is somebody else of the same kind."""


class UnknownHolidayCalendar(BadInput):
    """{calendar} is not a calendar of public holidays; use a country such as NG or a region such as DE-BY."""
