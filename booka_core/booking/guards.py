"""What the database itself enforces for bookings. `occupancies_no_overlap` is the promise of the whole product: no
resource is ever taken twice at one time, whatever the code above does.
"""

from booka_core.booking.lifecycle import STATUSES

GUARDS: tuple[str, ...] = (
    "alter table reservations add constraint reservations_tenant_id_id unique (tenant_id, id)",
    "alter table reservations add constraint reservations_status check (status in ("
    + ", ".join(f"'{status}'" for status in STATUSES)
    + "))",
    "alter table reservations add constraint reservations_time check (ends_at > starts_at)",
    (
        "alter table reservations add constraint reservations_hold check"
        " ((status = 'held') = (hold_expires_at is not null))"
    ),
    (
        "alter table reservations add constraint reservations_customer"
        " foreign key (tenant_id, customer_id) references customers (tenant_id, id)"
    ),
    (
        "alter table reservations add constraint reservations_service"
        " foreign key (tenant_id, service_id) references services (tenant_id, id)"
    ),
    "create index reservations_holds on reservations (tenant_id, hold_expires_at) where status = 'held'",
    "alter table occupancies add constraint occupancies_time check (ends_at > starts_at)",
    (
        "alter table occupancies add constraint occupancies_reservation"
        " foreign key (tenant_id, reservation_id) references reservations (tenant_id, id) on delete cascade"
    ),
    (
        "alter table occupancies add constraint occupancies_resource"
        " foreign key (tenant_id, resource_id) references resources (tenant_id, id)"
    ),
    (
        "alter table occupancies add constraint occupancies_no_overlap exclude using gist (tenant_id with =,"
        " resource_id with =, lane with =, tstzrange(starts_at, ends_at, '[)') with &&) where (active)"
    ),
    (
        "alter table idempotency_keys add constraint idempotency_keys_reservation"
        " foreign key (tenant_id, reservation_id) references reservations (tenant_id, id) on delete cascade"
    ),
    (
        "alter table reservations add constraint reservations_location foreign key (tenant_id, location_id)"
        " references locations (tenant_id, id)"
    ),
    (
        "alter table reservations add constraint reservations_attendee foreign key (tenant_id, attendee_id)"
        " references customers (tenant_id, id)"
    ),
    "alter table reservations add constraint reservations_rating check (rating between 1 and 5)",
    (
        "create index reservations_of_series on reservations (tenant_id, series_id, series_position) where"
        " series_id is not null"
    ),
    (
        "create index reservations_active_of_customer on reservations (tenant_id, customer_id, ends_at) where"
        " status in ('held', 'pending', 'confirmed')"
    ),
    "alter table class_sessions add constraint class_sessions_tenant_id_id unique (tenant_id, id)",
    (
        "alter table class_sessions add constraint class_sessions_size check (seats between 1 and 500 and ends_at"
        " > starts_at)"
    ),
    (
        "alter table class_sessions add constraint class_sessions_service foreign key (tenant_id, service_id)"
        " references services (tenant_id, id)"
    ),
    (
        "alter table class_sessions add constraint class_sessions_location foreign key (tenant_id, location_id)"
        " references locations (tenant_id, id)"
    ),
    (
        "create unique index class_sessions_once on class_sessions (tenant_id, service_id, location_id, starts_at)"
        " where active"
    ),
    (
        "alter table reservations add constraint reservations_session foreign key (tenant_id, session_id)"
        " references class_sessions (tenant_id, id)"
    ),
    (
        "alter table occupancies add constraint occupancies_session foreign key (tenant_id, session_id) references"
        " class_sessions (tenant_id, id) on delete cascade"
    ),
    (
        "alter table occupancies add constraint occupancies_whose check (reservation_id is not null or session_id"
        " is not null)"
    ),
    "create index occupancies_of_session on occupancies (tenant_id, session_id) where session_id is not null",
    (
        "create index occupancies_by_time on occupancies (tenant_id, resource_id, starts_at) include (ends_at,"
        " lane, expires_at, reservation_id) where active"
    ),
    (
        "create index occupancies_long on occupancies (tenant_id, resource_id, ends_at) include (starts_at, lane,"
        " expires_at, reservation_id) where active and ends_at - starts_at > interval '1 day'"
    ),
    ("create index occupancies_held on occupancies (tenant_id, resource_id) where active and expires_at is not null"),
    (
        "create index reservations_long on reservations (tenant_id, ends_at) where ends_at - starts_at >"
        " interval '1 day'"
    ),
    (
        "alter table rotations add constraint rotations_service foreign key (tenant_id, service_id) references"
        " services (tenant_id, id) on delete cascade"
    ),
    (
        "alter table rotations add constraint rotations_resource foreign key (tenant_id, resource_id) references"
        " resources (tenant_id, id) on delete cascade"
    ),
    (
        "alter table attachments add constraint attachments_reservation foreign key (tenant_id, reservation_id)"
        " references reservations (tenant_id, id) on delete cascade"
    ),
)
