from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return r"""
        -- tenancy
        alter table tenant_settings add constraint tenant_settings_waitlist check (waitlist_minutes between 1 and 1440 and active_per_customer > 0);
        alter table tenant_settings add constraint tenant_settings_quiet check ((quiet_from is null) = (quiet_until is null) and quiet_from between 0 and 1439 and quiet_until between 0 and 1439);
        alter table tenant_settings add constraint tenant_settings_tax check (tax_basis_points between 0 and 10000);
        -- customers
        alter table customers add constraint customers_guardian foreign key (tenant_id, guardian_id) references customers (tenant_id, id);
        create index customers_of_guardian on customers (tenant_id, guardian_id) where guardian_id is not null;
        -- catalog
        alter table resources add constraint resources_capacity check (capacity between 1 and 500 and weight between 1 and 1000);
        alter table service_resources add constraint service_resources_own check (minutes between 1 and 14400 and price >= 0);
        alter table service_locations add constraint service_locations_own check (minutes between 1 and 14400 and price >= 0);
        alter table service_locations add constraint service_locations_service foreign key (tenant_id, service_id) references services (tenant_id, id) on delete cascade;
        alter table service_locations add constraint service_locations_location foreign key (tenant_id, location_id) references locations (tenant_id, id) on delete cascade;
        alter table add_ons add constraint add_ons_tenant_id_id unique (tenant_id, id);
        alter table add_ons add constraint add_ons_service foreign key (tenant_id, service_id) references services (tenant_id, id) on delete cascade;
        alter table add_ons add constraint add_ons_size check (minutes between 0 and 1440 and price >= 0);
        alter table absences add constraint absences_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade;
        alter table absences add constraint absences_redirect foreign key (tenant_id, redirect_to) references resources (tenant_id, id);
        alter table absences add constraint absences_time check (ends_at > starts_at and redirect_to <> resource_id);
        -- pricing
        alter table price_rules add constraint price_rules_change check ((basis_points is null) <> (amount is null));
        alter table promotions add constraint promotions_tenant_id_id unique (tenant_id, id);
        alter table promotions add constraint promotions_reduction check ((basis_points is null) <> (amount is null) and (basis_points between 1 and 10000 or amount > 0));
        alter table promotions add constraint promotions_uses check (uses_left >= 0 and least_total >= 0);
        create unique index promotions_code on promotions (tenant_id, upper(code)) where code is not null;
        alter table redemptions add constraint redemptions_promotion foreign key (tenant_id, promotion_id) references promotions (tenant_id, id);
        create index redemptions_by_customer on redemptions (tenant_id, promotion_id, customer_id) where active;
        create index redemptions_by_reservation on redemptions (tenant_id, reservation_id);
        alter table quotes add constraint quotes_tenant_id_id unique (tenant_id, id);
        -- booking
        alter table reservations drop constraint reservations_status;
        alter table reservations add constraint reservations_status check (status in ('held', 'pending', 'confirmed', 'checked_in', 'cancelled', 'declined', 'expired', 'completed', 'no_show'));
        alter table reservations add constraint reservations_location foreign key (tenant_id, location_id) references locations (tenant_id, id);
        alter table reservations add constraint reservations_attendee foreign key (tenant_id, attendee_id) references customers (tenant_id, id);
        alter table reservations add constraint reservations_rating check (rating between 1 and 5);
        create index reservations_of_series on reservations (tenant_id, series_id, series_position) where series_id is not null;
        create index reservations_active_of_customer on reservations (tenant_id, customer_id, ends_at) where status in ('held', 'pending', 'confirmed');
        alter table class_sessions add constraint class_sessions_tenant_id_id unique (tenant_id, id);
        alter table class_sessions add constraint class_sessions_size check (seats between 1 and 500 and ends_at > starts_at);
        alter table class_sessions add constraint class_sessions_service foreign key (tenant_id, service_id) references services (tenant_id, id);
        alter table class_sessions add constraint class_sessions_location foreign key (tenant_id, location_id) references locations (tenant_id, id);
        create unique index class_sessions_once on class_sessions (tenant_id, service_id, location_id, starts_at) where active;
        alter table reservations add constraint reservations_session foreign key (tenant_id, session_id) references class_sessions (tenant_id, id);
        alter table occupancies add constraint occupancies_session foreign key (tenant_id, session_id) references class_sessions (tenant_id, id) on delete cascade;
        alter table occupancies add constraint occupancies_whose check (reservation_id is not null or session_id is not null);
        create index occupancies_of_session on occupancies (tenant_id, session_id) where session_id is not null;
        drop index occupancies_by_time;
        create index occupancies_by_time on occupancies (tenant_id, resource_id, starts_at) include (ends_at, lane, expires_at, reservation_id) where active;
        create index occupancies_long on occupancies (tenant_id, resource_id, ends_at) include (starts_at, lane, expires_at, reservation_id) where active and ends_at - starts_at > interval '1 day';
        alter table rotations add constraint rotations_service foreign key (tenant_id, service_id) references services (tenant_id, id) on delete cascade;
        alter table rotations add constraint rotations_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade;
        alter table attachments add constraint attachments_reservation foreign key (tenant_id, reservation_id) references reservations (tenant_id, id) on delete cascade;
        -- waitlist
        alter table waitlist_entries add constraint waitlist_entries_tenant_id_id unique (tenant_id, id);
        alter table waitlist_entries add constraint waitlist_entries_status check (status in ('waiting', 'offered', 'booked', 'left', 'expired'));
        alter table waitlist_entries add constraint waitlist_entries_window check (wanted_until > wanted_from and party_size between 1 and 500);
        alter table waitlist_entries add constraint waitlist_entries_customer foreign key (tenant_id, customer_id) references customers (tenant_id, id);
        alter table waitlist_entries add constraint waitlist_entries_service foreign key (tenant_id, service_id) references services (tenant_id, id);
        alter table waitlist_entries add constraint waitlist_entries_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id);
        alter table waitlist_entries add constraint waitlist_entries_location foreign key (tenant_id, location_id) references locations (tenant_id, id);
        alter table waitlist_offers add constraint waitlist_offers_status check (status in ('open', 'accepted', 'declined', 'expired', 'lost'));
        alter table waitlist_offers add constraint waitlist_offers_entry foreign key (tenant_id, entry_id) references waitlist_entries (tenant_id, id) on delete cascade;
        create unique index waitlist_offers_one_open on waitlist_offers (tenant_id, entry_id) where status = 'open';
        create unique index waitlist_offers_one_winner on waitlist_offers (tenant_id, hold_id) where status = 'accepted';
        -- series
        alter table series add constraint series_tenant_id_id unique (tenant_id, id);
        alter table series add constraint series_status check (status in ('active', 'ended', 'cancelled'));
        alter table series add constraint series_customer foreign key (tenant_id, customer_id) references customers (tenant_id, id);
        alter table reservations add constraint reservations_series foreign key (tenant_id, series_id) references series (tenant_id, id);
        -- queue
        alter table queue_entries add constraint queue_entries_status check (status in ('waiting', 'called', 'serving', 'served', 'left'));
        alter table queue_entries add constraint queue_entries_customer foreign key (tenant_id, customer_id) references customers (tenant_id, id);
        alter table queue_entries add constraint queue_entries_service foreign key (tenant_id, service_id) references services (tenant_id, id);
        alter table queue_entries add constraint queue_entries_location foreign key (tenant_id, location_id) references locations (tenant_id, id);
        alter table queue_entries add constraint queue_entries_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id);
        -- links
        alter table booking_links add constraint booking_links_service foreign key (tenant_id, service_id) references services (tenant_id, id) on delete cascade;
        alter table booking_links add constraint booking_links_resource foreign key (tenant_id, resource_id) references resources (tenant_id, id) on delete cascade;
        alter table booking_links add constraint booking_links_uses check (uses_left >= 0);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return ""


MODELS_STATE = (
    "eJztfW1z27a27l/B6EvSGW1P7DhuTnPnzthtTut9krg7cU92d9ORIBKyuE0RKgFaUfftf7"
    "9Y4Iv4bkIRKYpZX9qYxCKlBxCw1rPe/jOyuM9OfnB8Zknub1570t+MviP/GXl0ydQ/Su+P"
    "yYiuVvFd+FPSmauH2/FIPWgmpE8tqW7MqSuYumQzYfnOSjrcg+H/7Xi2IJRI5lFPjgn1bP"
    "hr4Xh3hM/VP6hM7s19viRruEIJPNe7Yz5Z+UwwT4rv4KIb3I0J95UYIwsqFvAISlZULk7g"
    "49jcUnLq0Z2/OfCcPwI2kfyOqRG+ev9vv43u1SeAm/dsM/r9d/UP9Tf7zATchT9X95O5w1"
    "w7Mx2OFtHXJ3Kz0td++eX6h//WI+FLziYWd4Oltx292sgF95LhQeDYJyAD9+6Yx3wqmZ2a"
    "Iy9w3Wg+40vhF1AXpB+w5KPa2ws2m9PAhZke/Z954FkwwWTG+T2d6BUk7PuTJbeZK048tp"
    "449v+NPmxKcDJ5d3M7+fD6djIZFZYKfKjcHEaXLO7BpDhqLgCqv8LnbiHSV0fwgu9/unz/"
    "9PnFNxoULuSdr29qAEd/aUEqaSiqp2GLezxZWeS/X1C/HPl4fA579UF3QT2+sIV9+3uK4Y"
    "sBagHS0ZJ+nrjMu5ML9efZsxqI//fyvUb57JlGmauff7gxvIvunOlbAHYKXLYxwjYcPkBo"
    "T581wVaNqgRX38uiG+5i6ic3mfOgbBVX7x8lovvcTA6M/ZfsFCl4qa929YnZxpwR+gJIo9"
    "33+BGFA29+n9p64cKMWvdr6qvVl7/Dz3jV2OKt5dkyf4V69E7DA9/jr3Gk5tzq5V5Uf6Lr"
    "NWpP+EMRzZSeG4+RWSAcjwlxQq6lIHztEWHxFSOCMQFaiCA+X2ulxOOEg9JQVGG+4DklCg"
    "lqIIf/FdRpIKBjmpyS8fj9HJOPo97ZIXnxvMEZefG88oiEW9ktXP/fANp4/BA1kEba3WmN"
    "enda1O8emC8di7omGKdlBojzeROYz6tRPi+A/Cf3jBZxPH6A4F6cN9khzqt3iPM8uC5XS9"
    "EI3q3EAAE+vWiySVxU7xEXeYCtwPeZZxnZgWmZAYLc5JirPuUKh5ylLLiIvGsM8FakO3xH"
    "ballORajCYlRzWHk0V251DOBNh7fIa5zn7GOsN07QyQklYEwUn8TiQ4hVmaf89ARyKdNVv"
    "Bp9RI+LVnDwZ3jiYnPHhwBn60A95Vzd+3JqhVdlM5B74RGdBvQP2sL8zv4BH/7r7Oz58+/"
    "PXv2/OLli/Nvv33x8tlLNVZ/3OKtb2sm5ur6x+t3t9k5gQu5vVoZgS6/23EmyqRxJnacCZ"
    "8BPhMqi3Pwg7ojnSWrmIWMZA5/OxI9if9xhNpKDba3129ff7i9fPszPH4pxB+uxuvy9jXc"
    "OdNXN7mrT/PqYvIQ8vH69icCf5J/3bx7nedOknG3/xrBZ6KB5BOPryfUTmMSX44v9Yly/M"
    "CkVFCHAJZQj8n98WMU5ESkhz5KRf4E5GBCIpI1kJhEcjJjmjpj9iuizETNIa6YHzlEi0zk"
    "7o8p9Ywmbgf0i3byc/0CVnI7VQbwZ4TQoZQ7cny2hM/vT9T/AslKtN6/f7h5V45smWz+6H"
    "EsSf4fcR3RmgpwGIgBlcx5E+u6T99e/jOvBn//5uYqPxfwgKvcZCy4ek/lRFSqYHmx7tSv"
    "NumJUAM7Oz3/9vzl84vzRPFKrtTpW0XdSrhcnVeSrQyAzcggqiWoqlWn1BzpWGyHdVsujD"
    "iX4LxW30MpmTbdmACck0JkS61fz2Lu7ou4Uh7RLkE75KwmSi+fWIGQfMl8A6wrpHdCumfB"
    "LHvfMKgjQevaYUWXiR52MZ896yGwK+46Zi6kEtEDe5Lmjq8+jsVDSqinvuY/AofJCYRFF8"
    "H+sKSuW7mSs5ID2iaen317kSxk+KNuDX94e/nmTXEhh+AEnnRKQiWa4JqIIrC5GM3PkxkV"
    "jlC/cyeK02u49ZaJHnbr7dHOC+A4nuUGNishgK44dxn1qnFNi+YwnSnZLkFN6Lp9sxJXNz"
    "dvMqzE1XXO6fDul7dXr98/PdX7rxrkyEqv0EpaC2oIdErqwBiXc9A9ALkXnoC3bDljvlg4"
    "q1HBC5C6N672ACyTUQ3Z/0sSCOY/gRhhlxEqNUm/jSie+kzwwFc2lGNPiSN0dpOQdD4n4a"
    "vCRClGIodjwKK0KQg7hicrmaKvoKuXPuJZgBFqNDoZesOAo5OhdYi3kMZr3wDQlAjCmffZ"
    "cLPo0Hj8AMMW9x+XlDoRTNZrTgyzrDCyBSNbutNnPyh1LsQ9p8zGN2o0WREOaazGCufOY/"
    "bfHKX1+HytzilIhyMMMvzXC+YRnz1AFMo4/Cvw1FFmkzn3CVVXHJeF6f9KnHobpVgKrZdO"
    "2eeVo2ZCrfNpmRrbzUsfz9T7bavIjslvo+0DQsUWNdk+abJqRXgTqBBRYsU7HvU3FcpsRi"
    "5vx28il8BwttmrKDwj2WGVenB1/e7y/a9JMEeyzb65effjVUk4x9Wvt68vUe1FHaJvAB+F"
    "DpEJ1GFq8zGf45QYTnCvJ9ixXVbld6qf46wkTnOvpzmlGhpOc1YSp7nX0xwZHjtMc1ZyD9"
    "N8PMzJ0c1yZHSasI4pkeHl8zYqnXVWUzrrLCyd1Q/yxLnzrr03jnc/KvIn23vjGgpFjZo4"
    "3sRV4xrzKD5T8yokpO6APHG8EzKNDCDtjGPLldyEhIbHZ9zeQLVD7Y5TK1ctbvGdstblQt"
    "MZgriMPrDQgae+AIHXszImpYvXfvI+ebfqkrakn4iwSiP1feeBRXwNCCyp45I7ri7xQL7S"
    "l7QAcaRg7hw+C/fcDWEP4GjcyjSmaqKvGu6xyM+0spV/AT9zMH7geA5KA3rA457FdmC7sn"
    "LIdo13ZLsOyjYez4puC36PfZYTqAFsoqNlhAanpb1opKW9qNHSXhQLnGbOVGOLJyuLpm2v"
    "jZ4eMRjHs78d3SzDVwuWu/kVsqI4z32b516Y178IbZ7lDOtfIm6kyqQGTb+xKb1SY5VttF"
    "6ENq3QRu3t1mIFU1JI9QodAuDytTIowXwts4+/6FlY6vforFAGlIKJ0pgIDK7Y79mLJrU8"
    "1ahqWu9FoZpn/+v9dqSOt1Lt1xETEagti9pLp6xyWV2ySkG2w5SV5ErH1uf+EoRsRwAAu+"
    "hNOVHUm/qmN2HYzVcxzb1Qjy8D25EVrcBS92pUZQqjJkwNc5hBVwybMfuEfHTUsgxk0pyL"
    "OJJYQAn7Xuj0WblUzrm/DCNotUNGe3s2QrJlmFem+184JaXq2ntNE/dPJikJPUA91L0Pmm"
    "t2PGemgRfI/JTC06mnp1OubhD3J6Z98bJSmP7WIP0thMxsQ0rL4H5ULHhVVlK7dtGWl9Ee"
    "woK9aEIBXFQzABfFYv3B7N/MKtn1a6r1b0WQZGlCsthMlnKE1aVhtxLdF4RNq4qB40rHEy"
    "fw2kPohq2UiY3cyKW7dE0WeEZqcAt/P22YemER/6ybW7yPGyoUrOLc/XG1ZRy2yUh6MzQ0"
    "jj8uokIp1gK6TxOXzSWZsYWa5TG5ZyupE0vvOFd/Ch5WRIG0UkZ912E+FFCRUDLFg5LsS2"
    "qrf+vmSWrUnZq9opncxQsfr9CSdLDAEi29UKJ6ajb3TcHaU02RnZq/HKbpS5va6kH6vhy2"
    "2+qhIW+5fOgD88sXdm070IpVjRCXQax2VnDnlewdde7XlNSBawUeld9VvXTulGwX1cbYVg"
    "KNsb0bYyG4kx12maLk4Iyy/fdmVK9TipwR3ZMSGRzA+28+HJpg9mRm1rw1IzXAQ7MVXi1G"
    "bYfQiowkOq9657zqBZEU9vML6aJRgUbK3B0/2usvarnajEKCwIdQ4IkgYu1IazEm4YEXqF"
    "UI6gCEOawcz2M2iXZozfIADRS+8RVR74HLuuJHmB4bxk7YzHLUC8vjLbp57eN0kjbSkErq"
    "Bc+BVFLrECObgaZ2L1YqmtpoapdPC5raaGrvDvD+TW30uRzQ54I8B/IcPUAfeY498BzX3o"
    "x/fs8spvAfFXiOzN1xNc/hwLiJHw404DmiKgC+LhOmRjNI39CEAntQh2E5S9FECJOpkU5A"
    "OiH+pRjqoYnMAA/pl03O6JfVR/TLIq0Am47hsk3L4KrNAar0Fnu35OisJKo8qPKUqTw3gV"
    "Taymv4CRY1nvTNGoWH62ET/TtuXGpmru6Pydp3pIRKpWFVUiXliTBxJYzO1UG4jtTHflmR"
    "mR2fghoRakR4tgj2hxllFAn0mS1S+7cdtluFTUFhOCZ3jtqYyCzMg4f1NaOC5feSPlFKGl"
    "gDLTUejxpqAw31WPL8jpupW9GNy2nJXl3t8kqJdO/zOsxe3Yp3i1s6aWkXkyEnijYD2gxl"
    "NsPf+WxUsBXgYo2N8G8+Mwn5cpjF9CHO/fsTckmUOFnnS9/MmMu9OwEdGNKVb8IOlQLK3C"
    "THfrr8DVVSJcZEh+9F8+PozI9h68q6wpq6eIzKMpY+2rNZiOZHi+YHKsYHU4whuz8QRoZf"
    "IjHAtX3ayOyrsfoKa5tKCT2vSiCuPCXTIr0+Khd8rQ5KIJmpVg7VuSmVdkMc+YrMmWcxkb"
    "oBnLOrViM04ILGXoYn6Nnp+bfnL59fnCcHZ3Kl7rwsno0w3ztMSl6szxNjGh22N2yVKqtU"
    "pbhSaENks0J9xjW14B1J1hR6z6kX2LHRY0EXOiiZ4qi1Hw9xKfTDo/fMO8x6F9aC2cFu7t"
    "K8LJIfvSM/0lOtd9Xduj/nRLFqeJ/nWZuok3tmFF2bEdpJdevZjLbUNTZ7ntnBipkinZVC"
    "qBtBrb5nYGRhJwIDNEP2n9oGWsiE+T4vCfW7ZZ8rVLOs1BBWct0x8Pqft/X2daZ3ZDw8b3"
    "RncQ+tH5N1vZUYAt5dJEBgD42vQemZO54jFjvNc04Uldu+zXMvPLjfB0LyZVk7weTOuNqX"
    "a0VjTNsKJg5UwfwHJk7I9C5QX8Sh3sSxp+A6hWaB4DQUupaGXLDlK0I9opanYHb8GAeoNp"
    "+vU45Z+Ao1PQg7eLFxH5WV+l0ybKVyIG8Xxpm2DvGBOhf27LjqItZO7yQG+CYCwwN4/9UL"
    "Om5r2m902+hr6nKLukbrdysxPIhPL5psEHmlNbU/XOTx/dNwd/hzsJvD/itvSHpX4v6rDu"
    "WIx/ckjuO339vRDVoJ30ip7CaqWU4Mg72yqM7UZnq/E9OQlUSioW9EQ9ks+4wKs4pXRckD"
    "+yD2p8w08jyc1bgezoq+B7GiS4XVivtGETd5scNGhjz7Aoj3HNEREjA77E4ZQdyc+rw5oV"
    "NjsNPcK7L72maedGRJe/DCiPHj5LfSJ/Xgxq3Cf+JrQnVnMo+5mjgGOjl+3JiIwFoQKOJE"
    "oI2ZuFytyN+vfyiy2l/wnMeLTUePhX+yz5L5HnXhTr78dF5qiwky2shoH+mOalJLKrXgDU"
    "DNiSGsJfUdo92nqX2SEhlgcNT++3Knd3UDmHNiQ4S6UUvp05qe0qfFptKo2qJq26Zqewkd"
    "RixW1GjjGzWKLA2HNA7igHUGFbbWCwcUTKLw44EPyR9K11zTzYnSN7lSPKMYCkeGufCehJ"
    "SRqc9sx2eWVMrndKyewXymq5SqMfDB7bLojQ7eaBy2wTxbwI8S1VxUc49zdzVq5hv+4AxB"
    "zYkhrMVEZF+KXXLU0oKoE/ROJ8g22LF3meKUGE5wryc4pV+YbY4ZMfRH548cUw/lITyTHb"
    "WK2Vu4YD+MFdu+8UZFU0VfrjNUbPXapg0jP/Cl0uQVxIR9VkN1qLYyHSDw27HUeGVOLB0v"
    "kECaezb8W1kOau6lUNZEFNY9jUaHweGS3HE1Wj+IPTB/Ez+saLJ0/fLH+XyNNDaP7MUmh6"
    "ZLlzp28isywTQrhWfzAeP4+7YsOwjkj86GIsTVlXq2En0uJnOw8KGV71glS7aubmMiMiRA"
    "O67JqPYRR5Y2JKyGPSXSHfLPjmQdQzOLh7KFXNesdyvUYa/eWGM7ql69vTCPgBe6USq+79"
    "glDp3M3XG1sQTk0IRHAxvaTBAnRBZcfcS4dxw8RVkrQjJqQ31YqPi1Zuze3ahxgS++I5bL"
    "BbPHJMyWFYz40GBRkKfT3357ca5+V2pLUV/2U3D27Ozi9+k3RWOps7ca+3hsukH/DhpJfT"
    "7X96PQQyIdvNkQ1JwYwto3t9kgrU/YlQtowrFYjmY0vM6JMqwFCk6R/ELUp2MRteoExa1E"
    "9ymK6WMrcFypNIETeN8hzqlWMhjRtzFY38ab6EgcFRT35E6N0h4fqM0L6rjUYlFMU1LcRn"
    "ecflDacFKf54RMlYLtqK1QTJNMgVUwcx2LQAq9Z1M/yReYvvtxCor19IfXf7v6dVpaTqej"
    "12J/FNTOUY1Eur1dup3atgLfqCFESmRwB3Ir+dCdFh/p9xref/WR+JA1ATgtM5RM/v1nyS"
    "DfPny+/X1Et4wKKntyp0Zlj8kawxqYY0jcdfwx8Tlfjol+HGi/NtNBPeQ6rlFJphZdUcuR"
    "m6lWEx1oOEh1E0JnqV7AqFKfHSht6VJPtyyEXjN87VWXwezg3Z+8T950zZy7hdRlNXULRL"
    "UX6UFQO1NGbeaUKF8zpfWvfIf7+k0WB0Nh7vhCjnV41BQOg6g6Z2hxhN/jiQjdAQSeqyxk"
    "+5OnBkSt3iG7g0v94tiqUuP/bN55MecLUF8ec5rR3Oi1noHOgB7DqjcQAwUtHj9ADXj/xT"
    "nRRG7XRJaONCvNmQgMzjxuBV+x8bi3WRq5aNIy6KTZu5NmUdaa58OSum5l7NqitDlPi2Fr"
    "Z+ctB649P/v2IolZgz/qwtU+vL1886akGd+947pmKzuRwPqo5gt35XNlH8nShpQ1zYUzUj"
    "3B/T9/HRHusa1sumuk5Q4ba3zai/0ipA1MUdxKIYY6eF2zKaYopuWOvfboPnDEmunteS0C"
    "YVw3LSWCUXGYaoGpFuj6+SLXz4cwzXNU8PzEN8bVjp8oRdQ4HV17JyyqzGamiXhmn5C3Yf"
    "reOJ8NHic/hIT1Ewit8n3mWZu6lPP9vEB7cGymgLPFVGv+4H4Bx0rY2V07gjj0fH86/UEP"
    "+7Bi1vQVoWQG/higL7exXZ9G2uX0aaTdOGLBfalLdfHQbQR91r7RH0691A9cJqZhk7VpNB"
    "Hvw2txv7V15OFx2VwS/ZkEidY+5sOjdwe9OxhMhkwuMrkJMSPZHfeN+tmnZQbnwmhU4bam"
    "wG2xvi1WLNi3+TEL5nNl7M7YPFI8G+JakEPLrgJaOpdlXeofQzYRQ2CxykYvqmxEVpqJxp"
    "ESQYVj7wqHtmBNpiMRQL/bDv5OZD6R+UTmcyfmszpdNT9g/CgTOjHMXv0YBXNH4sDn3akl"
    "5I3DKpfA6aWLZGpNAZhC9eGSIpnU2xCfr6OS/1o8LI+pI8XLas108s7H+cdsgcF07CySkr"
    "1gzJCUbB3i3hTpHCaoGMffCqzdU109i1c4etagn3h2QBr0SfOszrrMD2igeRomYX7UfaSS"
    "LlLgK1/5/MGxWdRiKq6tTi5DP/Y6p/qB63qrRC7pBnztcFP7sqnUUmXaZyfv1a77aNOZhh"
    "mU+gcz1VUW84UVo6c90YmbUYalXCjNNvmcYTLoToptupQZKra9OMlQsUXF9rhBPXhZxWHC"
    "iootKrao2O6u2H7kPlTI+AlKUhS12szdGpV2HY6bLJKBj6qzN15SHluX7YSSHGDFuwmXGa"
    "l6Nt28gn6oyT6ooyzhS2jNMlcrA9RBvmIexJTqT1NUaDt7s1ZpddFvpdGC3ruiQpDT8/Nn"
    "kU4cvl7rwNA5j2gvvfoUtgdpQSfko/qU6kOQZ/Det9xT/96tDkiBqkUVFlXYIasFSCMOU4"
    "ntmbKwH1TX4TZfRPSx5NFEbEhxSPvIgIRzuMQmqMczEUI0c6HIWoUxhXMrhXj2RNn/2Y+y"
    "kkYFTX97q0bN14beJIn7elzJf08dAfq0HxbME2Fsgs7CspgvFbi6KJ8eoavgQctQJgWZq4"
    "+tdG81B7aOeYozq/TH/D65WlTuO3kjVvhGHRuVQUzKajkpKyHUzfKysmIYKQ1P3m9qVnwa"
    "mExLRqgfkwKvHcykzKhwxGTF9fsL81KdH5MTGxCFvb/Q6iUPvJLaRnU+ga3MgBDFRrSYI4"
    "A5Av3OEfjZ50tenh2wvTWus3GjQY1r4/vMDvTJ+p126+io+hm3N7rR61zbmRwu6qh7ocP1"
    "lZlps+kJmQbKWJ1AQZCtaykJn1L6wNKRZRXxO3gjmrho4qKJiyZuuyYubEom+Mbjh1epsF"
    "H7qpruVcXmVUgfoKXa+98AWqqDsFQfqOsoDV+pzkXsf4iaVpejn5Ws63cN/zi++aiB9vb6"
    "7esPt5dvf87sMNAIG+6c6aub3NWnF7ldJ3kI+Xh9+xOBP8m/bt69zm9Eybjbf43gM9FA8o"
    "nH1xNqpzGJL8eXSmZZ/Vgcd7dpTkRxnvs8zy6jQirTT9KSea7bSnOCgyGgOt5NoUDpZMX8"
    "SdyT2pCxKpXvkLxKrhwVe5Wr8h2SJAb6WUZmQKoEsq/HsX57wb6+ZzZbrsrp19S9cV1r0n"
    "hUYwL2gQfWgvlhID2FFFBlw+o4XqJ+lPYJ+VGXO4HvR6JemywzyhGQ1mox12UlCbBtvODx"
    "lNSEh94mpcaPw7zU3lCFyMa2DnGmR1TmJ9EU1bwcAlsM60/vLQbQFiUR3DzHHSnhhsjmxB"
    "DWw1N9fQPyMNYpqvGdmaGWzwCSCS1Z5/V8W1ZyD3Rb39b+sfNtvbDWPkj1X/sfAdcLMF/R"
    "KHVzXG2v/QEDGptqcW1KZUetqSDwQptIroyq+LzTpX+UvXTPVpJowphM2eeVo/BWq3n6ik"
    "znal0wXz3Jk1Mi6EaEQTCf1avdje6yU2bDdfhmjJ1Baw0VtNSPpUxL86i/KYc1J5hXGDbR"
    "djMcUK+iwIHkrPrfy/dX1+8u3/+ahBkkB9abm3c/XpUEGlz9evv6spinoJZoCfq1WQqxSE"
    "+quh9njMf23DDV3LKSqLn1TnNDBf2rmOZeKOiXUlJrsYQduaCfp+7VqOc0GdVYR587Lotd"
    "HYlufEcfWFhuXqm0DujKAtKryzRtY3njckZlvhBUp1GdPrqdEDn6foCrvoooz7SrjkVPyw"
    "ww3v9lk4D0l9UB6S8LAemYTLFNpmjUzPK0ppvlaUk7S2Y7NITJAOWs1ACx3v9CFs6fJs0t"
    "4+FD8jntLShMLOjZiwszgmgrg9zQeN/cUB3w1ewQIt8ceeQMkDNokTP43qVCfGBClAZhZu"
    "6Oq3kDC8ZNRDjQoKTzkqnF591BCeVtzw9NBgjISKduQgkIovZxaFE3FdaC2YHL7CnhHlPX"
    "Jd3oUsphMKXHIbedLKgglhIkG1bi4Ov43caURbY7gnqLLzXHi9xFK9sFcheHhxgbirQKKp"
    "a4bmetJluzoXaWEUTlrHfKWcY969k7+Wa3YjjBvZ5goSwl44rVidCQmJp9FABPlOQSuqAu"
    "6jcj12Hg74EIg/0F/h5PjPXRQ410zGAPhF7QMdeQzsqVfWht/odtRgVCJnd/XE3JONuRk3"
    "u2MahPqF2V29hn6qqVa2+iGAxmfxe2VFWfiqjnJlEa4ZVUNGZYKD+5k/Irlxcp7Oa1j6fS"
    "qqdjvmwn2wLSLoeHeAvpPSvpKVTtCY6GD9AFfPbiRQMfsBpV6QTW9zC+vV+eNAyJanHzQL"
    "0Y9eI29eIbywpWVOmyRZV4e6tGG+bRIKdp8uGtUiBhwYGfj7hU/YfP9b/j7oSQ+yfpPRRy"
    "2cQ3kgou3CfaJToms2A+Bw+i4wmlkRc135beo5vJptIR4SmCKc16EYZbFwrOcM/dkIWaiR"
    "Ny7YXcAPH5WkDiIhQIh85Xax64NllAbPaMMe+EXIZv159P6E//yXsGXwBqiK8YX6l3QZqk"
    "z/lSkKce1/1xU3vp9JuxHsCotYjl7sAOgGZaGg064+p1z+Imu3PHV0ZC+McSw8FRt0fd/o"
    "jCwXtWsm5f7mod9WLsrk5LIaY96xw8zG0ATlRTN1csM5jyrHtxcaHbf5jGDrr9v6IJPh6/"
    "6dHXpupRhYPjUZiO4gfVC3ro/dZKGZVUEt7eHNeVEk6GNXaWxhHiTwQwIc6SKEucaj4Hgs"
    "Xjs36qOY5pdDCov3ymyz9pRiPJeReMiXHSXS3ic8pcpe2/VLNH24BazR5t2Zc4Vj6iZB4c"
    "4chXZKp++0sxJQuuposojTJmacjTaTgDzL5WQ6bfQKy8r0koX7NbSw5/cWCaPnlyQT1Nc6"
    "1c6L4evUt9MSqViW+z5PMAJwVB9iKuoay+GrSo49lvqCR1zbHkO4SVvcDBbFlsJRtXWPaZ"
    "goZ5Fis4h/Ox+9to/THJ3cuV6cTA/kPbRshCtQ5x2qqPf0IFSKv9zBmhAXqbT8+a5Haf1f"
    "TJKyQcSyqDknDWaoy3EghwA4CxRjPm/RwbqKblNPJyg9wYWuhRiszgQO1cZAa/ognWRmIJ"
    "MVjTLSARGVI6UMfNAqzAB1XfKA41LTPAQ+p5gyPqeeUB9Tx/PK3UIbOZGJYkygp1t75P21"
    "3ce6tKpJ5L70sArS6cvJXoR8dseO1gOmZ7UQ+CpjtIPL673WPUFtTZvePFsyYKrhpVuX/o"
    "ezkFV0dYGJkSicQA9+dGNkSNCVG0IIBAn+zuLysRR6dZn3XNg1fmOJ65NWn4tXUXmaCaE0"
    "NUc5oO+PiMFJ1YoCf9IX77/YgUmT+CUk2mGu1E4IvQPp6V2wrqGM/bCgvtKHXEmNnfCiGi"
    "pYiqUU55KfKaujUFSew/XzTqJfPLjrpqMycROLCVszfTZv+lsK0Fs+6ZPXG8XRJF88Jo1v"
    "TZrFGow1ctTHJ9tsFWakB70j4yDnz24LC1yX60lRjKhnT6rBGhBcOqXbbPipTWA/OF2Rma"
    "kkA6HGtkfZUbfLCyd5zmrCROc++muW8x/W/43agurB/ujxtF9k9cfmdQn95aUO8uXZIhfs"
    "53EH8+JnOfL8Nw9rEOrh+TGZtDODvE3tO5hPjz91BFAaLvdYkFKC1PFPxR3HmhKn3rb/zS"
    "egmAHcarY7z6sW7Ax1c1YZjgmqsNqC70VF3I5dRyf3KvkDSxVbNSAwwT2H8SQgiZoXczJY"
    "OEehme6isy13zlJmKDiyFqJ0geY4jajSGilml/2q0EAtwA4NDoKgJc7ZvfSqBzfnfnvLZw"
    "TWBPBBB1M9T7wQFxWVXUIb4zruF9ojENCZ+f+JpwtVygmkJSfRN6+S2orStTysD3iOOF5T"
    "OjZ2faBxYpnT098/HyBNk0yHQhNKxl3wtNE5mbDpV5TCXGoozHAiucACWBRnW5hokI5hoa"
    "5Rr2Qqf5SB0JaudrT/ol5cyzt2u0m3U0cMLUyMZ1zbflo3QFpbU6RESq/7EDispaLQStt6"
    "SKSslATL8j8E41lWN1D6qy2GN9DsP/XTaXUI48zDwpcW51+eIv77cclUP5N3e80FFdX8sJ"
    "3WGoVPV4h93PQYVlb1BXPRZQD66rHg9jdExNxAeJKtZkaCEIFfRLpblBuFQR1fo4g5woBh"
    "z0OuAgmq3Ak06J47bRTCeyONW9nmos7NFqYQ8sG9pyXVaMemjXKd+TeM1BKqlbJszwjM0I"
    "4gHbuwO2V5z4DbC7o0pOPLw9bsCJa5q4MSUOfS/DLpy6jQBkXkSE85a0XtKN7nOZZqX5in"
    "njpJHAmNjMcmG1j2M2GohpV01SGR3e/kuhjcNN2BZ0SW1G9FussNcCZIVQN27SKRZhugjT"
    "7Rt249B14Sngwht0PQC1ATnzw+zpyJl3eGyCb25jiGhaBgEtq45nhmdKBOFEn04nPh2sAj"
    "9MbRkJkw4JE5969wYukXj4YDrV7s0ZEgXN7LAfZSVxQ+r1htSjJps4zS2m2HpivePPOSeK"
    "FdT6Ns+9YOM+6AqRowINF10fV/NvgplEovpsxXS9N6Kex9UULpXpe0KmfuCG/Topmb5nUY"
    "MPNh2T6doRi2nYxlTdDkNACaPWIgwYLWHZWnmHMTeGsaKHt86Q92odYuQVWoYVdq0intXZ"
    "r/H4nlRfP57s10yEkToQTECPxyPoXwD6n9wzCpWIxw+QWLk4b0CsXJxXEitwC0N9uu0QjC"
    "VQ0UJr0UL7R8ACVpFAmLo3rrbU/oBRZqmDH5RmNuP2Jsrfc6QozdCzqOtCNILOUIEL8I84"
    "U09JSMe6Z3JKLB5ACqAuaHmqq1RuCGQKuMSmm6Ip1/nbH6+5kMtrUIIaYv0GLLvQD90Zrb"
    "4OzZOD5wcNE1bMEESG4lhgxcTLNlCNVIuiIVGOZjS8znoY1gIFayBfViVUwwqoVRdVSQSG"
    "VFVlbzEEyBm0zBlgGnALqxZTgjAlqE/wHgXFlVGTNZ+yC5GZFsRAkz7P8dzxHLHYaZZzoj"
    "jPfZvnXtDVV5zfK5DfON79qMBXp2+OqwnrWThs4qpxTTs4rZgHAT4r31EHOUtqzUkOJLLu"
    "iwS5IYI48oTcLuDGPfOgLC9z5xD843FJ7tlKjsNOSlCvd0HFoqRzU5tvepyI1k+bgADSzv"
    "3QkpB27lARTS3/AqZXjkf9TQWqGbkcrLONDB1jw4H0Koq9SM4qZY1eXb+7fP9rEqmRHFhv"
    "bt79eFUSq3H16+3rS+SnkUg9TlSN+/tgZx+jzj6BYGICrnYDDisjg9xrCYvVo8Se49kVjs"
    "I8w6Cxr2Kae2GFf889j1nl7XRS98bVNriVjGqc4xNaLk8EFKyBkCsoQkPJkglB7yArZ+Xz"
    "B8eGrsVTwajL7GliKQtlRquVLQV0Onasha58E9rHc+4TuVB2s47b8vm6LPWny1c/nhGEhj"
    "ga4ke5wZpUMo5+USYKdlpmgH7i8yZK9nm1jn1eULGhQ7xnZsSkRAYI8f5d8fr/BvjG4wcJ"
    "bhv9X5mEaO2SaJLqrKq0DGZWfUFmVajrmDGlWxlkSce7sqSSmpWvTgSGuK1cNNlV8mZaal"
    "O5KMtpY+pjS1pWB/4RlFNyAwT7eaNy4c9ryoU/Ly8XznarcJbIIVPRO6Yiowaxz3IimLcL"
    "JZWXPRrqcQSdeFfU0uVyQ+NfX4nMFF2Sd8ZIIMLz8OtaEUhRDnaa+0JRPjBfVPT8ztwd19"
    "KUybimRKXrbstwJ+W3qWfrH/8sEI7HhCBr35E6qkfXA+JA9REO0T1aLGFHS9jI/T//8bCg"
    "rUBVGaLqikUuFXIScqUM+18iu4nsJmYMtgRrfpdqDGxeEKFFqrhrqlhpVQp/o7y4lEifIR"
    "6tlVahrCBdMlSQO97M3MnzPI3o44sa+viiQD1EADIj/jgjdAwE8igsShJ9bq0nJorjgoa6"
    "ojqwSdynsodMMzKe21/Cywa/g5eVv4KX+d/AIlAm1G5dL3Oix8PMqA3JC+0lLjUPE+5NhN"
    "4pzMlsE+VTfH20TOD5jJboTtUhl4kAxluWxFvmjV/DH1iJOBJevf4BIa852GnuBa/5NtwM"
    "RgVKM74xrmYzo42kac6jx6IQR3VTnYrcJzwo6T9YM24HYtF2/G30KPssme9RtwHLmGZq40"
    "vbHxSyiq38bJFVPDzEGfor/xMwIMDyoggvkrZI2h41tJmztClzkhEaIHvyvEkAU3X4UoFB"
    "DBRCRmHqW4kBortnbgpLxWU58EYUeA0DXiDAzaMcMb7RNL7xXn01E4Tj8QPEd/8LWCobsQ"
    "jurbpaZUJ8LuNXjhPcOkbl9T9v690wmdDzeHjeN5P3AvOq6hx1fmBeWZyjGew9yxTPLumz"
    "F00C0NWoykWt7+VLdqzczURyE5zTMgOEudHOfFazM58Vd2Yq1UeYBdLQ/5uROgYHcG8ziJ"
    "Sp4awc5pVs4XULPSU0wJX+okmXJjWqZkMp9GlKM6kGUOfEBgh2G9uKzexgxSb3rKTUep1i"
    "nZZCqBtBLdQ2sEvq0FbseIIWZptM/sgTQSyXW/e6joRuMmspUIjj5T00w/TGZUJYqGfvVl"
    "s4K3k0a+Gr8bmia/3rm2b1m7zbbZozkjjNvZvmXkRQXHszHnj26wewIAphFJm74+pYCicc"
    "N2Ew0CCiQi50B/ltFqjkrk0CMSYUykWRtfqfkOptNpkxdbJD2PRGdytUb2O+usVtXfv5Wg"
    "rybz7TAbygFgh9+Nvl8RmdvHWXaI+tzvtIfIcy+pjzgNEcGM1xzLs0+sX7AO3B7PO+wZkn"
    "nl40Ip5e1BBPL9D51WH3de6rw9l0HWeEBkgztbGKV3Tj8rK8iGovQUoEXQRf5iJIFL8C/P"
    "X2YE4UDcLeGYRI4n1ts8wDaXGzmpgpkQFqBXtzi/SCXPnBoS6/+8CEKK27k709rqZXbD1w"
    "IsKRDfmVj3FZnFA6YMRnS7acMV+ckEtJlmot6/sr5pN0yDv0zYK63K/IFK6pK1OiC32HFb"
    "xDXlEUqZUuXvh4PfAcU5Jq1IBESSubLhIlh4cY0146gvc4QrBHsJu2tRW0HuJeog7VlK+u"
    "KG2BZqWJWRkdu0XgKysdpCSwO3q+zoFalP5uvvmsJNrovbbe0Df/VUxzj7rE4TQPKATjr/"
    "8PinuYdw=="
)
