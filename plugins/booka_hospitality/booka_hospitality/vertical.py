"""The vertical itself: words, journey and a small restaurant to start from. A sitting occupies one table, with time to
clear it afterwards; prices are zero, because a reservation costs nothing.
"""

from booka_core.sdk.verticals import Journey, JourneySlot, SampleResource, SampleService, Vertical

_SITTINGS = ("Lunch", "Dinner", "Sunday brunch")

_TABLE = {"kind": "table", "seats": True}
"""One table with a seat for everybody; of those that are free the smallest is given, so that the large ones stay."""


def _table(number: int, seats: int, hue: int) -> SampleResource:
    return SampleResource(
        name=f"Table {number}",
        kind="table",
        title=f"{seats} seats",
        hue=hue,
        services=_SITTINGS,
        properties={"seats": seats},
        priority=seats,
    )


VERTICAL = Vertical(
    slug="hospitality",
    name={"en": "Restaurant", "fr": "Restaurant"},
    nouns={
        "en": {
            "service": "sitting",
            "services": "sittings",
            "staff": "table",
            "staff_plural": "tables",
            "reservation": "reservation",
            "reservation_plural": "reservations",
            "a_reservation": "a table",
            "customer": "guest",
        },
        "fr": {
            "service": "service",
            "services": "services",
            "staff": "table",
            "staff_plural": "tables",
            "reservation": "réservation",
            "reservation_plural": "réservations",
            "a_reservation": "une table",
            "customer": "client",
        },
    },
    journey=Journey(
        slots=(
            JourneySlot(name="service", kind="service", ask="ask_service"),
            JourneySlot(name="party_size", kind="party_size", ask="ask_party", schema_field="party_size"),
            JourneySlot(name="time", kind="time", ask="ask_time"),
            JourneySlot(name="contact", kind="contact", ask="ask_contact"),
        )
    ),
    sample_services=(
        SampleService(
            name="Lunch",
            names={"fr": "Déjeuner"},
            synonyms=("lunch table", "midday", "déjeuner", "midi"),
            category="sitting",
            minutes=90,
            buffer_after=15,
            price=0,
            demands=(_TABLE,),
            rules={"assignment": "priority"},
        ),
        SampleService(
            name="Dinner",
            names={"fr": "Dîner"},
            synonyms=("supper", "dinner table", "evening", "dîner", "soir"),
            category="sitting",
            minutes=120,
            buffer_after=15,
            price=0,
            demands=(_TABLE,),
            rules={"assignment": "priority"},
        ),
        SampleService(
            name="Sunday brunch",
            names={"fr": "Brunch du dimanche"},
            synonyms=("brunch",),
            category="sitting",
            minutes=105,
            buffer_after=15,
            price=0,
            demands=(_TABLE,),
            rules={"assignment": "priority"},
        ),
    ),
    sample_resources=(
        _table(1, 2, 20),
        _table(2, 2, 50),
        _table(3, 4, 145),
        _table(4, 4, 200),
        _table(5, 6, 265),
        _table(6, 8, 330),
    ),
)
