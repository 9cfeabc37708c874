"""The messenger of the demonstration shows what was said, and offers the choices of the last answer."""

from __future__ import annotations

from datetime import timedelta

from booka_core.web.demo.thread import Thread, ThreadMessage, build_thread
from booka_core.web.ui import Formats

from .rows import NOW

MENU = "What would you like?\n\n1. *Silk press* (₦12,000)\n2) Knotless braids\n3 - Gel manicure\n\nReply with a number."


def said(direction: str, text: str, *, minutes_ago: float = 5, status: str = "read", key: str = "m") -> ThreadMessage:
    return ThreadMessage(
        id=f"{key}{minutes_ago}", direction=direction, text=text, at=NOW - timedelta(minutes=minutes_ago), status=status
    )


def thread(*messages: ThreadMessage, typing: bool = False) -> Thread:
    formats = Formats.of(locale="en_NG", zone="Africa/Lagos")
    return build_thread(messages, salon="Lumière", customer="Joy", formats=formats, now=NOW, typing=typing)


def test_what_the_customer_wrote_is_theirs_and_the_answer_is_the_salons() -> None:
    entries = thread(said("in", "Hi", minutes_ago=6), said("out", "Hello")).entries
    assert [(entry.separator, entry.mine, entry.text) for entry in entries] == [
        ("Today", False, ""),
        ("", True, "Hi"),
        ("", False, "Hello"),
    ]


def test_days_are_separated_by_the_salons_calendar() -> None:
    yesterday = said("in", "Hi", minutes_ago=10 * 60)  # 23:42 in Lagos
    separators = [entry.separator for entry in thread(yesterday, said("out", "Hello")).entries if entry.separator]
    assert separators == ["Yesterday", "Today"]


def test_numbered_lines_of_the_last_answer_become_chips_that_send_the_number() -> None:
    chips = thread(said("out", MENU)).chips
    assert [(chip.number, chip.label, chip.say) for chip in chips] == [
        ("1", "Silk press (₦12,000)", "1"),
        ("2", "Knotless braids", "2"),
        ("3", "Gel manicure", "3"),
    ]


def test_times_and_prices_in_an_answer_are_not_taken_for_choices() -> None:
    assert thread(said("out", "Booked.\n10:30 on Friday\n15000 naira\n2 hours")).chips == []


def test_a_word_that_the_answer_asks_for_in_quotes_becomes_a_chip() -> None:
    chips = thread(said("out", 'Shall I book it?\n\nReply "yes", or tell me what to change.')).chips
    assert [(chip.label, chip.say) for chip in chips] == [("yes", "yes")]
    assert [chip.say for chip in thread(said("out", "R\u00e9pondez \u00ab\u00a0oui\u00a0\u00bb.")).chips] == ["oui"]


def test_no_chips_while_an_answer_is_due() -> None:
    assert thread(said("out", MENU, minutes_ago=2), said("in", "1", minutes_ago=0.05)).chips == []


def test_the_dots_show_while_an_answer_is_due_and_stop_when_none_comes() -> None:
    assert thread(said("in", "Hi", minutes_ago=0.05)).typing
    assert not thread(said("in", "Hi", minutes_ago=1)).typing
    assert thread(said("in", "Hi", minutes_ago=1), typing=True).typing
    assert not thread(said("in", "Hi", minutes_ago=1), said("out", "Hello", minutes_ago=0), typing=True).typing


def test_before_the_first_word_there_are_ways_to_begin() -> None:
    assert thread().chips[0].say == "Hi"
