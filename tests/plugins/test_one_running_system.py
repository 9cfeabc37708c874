"""Every broken plugin there is, installed at once in a system that goes on taking bookings."""

from __future__ import annotations

import pytest

from booka_core.audit.types import COMMAND_LINE
from booka_core.booking.approval import approve_reservation
from booka_core.booking.commands import book, cancel_reservation, hold_slot
from booka_core.booking.errors import BookingRefused, NeedsPerson
from booka_core.booking.types import SYSTEM
from booka_core.db.scope import tenant_scope
from booka_core.jobs.runner import drain
from booka_core.offers.types import Wish
from booka_core.plugins import commands, queries, runtime
from booka_core.plugins.types import PluginState
from booka_core.runtime import wiring
from booka_core.sdk.hookspecs import POLICIES, HookPolicy
from booka_core.testing.plugins import BROKEN, PluginFolder, checking
from booka_core.testing.salon import Salon

ON = {"activation": {"default": True}}
HANGS = "await asyncio.sleep(3600)"
FAILING_LATER = """
from booka_core.sdk.hookspecs import hookimpl

@hookimpl
async def booka_on_event(ctx, event):
    raise SystemExit("not me")
"""


@pytest.fixture
def crowd(salon: Salon, plugin_folder: PluginFolder, monkeypatch: pytest.MonkeyPatch) -> str:
    """All of them beside a plugin that works, in a system whose database is open; the working one's package."""
    monkeypatch.setitem(POLICIES, "booka_booking_check", HookPolicy(mode="collect", timeout=0.2, on_error="hold"))
    for name in BROKEN:
        plugin_folder.add_broken(name)
    plugin_folder.add("fails_on_events", hooks=FAILING_LATER, manifest=ON)
    package = plugin_folder.add_dummy(**ON)
    runtime.load()
    wiring.connect_rooms()
    return package


async def test_a_booking_is_made_told_and_cancelled_and_everyone_broken_is_listed(
    crowd: str, plugin_folder: PluginFolder, salon: Salon, frozen_clock: object
) -> None:
    made = await book(
        Wish.of(service_id=salon.haircut, starts_at=salon.at(10)),
        customer_id=salon.customer_id,
        actor=SYSTEM,
        source="test",
    )
    assert made.status == "confirmed"
    await cancel_reservation(reservation_id=made.id, actor=SYSTEM, source="test")
    await drain(max_seconds=10)
    told = [call[-1] for call in plugin_folder.calls(crowd) if call[0] == "on_event"]
    assert [t for t in told if t.startswith("booking.appointment.")] == [
        "booking.appointment.booked.v1",
        "booking.appointment.cancelled.v1",
    ]
    async with tenant_scope(salon.tenant.id) as rows:
        remembered = await rows.execute_query_dict("select customer_id, visits from beauty_client_preferences")
    assert remembered == [{"customer_id": salon.customer_id, "visits": 0}]
    listed = {status.slug: status for status in await queries.list_plugins(salon.tenant.id)}
    assert {listed[name].state.value for name in BROKEN} == {"invalid", "incompatible", "import_failed"}
    assert all(listed[name].reason for name in BROKEN)
    assert listed["dummy"].effective is True
    assert listed["beauty"].state is PluginState.ACTIVE


@pytest.mark.parametrize(
    "body", [HANGS, "raise RuntimeError", "raise SystemExit", "raise KeyboardInterrupt", "return 'yes'"]
)
async def test_a_check_that_fails_holds_bookings_for_a_person_until_it_is_switched_off(
    crowd: str, plugin_folder: PluginFolder, salon: Salon, frozen_clock: object, body: str
) -> None:
    plugin_folder.add("doubtful", hooks=checking(body))
    runtime.load()
    wish = Wish.of(service_id=salon.haircut, starts_at=salon.at(11))
    await commands.enable("doubtful", COMMAND_LINE)
    with pytest.raises(NeedsPerson):
        await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="test")
    await commands.disable("doubtful", COMMAND_LINE)
    assert (await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="test")).status == "confirmed"


async def test_the_salons_rule_follows_its_settings_at_run_time(crowd: str, salon: Salon, frozen_clock: object) -> None:
    wish = Wish.of(service_id=salon.colour, starts_at=salon.at(11))
    await commands.configure("beauty", {"patch_test": {"policy": "refuse"}}, COMMAND_LINE)
    with pytest.raises(BookingRefused, match="at least 48 hours before"):
        await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="test")
    await commands.configure("beauty", {}, COMMAND_LINE)
    assert (await book(wish, customer_id=salon.customer_id, actor=SYSTEM, source="test")).status == "confirmed"


async def test_a_salon_that_only_advises_hands_its_advice_on(crowd: str, salon: Salon, frozen_clock: object) -> None:
    held = await hold_slot(
        Wish.of(service_id=salon.colour, starts_at=salon.at(11)),
        customer_id=salon.customer_id,
        actor=SYSTEM,
        source="test",
    )
    (advice,) = (await approve_reservation(held.id)).advice
    assert "quick skin test" in advice
