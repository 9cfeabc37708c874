"""Carries out what the dialog engine asks for: questions and deeds become calls of the booking room, its errors
become refusals that the engine can explain. Every deed on a reservation is checked once more: it must be this
customer's, and it must carry the token of the draft that the stored dialogue holds.
"""

from __future__ import annotations

from collections.abc import Awaitable
from uuid import UUID

from booka_core.availability import minute_of
from booka_core.booking import commands, moves, queries
from booka_core.booking.approval import approve_reservation
from booka_core.booking.errors import (
    AlreadyCancelled,
    ApprovalMismatch,
    BookingRefused,
    CustomerBlocked,
    HoldExpired,
    IllegalTransition,
    LinkUsedUp,
    NeedsPerson,
    NothingToMove,
    NoticeTooShort,
    ReservationNotFound,
    SlotTaken,
    TermsNotAccepted,
    TooManyActive,
)
from booka_core.booking.prices import price_fingerprint
from booka_core.booking.types import Actor, Approval, ReservationInfo, Source
from booka_core.catalog.errors import ResourceNotFound, ServiceNotFound
from booka_core.conversation.dialog.finding import BY_PERSON
from booka_core.conversation.dialog.requests import (
    Cancel,
    CheckTime,
    Confirm,
    HandOver,
    Hold,
    Introduce,
    Look,
    Move,
    Nearest,
    Openings,
    Release,
    Request,
    Talk,
    TimeAnswer,
    Upcoming,
    Whom,
)
from booka_core.conversation.errors import TokenSpent
from booka_core.conversation.types import Draft, Facts, Outcome, Refusal, RefusalKind
from booka_core.customers import commands as customers
from booka_core.customers.errors import BadEmail
from booka_core.messaging import commands as messaging
from booka_core.offers.errors import (
    AddOnNotOffered,
    BadNights,
    BadPartySize,
    ClassAlone,
    DurationNotOffered,
    NotAtThisLocation,
    NotByTheNight,
    NothingToBook,
    ServiceIsPrivate,
    SlotNotOffered,
    StayAlone,
)
from booka_core.offers.prepare import prepare_start
from booka_core.offers.queries import alternatives, availability, check, free_for
from booka_core.offers.types import OfferedSlot, Wish
from booka_core.sdk.errors import BookaError

_KINDS: tuple[tuple[RefusalKind, tuple[type[BookaError], ...]], ...] = (
    ("taken", (SlotTaken,)),
    ("expired", (HoldExpired, ApprovalMismatch)),
    ("too_late", (NoticeTooShort,)),
    ("unchanged", (NothingToMove,)),
    ("refused", (BookingRefused,)),
    ("blocked", (CustomerBlocked,)),
    ("too_many", (TooManyActive,)),
    ("terms", (TermsNotAccepted,)),
    ("private", (ServiceIsPrivate, LinkUsedUp)),
    ("needs_person", (NeedsPerson,)),
    ("gone", (AlreadyCancelled, ReservationNotFound, IllegalTransition)),
    ("not_offered", (SlotNotOffered, ServiceNotFound, ResourceNotFound, NothingToBook)),
)
_BEYOND_A_CHAT = (
    AddOnNotOffered,
    BadNights,
    BadPartySize,
    ClassAlone,
    DurationNotOffered,
    NotAtThisLocation,
    NotByTheNight,
    StayAlone,
)
"""What is wrong with a wish that no other time would put right."""


