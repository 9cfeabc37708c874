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
    "fdXrFpte1AzM9e3fb9/eZccELuTWao8APhMsimPwg2wRzpJULNkZyRz+dih6Ev3nCPfIGm"
    "zvbt/cfLi7evNPuP2S899dhdfV3Q20jNTVTe7qt3klJb4J+nh79yOCP9G/3r29yVvscb+7"
    "fw3gnbAv2ISy9QTbaUyiy9GlLhFdH4gQEuoAwBLCK24fPkV8TXi665ME2I9AScXUFVoDdY"
    "YEQ1OiCBtif4ekcaKYqxXxQjdckf/a/jal/riY7DbeuL18rs/gwpKh0oA/I2TcGLktxyNL"
    "eH9vIv/xBSnRtX768O5tObJlsvmtx7EE+j/kOrw1FeAwEAMqmf0m0rC+fXP1S175+v71u+"
    "v8WMANrnODsWDyOZUDUamC5cX2p361aRQHGtjo7OLFxcvz8UWseMVX6vStom7FXSb3K0FW"
    "GsBmZAyqJajKWSfVHOFYZIt5Wy5scC7BeS1/h1QybbzRATgnZZAts7kwtYi7/SSulDdoh2"
    "h3wvR5Q5ZT4vGFsxoUzJ5U27Da5FnGvRqaO1fI58T7BlzxLkFYKKskcdzfS0WA+Z6cNI59"
    "jxyuggi5wLMZCh4VxCMSZEl12GVzn4TRieDdhztLmaJxtK+HPmFKQQ/Z21hVnVH5jVXVOs"
    "QJpNHc1wA0JWLgzBupTM8JG/XvoXdw9/R/akfQma85MRPMaKh8Q+XvT5/9INW5APecMhs1"
    "1GiyPOjSWI3lzpwS+6+O1Ho8tpb7FESdIgIHadYLQpFHHoF2HwZ/+VRuZTaaMQ9hecVxSX"
    "DKRopjupGKJVd66T35snLkSMh5fl+mxu7noU8HxH5KFNkh+jRIbhAotkaT7ZImK2cEncBB"
    "rDIfNsXepkKZzcjlRmK6CQ36/iyz1yEfHa+wUj24vn179f7XmL2Ol9nX797+/bqEv77+9e"
    "7myqi9RofoGsBHoUNkPBNELj76Y5wSMwPc6QF2bJdMfCqckkj4+jHOSpph7vQwp1RDzWHO"
    "Spph7vQwh4bHFsOcldzBMB8Pc3J0oxwanTqsY0qkf2HzjU6oj2pOqI+CE+rdIE+cOb2lrx"
    "36MCjyJ0nbsIZCkb0mDp24sl9jHsUjcly5gFhFkEcOPUH3oQGknHFkuRKbgNCgbMrsDSQV"
    "Ue44OXPl5OavpLUuForO4Mgl+JEEDjz5AxA8npQxKft47Gf6md7JS8qS/oYHyVCw5zmPJO"
    "RrQGCJHRfNmbzEfPGduqQEkCM4cWfwLoy6G0QewdGYyDSmasKfGqyxhp9pZSl/Bj9zMH7g"
    "eDZKDXqAMmqRLdiurJxhu4Zbsl0HZRuPZ0a3BT8lX8QEUm3p6GgZod5paZeNtLTLGi3tsp"
    "hHKLOnals8WVlj2nba6OkQg3E869vRjTL8NH+5nV8hK2rGuWvj3Anz+meuzLOcYf1zyI1U"
    "mdSg6Tc2pVeyr7SN1ovApuXKqL1LLFYwJbmQj1AhAC5bS4MSzNcy+/hZ9zIZtY7OCiVAKe"
    "gojbFA73JqjS6bpMyRvappvctC0pzup9XakzreSlIth0+4L5csbC+dslQNjLkE04o1JC+b"
    "Nz6lcFuYx1f2bH2+e/c6s2Ff3+bSMLz9+c31jRwGNQiykyPU5eJJIdvhAMA2elNO1OhNXd"
    "ObTNjNVzHMnVCPr3zbERUZ91NtNaoyhl4TIrs5RCP5rE2IfYI+OnJa+iLOgY8cgSyghD0a"
    "OH1WLhYz5i2DCFrlkFHeng0XZBmcK1NpZp2S3BztPaaJ+ydzKMl4gDqoex/0rNnx7JkaXi"
    "D9XcrsTh3dnTLDCtVUJrrlJ7JS5vhbg+NvAWR6C1JaxqxHBTxLcwjWTtryvIF9mLDjJhTA"
    "uJoBGBdzYvrTfxOrZNWvSYqZiBiSpQnJYhNRyhFW58JKJPafASutKvqOKxzKT+Cxh9ANW8"
    "mLFbqRS1fpmlPgGaneTfzdZDvvhEX8T5VD9n2UQbZgFefah9WWcZCNNk5G29A4/rgIE6VY"
    "CyjyhlwyE2hKFnKUh+iBrIQ6WDpnTP7JWZARBY6VEuy5DvEggYqAlCkUclAusS3/r3KUy1"
    "5zOXpFM3kfD3w6Q0ucstekaOmEEtVRs7lrCtaOcopsle36MFmu29RWD5Lo+rBFjQ4NecsV"
    "YR6JVz6xa6vuVMxqA3EZxHJlBXdeydpR535NSe3R8XqgqN/d+V3lQ2dOyXJRbYwlEsYY27"
    "kxFoA72WKVKUr2zijbfQkU+TipyGnRPSmR3gG8+xpfgQlmT6Z6NZIyUj3cNFvh1SLUtgit"
    "yEga51XnnFedIJKCAiYBXTSoKG8Stg6fLG4SVjZqRiFB4EMg8A1HfO0IazFEwYbny1kI6g"
    "CEOawcSomNwhVasTxAAwVP/A7J58BllfEjOB4bxE7YxHLkA8vjLfbz2KfpJGWkGSqpEzyH"
    "oZJah9iwGcbU7sRMNaa2MbXLh8WY2sbU3h7g3ZvaxudyQJ+L4TkMz9EB9A3PsQOe45ZO2Z"
    "f3xCIS/0GB58i0Dqt5Dgf6TbygowbPEWYB8FSaMNmbwPENRSiQR1JWsbWpkDlMbegEQydE"
    "X4qmHhrL9HCTftlkj35ZvUW/LNIKsOhoTtu0jJm1+dq1mNrbHY7OShqVx6g8ZSrPO19Ibe"
    "UGPsGixpNurFF4mOo2Ud9x41QzM9k+RGvPEQIylQZZSaUU5cHBlSA6VwXhOkJt+2VJZra8"
    "i9GIjEZk9hZOftejjEKBLrNFcv22g3KrsChIDIdo7siFCU2Dc/Awv6aYk/xa0iVKSQGroa"
    "VG/Y2G2kBDPZZzfsfN1K3wxmW4ZK2udnmlRPbv8zrMWt2Kd4tZ6tDSNiZDTtTYDMZmKLMZ"
    "fmLTQcFWgIs1NsK/2VQn5MshFlGbOPMeTtAVkuJonU99MyUuo3MOFRjSmW+CCpUc0tzE23"
    "46/Q2WUiXGxB6fa8yPozM/+q0rqwxr8uIxKssm9dGOzUJjfrRofhjF+GCKMZzu97mW4RdL"
    "9HBunzUy+2qsvsLcxkJAzasSiCt3ybRIp7fKBVvLjRJIZqyUQ7lvCqndIEd8h2aEWoSnGo"
    "BzduVshAJcUNhLcwcdnV28uHh5Pr6IN874St1+WdwbYby3GJS8WJcHRjc6bGfYSlVWqkpR"
    "ptCGyGaFuoxrasI7Aq0x1J6TD7Ajo8eCKnSQMsWRcz/q4mKoh4cfCD3MfOfWgtj+du7SvK"
    "whPzpHfqSHWq2q21V/zomarOFdHmdlok4eiFZ0bUZoK9WtYyPaUtXY7H5m+yuii3RWykDd"
    "CGr5O30tCzsW6KEZsvujbaCFTIjnsZJQvzvypUI1y0r1YSbXbQM3v9zV29eZ2pFR97zRnc"
    "U9sH505nUi0Qe893EAwtTQ+BqUnplDHb7Yapxzoka57do4d8KD+73PBVuWlROMW4bVvlwr"
    "7KNbVjB2oHLiPZal3ajtqV2pZCVnPjHFSg7kTzKRnK1DfKDagB3bEPYRzaZWEg18Y4H+Ab"
    "z7/AB7LhzabXTbqBzqMgu7WvM3kegfxGfjJgtEXi1MrQ9jY5UZbf0Q2vqtTahwREl9w0KP"
    "Btq71KVU58a1Dn9ka6mYQyYFSlwEzwefd3S7IeK+tUBwCh1BHQZ+tVqhn25/KGr5z7jP09"
    "nywtvCf8kXQTyKXWjJ58/LSyWYGIPBGAxHuqLqHIZPTXgNUHNiBtaSBDXh6tNU1UqJ9NC7"
    "s/vCgulVXcdmyIr1EepGNfHOaorinRWr4hnV1qi2baq2MIfePRLPk8poUa3NtNaotDCLJi"
    "zsqFOcbMHkK0YJk+AuyJFjTLANhyIgzG1NyIO7kf18j79Clss4sYeIQYwn4QR5kFWMo2/v"
    "P326vDgdohejU/ljP/uj09H4t/u/VFQo28dTtdlyG2+M6mtU3yNdcTV0NOC24MmaoObEDK"
    "yFJKRcLlcW0YQ1J2bOYuWi8nBJOB5sixXheLgsDi+jbfVrgoL2lJ+IancsolZ9wCqR6Eay"
    "bXheb5JtSzOA6yXZTiR6l/t5Z97JTijvr8MtcVBQ3OOWGqU92lCbR5G42JK6sdRmSRIgot"
    "KsPkptOA5KKQ0r0RA1h/ONlmzUub1GlHQNwj2ElGDbluBrnUZOifRuYxw1OgYwqjkHMCoe"
    "BPhDM2rnj+cE7XR7Du++6ATk13wsgbe2flAitMfyQdEmeFTlgzqh4L0PjfOighe31Ch4kW"
    "mvGSY8hNAAxxsij7HlEKnbAfdpk0fHIq+kFifnxyPxkIVpEB+MGHU3ikwFnUaOF8IqWxOY"
    "vGXKYEuP0aZc5T1MuIHRJju9jRjOtcOwqgVEQ8GJ+vdQwdl9WLKxgNq1gIQj9IKSY4HeWT"
    "+t4Ms3lNHNUosJT8sYLnznXPii7Nj/hyV23cqMQYvSg/8tpgoaQURBO3M+yPZzPnoxjhP9"
    "wB91OX4+vLl6/bqY6Mfn2qGLKRHjZMwdb2Lcidj6LJyV0zItsr+52fLM3FkeKsON9J8b+U"
    "A8IAoGBWokahhWMyM86NKQGPnAlkQsgG9QiQWBj5gGHASxT9Abh/qC8KHKPr10KPOQnAGC"
    "R7FkgWH6DXi5PI9Qa1OkRHb9gM/0M723iQTO5vdKY+CqJ5gfSixihlRNHvwA5z8EYtQiye"
    "GP+0+fIf3mbPZZvu7ngeJqPg9+u294DESNSP7Qh2FaDNPSXZPL+O2MVWWsqi2sKksCNmee"
    "Xv3tlEzv6IRGB0FqzoEUj4EsAx1Aw0BISXQ5ze3BTISpP5tJg3RKZqFy2BDXgpyxviqgxT"
    "NRlo3uKWRjMQNsHtiVF9o1Oau2pgpKLNKnRWDPFU5CS0pH40iJGIVj5wqH4csMX2b4su34"
    "suqQonyH4ZP82UQzwujjwrEWCfkEPNfKY4+ODaHh0BTeFwq/AVeVVH6jG+SxNZI6F8JRL7"
    "TEG+DJoFFRYVgoqbJDn3t77tPMWIRd8Ff6+JWhyzrB5Ri6rHWI02X90l9DU0yzUgbUrh0F"
    "7Q+sndi6PzIPwl1/hHQExX0701qzaa+DfpNF3LFRKdgwF4I6o4kcilRqQhTSS5EPysab79"
    "B9agLdQyFW+BFq74QuUSzhN1JoTRFbEQoeL/U25cVg9/Jk5StTGR74vdrZV5hzdHZxcRru"
    "+sHj1S5PwH2m+An5FjZ15gtxgj7Kt5QvgU7huW8Ylf/fLho5HWxpgpLN3t/L9dQEJfd/9+"
    "9ljNY6WOaLiNaHD6bE+sTA7iKGEPbhElK1Hs9YyKCZc8IqFUYXzkTK4NkRZf/WJssVExDI"
    "9Q9Skmo4116j8DtJTygQ1/gYoEfkYEIhUdB5oawodj2C7Q3ClK+JR+xXSq3m8q2QvK9iy5"
    "IrMzlAxFvJcRJIqr48aZGLq7Tb1d5ddixwX499mqKDanqGjOvEBmwU8j3qOJq1J59TdLJr"
    "AOarQFw2Oc12eVlTBeIyH8OTWqFKPG0Oxd6mHOecYN7btgnDfI4M8Tp3W+gHjt1tEtbr27"
    "dX738tL494XeI3vv717uaqaBlFO4G+cZSTNIuHyVS8A4BNpuKmevE7y/JXWOqyRZU4aarR"
    "hlnYqXG5jTs4WyEnnMo4kZyY4OrEhFSlNlFDtDIMURDCxiGdsFS+i0ru82+p6GryZeXITv"
    "KDUWQ3JwL82C5ROm9KGhpVzoyFxPcE3dIgZANc2lIKSxV6weAIyJr5ro0WWDZNCanUkuvp"
    "69wSaRhsozAf55KsR7UahaJFcI0XuwWvCy5LylZPE0YyvYmc3AXjygX2BN9C380IGnW3c+"
    "puptoNtbcZ4pSYGeBOD7AJfW419DlbOSoyW7Q/p4zkDr6o43FRH8UH1QmC4H2iUg/K8mXG"
    "jcPalJlRt8busih7OWRgcLGzhMJCYVZKdB/v9fcqfcN9uDHIvzyiUlwqmz26hTTlIdFDFH"
    "4e2v5lzrL9PPRpV5lHZGdCrWKyh3zYe6z0yH411T+zXQ2JYEiEo9SDtOzc6BMqQFpXoyMl"
    "1EMP3O7rVspVRfha+d4TCQNwA4BNSVtzQubYQNXN1pOX6+XC0EbWHsOV9dPyM1zZVzTAJv"
    "/IQfKPRHkddTaqtEwPN6nzBlvUeeUGdZ7fnlZyk9lMuPOHTiaorND+5vdZu5N7Z0lF5H3x"
    "Qwmg1VlzEoluJM2Bx/YmaQ5lQi8xZdi/d9n5Lk+bKLiyV+X6odpyCm6cM6WxKRFL9HB93n"
    "01kAWT99neg1QibtxIXdY1H4nH9VJ8pSTMZlzQIU109tfw1fgre8thzkqaYe7cMHfNx/6a"
    "zQd1bnZoHzbytE9cNtdISGMtVEYWNssHy0PNSDZEM48tg1LjQ+XsHqIgWa/yhavsLSfoPU"
    "TAgzdchcerMpMSflKSO24vT3xusD1gZ7zlxlt+rAuwCbnvBrj6aoNRFzqqLuRiXJk30S1W"
    "mpXqIUmx+xCIADK9ZSktY5IuleEpfyJx9WduLNY7BrMdF71hMNtlMLFVnrO+dh6XE1oG4D"
    "KAq2q5VDucKqu46DmcjmftbcWzVFHopRr2qhIvBvUnUO8EB/Q9o5RY5ccsUm3Dau7Hins1"
    "PmQRF7nElsV8KqBgJUZLwjmeQzLfMJ+/B6cfCHaJfY/A5cMRFMrkxPKIgDMOKts/5BAMaJ"
    "ggQ7DD0SPxVKb/sqMW+3z000SQ4XgMx9PdLX43an/0RenoSmmZHmpLF020pYtqbemioC0B"
    "qU317KqUSA8h3j0dYGrBtmyyEiHkK+jVgk3J7D/K7Mj1zyz4oOsUoa/LZJjImCSGwy2TGM"
    "KpND2aJhLo47IybrKq5Ln31KIyLjsmSORrC+xo7Y15uR6Cfd4ocPK8JnDyvCRwUuG21cGg"
    "WM64nzrtfqLki5hwQrcJS8rLHk3Q5gBSLKywRYAuCIx/dSU0U6Iigj4P9sOva0aYaMTeDn"
    "NXKEqIBq7IBZNpHdbSlHG/pkSl6wb1CyBQLE6wAmFg8PFPfe5Qwjlae44gSDBEMJCCQPUh"
    "BiFhSixmR0vYyN3f/+kcL4lASb6WJ9K+uJiLScCVkqeTv5gItlYWDsNuHh5ikyejbVjzq1"
    "RjYPOCBlpDFe89csy2Jf5a6YlSIl2GeKAC48MiThzNWTNzJ8/zNKKPxzX08bgYkBMAWFY1"
    "rSZ2IS10DATygCgPc/je2cx/CxzoinLDVocYnm2JtsM0G8Yz+RJeNvgOXlZ+BS8Lx2p9aU"
    "JNfCrK2M4njtRmRY+HmZELEg3sJSYUDxOsTQjPJeZQhMMRnLizr4+W8SkU3CvOg8ojt4lA"
    "n9K77OzQbd741fzASsQN4dXpD8jwmr0d5k7wmm+CxWBQoDSjhmE1mxkuJBoHbUOJIZK7Iv"
    "MQ80X58diKflsQi7bjJdGj5IsgHsVuA5YxzdRGl5IPyrCKrXy2hlU8PMQZ+iv/CWgQYHlR"
    "A68hbQ1pe9TQZvbSpsxJRqiH7MmO80ZKLXHBtMLUE4keortjbspk7M9y4I0o8BoGvECA60"
    "c5mvhG3fhG3awLfc63sPMJLKSNWAT3Tl6tMiG+lPErxwluHaNy88tdvRsmE3oedc/7ZvJe"
    "YFZVh6LOD8wqy1A0g71jx3xzh9gvmwSgy17Vx9gvCyHoHlm5m4lgOjinZXoIc6OVeVSzMo"
    "+KKzMW8hWmvtD0/2akjsEB3NkTRNLUcFYOoSVLeN1ETwn1cKZfXjRaUC5qFpSL/ExPM6ka"
    "UOfEegh2G8uKTWx/RSYPRKteQ1bKQN0Iai6XgW2ODiVixxO0MN1kzo+oup/MelB5JFRJT0"
    "uCghya99D00xuXCWHB1Ha3crpmJY9mLnw1PlfjWv/6hlmlWt5qmDOSZpg7N8ydiKC4pVPm"
    "U/vmESyIQhhFpnVYHUvhBP0mBDpqRFSIBSSMwskpUMFcG/l8iDCki0Jr+Q8X8ml2kkF8M2"
    "X2BsmnEU82MVv2O0G3gqN/s6kK4AW1gKvNvyJ9+V6euk20R6LzPhHfIY0+4jyaaA4TzXHM"
    "q7Txi3cB2oPZ512DM088XTYini5riKdL4/yqxHfchNcbV9N64wKrxzy5OevO44xQD2mmNm"
    "bxCm9cVnYuotpLkBIxLoLnuQhixa8Af709mBM1BmHnDEJD4n1to8x8YTG9nJgpkR5qBTtz"
    "i3SCXPnBwS6bfyCcl+bdyTYPq+kVW3Wc8KBnQ37lY5QWJ5D2oVDbkiynxOMn6EqgpZzLqn"
    "1FPJQOeUcOV3m5v0P3YQnRe6QSfQcZvANekReplX08ULswXKrErSFKWll0DVFyeIjNsZc9"
    "wXscIdgDWE3bWgpaD3HXqlhTldrCmJU6ZqUpLj7YZZ4DOSm97XzzWUljo3faejO++a9imF"
    "MmhOYwZyXNMHdumA/KEvz5/wpQhfc="
)
