from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return r"""
        -- tenancy
        alter table tenants add constraint tenants_status check (status in ('active', 'suspended'));
        alter table tenants add constraint tenants_slug check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$');
        alter table tenant_settings add constraint tenant_settings_tenant foreign key (tenant_id) references tenants (id);
        alter table directory add constraint directory_tenant foreign key (tenant_id_found) references tenants (id) on delete cascade;
        -- identity
        alter table users add constraint users_email_lower check (email = lower(email) and position('@' in email) > 1);
        alter table memberships add constraint memberships_role check (role in ('owner', 'manager', 'staff'));
        alter table memberships add constraint memberships_tenant foreign key (tenant_id) references tenants (id);
        alter table memberships add constraint memberships_user foreign key (user_id) references users (id) on delete cascade;
        create index memberships_by_user on memberships (user_id);
        alter table sign_in_links add constraint sign_in_links_user foreign key (user_id) references users (id) on delete cascade;
        create unique index sign_in_links_token on sign_in_links (token_hash) where token_hash is not null;
        alter table sessions add constraint sessions_user foreign key (user_id) references users (id) on delete cascade;
        create unique index sessions_token on sessions (token_hash);
        -- audit
        create function audit_entries_are_kept() returns trigger language plpgsql as $$ begin raise exception 'audit entries are never changed or removed' using errcode = 'insufficient_privilege'; end $$;
        create trigger audit_entries_kept before update or delete on audit_entries for each row execute function audit_entries_are_kept();
        create trigger audit_entries_not_emptied before truncate on audit_entries for each statement execute function audit_entries_are_kept();
        alter table audit_entries add constraint audit_entries_actor check (actor_kind in ('user', 'system', 'command'));
        -- plugins
        alter table tenant_plugins add constraint tenant_plugins_tenant foreign key (tenant_id) references tenants (id);
        alter table tenant_plugins add constraint tenant_plugins_slug check (slug ~ '^[a-z][a-z0-9_]{1,39}$');
        alter table plugin_revisions add constraint plugin_revisions_tenant foreign key (tenant_id) references tenants;
        create index plugin_revisions_of_plugin on plugin_revisions (tenant_id, slug, revision);
        -- outbox
        alter table outbox_events alter column seq add generated always as identity;
        create unique index outbox_events_in_order on outbox_events (tenant_id, seq);
        create index outbox_events_of_a_subject on outbox_events (tenant_id, subject, seq);
        create index outbox_events_age on outbox_events using brin (occurred_at);
        alter table outbox_events add constraint outbox_events_payload check (jsonb_typeof(payload) = 'object');
        create unique index inbox_receipts_once on inbox_receipts (tenant_id, consumer, event_id);
        create index inbox_receipts_age on inbox_receipts using brin (handled_at);
        -- jobs
        alter table jobs alter column seq add generated always as identity;
        alter table jobs
                 add constraint jobs_status check
                   (status in ('queued', 'sent', 'running', 'done', 'skipped', 'dead', 'discarded')),
                 add constraint jobs_payload check (jsonb_typeof(payload) = 'object'),
                 add constraint jobs_attempts check (attempts >= 0 and max_attempts >= 1 and deliveries >= 0),
                 add constraint jobs_order check (order_key is null or tenant_id is not null),
                 add constraint jobs_lease check ((status in ('sent', 'running')) = (lease_until is not null)),
                 add constraint jobs_finished
                   check ((status in ('done', 'skipped', 'dead', 'discarded')) = (finished_at is not null));
        create index jobs_due on jobs (scheduled_at, seq) where status = 'queued';
        create index jobs_in_flight on jobs (lease_until) where status in ('sent', 'running');
        create index jobs_waiting_in_order on jobs (tenant_id, order_key, seq)
                 where order_key is not null and status = 'queued';
        create unique index jobs_one_of_an_order_in_flight on jobs (tenant_id, order_key)
                 where order_key is not null and status in ('sent', 'running');
        create unique index jobs_dedupe on jobs (tenant_id, dedupe_key) nulls not distinct
                 where dedupe_key is not null;
        create index jobs_dead on jobs (tenant_id, finished_at) where status = 'dead';
        create index jobs_finished on jobs (finished_at) where status in ('done', 'skipped', 'discarded');
        alter table jobs set (
                 fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500,
                 autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02,
                 autovacuum_analyze_threshold = 500, autovacuum_vacuum_cost_delay = 1);
        -- customers
        alter table customers add constraint customers_tenant_id_id unique (tenant_id, id);
        alter table customers add constraint customers_phone check (phone ~ '^\+[1-9][0-9]{6,14}$');
        alter table customer_identities add constraint customer_identities_customer foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade;
        -- catalog
        alter table locations add constraint locations_tenant_id_id unique (tenant_id, id);
        alter table services add constraint services_tenant_id_id unique (tenant_id, id);
        alter table services add constraint services_minutes check (minutes between 1 and 14400 and buffer_before between 0 and 1440 and buffer_after between 0 and 1440);
        alter table services add constraint services_price check (price >= 0);
        alter table resources add constraint resources_tenant_id_id unique (tenant_id, id);
        alter table resources add constraint resources_location foreign key (tenant_id, location_id) references locations (tenant_id, id);
        alter table service_resources add constraint service_resources_service foreign key (tenant_id, service_id) references services (tenant_id, id) on delete cascade;
        alter table service_resources add constraint service_resources_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade;
        alter table working_hours add constraint working_hours_location foreign key (tenant_id, location_id) references locations (tenant_id, id) on delete cascade;
        alter table working_hours add constraint working_hours_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade;
        alter table working_hours add constraint working_hours_range check (weekday between 0 and 6 and opens between 0 and 1439 and closes > opens and closes <= 2880);
        alter table date_overrides add constraint date_overrides_location foreign key (tenant_id, location_id) references locations (tenant_id, id) on delete cascade;
        alter table date_overrides add constraint date_overrides_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade;
        create unique index date_overrides_once on date_overrides (tenant_id, location_id, coalesce(resource_id, '00000000-0000-0000-0000-000000000000'::uuid), day);
        -- booking
        alter table reservations add constraint reservations_tenant_id_id unique (tenant_id, id);
        alter table reservations add constraint reservations_status check (status in ('held', 'confirmed', 'cancelled', 'expired', 'completed', 'no_show'));
        alter table reservations add constraint reservations_time check (ends_at > starts_at);
        alter table reservations add constraint reservations_hold check ((status = 'held') = (hold_expires_at is not null));
        alter table reservations add constraint reservations_customer foreign key (tenant_id, customer_id) references customers (tenant_id, id);
        alter table reservations add constraint reservations_service foreign key (tenant_id, service_id) references services (tenant_id, id);
        create index reservations_holds on reservations (tenant_id, hold_expires_at) where status = 'held';
        alter table occupancies add constraint occupancies_time check (ends_at > starts_at);
        alter table occupancies add constraint occupancies_reservation foreign key (tenant_id, reservation_id) references reservations (tenant_id, id) on delete cascade;
        alter table occupancies add constraint occupancies_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id);
        alter table occupancies add constraint occupancies_no_overlap exclude using gist (tenant_id with =, resource_id with =, lane with =, tstzrange(starts_at, ends_at, '[)') with &&) where (active);
        create index occupancies_by_time on occupancies (tenant_id, resource_id, starts_at, ends_at) where active;
        alter table idempotency_keys add constraint idempotency_keys_reservation foreign key (tenant_id, reservation_id) references reservations (tenant_id, id) on delete cascade;
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    return ""


MODELS_STATE = (
    "eJztXWtz27jV/isYfdntjOqx5UvyJu+8M/au23ibxJ3EabpNdmSIhCTUFKAlQCvavvvfiw"
    "NexLsJWReKi0+2CBySegABz7ngnP/0HO6Tox+pTxzJ/eU1k/6y9wr9p8fwjKh/Stv7qIfn"
    "87gVPko88nR3N+6pO42E9LEjVcMYe4KoSy4Rjk/nknIG3f9CmSsQRpIwzGQfYebCpyllE8"
    "TH6h8sk7axz2doAVcwgvuyCfHR3CeCMClewUUvmPQR95UYQVMspnALjOZYTo/gdVzuKDl1"
    "650/OWD014AMJZ8Q1cNXz//ypfeg3gAaH8iy98sv6h/1mXwjAlrh4/xhOKbEczPDQbWIvj"
    "6Uy7m+9unTzY9/0T3hS46GDveCGVv1ni/llLOkexBQ9whkoG1CGPGxJG5qjFjgedF4xpfC"
    "L6AuSD8gyau6qwsuGePAg5Hu/e84YA4MMBpx/oCHegYJ9+Foxl3iiSNGFkPq/l/0sinB4f"
    "D97d3w4/XdcNgrTBV4qdwYRpcczmBQqBoLgOr38L4riPTVHjzghzeXH74/vfiTBoULOfF1"
    "owaw97sWxBKHonoYVrjHg5VF/ocp9suRj/vnsFcvug7q8YUV7KvfUwxfDNAWIO3N8LehR9"
    "hETtXHwXENxP+4/KBRHhxrlLn6+YcLw/uoZaCbAOwUuGRphG3YvYPQnhw3wVb1qgRXt2XR"
    "DVcx9ZMbjnlQNour148S0U0uJnvG/jkrRQpe7KtVfWi2MGeEngFptPoePqKw4Y0fUksvXB"
    "hh52GBfTX78i18wKv6Fptmg1n+CmZ4ouGB7/F7P6I5d3q6F+lPdL2G9oQ/FNGM9NwygkaB"
    "oIwIcYRupEB8wZBw+JwgQYgAFiKQzxealDCOOJCGIoV5xn1KCIllIPv/FdQxEOCYJrtk3H"
    "8z2+TTqO9sk7w4bbBHXpxWbpHQlF3C9V8DaOP+XWQgjdjdSQ29Oynyu0fiS+pgzwTjtEwH"
    "cT5rAvNZNcpnBZB/48xoEsf9OwjuxVmTFeKseoU4y4PrcTUVjeBdSXQQ4JOLJovERfUacZ"
    "EH2Al8nzDHSA9My3QQ5CbbXPUuV9jkHKXBRca7xgCvRHaHb29btCxnxWhixKi2YeTRnXuY"
    "mUAb998hrmOfkB1hu3ELkZBYBsKI/iYSO4RYqX30cUcgnzSZwSfVU/ikZA4HE8rE0CePVM"
    "C7FeC+opMbJqtmdFE6Bz0NlehtQH+8Lcwn8AZ//p/B4PT0xeD49OLl+dmLF+cvj1+qvvp1"
    "i00vagbm6uavN+/vsmMCF3JrtU8AnyGWxTH4UbVIOiMVS3ZGMoe/G4kexf8c4B5Zg+3dzb"
    "vrj3eX7/4Ot58J8aun8bq8u4aWgb66zF39Pk9Skpugzzd3bxB8RP+6fX+d19iTfnf/6sE7"
    "4UDyIeOLIXbTmMSX40ttMnR9JFIqqEMASwxeSXv/KcPXUKS7PmkAewMmqcR0hRZgOkOSox"
    "HRBhvivkZKOdGWqznxIzdc0f61/m1K/XGJsdt643byc32GLWw1VAbwZ4SsGyO35fhkBu/v"
    "D9WfQJISrvXTx9v35ciWyea3HupI9P/Io2JrFGA/EAMqmf0mZljfv7v8Z558/fD29io/Fn"
    "CDq9xgTLl6TuVAVFKwvNju6Nc2leKQgQ1Ozl6cvTy9OEuIV3Kljm8VuZXwuNqvJJkbAJuR"
    "saiWoKpmnaI5kjpkjXlbLmxxLsF5ob6HIpkuXpoAnJOyyJbpXJg5xFt/ElfKW7QjtFuh+r"
    "wjsxHxxZTOewW1J9XWr1Z5ZkmvhurOJQoE8b8DV7xHEJZaK1k57u8VEeCBryYNde8RFTqI"
    "UEg8HqPwUWE8IkGOosMenwQkik4E7z7cWckUlaNdPfQJVQp6qN5Wq2oN5bda1dYhXkEaz3"
    "0DQFMiFs68ksrNnLBx/w56Bzdv/k/tCCbzNSdmgxmtKd+a8nfHZz8qOhfiniOzcUMNkxVh"
    "l8Y0VtAJI+6fqWI9Pl+ofQqiThGBgzSLKWHIJ49gdu+HnwKmtjIXjbmPsLpCPRKeslHimC"
    "0VsRSal96Tb3OqRkLN8/syGrubhz4dEPtlRWT76EtvdYOQ2Fom2yYmq2YEG8JBrDIfNsP+"
    "soLMZuRyIzFaRgp9d5bZq8genaywih5c3by//PBzYr1Oltm3t+//elViv776+e760tJeyy"
    "HaBvBBcIiMZ4Koxcd8jFNidoBbPcDU9cgwYJKWRMLXj3FW0g5zq4c5RQ0NhzkraYe51cMc"
    "KR5rDHNWcgPDfDiWk4Mb5UjpNLE6pkS6Fzbf6IT6oOaE+iA8od4O4wmdsBv2lrKHXtF+sm"
    "rr15hQVK8hZUNP9WtsR/GJGlchIVYR5BFlR+g+UoC0M47M5nIZGjQYH3F3CUlFtDtOzVw1"
    "ucUrpa3LqTZnCOQR/EhCB576AggeT8osKbt47Ff2ld2pS1qT/k6EyVCw79NHEtlrQGCGqY"
    "cmXF3igXytL2kBRKUg3hjehTNvicgjOBpXMo1NNdFXDddYa5/ZylL+DPvM3uwDh7NRGpgH"
    "GGcOWcPalZWz1q7+mtauvVobD2dGbwt+Rr7JIaTaMuFoGaHOsbTzRiztvIalnRfzCGX2VG"
    "ONJytrVdtWKz0tsmAczvp2cKMMXy2YredXyIracW7bOLdCvf4ktHqWU6w/RbaRKpUamH5j"
    "VXqu+irdaDENdVqhldq7lcYKqqSQ6hE6BMDjC6VQgvpaph8/6142o9bBaaEETAompDER6F"
    "xOrcF5k5Q5qle1We+8kDSn/Wm1dkTHt5JUi4qhCNSShd0ZLUvVwLlHMKtYQ/KyeeVTCW8L"
    "8+TKjrXP29u3mQ376iaXhuH9p3dX12oY9CCoTlTqy8WTQi4VAMA6vCknanlT23iTDbv5Qw"
    "xzK+jxZeBSWZFxP9VWQ5Ux9BoS1Y0Sg+SzLiHuEfpM1bQMZJIDH1GJHDAJ+yx0+sw9LMfc"
    "n4URtNoho709SyHJLDxXptPM0pLcHNt7TBP3T+ZQkvUAtZB77/Ws2eHsmQZeIPNdyu5OLd"
    "2dMsMK1VSGpuUnslL2+FuD428hZGYLUlrGrkcFPEtzCNZO2vK8gV2YsBdNTAAX1RaAi2JO"
    "zGD0b+KUrPo1STFXItbI0sTI4hJZaiOszoW1kth9Bqw0VQyoJykTR/DYfXDDreTFitzIpa"
    "t0zSnwjFTnJv5msp23QiP+u84h+yHOIFvQinPt/WrNOMxGmySjbagcf55GiVKcKRR5Qx4Z"
    "SzQiUzXKffRA5lIfLJ1wrj4KHmZEgWOlBPseJT4kUJGQMoVBDsoZdtX/Oke56jVRo1dUk3"
    "fxwKcztCQpe22KllaQqJaqzW0jWBvKKbJWtuv9ZLneJlvdS6Lr/RY12jfkW64I80j88old"
    "W3WnYlZbiMsgVisruPNK1o4692tKaoeO1z1F/W7O76oeOqYly0W1MraSsMrYxpWxENzhGq"
    "tMUbJzStnmS6CoxykiZ2TuSYl0DuDN1/gKVTB3ODKrkZSR6uCmuRW7WozaGqEVGUnrvGqd"
    "86oVhqSwgEloLupVlDeJWvtPFjeJKhs1MyFB4EMo8J1AYkGlM+2jcMML1CwEOgBhDnPKGH"
    "FRtEJrKw+YgcInvkbqOXBZZ/wIj8eGsRMucah6YHm8xW4e+7Q5SStp1pTUCjuHNSVtHWJr"
    "zbCqditmqlW1rapdPixW1baq9voAb17Vtj6XPfpcrJ3D2jlagL61c2zAznHDRvzbB+IQhX"
    "+vYOfItPar7RwU+g39sKOBnSPKAuDrNGGqN4HjG9qgQB5JWcXWpkL2MLU1J1hzQvxLMeSh"
    "iUwHN+mXTfbol9Vb9MuiWQEWHcNpm5axszZfuxYzd73D0VlJS3ks5SmjPLeBVGzlGn6CRc"
    "aTbqwhPFx3G+rfceNUM2PV3kcLn0oJmUrDrKRKionw4EoYnauDcKnU235Zkpk172IZkWVE"
    "dm8R5Fczk1Ek0GZrkVq/3bDcKiwKCsM+mlC1MKFReA4e5tcIC5JfS9pkUtLAGrDUuL9lqA"
    "0Y6qGc8ztsS90cLz2OS9bqapdXSmT3Pq/9rNVb8W5xRx9aWkdlyIlancHqDGU6w0981Cvo"
    "CnCxRkf4Nx+ZhHxR4hC9iXP/4QhdIiWOFvnUNyPicTYRUIEhnfkmrFApIM1Nsu2n099gJV"
    "WiTOzwuVb9ODj1o9tcWWdYUxcPkSzb1EcbVgut+rFF9cMS470RYzjdHwgjxS+R6ODcPmmk"
    "9tVofYW5jaWEmlclEFfukmmRVm+VU75QGyUYmbEmh2rflIrdICpfozFhDhGpBrA5e2o2Qg"
    "EuKOxluIMOTs5enL08vThLNs7kSt1+WdwbYbzXGJS8WJsHxjQ6bGPYKiqrqFKcKbQhslmh"
    "NuOamvBUogWG2nPqAW6s9DhQhQ5SplA19+MuHoZ6ePiBsP3Md+FMiRus5y7Ny1rjR+uMH+"
    "mh1qvqetWfc6I2a3ibx1mrqMMHYhRdmxFai7q1bES3VDU2u5+5wZyYIp2VslA3glp9z8BI"
    "w04EOqiGbP5oG7CQIfF9XhLqd0e+VVCzrFQXZnLdNnD9z7t6/TpTOzLunle6s7iH2o/JvF"
    "5JdAHvXRyAsDU0/gikZ0wZFdO1xjknaslt28a5FR7cHwIh+aysnGDS0q/25TpRH9OygokD"
    "VRD/sSztRm1P40olczXziS1Wsid/ko3k3DrEe6oN2LINYRfRbHolMcA3EegewJvPD7Djwq"
    "HtRncblUM97mDPaP6uJLoH8clFkwUiTwtT68OF1cosW98HW79xCZNUltQ3LPRowN4Vl9Kd"
    "G9c6fMMXiphDJgVGPATPB593fLs+EoEzRXAKHUEdBnE5n6Ofbn4ssvxn3OfpbHnRbeFf8k"
    "0Sn2EPWvL58/JSK0yswmAVhgNdUU0Ow6cmvAGoOTELa0mCmmj1aUq1UiId9O5svrBgelU3"
    "0RmyYl2EulFNvJOaongnxap4ltpaartNagtz6PaR+L4io0Vam2mtobQwi4Y86mhSnGzK1S"
    "vGCZPgLoiqMSbYhUMREOa2IOTBW6p+gS9eIcfjgrh9xCHGkwiCfMgqJtD391++nJ8d99GL"
    "wbH6sl+DwfHg4pf7P1VUKNvFU42t5S5eWuprqe+BrrgGHA1sW/BkQ1BzYhbWQhJSoZYrhx"
    "jCmhOzZ7FyUXm4JBwPtsWKcDxcFoeXYVvdmqDAnvITUe+ORdSqD1itJNqRbBue15lk20oN"
    "EGZJtlcSncv9vDHvZCvI+9toS+wViHvSUkPa4w21eRSJhx3FjRWbJasAEZ1m9VGx4SQopT"
    "SsxEDUHs63LNnSuZ1GlLQNwh2ElGDXVeAbnUZOiXRuYxw0OgYwqDkHMCgeBPjNMGrnt+cE"
    "7bR7Dm++6ATk13wsgbe2ftBKaIflg+JN8KDKB7WC4H2IlPMiwUtaagherNobhgn3ITSA+n"
    "3kcz7rI307sH265JE65JVicWp+PBIfOZiF8cGIM2+pjanAadR4IayzNYHKW0YGt/QYY5Or"
    "uocNN7BsstXbiLW5thhWvYAYEJy4fwcJzubDkq0GtF0NSFJpFpScCHRO+9kKvmLJOFvOjC"
    "zhaRlrC9+4LXxaduz/4wx7XmXGoGnpwf8tpgoaQETBduZ8mO3ndPDiIkn0Ax/qcvx8fHf5"
    "9m0x0U8gjEMXUyLWyZg73sQFja31WTgrp2VaZHdzc8szc2N5qKxtpPu2kY/EB0NBr2AaiR"
    "v61ZYREXZpaBj5yGdETsHeoBMLgj1iFNogiHuE3lEWSCL6Ovv0jDLuIzUDpIhjyULF9Dvw"
    "cvk+Yc6yaBLZ9AO+sq/s3iUKOFfca8YgdE9QP7RYbBnSNXnwA5z/kIgzh6wOf9x/+QrpN8"
    "fjr+p1v/a0reZr75f7hsdA9IjkD31YS4u1tLRX5bJ+O6tVWa1qDa3KUYBNuG9Wfzsl0zlz"
    "QqODIDXnQIrHQGYhBzBQEFISbU5zuzcVYRSMx0ohHZFxRA4b4lqQs9pXBbR4LMuy0T2FbC"
    "Jmgc0DO/cjvSan1dZUQUlEurQI7LjCSaRJmTCOlIglHBsnHNZeZu1l1l62nr2sOqQo36H/"
    "pP1saBhh9HlKnenK+AR2rrnPH6kLoeHQFN0XCr+BrWpV+Y0tkc8XSHEuhONeaIaXYCeDRm"
    "0Kw1JLlR363Nlzn7aMxdiFn9LHr6y5rBW2HGsu2zrE6bJ+6V9DU0yzUhbUth0F7Q6srdi6"
    "P3Mfwl3fQDqC4r6daa3ZtBdhv+E06dioFGyUC0Gf0USUIZ2aEEXmpdgH5eLla3SfmkD3UI"
    "gVvoTeO6FLHEv4nRJaMMTnhIHHS79NeTHYnTxZ+8p0hgdxr3f2ORYCnZydHUe7fvh4vcsT"
    "cJ9p+4R6C5fRyVQeoc/qLdVLoGN47jvO1P/rRSOngy1tULLd+zu5ntqg5O7v/p2M0VqEy3"
    "wR0frwwZRYlyywm4ghhH24xKhaj2ciZNHMOWE1hTGFcyVl8WwJ2b9xyWzOJQRy/Y2UpBrO"
    "tdcQfrrqCQXiGh8D9IkaTCgkCpwXyopizyfYXSLMxIL4xH2labVQb4XUfbW1bHVlrAaI+H"
    "M1ThIp6itWLWpxVXq73rvLjgXu6rFPm+igmp41xrViA7aEfIccx7D25HOKTrYNwHwViPMm"
    "p9nOz2uqQJznY3hSK1SJp40y7C/Lcc4J5r1tyyjM58AQr3O3RX7gxN2mYL26eX/54efy8o"
    "hXJX7jq5/vri+LmlG8E5grRzlJu3jYTMUbANhmKm7Ki28dJ5hjxWWLlHjVVMOGedSpcbmN"
    "OzhboSaczjixOjEh9IkJRaWWcUO8MvRRGMImIJ2wIt9Fkvv8W2pzNfk2p6qT+sFoY7cgEv"
    "zYHtGcNyUNjTpnxlThe4RuWBiyAS5tJYUVhZ5yOAKy4IHnoilWTSNCKllyvfk6t0RaC7Yl"
    "zIe5JJuZWi2h2CK41ou9Ba8LLkvKVm8mjGU6Ezm5CYurkNiXYg2+mxG0dLd1dDdT7Ya56w"
    "xxSswOcKsH2IY+bzX0OVs5KlZbjH9OGckN/KIOx0V9ED+oVhgIPqwoda8sX2bS2K9NmRl3"
    "a+wui7OXQwYGD9MZFBaKslKi+2Svv9fpG+6jjUF98olOcal19vgWSpWHRA9x+Hmk+5c5y3"
    "bz0KddZT5RnQlziske8mHvCelR/Wqqf2a7WiOCNSIcJA8y0nPjn1AB0roaHSmhDnrgNl+3"
    "Uq0qMjDK976SsAA3ANiWtLUnZA4NVNNsPXm5Ti4M28jaY21l3dT8rK3sDzTANv/IXvKPxH"
    "kdTTaqtEwHN6nTBlvUaeUGdZrfnuZqk1kOBf3NJBNUVmh38/tku5N7Y0lF1H3xQwmg1Vlz"
    "VhLtSJoDj+1M0hzGpVliyqh/57LznR83IbiqV+X6odtyBDfJmdJYlUgkOrg+b74ayJSr+6"
    "zvQSoRt26kNnPNR+ILsxRfKQm7GRc4pI3O/iP8aoK5u+YwZyXtMLdumNvmY3/LJ706Nzu0"
    "9xt52ocenxgkpHGmOiMLH+eD5aFmJO+jsc9nYanxvnZ291GYrFf7wnX2liP0ASLgwRuuw+"
    "N1mUkFPynJHbeTJz432B6ws95y6y0/1AXYhty3A1xz2mDpQkvpQi7GlftD02KlWakOGik2"
    "HwIRQma2LKVlbNKlMjzVVySe+cxNxDpnwdyOi95aMLdrwcROec762nlcbtCyAJcBXFXLpd"
    "rhVFnFxczhdDhr71Y8SxWFXqphryrxYlF/AvW92oB+/y9Om8aN"
)
