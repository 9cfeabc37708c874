"""A quote as people read it, in every currency's own decimals."""

from __future__ import annotations

import pytest

from booka_core.sdk.pricing import Quote, QuoteLine


def quote(currency: str, *amounts: int) -> Quote:
    lines = tuple(
        QuoteLine(kind="base", label=f"Line {place}", amount=amount) for place, amount in enumerate(amounts, 1)
    )
    return Quote(currency=currency, lines=lines, total=sum(amounts))


def test_a_quote_reads_like_a_receipt() -> None:
    lines = (
        QuoteLine(kind="base", label="Haircut", amount=1_200_000),
        QuoteLine(kind="promotion", label="Spring", amount=-120_000),
        QuoteLine(kind="tax", label="Tax 7.5%", amount=75_349, included=True),
    )
    assert Quote(currency="NGN", lines=lines, total=1_080_000, tax=75_349).as_table("en-NG").splitlines() == [
        "Haircut   ₦12,000.00",
        "Spring    -₦1,200.00",
        "Tax 7.5%   (₦753.49)",
        "Total     ₦10,800.00",
    ]


@pytest.mark.parametrize(
    ("currency", "locale", "shown"),
    [
        ("JPY", "en", "¥1,234"),
        ("EUR", "de-DE", "12,34\xa0€"),
        ("KWD", "en", "KWD1.234"),
        ("NGN", "en", "NGN12.34"),
    ],
)
def test_currencies_keep_their_own_number_of_decimals(currency: str, locale: str, shown: str) -> None:
    assert quote(currency, 1_234).as_rows(locale)[0] == ("Line 1", shown)


@pytest.mark.parametrize("total", [301, 299, -1])
def test_a_quote_that_does_not_add_up_cannot_be_made(total: int) -> None:
    lines = (QuoteLine(kind="base", label="Cut", amount=300),)
    with pytest.raises(ValueError, match="sum of the lines"):
        Quote(currency="NGN", lines=lines, total=total)


def test_a_total_below_zero_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not below zero"):
        quote("NGN", 100, -200)
