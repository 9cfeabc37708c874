"""The API, version 1, for the software of a business: JSON in and out, an access token for one business with every
request, problem+json for everything that goes wrong. It owns addresses and shapes; what may be booked is decided by
the booking room. Within version 1 a field may be added, but none is taken away or changes its meaning.
"""

from __future__ import annotations

from quart import Blueprint

from booka_core.web.api import (
    access,
    attendance,
    catalogue,
    classes,
    customers,
    description,
    links,
    manage,
    prices,
    public,
    queue,
    reservations,
    series,
    waitlist,
)
from booka_core.web.api.operations import PREFIX

PARTS = (
    access,
    catalogue,
    reservations,
    attendance,
    prices,
    series,
    classes,
    waitlist,
    queue,
    customers,
    links,
    public,
    manage,
    description,
)


def blueprint() -> Blueprint:
    """All routes of version 1."""
    routes = Blueprint("api", __name__, url_prefix=PREFIX, template_folder="templates")
    for part in PARTS:
        part.add_to(routes)
    return routes
