"""The vertical itself: words, journey and a small practice to start from. Appointments are told apart by their length
and not by their reason, and no price is named: what a visit costs is settled elsewhere.
"""

from booka_core.sdk.verticals import Journey, JourneySlot, SampleResource, SampleService, Vertical

_ALL = ("First appointment", "Appointment", "Short appointment", "Nurse appointment")

VERTICAL = Vertical(
    slug="medicine",
    name={"en": "Clinic", "fr": "Cabinet médical"},
    nouns={
        "en": {
            "service": "appointment type",
            "services": "appointment types",
            "staff": "practitioner",
            "staff_plural": "practitioners",
            "reservation": "appointment",
            "reservation_plural": "appointments",
            "a_reservation": "an appointment",
            "customer": "patient",
        },
        "fr": {
            "service": "type de rendez-vous",
            "services": "types de rendez-vous",
            "staff": "praticien",
            "staff_plural": "praticiens",
            "reservation": "rendez-vous",
            "reservation_plural": "rendez-vous",
            "a_reservation": "un rendez-vous",
            "customer": "patient",
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
    sample_services=(
        SampleService(
            name="First appointment",
            names={"fr": "Premier rendez-vous"},
            synonyms=("first visit", "new patient", "première visite"),
            category="appointment",
            minutes=40,
            buffer_after=5,
            price=0,
        ),
        SampleService(
            name="Appointment",
            names={"fr": "Rendez-vous"},
            synonyms=("visit", "consultation", "checkup", "check-up"),
            category="appointment",
            minutes=20,
            buffer_after=5,
            price=0,
        ),
        SampleService(
            name="Short appointment",
            names={"fr": "Rendez-vous court"},
            synonyms=("follow-up", "follow up", "suivi"),
            category="appointment",
            minutes=10,
            buffer_after=5,
            price=0,
        ),
        SampleService(
            name="Nurse appointment",
            names={"fr": "Rendez-vous infirmier"},
            synonyms=("nurse", "infirmier", "infirmière"),
            category="appointment",
            minutes=15,
            buffer_after=5,
            price=0,
        ),
    ),
    sample_resources=(
        SampleResource(name="Dr Okafor", kind="staff", title="Practitioner", hue=200, services=_ALL[:3]),
        SampleResource(name="Dr Laurent", kind="staff", title="Practitioner", hue=265, services=_ALL[:3]),
        SampleResource(name="Nurse Bello", kind="staff", title="Nurse", hue=145, services=_ALL[2:]),
    ),
)