class Desk:
    """Works for one message of one customer, inside the turn's transaction."""

    def __init__(self, facts: Facts, *, conversation_id: UUID, draft: Draft | None, source: Source) -> None:
        """`draft` is the one in the stored dialogue, as it was before this message."""
        self.facts = facts
        self.conversation_id = conversation_id
        self.draft = draft
        self.source = source
        self.actor = Actor(kind="customer", id=facts.customer.id, label="")

    async def carry_out(self, talk: Talk[Outcome]) -> Outcome:
        """Walk through the dialogue's turn to its outcome."""
        try:
            request = next(talk)
            while True:
                request = talk.send(await self._answer(request))
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome

    async def _answer(self, request: Request) -> object:
        answer: object = None
        match request:
            case CheckTime():
                answer = await self._check(request)
            case Openings() | Nearest():
                answer = await self._slots(request)
            case Upcoming():
                answer = await queries.upcoming(self.facts.customer.id)
            case Look():
                answer = await self._own(request.reservation)
            case Hold() | Confirm() | Cancel() | Move():
                answer = await self._deed(request)
            case Release():
                await self._release(request.reservation)
            case HandOver():
                await messaging.take_over(self.conversation_id)
            case Introduce():
                await self._introduce(request)
        return answer

    # -- questions ---------------------------------------------------------------------------------------------------

    async def _check(self, request: CheckTime) -> TimeAnswer:
        row = await self._standing(request.moving)
        try:
            offer = await prepare_start(
                self._wish(request, row).at(request.starts_at),
                customer_id=self.facts.customer.id,
                moving=request.moving,
            )
            answer = check(offer, request.starts_at)
        except (ServiceNotFound, ResourceNotFound, NothingToBook):
            return TimeAnswer(free=False, reason="closed")
        except _BEYOND_A_CHAT:
            return TimeAnswer(free=False, reason=BY_PERSON)
        if not answer.free:
            return TimeAnswer(free=False, reason=answer.reason)
        if not request.whom.excluded and row is None:
            return TimeAnswer(free=True, staff=request.whom.staff)
        people = {person.id for person in self.facts.shop.staff} - set(request.whom.excluded)
        free = [one for one in free_for(offer, minute_of(request.starts_at)) if one in people]
        if not free and request.whom.excluded:
            return TimeAnswer(free=False, reason="busy")
        liked = (request.whom.staff, row.staff.id if row is not None and row.staff is not None else None)
        return TimeAnswer(free=True, staff=next((one for one in (*liked, *free) if one in free), None))

    async def _slots(self, request: Openings | Nearest) -> tuple[OfferedSlot, ...]:
        wish, customer = self._wish(request, await self._standing(request.moving)), self.facts.customer.id
        try:
            if isinstance(request, Openings):
                found = await availability(wish=wish, from_day=request.first, days=request.days, customer_id=customer)
            else:
                # More are fetched than shown, because some may be with people the customer does not want.
                extra = 10 if request.whom.excluded else 0
                found = await alternatives(
                    wish=wish, wanted=request.wanted, count=request.count + extra, customer_id=customer
                )
        except (ServiceNotFound, ResourceNotFound, NothingToBook, *_BEYOND_A_CHAT):
            return ()
        kept = [slot for slot in found if _somebody_else(slot, request.whom)]
        return tuple(kept[: request.count] if isinstance(request, Nearest) else kept)

    async def _standing(self, reservation_id: UUID | None) -> ReservationInfo | None:
        """A reservation that moves. A hold does not: it is asked for anew."""
        row = await self._own(reservation_id) if reservation_id is not None else None
        return row if row is not None and row.status != "held" else None

    def _wish(self, request: CheckTime | Openings | Nearest, row: ReservationInfo | None) -> Wish:
        """What is looked for: all of a reservation that moves, also if it was made elsewhere, or a plain booking."""
        start, staff = self.facts.now, request.whom.staff
        if row is not None:
            return moves.wish_of(row, self.facts.shop, starts_at=start, resource_id=staff)
        return Wish.of(service_id=request.service, starts_at=start, resource_id=staff, party_size=request.whom.party)

    async def _own(self, reservation_id: UUID) -> ReservationInfo | None:
        """A reservation, if it is this customer's."""
        try:
            found = await queries.get_reservation(reservation_id)
        except ReservationNotFound:
            return None
        return found if found.customer_id == self.facts.customer.id else None

    # -- deeds -------------------------------------------------------------------------------------------------------

    async def _deed(self, request: Hold | Confirm | Cancel | Move) -> ReservationInfo | Refusal:
        if isinstance(request, Hold):
            wish = Wish.of(
                service_id=request.service,
                starts_at=request.starts_at,
                resource_id=request.staff,
                party_size=request.party,
                intake=request.intake,
            )
            wish = wish.model_copy(update={"quote_id": self.facts.quotes.get(price_fingerprint(wish).hex())})
            return await refusable(
                commands.hold_slot(wish, customer_id=self.facts.customer.id, actor=self.actor, source=self.source)
            )
        self._spend(request)
        if await self._own(request.reservation) is None:
            return Refusal(kind="gone")
        if isinstance(request, Cancel):
            return await refusable(
                commands.cancel_reservation(
                    reservation_id=request.reservation, actor=self.actor, source=self.source, reason="by the customer"
                )
            )
        approval = self.facts.approval
        if not isinstance(approval, Approval):
            return approval or Refusal(kind="expired")
        if isinstance(request, Confirm):
            return await refusable(
                commands.confirm_reservation(
                    reservation_id=request.reservation, approval=approval, actor=self.actor, source=self.source
                )
            )
        return await refusable(
            moves.move_reservation(
                reservation_id=request.reservation,
                starts_at=request.starts_at,
                resource_id=request.staff,
                approval=approval,
                actor=self.actor,
                source=self.source,
            )
        )

    def _spend(self, request: Confirm | Cancel | Move) -> None:
        """A token opens one deed on the one reservation of the stored draft."""
        draft, self.draft = self.draft, None
        if draft is None or draft.token != request.token or draft.reservation_id != request.reservation:
            raise TokenSpent

    async def _release(self, reservation_id: UUID) -> None:
        row = await self._own(reservation_id)
        if row is not None and row.status == "held":
            await commands.cancel_reservation(
                reservation_id=reservation_id, actor=self.actor, source=self.source, reason="another time was chosen"
            )

    async def _introduce(self, request: Introduce) -> None:
        try:
            await customers.change_customer(self.facts.customer.id, name=request.name, email=request.email)
        except BadEmail:
            await customers.change_customer(self.facts.customer.id, name=request.name)


