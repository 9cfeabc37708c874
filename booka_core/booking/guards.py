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
    "create index occupancies_by_time on occupancies (tenant_id, resource_id, starts_at, ends_at) where active",
    (
        "alter table idempotency_keys add constraint idempotency_keys_reservation"
        " foreign key (tenant_id, reservation_id) references reservations (tenant_id, id) on delete cascade"
    ),
)
