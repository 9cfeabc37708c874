"""Sums of whole minor units that lose nothing: shares are rounded half to even, and parts add up to what was parted."""

from __future__ import annotations

from collections.abc import Sequence

WHOLE = 10_000
"""Basis points of the whole."""


def divided(amount: int, divisor: int) -> int:
    """`amount / divisor` rounded to the nearest whole number, halves to the even one; `divisor` above zero."""
    quotient, rest = divmod(amount, divisor)
    return quotient + (2 * rest > divisor or (2 * rest == divisor and quotient % 2 == 1))


def share(amount: int, basis_points: int) -> int:
    """So many basis points of an amount."""
    return divided(amount * basis_points, WHOLE)


def tax_within(amount: int, basis_points: int) -> int:
    """The tax that an amount already contains at this rate."""
    return divided(amount * basis_points, WHOLE + basis_points)


def parted(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` in parts as large as the weights, none of which is negative; the parts add up to it exactly.

    What rounding down leaves goes to the largest remainders. Where no weight counts, the first takes all.
    """
    whole = sum(weights)
    if not whole:
        return [amount, *[0] * (len(weights) - 1)]
    sign = -1 if amount < 0 else 1
    shares = [divmod(abs(amount) * weight, whole) for weight in weights]
    parts = [quotient for quotient, _ in shares]
    by_rest = sorted(range(len(weights)), key=lambda place: (-shares[place][1], place))
    for place in by_rest[: abs(amount) - sum(parts)]:
        parts[place] += 1
    return [sign * part for part in parts]
