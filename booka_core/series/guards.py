"""What the database itself enforces for series."""

GUARDS: tuple[str, ...] = (
    "alter table series add constraint series_tenant_id_id unique (tenant_id, id)",
    "alter table series add constraint series_status check (status in ('active', 'ended', 'cancelled'))",
    (
        "alter table series add constraint series_customer foreign key (tenant_id, customer_id) references"
        " customers (tenant_id, id)"
    ),
    (
        "alter table reservations add constraint reservations_series foreign key (tenant_id, series_id) references"
        " series (tenant_id, id)"
    ),
)
