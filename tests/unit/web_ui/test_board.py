"""The board around the day: figures, list, latest changes and the links between days."""

from __future__ import annotations

from datetime import timedelta

from booka_core.web.admin.board import Board, build_board
from booka_core.web.admin.reservations import narrowed

from .rows import DAY, NOW, at, change, key, person, reservation, sheet, tenant

STAFF = (person("Amara", (at("09:00"), at("17:00"))), person("Zainab", (at("09:00"), at("17:00"))))
ROWS = (
    reservation("Joy", at("10:00"), at("11:00")),
    reservation("Temi", at("08:00"), at("09:00"), source="web"),
    reservation("Bayo", at("12:00"), at("13:00"), staff="Zainab", status="cancelled"),
    reservation("Uche", at("14:00"), at("15:00"), status="held", hold_expires_at=NOW + timedelta(minutes=5)),
)


def board(**changes: object) -> Board:
    arguments: dict[str, object] = {
        "tenant": tenant(),
        "sheet": sheet(STAFF, *ROWS),
        "changes": [],
        "now": NOW,
        **changes,
    }
    return build_board(**arguments)  # type: ignore[arg-type]


def test_figures_count_bookings_and_neither_holds_nor_cancellations() -> None:
    figures = {figure.label: (figure.value, figure.note) for figure in board().figures}
    assert figures == {
        "Bookings": ("2", "1 still to come, 1 on hold"),
        "Booked value": ("₦12,000", "1 on WhatsApp"),
        "Cancelled": ("1", "their time is free again"),
        "Free hours": ("7.5", "across 2 people"),
    }


def test_the_list_is_in_order_of_time_with_prices_in_the_tenants_money() -> None:
    rows = board(view="list").rows
    assert [row.name for row in rows] == ["Temi", "Joy", "Bayo", "Uche"]
    assert rows[0].price == "₦12,000"


def test_the_feed_tells_each_reservation_once_by_its_newest_change() -> None:
    feed = board(
        changes=[change("Joy", "confirm"), change("Joy", "hold", minutes_ago=1), change("Bayo", "cancel")]
    ).feed
    assert [(item.name, item.tag) for item in feed] == [("Joy", "New"), ("Bayo", "Cancelled")]


def test_only_a_booking_that_changed_just_now_draws_the_eye() -> None:
    changes = [change("Joy", "confirm"), change("Temi", "confirm", minutes_ago=1)]
    assert {one.name: one.fresh for one in board(changes=changes).day.bookings if one.name in ("Joy", "Temi")} == {
        "Joy": True,
        "Temi": False,
    }


def test_links_keep_the_view_and_move_by_one_day() -> None:
    links = board(view="list").links
    assert links.before == f"/admin/t/lumiere/reservations?date={DAY - timedelta(days=1)}&view=list"
    assert links.today == "/admin/t/lumiere/reservations?view=list"
    assert links.stream == f"/admin/t/lumiere/stream?date={DAY}&view=list"


def test_a_colleague_limited_to_themselves_sees_their_column_and_their_figures_alone() -> None:
    kept, changes = narrowed(sheet(STAFF, *ROWS), (change("Joy", "confirm"),), only=key("Zainab"))
    assert [one.name for one in kept.staff] == ["Zainab"]
    assert [one.customer_name for one in kept.reservations] == ["Bayo"]
    assert (kept.booked.amount, kept.free_minutes, changes) == (0, 480, ())
