"""What the database itself enforces for the walk-in queue."""

GUARDS: tuple[str, ...] = (
    (
        "alter table queue_entries add constraint queue_entries_status check (status in ('waiting', 'called',"
        " 'serving', 'served', 'left'))"
    ),
    (
        "alter table queue_entries add constraint queue_entries_customer foreign key (tenant_id, customer_id)"
        " references customers (tenant_id, id)"
    ),
    (
        "alter table queue_entries add constraint queue_entries_service foreign key (tenant_id, service_id)"
        " references services (tenant_id, id)"
    ),
    (
        "alter table queue_entries add constraint queue_entries_location foreign key (tenant_id, location_id)"
        " references locations (tenant_id, id)"
    ),
    (
        "alter table queue_entries add constraint queue_entries_resource foreign key (tenant_id, resource_id)"
        " references resources (tenant_id, id)"
    ),
)
