"""What the database itself enforces for links."""

GUARDS: tuple[str, ...] = (
    (
        "alter table booking_links add constraint booking_links_service foreign key (tenant_id, service_id)"
        " references services (tenant_id, id) on delete cascade"
    ),
    (
        "alter table booking_links add constraint booking_links_resource foreign key (tenant_id, resource_id)"
        " references resources (tenant_id, id) on delete cascade"
    ),
    "alter table booking_links add constraint booking_links_uses check (uses_left >= 0)",
)
