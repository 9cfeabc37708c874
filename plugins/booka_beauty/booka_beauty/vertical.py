"""The vertical itself: words, journey and sample catalogue. Templates and the intake form are data files, which the
core reads beside the manifest.
"""

from booka_beauty.catalogue import ADD_ONS, RESOURCES, SERVICES
from booka_core.sdk.verticals import Journey, JourneySlot, Vertical

VERTICAL = Vertical(
    slug="beauty",
    name={"en": "Beauty salon", "fr": "Salon de beauté"},
    nouns={
        "en": {
            "service": "service",
            "services": "services",
            "staff": "stylist",
            "staff_plural": "stylists",
            "reservation": "appointment",
            "reservation_plural": "appointments",
            "a_reservation": "an appointment",
            "customer": "client",
        },
        "fr": {
            "service": "prestation",
            "services": "prestations",
            "staff": "styliste",
            "staff_plural": "stylistes",
            "reservation": "rendez-vous",
            "reservation_plural": "rendez-vous",
            "a_reservation": "un rendez-vous",
            "customer": "cliente",
        },
    },
    journey=Journey(
        slots=(
            JourneySlot(name="service", kind="service", ask="ask_service"),
            JourneySlot(name="staff", kind="staff", required=False, ask="ask_staff"),
            JourneySlot(name="time", kind="time", ask="ask_time"),
            JourneySlot(name="contact", kind="contact", ask="ask_contact"),
        )
    ),
    sample_services=SERVICES,
    sample_resources=RESOURCES,
    sample_add_ons=ADD_ONS,
)
