"""A small world for the dialog engine: it answers every request from a few plain rules and writes down each deed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.booking.types import Approval, ReservationInfo, ReservedResource
from booka_core.catalog.rules import DemandSpec, ServiceRules
from booka_core.catalog.types import Catalogue, HoursInfo, LocationInfo, ResourceInfo, ServiceInfo
from booka_core.conversation.dialog import converse
from booka_core.conversation.dialog import requests as ask
from booka_core.conversation.situation import hear_in, names_of
from booka_core.conversation.types import DialogState, Facts, Refusal
from booka_core.conversation.wording import Wording
from booka_core.customers.types import CustomerInfo
from booka_core.offers.types import OfferedSlot
from booka_core.plugins.catalogue import plain_vertical
from booka_core.sdk.values import Money
from booka_core.tenancy.types import TenantInfo, TenantSettingsInfo

ZONE = ZoneInfo("Europe/London")
MONDAY = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HAIRCUT, BRAIDS = UUID(int=11), UUID(int=12)
ADA, BOLA = UUID(int=21), UUID(int=22)
CUSTOMER, PLACE = UUID(int=31), UUID(int=41)

TENANT = TenantInfo(
    id=UUID(int=1),
    slug="glow",
    name="Glow",
    vertical="plain",
    zone=ZONE.key,
    locale="en_GB",
    currency="GBP",
    country="GB",
    plan="free",
    status="active",
    settings=TenantSettingsInfo(),
    catalog_revision=1,
)


def _service(service: UUID, name: str, *synonyms: str, minutes: int = 60) -> ServiceInfo:
    return ServiceInfo(
        id=service,
        name=name,
        synonyms=synonyms,
        category="hair",
        minutes=minutes,
        buffer_before=0,
        buffer_after=0,
        price=Money(amount=4500, currency="GBP"),
        demands=(DemandSpec(),),
        resource_ids=(),
        active=True,
    )


def _person(person: UUID, name: str) -> ResourceInfo:
    return ResourceInfo(
        id=person,
        location_id=PLACE,
        kind="staff",
        name=name,
        title="",
        synonyms=(),
        hue=200,
        active=True,
        service_ids=(),
    )


SHOP = Catalogue(
    locations=(LocationInfo(id=PLACE, name="Main", address="1 High Street", zone=ZONE.key),),
    services=(_service(HAIRCUT, "Haircut", "cut", "trim"), _service(BRAIDS, "Braids", minutes=120)),
    resources=(_person(ADA, "Ada"), _person(BOLA, "Bola")),
)


def shop_with(**fields: Any) -> Catalogue:
    """The shop with some of it replaced. A copy of the model would keep what the old one has looked up."""
    return Catalogue(**{**dict(SHOP), **fields})


HOURS = tuple(HoursInfo(location_id=PLACE, resource_id=None, weekday=day, opens=540, closes=1080) for day in range(6))


@dataclass
class World:
    """Open Monday to Saturday from nine to six, every full hour, London time.

    With `approval` a colleague has to agree to everything. Days on which nobody can come say `shut_for` as the reason,
    and whoever is `away` is stood in for.
    """

    now: dt.datetime = MONDAY
    name: str | None = "Tom Baker"
    state: DialogState = field(default_factory=DialogState)
    rows: dict[UUID, ReservationInfo] = field(default_factory=dict)
    deeds: list[Any] = field(default_factory=list)
    taken: set[tuple[UUID, dt.datetime]] = field(default_factory=set)
    said_by_bot: list[str] = field(default_factory=list)
    handed_over: bool = False
    refuse_next: Refusal | None = None
    advice: tuple[str, ...] = ()
    approval: bool = False
    shut_for: str = ""
    away: set[UUID] = field(default_factory=set)

    def say(self, text: str, *, asked_before: bool = True) -> str:
        """A message and its answer. `asked_before=False`: it was written before the last question was asked."""
        self.now += dt.timedelta(seconds=10)
        facts = self.facts()
        draft = self.state.draft
        if draft is not None and asked_before:
            facts = facts.model_copy(
                update={"answers": draft.token, "approval": Approval(fingerprint="x", advice=self.advice)}
            )
        said = hear_in(text, self.state, facts, names=names_of(SHOP))
        talk = converse(self.state, said, facts, self.wording())
        try:
            request = next(talk)
            while True:
                request = talk.send(self._answer(request))
        except StopIteration as end:
            self.state = end.value.state
            reply = "\n".join(end.value.replies)
        self.said_by_bot.append(reply)
        return reply

    def facts(self) -> Facts:
        customer = CustomerInfo(id=CUSTOMER, name=self.name, phone="+447700900123", email=None, locale=None)
        return Facts(
            now=self.now,
            tenant=TENANT,
            shop=self.shop(),
            hours=HOURS,
            vertical=plain_vertical("plain"),
            customer=customer,
        )

    def shop(self) -> Catalogue:
        rules = ServiceRules(approval=self.approval)
        return shop_with(services=tuple(service.model_copy(update={"rules": rules}) for service in SHOP.services))

    def wording(self) -> Wording:
        return Wording(locale="en_GB", zone=ZONE.key, business="Glow", vertical=plain_vertical("plain"))

    @property
    def confirmed(self) -> list[ReservationInfo]:
        """What is booked."""
        return [row for row in self.rows.values() if row.status == "confirmed"]

    def book(self, *, day: int, hour: int, service: UUID = HAIRCUT, staff: UUID = ADA) -> ReservationInfo:
        """A reservation made elsewhere, in March 2026."""
        start = dt.datetime(2026, 3, day, hour, tzinfo=ZONE).astimezone(dt.UTC)
        row = self._write(service, staff, start, "confirmed")
        self.deeds.clear()
        return row

    def _free(self, staff: UUID, start: dt.datetime) -> bool:
        local = start.astimezone(ZONE)
        open_then = (
            local.weekday() < 6
            and not (self.shut_for and local.day == 4)
            and 9 <= local.hour < 18
            and local.minute == 0
        )
        standing = ("held", "pending", "confirmed")
        taken = {(r.resources[0].id, r.starts_at) for r in self.rows.values() if r.status in standing}
        return open_then and start > self.now and (staff, start) not in taken | self.taken

    def _able(self, whom: ask.Whom) -> list[UUID]:
        wanted = None if whom.staff in self.away else whom.staff
        able = [p for p in (ADA, BOLA) if p not in whom.excluded and wanted in (None, p)]
        return [p for p in able if p not in self.away]

    def _answer(self, request: ask.Request) -> Any:  # noqa: C901, PLR0911 - one line per kind of request
        match request:
            case ask.CheckTime():
                return self._check(request)
            case ask.Openings():
                first = dt.datetime.combine(request.first, dt.time(0), tzinfo=ZONE)
                return self._offers(first, request.days * 24, request.whom, len)
            case ask.Nearest():
                start = (request.wanted - dt.timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
                found = self._offers(start, 24 * 10, request.whom, len)
                near = sorted(found, key=lambda slot: abs(slot.starts_at - request.wanted))[: request.count]
                return tuple(sorted(near, key=lambda slot: slot.starts_at))
            case ask.Upcoming():
                standing = [row for row in self.rows.values() if row.status in ("pending", "confirmed")]
                return tuple(sorted(standing, key=lambda row: row.starts_at))
            case ask.Look():
                return self.rows.get(request.reservation)
            case ask.Hold():
                return self._hold(request)
            case ask.Release():
                self._set(request.reservation, status="cancelled")
            case ask.Confirm() | ask.Cancel() | ask.Move():
                return self._deed(request)
            case ask.HandOver():
                self.handed_over = True
            case ask.Introduce():
                self.name = request.name or self.name
        return None

    def _check(self, request: ask.CheckTime) -> ask.TimeAnswer:
        local = request.starts_at.astimezone(ZONE)
        kept = {request.moving} if request.moving else set()
        own = {(r.resources[0].id, r.starts_at) for r in self.rows.values() if r.id in kept}
        free = [
            p for p in self._able(request.whom) if self._free(p, request.starts_at) or (p, request.starts_at) in own
        ]
        if free:
            return ask.TimeAnswer(free=True, staff=free[0])
        if request.starts_at <= self.now:
            return ask.TimeAnswer(free=False, reason="past")
        if self.shut_for:
            return ask.TimeAnswer(free=False, reason=self.shut_for)
        shut = local.weekday() == 6 or not 9 <= local.hour < 18
        return ask.TimeAnswer(free=False, reason="closed" if shut else "off_grid" if local.minute else "busy")

    def _offers(self, start: dt.datetime, hours: int, whom: ask.Whom, _: Any) -> tuple[OfferedSlot, ...]:
        found = []
        for hour in range(hours):
            at = (start.astimezone(dt.UTC) + dt.timedelta(hours=hour)).replace(minute=0)
            free = tuple(p for p in self._able(whom) if self._free(p, at))
            if free:
                found.append(OfferedSlot(starts_at=at, ends_at=at + dt.timedelta(hours=1), resource_ids=free))
        return tuple(found)

    def _hold(self, request: ask.Hold) -> ReservationInfo | Refusal:
        free = [p for p in self._able(ask.Whom(request.staff)) if self._free(p, request.starts_at)]
        return self._write(request.service, free[0], request.starts_at, "held") if free else Refusal(kind="taken")

    def _write(self, service: UUID, staff: UUID, start: dt.datetime, status: Any) -> ReservationInfo:
        info = SHOP.service(service)
        person = SHOP.resource(staff)
        assert info is not None
        assert person is not None
        row = ReservationInfo(
            id=UUID(int=1000 + len(self.rows)),
            reference=f"REF{len(self.rows)}",
            status=status,
            customer_id=CUSTOMER,
            customer_name=self.name,
            service_id=service,
            service_name=info.name,
            resources=(ReservedResource(id=staff, name=person.name, kind="staff"),),
            starts_at=start,
            ends_at=start + dt.timedelta(minutes=info.minutes),
            price=info.price,
            party_size=1,
            intake={},
            note="",
            source="whatsapp",
            hold_expires_at=self.now + dt.timedelta(minutes=10) if status == "held" else None,
            version=1,
            created_at=self.now,
        )
        self.rows[row.id] = row
        return row

    def _set(self, reservation: UUID, **fields: Any) -> ReservationInfo:
        self.rows[reservation] = self.rows[reservation].model_copy(update=fields)
        return self.rows[reservation]

    def _deed(self, request: ask.Confirm | ask.Cancel | ask.Move) -> ReservationInfo | Refusal:
        self.deeds.append(request)
        if self.refuse_next is not None:
            refusal, self.refuse_next = self.refuse_next, None
            return refusal
        if isinstance(request, ask.Confirm):
            agreed = "pending" if self.approval else "confirmed"
            return self._set(request.reservation, status=agreed, hold_expires_at=None)
        if isinstance(request, ask.Cancel):
            return self._set(request.reservation, status="cancelled")
        staff = request.staff or self.rows[request.reservation].resources[0].id
        person = SHOP.resource(staff)
        assert person is not None
        people = (ReservedResource(id=staff, name=person.name, kind="staff"),)
        row = self.rows[request.reservation]
        ends = request.starts_at + (row.ends_at - row.starts_at)
        return self._set(request.reservation, starts_at=request.starts_at, ends_at=ends, resources=people)


def booked(world: World) -> Sequence[tuple[str, str, str]]:
    """Confirmed reservations as service, person, local start."""
    return [
        (row.service_name, row.resources[0].name, row.starts_at.astimezone(ZONE).strftime("%a %d %H:%M"))
        for row in sorted(world.confirmed, key=lambda row: row.starts_at)
    ]


def play(world: World, story: str) -> None:
    """Walk through a story: ">" is said, "<" is a part of the answer, "=" is what is booked then."""
    reply = ""
    for raw in story.strip().splitlines():
        sign, _, text = raw.strip().partition(" ")
        if sign == ">":
            reply = world.say(text)
        elif sign == "<":
            assert text in reply, f"expected {text!r} in:\n{reply}"
        else:
            expected = [tuple(part.strip().split(" | ")) for part in text.split(" ; ") if part.strip()]
            assert list(booked(world)) == expected
