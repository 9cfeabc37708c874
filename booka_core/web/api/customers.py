"""People: found, added, changed, kept out, and forgotten when they ask for it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field
from quart import Blueprint, Response, g

from booka_core.audit.types import AuditActor
from booka_core.customers import commands, errors, queries, standing
from booka_core.customers.types import CustomerInfo
from booka_core.sdk.values import Frozen
from booka_core.tenancy.errors import UnknownLocale, UnknownZone
from booka_core.web.api.answers import Items, answer
from booka_core.web.api.bodies import Accepted, Name, Nothing, OfPage, Phone, Reasoned, body, question
from booka_core.web.api.operations import Follow, Operation, add
from booka_core.web.requests import requires

_TAG = "customers"
_ONE = (errors.CustomerNotFound, errors.CustomerErased)
_GIVEN = (errors.BadPhone, errors.BadEmail, errors.BadCustomerName)
_ID = {"customer_id": "id"}

_Mail = Annotated[str, Field(max_length=254, pattern=r"^[^\x00-\x1f\x7f]*$")]
_Locale = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z0-9_-]*$")]
_Zone = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_+/-]*$")]
_Group = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]
_Groups = Annotated[tuple[_Group, ...], Field(max_length=30)]


class CustomersQuestion(OfPage):
    """Whom to find: each word of `q` in the name or mail address, or its digits in the phone number."""

    q: Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class NewCustomer(Accepted):
    """A person, added by hand."""

    name: Name
    phone: Phone | None = None
    email: _Mail | None = None


class CustomerChanges(Accepted):
    """What is to change. An empty phone, email, locale or zone is taken away; groups are joined and left by name."""

    name: Name | None = None
    phone: Phone | None = None
    email: _Mail | None = None
    locale: _Locale | None = None
    zone: _Zone | None = None
    join_groups: _Groups = ()
    leave_groups: _Groups = ()


class NewDependant(Accepted):
    """Somebody for whom a customer books."""

    name: Name


class Customer(Frozen):
    """A person. `phone` is E.164, `guardian_id` who books for them; an `erased` one has left nothing but a row."""

    id: UUID
    name: str | None
    phone: str | None
    email: str | None
    locale: str | None
    zone: str | None
    tags: tuple[str, ...]
    guardian_id: UUID | None
    blocked: bool
    blocked_reason: str
    spam_reports: int
    erased: bool

    @classmethod
    def of(cls, found: CustomerInfo) -> Customer:
        """A customer as callers see them."""
        return cls(**found.model_dump(include=set(cls.model_fields)))


_FOLLOWS = {
    "show": Follow("showCustomer", _ID),
    "change": Follow("changeCustomer", _ID, sends={"name": "Somebody"}),
    "block": Follow("blockCustomer", _ID, sends={}),
    "unblock": Follow("unblockCustomer", _ID, sends={}),
    "dependants": Follow("listDependants", _ID),
    "erase": Follow("eraseCustomer", _ID, sends={}),
}


def _deed(name: str, given: type[Accepted]) -> Operation:
    return Operation(name, _TAG, body=given, answers={200: Customer}, problems=_ONE)


@Operation(
    "listCustomers",
    _TAG,
    query=CustomersQuestion,
    answers={200: Items[Customer]},
    problems=(errors.BadCustomerCursor,),
)
@requires("booking.manage", reading=True, credential="token")
async def list_them() -> Response:
    """Customers, newest first, a page at a time."""
    asked = question(CustomersQuestion)
    page = await queries.list_customers(asked.q, cursor=asked.cursor, limit=asked.limit)
    return answer(Items[Customer](items=tuple(Customer.of(one) for one in page.items), next_cursor=page.next_cursor))


@Operation("showCustomer", _TAG, answers={200: Customer})
@requires("booking.manage", reading=True, credential="token")
async def show(customer_id: UUID) -> Response:
    """One customer."""
    return answer(Customer.of(await queries.get_customer(customer_id)))


@Operation("createCustomer", _TAG, body=NewCustomer, answers={201: Customer}, problems=_GIVEN, follows=_FOLLOWS)
@requires("booking.manage", credential="token")
async def create() -> Response:
    """Add a person by hand."""
    given = await body(NewCustomer)
    phone = commands.parse_phone(given.phone, country=g.tenant.country or None) if given.phone else None
    made = await commands.add_customer(name=given.name, phone=phone, email=given.email)
    return answer(Customer.of(made), 201, location=f"/api/v1/customers/{made.id}")


@Operation(
    "changeCustomer",
    _TAG,
    body=CustomerChanges,
    answers={200: Customer},
    problems=(*_ONE, *_GIVEN, errors.BadTag, UnknownZone, UnknownLocale),
)
@requires("booking.manage", credential="token")
async def change(customer_id: UUID) -> Response:
    """Change what is given and keep the rest."""
    await queries.get_customer(customer_id)
    given = await body(CustomerChanges)
    phone = commands.parse_phone(given.phone, country=g.tenant.country or None) if given.phone else given.phone
    found = await commands.change_customer(
        customer_id, name=given.name, phone=phone, email=given.email, locale=given.locale, zone=given.zone
    )
    if given.join_groups or given.leave_groups:
        found = await standing.tag(customer_id, add=given.join_groups, remove=given.leave_groups, actor=_actor())
    return answer(Customer.of(found))


@Operation("listDependants", _TAG, answers={200: Items[Customer]}, problems=(errors.CustomerNotFound,))
@requires("booking.manage", reading=True, credential="token")
async def dependants(customer_id: UUID) -> Response:
    """Those for whom a customer books."""
    await queries.get_customer(customer_id)
    found = await queries.dependants_of(customer_id)
    return answer(Items[Customer](items=tuple(Customer.of(one) for one in found)))


@Operation(
    "addDependant",
    _TAG,
    body=NewDependant,
    answers={201: Customer},
    problems=(*_ONE, errors.BadCustomerName, errors.DependantOfDependant, errors.TooManyDependants),
)
@requires("booking.manage", credential="token")
async def add_dependant(customer_id: UUID) -> Response:
    """Add somebody for whom a customer books, such as a child; book with their id as `attendee_id`."""
    await queries.get_customer(customer_id)
    given = await body(NewDependant)
    made = await standing.add_dependant(customer_id, given.name)
    return answer(Customer.of(made), 201, location=f"/api/v1/customers/{made.id}")


@_deed("blockCustomer", Reasoned)
@requires("booking.manage", credential="token")
async def block(customer_id: UUID) -> Response:
    """Let a customer book nothing more; what is booked stays."""
    await queries.get_customer(customer_id)
    given = await body(Reasoned)
    return answer(Customer.of(await standing.block(customer_id, reason=given.reason, actor=_actor())))


@_deed("unblockCustomer", Nothing)
@requires("booking.manage", credential="token")
async def unblock(customer_id: UUID) -> Response:
    """Let a customer book again."""
    await body(Nothing)
    return answer(Customer.of(await standing.unblock(customer_id, actor=_actor())))


@_deed("reportSpam", Nothing)
@requires("booking.manage", credential="token")
async def report(customer_id: UUID) -> Response:
    """Count a report of unwanted messages. It blocks nobody: that is for a person to decide."""
    await body(Nothing)
    return answer(Customer.of(await standing.report_spam(customer_id, actor=_actor())))


@Operation("eraseCustomer", _TAG, body=Nothing, answers={200: Customer})
@requires("booking.manage", credential="token")
async def erase(customer_id: UUID) -> Response:
    """Forget who a customer is. What they booked, and its history, stay without a name. Twice is the same as once."""
    await body(Nothing)
    return answer(Customer.of(await standing.erase_customer(customer_id, actor=_actor())))


def _actor() -> AuditActor:
    return AuditActor.user(g.person.user_id)


def add_to(routes: Blueprint) -> None:
    one = "/customers/<uuid:customer_id>"
    add(routes, "GET", "/customers", list_them)
    add(routes, "POST", "/customers", create)
    add(routes, "GET", one, show)
    add(routes, "PATCH", one, change)
    add(routes, "GET", f"{one}/dependants", dependants)
    add(routes, "POST", f"{one}/dependants", add_dependant)
    add(routes, "POST", f"{one}/block", block)
    add(routes, "POST", f"{one}/unblock", unblock)
    add(routes, "POST", f"{one}/report-spam", report)
    add(routes, "POST", f"{one}/erase", erase)
