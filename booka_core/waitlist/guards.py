"""What the database itself enforces for the waitlist."""

GUARDS: tuple[str, ...] = (
    "alter table waitlist_entries add constraint waitlist_entries_tenant_id_id unique (tenant_id, id)",
    (
        "alter table waitlist_entries add constraint waitlist_entries_status check (status in ('waiting',"
        " 'offered', 'booked', 'left', 'expired'))"
    ),
    (
        "alter table waitlist_entries add constraint waitlist_entries_window check (wanted_until > wanted_from and"
        " party_size between 1 and 500)"
    ),
    (
        "alter table waitlist_entries add constraint waitlist_entries_customer foreign key (tenant_id,"
        " customer_id) references customers (tenant_id, id)"
    ),
    (
        "alter table waitlist_entries add constraint waitlist_entries_service foreign key (tenant_id, service_id)"
        " references services (tenant_id, id)"
    ),
    (
        "alter table waitlist_entries add constraint waitlist_entries_resource foreign key (tenant_id,"
        " resource_id) references resources (tenant_id, id)"
    ),
    (
        "alter table waitlist_entries add constraint waitlist_entries_location foreign key (tenant_id,"
        " location_id) references locations (tenant_id, id)"
    ),
    (
        "alter table waitlist_offers add constraint waitlist_offers_status check (status in ('open', 'accepted',"
        " 'declined', 'expired', 'lost'))"
    ),
    (
        "alter table waitlist_offers add constraint waitlist_offers_entry foreign key (tenant_id, entry_id)"
        " references waitlist_entries (tenant_id, id) on delete cascade"
    ),
    "create unique index waitlist_offers_one_open on waitlist_offers (tenant_id, entry_id) where status = 'open'",
    (
        "create unique index waitlist_offers_one_winner on waitlist_offers (tenant_id, hold_id) where status ="
        " 'accepted'"
    ),
)
