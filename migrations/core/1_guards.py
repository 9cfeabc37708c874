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
        -- messaging
        alter table connections add constraint connections_tenant_id_id unique (tenant_id, id);
        alter table connections add constraint connections_state check (state in ('new', 'connecting', 'open', 'closed', 'logged_out', 'needs_help'));
        alter table conversations add constraint conversations_tenant_id_id unique (tenant_id, id);
        alter table conversations add constraint conversations_state check (state in ('bot', 'human'));
        alter table conversations add constraint conversations_customer foreign key (tenant_id, customer_id) references customers (tenant_id, id);
        alter table conversations add constraint conversations_connection foreign key (tenant_id, connection_id) references connections (tenant_id, id);
        alter table messages add constraint messages_conversation foreign key (tenant_id, conversation_id) references conversations (tenant_id, id);
        alter table messages add constraint messages_direction check (direction in ('in', 'out'));
        alter table messages add constraint messages_author check (author in ('customer', 'bot', 'person'));
        alter table messages add constraint messages_status check (case direction when 'in' then status in ('received', 'deleted') else status in ('queued', 'sending', 'postponed', 'sent', 'delivered', 'read', 'failed', 'unknown', 'deleted') end);
        create unique index messages_dedupe on messages (tenant_id, dedupe_key) where dedupe_key is not null;
        create index messages_unhandled on messages (tenant_id, conversation_id, sent_at, id) where direction = 'in' and handled_at is null;
        create index messages_unsure on messages (tenant_id, connection_id, created_at) where direction = 'out' and status in ('sending', 'unknown');
        -- channels
        alter table inbound_events add constraint inbound_events_connection foreign key (tenant_id, connection_id) references connections (tenant_id, id);
        alter table inbound_events add constraint inbound_events_payload check (jsonb_typeof(payload) = 'object');
        -- conversation
        alter table dialog_sessions add constraint dialog_sessions_status check (status in ('open', 'ended'));
        alter table dialog_sessions add constraint dialog_sessions_state check (jsonb_typeof(state) = 'object');
        create unique index dialog_sessions_one_open on dialog_sessions (tenant_id, conversation_id) where status = 'open';
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    return ""


