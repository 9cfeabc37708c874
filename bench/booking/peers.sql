-- What the peers write into: a booking guarded by an exclusion constraint, and the rows an application writes beside it.
drop schema if exists peers cascade;
create schema peers;
create table peers.bookings (
  id bigint generated always as identity primary key,
  tenant int not null,
  staff int not null,
  customer int not null,
  during tstzrange not null,
  blocked tstzrange not null,
  active boolean not null default true,
  key uuid,
  created timestamptz not null default now(),
  exclude using gist (staff with =, blocked with &&) where (active)
);
create table peers.outbox (
  id bigint generated always as identity primary key,
  tenant int not null,
  kind text not null,
  body jsonb not null,
  created timestamptz not null default now()
);
create table peers.audit (
  id bigint generated always as identity primary key,
  tenant int not null,
  who text,
  what text,
  body jsonb,
  created timestamptz not null default now()
);
create table peers.reminders (
  id bigint generated always as identity primary key,
  tenant int not null,
  booking bigint not null,
  due timestamptz not null,
  done boolean not null default false
);
create index on peers.reminders (due) where not done;