def _somebody_else(slot: OfferedSlot, whom: Whom) -> bool:
    return not whom.excluded or bool(set(slot.resource_ids) - set(whom.excluded))


async def refusable(deed: Awaitable[ReservationInfo]) -> ReservationInfo | Refusal:
    """The row that came of a deed, or the refusal that its error means."""
    try:
        return await deed
    except BookaError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        return refusal


def refusal_of(error: BookaError) -> Refusal | None:
    """What an error of the booking room means to a customer; None for an error that is nobody's wish."""
    if isinstance(error, _BEYOND_A_CHAT):
        return Refusal(kind="not_offered", reason=BY_PERSON)
    kind = next((kind for kind, errors in _KINDS if isinstance(error, errors)), None)
    if kind is None:
        return None
    words = error.detail or str(error) if kind in ("refused", "needs_person") else ""
    return Refusal(
        kind=kind,
        reason=str(error.fields.get("reason", "")),
        message=words,
        not_before=error.fields.get("not_before"),
        values={name: value for name, value in error.fields.items() if isinstance(value, str | int)},
    )


async def seek_approval(draft: Draft) -> Approval | Refusal | None:
    """Ask the plugins about a draft, before any transaction; cancelling asks nobody."""
    if draft.kind == "cancel":
        return None
    try:
        if draft.kind == "book":
            return await approve_reservation(draft.reservation_id)
        if draft.starts_at is None:
            return Refusal(kind="gone")
        return await moves.approve_move(
            reservation_id=draft.reservation_id, starts_at=draft.starts_at, resource_id=draft.staff
        )
    except BookaError as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        return refusal