MODELS_STATE = (
    "eJztXW1z4zaS/isofUm2SuuyZVszN7m6Kjvxbpydl60Z5ybZmZQMkZDENQUoBGiNspf/fm"
    "jw/dWELEoUB59mTKBJ6gEIdD/d6P7PwGIeOfnB8YglmLe5ocLbDF6h/wwoXhL5n9L2IRrg"
    "1SpqhT8Fnrqqux31VJ2mXHjYErJhhl1O5CWbcMtzVsJhFLr/zaE2RxgJQjEVQ4SpDX8tHD"
    "pHbCb/g0XcNvPYEq3hCkZwXzonHlp5hBMq+Cu46PrzIWKeFCNogfkCboHRCovFCbyOzSwp"
    "J2+99yf71PndJxPB5kT28OTzP30aPMg3gMYHshn89pv8j/ybfCEcWuHP1cNk5hDXzgyHo0"
    "TU9YnYrNS1n3++/eFvqif8yOnEYq6/pEnv1UYsGI27+75jn4AMtM0JJR4WxE6NEfVdNxzP"
    "6FLwA+QF4fkkflU7uWCTGfZdGOnBf898asEAoyljD3iiZhC3H06WzCYuP6FkPXHs/wlfNi"
    "U4mbx9dzf5cHM3mQwKUwVeKjeG4SWLURgUR44FQPVncN8EInV1AA/4/ser99+ej/+iQGFc"
    "zD3VqAAc/KkEscCBqBqGBPdosLLIf7/AXjnyUf8c9vJFt0E9upDAnnxPEXwRQC1AOljiLx"
    "OX0LlYyD9HpzUQ/+/Ve4Xy6FShzOTnHywMb8OWkWoCsFPgko0WtkH3HkJ7dtoEW9mrElzV"
    "lkU3WMXkJzeZMb9sFlevHyWiu1xMDoz9c1aKFLzYk6v6RG9hzgg9A9Jw9T1+RGHDmz2kll"
    "64MMXWwxp7cvblW9iIVfUtNi1Hy/wVTPFcwQO/489hqObcqeleVH/C6zVqT/Ch8GZKzztK"
    "0NTnDiWcn6BbwRFbU8QttiKIE8JBC+HIY2ullFCGGCgNRRXmGfcpUUiMBnL4r6BOAwEdU2"
    "eXjPrvZpt8GvW9bZLj8wZ75Pi8couEpuwSrv7VgDbq30cNpJF2d1aj3p0V9btH4gnHwq4O"
    "xmmZHuJ80QTmi2qULwog/8Go1iSO+vcQ3PFFkxXionqFuMiD6zI5FbXgTSR6CPDZuMkiMa"
    "5eI8Z5gC3f8wi1tOzAtEwPQW6yzVXvcoVNzpIWXEjeNQY4EdkfvoO21LIci9GExKjmMPLo"
    "rlxMdaCN+u8R15lHyJ6w3TlDxAUWPtdSf2OJPUIszT7ncU8gnzWZwWfVU/isZA77c4fyiU"
    "ceHQ7vVoD72pnfUlE1o4vSOeidwIhuA/rTtjCfwxv89b9Go/PzF6PT8/HLy4sXLy5fnr6U"
    "fdXrFpte1AzM9e3fb9/eZccELuTWamkEumy+5UiUSZuR2HIkPAL4TLAojsEPskU4S1IxCh"
    "nJHP52KHoS/ecItZUabO9u39x8uLt680+4/ZLz312F19XdDbSM1NVN7uq3eXUxvgn6eHv3"
    "I4I/0b/evb3Jcydxv7t/DeCdsC/YhLL1BNtpTKLL0aUuUY4fiBAS6gDAEuoxbh8+RUFOeL"
    "rrk1Tkj0AOxiQiWgOJiQRDU6KoM2J/h6SZqDjEFfFCh2iRidz+NqWe0djtYPyie/lcn8FK"
    "JkOlAX9GyDiUcluOR5bw/t5E/uMLUqL1/vTh3dtyZMtk81uPYwn0f8h1eGsqwGEgBlQy+0"
    "2k63775uqXvBr8/et31/mxgBtc5wZjweRzKgeiUgXLi+1P/WqTngg0sNHZxYuLl+fji1jx"
    "iq/U6VtF3Yq7TO5Xgqw0gM3IGFRLUJWzTqo5wrHIFvO2XNjgXILzWv4OqWTaeKMDcE7KIF"
    "tq/VKLuNtP4kp5g3aIdidMnzdkOSUeXzirQcHsSbUNq02eZdyroblzhXxOvG8gKMIlCAtl"
    "lSQhFPdSEWC+JyeNY98jh6twTi7wbIaCRwWRoQSFDItPwjhRiLOAO0uZonG0r4c+YUpBD9"
    "nbWFWdUfmNVdU6xAmk0dzXADQlYuDMG6lMzx0e9e+hn3b3jpjUjqAzX3NiJqzUUPmGyt+f"
    "PvtBqnMB7jllNmqo0WR50KWxGsudOSX2Xx2p9XhsLfcpiP9FBI40rReEIo88Au0+DP7yqd"
    "zKbDRjHsLyiuOS4LyTFMd0IxVLrvTSe/Jl5ciRkPP8vkyN3c9Dnw5N/pQoskP0aZDcIFBs"
    "jSbbJU1Wzgg6gSNxZT5sir1NhTKbkcuNxHQTGvT9WWavQz46XmGlenB9+/bq/a8xex0vs6"
    "/fvf37dQl/ff3r3c2VUXuNDtE1gI9Ch8h4JohcfPTHOCVmBrjTA+zYLpn4VDglZxLqxzgr"
    "aYa508OcUg01hzkraYa508McGh5bDHNWcgfDfDzMydGNcmh06rCOKZH+HWBolCtgVJMrYB"
    "TkCugGeeLM6S197dCHQZE/SdqGNRSK7DVx6MSV/RrzKB6R48oFxCqCPHLoCboPDSDljCPL"
    "ldgEhAZlU2ZvIL2LcsfJmSsnN38lrXWxUHQGRy7BjyRw4MkfgODxpIxJ2cdjP9PP9E5eUp"
    "b0NzxIS4M9z3kkIV8DAkvsuGjO5CXmi+/UJSWAHMGJO4N3YdTdIPIIjsZEpjFVE/7UYI01"
    "/EwrS/kz+JmD8QPHs1Fq0AOUUYtswXZl5QzbNdyS7Too23g8M7ot+Cn5IiaQ9ExHR8sI9U"
    "5Lu2ykpV3WaGmXxYxOmT1V2+LJyhrTttNGT4cYjONZ345ulOGn+cvt/ApZUTPOXRvnTpjX"
    "P3NlnuUM659DbqTKpAZNv7EpvZJ9pW20XgQ2LVdG7V1isYIpyYV8hAoBcNlaGpRgvpbZx8"
    "+6l8ltdnRWKAFKQUdpjAV6l91sdNkkeZHsVU3rXRbSF3U/wdme1PFW0ps5fMJ9uWRhe+mU"
    "pWpgzCWYVqwhedm88SmF28I8vrJn6/Pdu9eZDfv6NpeG4e3Pb65v5DCoQZCdHKEuF08K2Q"
    "4HALbRm3KiRm/qmt5kwm6+imHuhHp85duOqKh9kGqrUZUx9JoQ2c0hGmmAbULsE/TRkdPS"
    "F3E1AuQIZAEl7NHA6bNysZgxbxlE0CqHjPL2bLggy+BcmUr465Tk5mjvMU3cP5lDScYD1E"
    "Hd+6BnzY5nz9TwAunvUmZ36ujulBlWqGsz0S0EkpUyx98aHH8LINNbkNIyZj0q4FmaQ7B2"
    "0pbnDezDhB03oQDG1QzAuJid1J/+m1glq35NetJExJAsTUgWm4hSjrA6F1Yisf8MWGlV0X"
    "dc4VB+Ao89hG7YSl6s0I1cukrXnALPSPVu4u8m73wnLOJ/qmy+76MMsgWrONc+rLaMg7zA"
    "cTLahsbxx0WYKMVaQLk95JKZQFOykKM8RA9kJdTB0jlj8k/OgowocKyUYM91iAcJVASkTK"
    "GQg3KJbfl/lS1e9prL0Suayft44NMZWuKUvSZFSyeUqI6azV1TsHaUU2SrbNeHyXLdprZ6"
    "kETXhy0vdWjIW67N80i88oldW/+oYlYbiMsglisruPNK1o4692tKao+O1wNF/e7O7yofOn"
    "NKlotqYyyRMMbYzo2xANzJFqtMUbJ3Rtnui9HIx0lFTovuSYn0DuDdV1sLTDB7MtWrVpWR"
    "6uGm2QqvFqG2RWhFRtI4rzrnvOoEkRQUMAnookFFeZOwdfhkcZOwxlQzCgkCHwKBbzjia0"
    "dYiyEKNjxfzkJQByDMYeVQSmwUrtCK5QEaKHjid0g+By6rjB/B8dggdsImliMfWB5vsZ/H"
    "Pk0nKSPNUEmd4DkMldQ6xIbNMKZ2J2aqMbWNqV0+LMbUNqb29gDv3tQ2PpcD+lwMz2F4jg"
    "6gb3iOHfAct3TKvrwnFpH4Dwo8R6Z1WM1zONBv4gUdNXiOMAuAp9KEyd4Ejm8oQoE8krKK"
    "rU2FzGFqQycYOiH6UjT10Fimh5v0yyZ79MvqLfplkVaARUdz2qZlzKzN167F1N7ucHRW0q"
    "g8RuUpU3ne+UJqKzfwCRY1nnRjjcLDVLeJ+o4bp5qZyfYhWnuOEJCpNMhKKqUoDw6uBNG5"
    "KgjXEWrbL0sys+VdjEZkNCKzt3Dyux5lFAp0mS2S67cdlFuFRUFiOERzRy5MaBqcg4f5Nc"
    "Wc5NeSLlFKClgNLTXqbzTUBhrqsZzzO26mboU3LsMla3W1yyslsn+f12HW6la8W8xSh5a2"
    "MRlyosZmMDZDmc3wE5sOCrYCXKyxEf7NpjohXw6xiNrEmfdwgq6QFEfrfOqbKXEZnXOowJ"
    "DOfBNUqOSQ5ibe9tPpb7CUKjEm9vhcY34cnfnRb11ZZViTF49RWTapj3ZsFhrzo0XzwyjG"
    "B1OM4XS/z7UMv1iih3P7rJHZV2P1FeY2FgJqXpVAXLlLpkU6vVUu2FpulEAyY6Ucyn1TSO"
    "0GOeI7NCPUIjzVAJyzK2cjFOCCwl6aO+jo7OLFxcvz8UW8ccZX6vbL4t4I473FoOTFujww"
    "utFhO8NWqrJSVYoyhTZENivUZVxTE94RaI2h9px8gB0ZPRZUoYOUKY6c+1EXF0M9PPxA6G"
    "HmO7cWxPa3c5fmZQ350TnyIz3UalXdrvpzTtRkDe/yOCsTdfJAtKJrM0JbqW4dG9GWqsZm"
    "9zPbXxFdpLNSBupGUMvf6WtZ2LFAD82Q3R9tAy1kQjyPlYT63ZEvFapZVqoPM7luG7j55a"
    "7evs7Ujoy6543uLO6B9aMzrxOJPuC9jwMQpobG16D0zBzq8MVW45wTNcpt18a5Ex7c730u"
    "2LKsnGDcMqz25VphH92ygrEDlRPvsSztRm1P7UolKznziSlWciB/konkbB3iA9UG7NiGsI"
    "9oNrWSaOAbC/QP4N3nB9hz4dBuo9tG5VCXWdjVmr+JRP8gPhs3WSDyamFqfRgbq8xo64fQ"
    "1m9tQoUjSuobFno00N6lLqU6N651+CNbS8UcMilQ4iJ4Pvi8o9sNEfetBYJT6AjqMPCr1Q"
    "r9dPtDUct/xn2ezpYX3hb+S74I4lHsQks+f15eKsHEGAzGYDjSFVXnMHxqwmuAmhMzsJYk"
    "qAlXn6aqVkqkh96d3RcWTK/qOjZDVqyPUDeqiXdWUxTvrFgVz6i2RrVtU7WFOfTukXieVE"
    "aLam2mtUalhVk0YWFHneJkCyZfMUqYBHdBjhxjgm04FAFhbmtCHtyN7Od7/BWyXMaJPUQM"
    "YjwJJ8iDrGIcfXv/6dPlxekQvRidyh/72R+djsa/3f+lokLZPp6qzZbbeGNUX6P6HumKq6"
    "GjAbcFT9YENSdmYC0kIeVyubKIJqw5MXMWKxeVh0vC8WBbrAjHw2VxeBltq18TFLSn/ERU"
    "u2MRteoDVolEN5Jtw/N6k2xbmgFcL8l2ItG73M878052Qnl/HW6Jg4LiHrfUKO3Rhto8is"
    "TFltSNpTZLkgARlWb1UWrDcVBKaViJhqg5nG+0ZKPO7TWipGsQ7iGkBNu2BF/rNHJKpHcb"
    "46jRMYBRzTmAUfEgwB+aUTt/PCdop9tzePdFJyC/5mMJvLX1gxKhPZYPijbBoyof1AkF73"
    "1onBcVvLilRsGLTHvNMOEhhAY43hB5jC2HSN0OuE+bPDoWeSW1ODk/HomHLEyD+GDEqLtR"
    "ZCroNHK8EFbZmsDkLVMGW3qMNuUq72HCDYw22eltxHCuHYZVLSAaCk7Uv4cKzu7Dko0F1K"
    "4FJByhF5QcC/TO+mkFX76hjG6WWkx4WsZw4Tvnwhdlx/4/LLHrVmYMWpQe/G8xVdAIIgra"
    "mfNBtp/z0YtxnOgH/qjL8fPhzdXr18VEPz7XDl1MiRgnY+54E+NOxNZn4ayclmmR/c3Nlm"
    "fmzvJQGW6k/9zIB+IBUTAoUCNRw7CaGeFBl4bEyAe2JGIBfINKLAh8xDTgIIh9gt441BeE"
    "D1X26aVDmYfkDBA8iiULDNNvwMvleYRamyIlsusHfKaf6b1NJHA2v1caA1c9wfxQYhEzpG"
    "ry4Ac4/yEQoxZJDn/cf/oM6Tdns8/ydT8PFFfzefDbfcNjIGpE8oc+DNNimJbumlzGb2es"
    "KmNVbWFVWRKwOfP06m+nZHpHJzQ6CFJzDqR4DGQZ6AAaBkJKostpbg9mIkz92UwapFMyC5"
    "XDhrgW5Iz1VQEtnomybHRPIRuLGWDzwK680K7JWbU1VVBikT4tAnuucBJaUjoaR0rEKBw7"
    "VzgMX2b4MsOXbceXVYcU5TsMn+TPJpoRRh8XjrVIyCfguVYee3RsCA2HpvC+UPgNuKqk8h"
    "vdII+tkdS5EI56oSXeAE8GjYoKw0JJlR363Ntzn2bGIuyCv9LHrwxd1gkux9BlrUOcLuuX"
    "/hqaYpqVMqB27Shof2DtxNb9kXkQ7vojpCMo7tuZ1ppNex30myzijo1KwYa5ENQZTeRQpF"
    "ITopBeinxQNt58h+5TE+geCrHCj1B7J3SJYgm/kUJritiKUPB4qbcpLwa7lycrX5nK8MDv"
    "1c6+wpyjs4uL03DXDx6vdnkC7jPFT8i3sKkzX4gT9FG+pXwJdArPfcOo/P920cjpYEsTlG"
    "z2/l6upyYouf+7fy9jtNbBMl9EtD58MCXWJwZ2FzGEsA+XkKr1eMZCBs2cE1apMLpwJlIG"
    "z44o+7c2Wa6YgECuf5CSVMO59hqF30l6QoG4xscAPSIHEwqJgs4LZUWx6xFsbxCmfE08Yr"
    "9SajWXb4XkfRVbllyZyQEi3kqOk0BS9eVJi1xcpd2u9u6yY4H7euzTFB1U0zNkXCc2YKOQ"
    "71HH0aw9+Zyik10DMF8F4rLJabbLy5oqEJf5GJ7UClXiaXMo9jblOOcE8962TRjmc2SI17"
    "nbQj9w7G6TsF7fvr16/2t5ecTrEr/x9a93N1dFyyjaCfSNo5ykWTxMpuIdAGwyFTfVi99Z"
    "lr/CUpctqsRJU402zMJOjctt3MHZCjnhVMaJ5MQEVycmpCq1iRqilWGIghA2DumEpfJdVH"
    "Kff0tFV5MvK0d2kh+MIrs5EeDHdonSeVPS0KhyZiwkvifolgYhG+DSllJYqtALBkdA1sx3"
    "bbTAsmlKSKWWXE9f55ZIw2Abhfk4l2Q9qtUoFC2Ca7zYLXhdcFlStnqaMJLpTeTkLhhXLr"
    "An+Bb6bkbQqLudU3cz1W6ovc0Qp8TMAHd6gE3oc6uhz9nKUZHZov05ZSR38EUdj4v6KD6o"
    "ThAE7xOVelCWLzNuHNamzIy6NXaXRdnLIQODi50lFBYKs1Ki+3ivv1fpG+7DjUH+5RGV4l"
    "LZ7NEtpCkPiR6i8PPQ9i9zlu3noU+7yjwiOxNqFZM95MPeY6VH9qup/pntakgEQyIcpR6k"
    "ZedGn1AB0roaHSmhHnrgdl+3Uq4qwtfK955IGIAbAGxK2poTMscGqm62nrxcLxeGNrL2GK"
    "6sn5af4cq+ogE2+UcOkn8kyuuos1GlZXq4SZ032KLOKzeo8/z2tJKbzGbCnT90MkFlhfY3"
    "v8/andw7Syoi74sfSgCtzpqTSHQjaQ48tjdJcygTeokpw/69y853edpEwZW9KtcP1ZZTcO"
    "OcKY1NiViih+vz7quBLJi8z/YepBJx40bqsq75SDyul+IrJWE244IOaaKzv4avxl/ZWw5z"
    "VtIMc+eGuWs+9tdsPqhzs0P7sJGnfeKyuUZCGmuhMrKwWT5YHmpGsiGaeWwZlBofKmf3EA"
    "XJepUvXGVvOUHvIQIevOEqPF6VmZTwk5LccXt54nOD7QE74y033vJjXYBNyH03wNVXG4y6"
    "0FF1IRfjyryJbrHSrFQPSYrdh0AEkOktS2kZk3SpDE/5E4mrP3Njsd4xmO246A2D2S6Dia"
    "3ynPW187ic0DIAlwFcVcul2uFUWcVFz+F0PGtvK56likIv1bBXlXgxqD+Beic4oO8ZpcQq"
    "P2aRahtWcz9W3KvxIYu4yCW2LOZTAQUrMVoSzvEckvmG+fw9OP1AsEvsewQuH46gUCYnlk"
    "cEnHFQ2f4hh2BAwwQZgh2OHomnMv2XHbXY56OfJoIMx2M4nu5u8btR+6MvSkdXSsv0UFu6"
    "aKItXVRrSxcFbQlIbapnV6VEegjx7ukAUwu2ZZOVCCFfQa8WbEpm/1FmR65/ZsEHXacIfV"
    "0mw0TGJDEcbpnEEE6l6dE0kUAfl5Vxk1Ulz72nFpVx2TFBIl9bYEdrb8zL9RDs80aBk+c1"
    "gZPnJYGTCretDgbFcsb91Gn3EyVfxIQTuk1YUl72aII2B5BiYYUtAnRBYPyrK6GZEhUR9H"
    "mwH35dM8JEI/Z2mLtCUUI0cEUumEzrsJamjPs1JSpdN6hfAIFicYIVCAODj3/qc4cSztHa"
    "cwRBgiGCgRQEqg8xCAlTYjE7WsJG7v7+T+d4SQRK8rU8kfbFxVxMAq6UPJ38xUSwtbJwGH"
    "bz8BCbPBltw5pfpRoDmxc00BqqeO+RY7Yt8ddKT5QS6TLEAxUYHxZx4mjOmpk7eZ6nEX08"
    "rqGPx8WAnADAsqppNbELaaFjIJAHRHmYw/fOZv5b4EBXlBu2OsTwbEu0HabZMJ7Jl/CywX"
    "fwsvIreFk4VutLE2riU1HGdj5xpDYrejzMjFyQaGAvMaF4mGBtQnguMYciHI7gxJ19fbSM"
    "T6HgXnEeVB65TQT6lN5lZ4du88av5gdWIm4Ir05/QIbX7O0wd4LXfBMsBoMCpRk1DKvZzH"
    "Ah0ThoG0oMkdwVmYeYL8qPx1b024JYtB0viR4lXwTxKHYbsIxppja6lHxQhlVs5bM1rOLh"
    "Ic7QX/lPQIMAy4saeA1pa0jbo4Y2s5c2ZU4yQj1kT3acN1JqiQumFaaeSPQQ3R1zUyZjf5"
    "YDb0SB1zDgBQJcP8rRxDfqxjfqZl3oc76FnU9gIW3EIrh38mqVCfGljF85TnDrGJWbX+7q"
    "3TCZ0POoe943k/cCs6o6FHV+YFZZhqIZ7B075ps7xH7ZJABd9qo+xn5ZCEH3yMrdTATTwT"
    "kt00OYG63Mo5qVeVRcmbGQrzD1hab/NyN1DA7gzp4gkqaGs3IILVnC6yZ6SqiHM/3yotGC"
    "clGzoFzkZ3qaSdWAOifWQ7DbWFZsYvsrMnkgWvUaslIG6kZQc7kMbHN0KBE7nqCF6SZzfk"
    "TV/WTWg8ojoUp6WhIU5NC8h6af3rhMCAumtruV0zUreTRz4avxuRrX+tc3zCrV8lbDnJE0"
    "w9y5Ye5EBMUtnTKf2jePYEEUwigyrcPqWAon6Dch0FEjokIsIGEUTk6BCubayOdDhCFdFF"
    "rLf7iQT7OTDOKbKbM3SD6NeLKJ2bLfCboVHP2bTVUAL6gFXG3+FenL9/LUbaI9Ep33ifgO"
    "afQR59FEc5hojmNepY1fvAvQHsw+7xqceeLpshHxdFlDPF0a51clvuMmvN64mtYbF1g95s"
    "nNWXceZ4R6SDO1MYtXeOOysnMR1V6ClIhxETzPRRArfgX46+3BnKgxCDtnEBoS72sbZeYL"
    "i+nlxEyJ9FAr2JlbpBPkyg8Odtn8A+G8NO9OtnlYTa/YquOEBz0b8isfo7Q4gbQPhdqWZD"
    "klHj9BVwIt5VxW7SvioXTIO3K4ysv9HboPS4jeI5XoO8jgHfCKvEit7OOB2oXhUiVuDVHS"
    "yqJriJLDQ2yOvewJ3uMIwR7AatrWUtB6iLtWxZqq1BbGrNQxK01x8cEu8xzISelt55vPSh"
    "obvdPWm/HNfxXDnDIhNIc5K2mGuXPDfFCW4M//B2/qAC4="
)
