\set staff random(1, 2000)
\set hour random(0, 60000)
begin;
insert into peers.bookings (tenant, staff, customer, during, blocked)
values (:staff / 20 + 1, :staff, 1,
  tstzrange(to_timestamp(1800000000 + :hour::bigint * 3600), to_timestamp(1800000000 + :hour::bigint * 3600 + 2700)),
  tstzrange(to_timestamp(1800000000 + :hour::bigint * 3600), to_timestamp(1800000000 + :hour::bigint * 3600 + 3300)))
on conflict do nothing;
insert into peers.outbox (tenant, kind, body) values (1, 'booking.created', '{"id": 1}');
insert into peers.audit (tenant, who, what, body) values (1, 'customer', 'book', '{}');
insert into peers.reminders (tenant, booking, due)
values (1, 1, to_timestamp(1800000000 + :hour::bigint * 3600 - 86400));
commit;
