from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return r"""
        -- tenancy
        alter table tenants add constraint tenants_status check (status in ('active', 'suspended'));
        alter table tenants add constraint tenants_slug check (slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$');
        alter table tenant_settings add constraint tenant_settings_tenant foreign key (tenant_id) references tenants (id);
        alter table directory add constraint directory_tenant foreign key (tenant_id_found) references tenants (id) on delete cascade;
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
    "eJztXWtz2zYW/SsYfWk6o9XYsixn052dsRO3UdePHdvdbGtnaJiEJI4oQAVAK2o3/30B8C"
    "m+TDgSLbP4ZIvAJakDCPfcBy7+7NiEot4HlyKbE7o6xZyuOu/Anx0M50j8U9jeBR24WESt"
    "8iOHD57q7kQ9VacHxim0uWgYQ48hcclBzKbugrsEy+4/uthhAAKOMMS8CyB25KepiyeAjM"
    "U/kMdtY0rmYCmvQCDviyeIggVFDGHO3smLnj/pAkKFGAJTyKbyFhAsIJ/25Os4xBZy4taN"
    "P9nH7u8+sjiZINGDiuff3nZm4g1k4wytOp8/i3/EZ/QFMdkqPy5m1thFnrM2HK4SUdctvl"
    "qoa7/8Mvrwo+opv+SDZRPPn+Ok92LFpwTH3X3fdXpSRrZNEEYUcuSkxgj7nheOZ3Qp+ALi"
    "Aqc+il/VSS44aAx9T4505x9jH9tygMEDITNoqRnEnFlvThzksR5GS8t1/hm+bErQsi4ub6"
    "zr0xvL6uSminypzBiGl2yC5aC4YiwkVF+D+yYQqasd+YD3H4+v3hwMv1egEMYnVDUqADtf"
    "lSDkMBBVw5DgHg3WOvLvp5AWIx/1z2AvXvQ5qEcXEtiT31MEXwTQFiDtzOEXy0N4wqfiY3"
    "+vAuL/HF8plPt7CmUifv7BwnARtvRVkwQ7BS5aaWEbdG8htPt7dbAVvUrBVW3r6AarmPjJ"
    "WWPiF83i8vWjQHSTi8kLY/8tK0UKXkjFqm7pLcxrQt8Aabj6vn5EpcIbz1JLr7zwAO3ZEl"
    "Ix+7ItpE/K+uab5v159grEcKLgkd/jazekOTdquufpT3i9gvYEPxRWj/RcYgQefOZixFgP"
    "jDgDZIkBs8kCAYYQkyyEAUqWipRgAogkDXkK8w33KSAkhoG8/K+gioFIjqmjJaP+m1GTT6"
    "PemJIcHtTQkcODUhUpm9aXcPVXA9qofxsZSC12t19B7/bz/O4RUe7a0NPBOC3TQpwHdWAe"
    "lKM8yIH8B8Fakzjq30Jwh4M6K8SgfIUYZMH1iJiKWvAmEi0EeH9YZ5EYlq8RwyzAtk8pwr"
    "aWHZiWaSHIddRcuZbLKTlbWHCh8642wIlIc/h2tkXLMl6MOk6Mch9GFt2FB7EOtFH/BnEd"
    "U4QawnbjHiLGIfeZFv2NJRqEWJh97mNDIO/XmcH75VN4v2AO+xMXM4uiR5fJd8vBfeJORp"
    "iXzei8dAZ6NzCitwH93rYwn8g3+Nvf+/2Dg6P+3sHw7eHg6Ojw7d5b0Ve9br7pqGJgTkY/"
    "jS5u1sdEXsis1RRJfCzI82PwQbRwd45Kluw1yQz+Tijai/55hTqyAtub0fnp9c3x+b/l7e"
    "eM/e4pvI5vTmVLX11dZa6+yZKU+Cbg0+jmI5AfwW+XF6dZiz3ud/NbR74T9DmxMFla0Elj"
    "El2OLu2So+sacS6gDgAscHjF7d2nHF8WS3d90gH2UbqkYtcVWErXGeAEPCDlsEHOD0AYJ8"
    "pztUA0DMPl/V/Pv01hPC52dptoXCM/12/whSVDpQH/mpAJY2RUDkVz+f7UEn98jgq41s/X"
    "lxfFyBbJZlWPa3PwP+C5bGsU4GUglqis6ZuIYb05P/5vlny9P7s8yY6FvMFJZjCmRDyndC"
    "BKKVhWrDn6tU2jOGBg/f3B0eDtwXAQE6/4ShXfynMr5hGhrzhaaAC7JmNQLUBVzDpBc7hr"
    "o2fM22Jhg3MBzkvxPQTJdOBKB+CMlEG2yOaC2Ebe8ydxqbxBO0R7J0yf9z7jZK44f8boiV"
    "u65eaOHfapaegcS8ODCe4d5RkChugjYnlbprLn09H62wy7ncrgzmdjtxi7ZXeXlM3YLY3G"
    "7ncs3aqB0H2wkmjgGwu0D+DNhzXQHLpaWRGxQAvRPawTtRe9yvE9fPm4/U5DvPmwvQz1cB"
    "2WnAi0Jja0OQvERH1M1KcB02fkIMxdXrDPK9ej+7QpJIip6uwireiPPYUYIw/I58t9WNHt"
    "uoD59hRAee3TFHJ2vFiAn0cfysI/z7rPE/EfCVhwW/kv+sIRxdArigxlpRJMjPVlrK9Xuq"
    "JqWF/pCa8BakbMwJqFNVl9aufqJSItzIXcfLJTelXXgDkj1kaoh7XcCMMKN8IwZ+gaamuo"
    "7TaprZxDl4+IUkFG87R2rbWC0spZZJGwY002K7klkIF3BgRbkvlG8i7AFWOMoBOUEkBgid"
    "DMW4l+PmXvgO0RhpyoYABDQJUUYODN/e3t4UCYq0f9PfFl7/z+Xn/4+f77PPdt7KnaoQcH"
    "rgz1NdT3la64GhxNOgrlkzVBzYgZWHN5aEwsVzbShDUjZrbUr6MqV+VC4lWMZti9im21a4"
    "JK9pSdiEo75lGrSIOMJZpPfkyrLd/1uGACPfm8l9BTW0mJFGYAK9qSUm6qJRKt27y2sVDv"
    "TpD3s1AldnLEPW6pIO2RQq2fkuNBW3BjwWZRkm1DkY3cR8GG4wyfwhwdDVFTYsOwZEPnTG"
    "mN7ebnQMcR4GvtjE2JtE4x9mvV1ehXFNbom8oajVbWSLZMr8N7QoiHIC6ZwrFQBmOhjLxt"
    "gRwpwWbX2pPLy7M1Mn0yymwfvvjl/ORULBwKdNHJ5UEKzu7kXF+Fxnme4MUtFQQvMu01c6"
    "67MjXApV1ACZl3gbqd9H066NG10TtVzxU9IgpsiINka0Cwt1LOVMlpZCFYVfFVmbxFZHBL"
    "j9F2uapao8bnatjkDqsR43PdYVhNceMt5ngbC2i7FhB3uV6GdyzQOutnK/iyFSZ4NdfyhK"
    "dljC98477wqV8w4a/n0PPKSwP4RVN+i0n3/cGW0+4P+kfDOONefqhKtr8+Pz47y2fc+0w7"
    "dTElYoKMmb1ihLmRt77mdpC0iNkQkp2exjfSft/INaLSUdDJuUaihm65Z4QFXWo6Rq7JHA"
    "Xn26jDbaQ/Iq6U1QPnQcGC4CCcuYsJBWIGyJryQS5ZYJh+J6NcQdXVvEtk0w+4w3f43kEC"
    "OIfdK8bAVM+ZOrpHiEWeIeBywOFM7v/ggGAbJZs/7m/vZCnI8fhOvO5dR/lq7jqf72tuA1"
    "EjYsqB7YSiMZ6WBnW5sVqNVfUXs6psAdiEaFbITsm0zp1QayNIxT6Q/DaQZ5UGM3WUOuUm"
    "woM/HguD9AGNQ3JYE9ecnLG+SqCFYx7UhNJDNhYzwGaBXdDQrslYtVXFxSORNi0CDRcVDy"
    "0pHcaREjGEY+OEw/jLjL/M+Mue5y8rTynKdug+6T+zNDOMPk1de5o4n6Sfa0HJo+vI1HDZ"
    "FN63B46VrwosXTGxfA4gXqlq9IJzyUOjg15gDlfSTyYbo4OnpVTRps/Gnvu0ZyzCLviU3n"
    "5l3GU74csx7rKtQ5xy56z9Gupiui5lQN21raDtgXUnVPcnQmW660dZjiCvt9daK5T2Muhn"
    "TeOOtQ5cDmshqD2awMVA1XkEoXspikE5cPUDuE9NoHvgMvUllO6UXaJcwu+C05bJAmEZ8V"
    "JvU3xEcyNPVrEyVeGB3SvNvoCMgf3BYC/U+sHjlZZHMnym/BPiLRzsTqa8Bz6JtxQvAfbk"
    "c88JFv8/Lxs5nWxpkpKN7m/lemqSktuv/VuZo7UMlvk8otXpgymxNnlgN5FDKPVwgVO1Gs"
    "9YyKCZCcIqCqMLZyJl8NwRsj9y0HxBuEzk+hcqKDWcaa8g/G7S05qhVe1tgBSJwWQ84LxL"
    "WQjYowg6KwAxWyKKnHeKVjPxVkDcV3nLkitjMUCILsQ4cSCoL0taxOIq7Halu4u2BTb12K"
    "dddOLuxhm3GwrYEPIGOc4MaeXwhN1bmLnWPzyss5vt8LDiSI3DbA5PaoUqiLS5GNJVMc4Z"
    "wWy0bRWm+bwyxKvCbWEcOA63CVhPRhfHV7/GUeO4fOvZ5cVPJwVx45Nfb06P85ZRpAn0ja"
    "OMpFk8TKXiDQBsKhXX5cWXtu0voOCyeUqcNFWwYRJ2qn3cxo3cWyEmXHAWerxjgqkdE4JK"
    "raKGaGXogiCFjclywoJ898AIB0kSMojMBBsVpHVK5KaLJfE9B0yhaHpAqIAON/1wbW91Zk"
    "U0DmvDj1/nCqznWTX8YYvgmqD1FoIssKgGW7VXMJJpTaLkJhysjEPK2TPo7ZqgYbc7x27X"
    "DrfBznOGOCVmBninB9hkOrc/0/kqIVudosKJcWO3snZi1K123CQqYy234nvQnYPgVHr56w"
    "f3sRa4V/v478MlQ3yiSNU6VAGL6BaAIbnjP8pDDk27oqhJMw99OmZCkeiMsJ3f9Z/Nf47V"
    "oehXcQzkeldjXhrz8lVqSC0LKPoJ5SCtOqwhJdTCUMzmDzAUqwr3tQp/JxIG4BoAm7NNzV"
    "aJ1waqbtmWrFwrF4ZtlG8xXpT2G9nGi9LyATaFKF6kEEVU4E9HUaVlWqikDmqoqINSBXWQ"
    "VU8LoWRWFnP/0CkJtC7U3Pze3+7k3lh1CXFfOCsAtLx8SiKxG9VT5GNbUz0FE65XoTDs37"
    "oybYd7dQiu6FW6fqi2DMGNi2fUNiViiRauz5s/FkIe3m6hLwtXTPFnkMwC8Q2Qzdez5e3V"
    "cc1HRJleraeUhFHGOQ5p0nT/Cr8af+E8c5jXJc0w79ww71qM/YxMOlVhdtnerRVptzwy0a"
    "hMYk9VaQ4yzuZCy8MDSReMKZkHZ053VbC7C4KqrSoWrsp49MCVzI2W0XB1tqA6b1DAjwqK"
    "iDXyxG9Nw5bYmWi5iZa/1gXYJGPvBrj6tMHQhR2lC5nsR0It3VMr16Va6KTYfApEAJnesp"
    "SWMdV3ivAUXxF5+jM3FmudB3M7IXrjwdyuBxPaxcXLK+dxsUPLAFwEcNmhHuUBp9LjPPQC"
    "Tq9n7d1KZKnkxI9y2MvO+jCoP4H6i/qAvv4fjLGkGQ=="
)
