"""What the database itself enforces for the catalogue."""

GUARDS: tuple[str, ...] = (
    "alter table locations add constraint locations_tenant_id_id unique (tenant_id, id)",
    "alter table services add constraint services_tenant_id_id unique (tenant_id, id)",
    (
        "alter table services add constraint services_minutes check"
        " (minutes between 1 and 14400 and buffer_before between 0 and 1440 and buffer_after between 0 and 1440)"
    ),
    "alter table services add constraint services_price check (price >= 0)",
    "alter table resources add constraint resources_tenant_id_id unique (tenant_id, id)",
    (
        "alter table resources add constraint resources_location"
        " foreign key (tenant_id, location_id) references locations (tenant_id, id)"
    ),
    (
        "alter table service_resources add constraint service_resources_service"
        " foreign key (tenant_id, service_id) references services (tenant_id, id) on delete cascade"
    ),
    (
        "alter table service_resources add constraint service_resources_resource"
        " foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade"
    ),
    (
        "alter table working_hours add constraint working_hours_location"
        " foreign key (tenant_id, location_id) references locations (tenant_id, id) on delete cascade"
    ),
    (
        "alter table working_hours add constraint working_hours_resource"
        " foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade"
    ),
    (
        "alter table working_hours add constraint working_hours_range check"
        " (weekday between 0 and 6 and opens between 0 and 1439 and closes > opens and closes <= 2880)"
    ),
    (
        "alter table date_overrides add constraint date_overrides_location"
        " foreign key (tenant_id, location_id) references locations (tenant_id, id) on delete cascade"
    ),
    (
        "alter table date_overrides add constraint date_overrides_resource"
        " foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade"
    ),
    (
        "create unique index date_overrides_once on date_overrides"
        " (tenant_id, location_id, coalesce(resource_id, '00000000-0000-0000-0000-000000000000'::uuid), day)"
    ),
    (
        "alter table resources add constraint resources_capacity check (capacity between 1 and 500 and weight"
        " between 1 and 1000)"
    ),
    (
        "alter table service_resources add constraint service_resources_own check (minutes between 1 and 14400 and"
        " price >= 0)"
    ),
    (
        "alter table service_locations add constraint service_locations_own check (minutes between 1 and 14400 and"
        " price >= 0)"
    ),
    (
        "alter table service_locations add constraint service_locations_service foreign key (tenant_id,"
        " service_id) references services (tenant_id, id) on delete cascade"
    ),
    (
        "alter table service_locations add constraint service_locations_location foreign key (tenant_id,"
        " location_id) references locations (tenant_id, id) on delete cascade"
    ),
    "alter table add_ons add constraint add_ons_tenant_id_id unique (tenant_id, id)",
    (
        "alter table add_ons add constraint add_ons_service foreign key (tenant_id, service_id) references"
        " services (tenant_id, id) on delete cascade"
    ),
    "alter table add_ons add constraint add_ons_size check (minutes between 0 and 1440 and price >= 0)",
    (
        "alter table absences add constraint absences_resource foreign key (tenant_id, resource_id) references"
        " resources (tenant_id, id) on delete cascade"
    ),
    (
        "alter table absences add constraint absences_redirect foreign key (tenant_id, redirect_to) references"
        " resources (tenant_id, id)"
    ),
    "alter table absences add constraint absences_time check (ends_at > starts_at and redirect_to <> resource_id)",
)
