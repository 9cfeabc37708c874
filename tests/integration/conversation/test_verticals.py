"""The same engine serves other trades and languages: what differs is the vertical's data and the tenant's locale."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import ModuleType
from typing import Any

from booka_core.catalog.sample import install_sample
from booka_core.customers.commands import recognise
from booka_core.db.scope import bind_tenant
from booka_core.messaging import commands as messaging
from booka_core.plugins.catalogue import vertical
from booka_core.tenancy.commands import create_tenant
from booka_core.testing.database import TestDatabase
from tests.integration.conversation.conftest import Phone

ADDRESS = "33612345678@s.whatsapp.net"


@asynccontextmanager
async def business(time: ModuleType, trade: str, *, locale: str, zone: str, name: str | None) -> AsyncIterator[Phone]:
    """A business with its vertical's sample catalogue, and a customer's phone."""
    tenant = await create_tenant(
        slug=trade, name="Chez Awa", vertical=trade, zone=zone, locale=locale, currency="EUR", country="FR"
    )
    with bind_tenant(tenant.id):
        await install_sample(
            vertical(trade), location="Main", zone=zone, locale=locale, currency="EUR", address="12 rue des Fleurs"
        )
        customer = await recognise(channel="whatsapp", external_id=ADDRESS, phone="+33612345678", name=name)
        connection = await messaging.create_connection(
            provider="evolution",
            name="WhatsApp",
            settings={"base_url": "http://127.0.0.1:9", "instance": trade},
            secrets={"api_key": "k"},
        )
        conversation = await messaging.meet(
            connection_id=connection.id, channel="whatsapp", customer_id=customer.id, address=ADDRESS
        )
        yield Phone(None, customer, conversation, time)  # type: ignore[arg-type]  # no sample salon here


async def test_a_salon_in_paris_speaks_french(
    database: TestDatabase, plugins: None, redis: Any, frozen_clock: ModuleType
) -> None:
    async with business(frozen_clock, "beauty", locale="fr-FR", zone="Europe/Paris", name="Awa Diop") as phone:
        assert "1. Réserver" in await phone.say("Bonjour")
        draft = await phone.say("une coupe demain à 15h avec Ada s'il vous plaît")
        assert "Coupe avec Ada, mardi 3 mars à 15:00, 48 €" in draft
        assert "C'est réservé" in await phone.say("oui, parfait")
        assert "jeudi 5 mars à 10:30" in await phone.say("je voudrais déplacer mon rendez-vous à jeudi 10h30")
        assert "C'est déplacé" in await phone.say("d'accord")
        assert "Je l'annule ?" in await phone.say("annuler mon rendez-vous")
        assert "tout reste" in await phone.say("non")
        assert await phone.statuses() == ["confirmed"]


async def test_a_table_is_booked_for_a_party(
    database: TestDatabase, plugins: None, redis: Any, frozen_clock: ModuleType
) -> None:
    async with business(frozen_clock, "hospitality", locale="en-GB", zone="Europe/London", name=None) as phone:
        assert "Which sitting" in await phone.say("a table for 4 tomorrow at half past 12")
        assert "What name" in await phone.say("lunch")
        draft = await phone.say("Tom Baker")
        assert "Lunch for 4, Tuesday 3 March at 12:30" in draft
        assert "reserved" in await phone.say("yes please")
        rows = await phone.rows("select party_size, status from reservations order by id desc limit 1")
        assert rows == [{"party_size": 4, "status": "confirmed"}]


async def test_an_hour_that_does_not_exist_is_said_to_be_so(
    database: TestDatabase, plugins: None, redis: Any, frozen_clock: ModuleType
) -> None:
    async with business(frozen_clock, "beauty", locale="en-GB", zone="Europe/London", name="Jo Martin") as phone:
        reply = await phone.say("haircut with Ada on 29 March at 1:30 am")
        assert "the clocks change and 01:30 does not exist" in reply
        assert "The nearest free times" in reply


async def test_a_clinic_books_without_asking_about_health(
    database: TestDatabase, plugins: None, redis: Any, frozen_clock: ModuleType
) -> None:
    async with business(frozen_clock, "medicine", locale="en-GB", zone="Europe/London", name="Jo Martin") as phone:
        assert "do not write about your health" in await phone.say("hello")
        await phone.say("a short appointment with anyone on thursday at 10")
        assert "Your appointment is booked" in await phone.say("yes")
