"""How a quote is made up, without any I/O. A bill knows of every line which part falls on which service: so no service
ever costs less than nothing, and each is taxed at its own rate on what it costs in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from booka_core.pricing.errors import (
    VoucherBelowLeast,
    VoucherForOtherServices,
    VoucherNotYetValid,
    VoucherRunOut,
)
from booka_core.pricing.sums import parted, share, tax_within
from booka_core.pricing.types import PriceCondition, PriceQuestion, PriceRuleInfo, PromotionInfo
from booka_core.sdk.pricing import LineKind, Quote, QuoteDraft, QuotedService, QuoteLine


@dataclass(slots=True)
class _Item:
    """A line in the making: `parts` says what of it falls on each service."""

    line: QuoteLine
    parts: list[int]


def applies(condition: PriceCondition, question: PriceQuestion) -> bool:
    """Whether all that a rule asks for holds for a visit."""
    local = question.starts_at.astimezone(ZoneInfo(question.zone))
    minute, day = local.hour * 60 + local.minute, local.date()
    if condition.from_minute < condition.until_minute:
        inside = condition.from_minute <= minute < condition.until_minute
    else:
        inside = minute >= condition.from_minute or minute < condition.until_minute
        day -= timedelta(days=minute < condition.until_minute)
    hours = (question.starts_at - question.asked_at) / timedelta(hours=1)
    occupied = condition.occupied_at_least
    return (
        inside
        and (not condition.weekdays or day.weekday() in condition.weekdays)
        and (condition.first_day is None or day >= condition.first_day)
        and (condition.last_day is None or day <= condition.last_day)
        and (condition.least_hours_before is None or hours >= condition.least_hours_before)
        and (condition.most_hours_before is None or hours <= condition.most_hours_before)
        and (occupied is None or (question.occupied_share is not None and question.occupied_share >= occupied))
    )


class Bill:
    """The price of one visit in the making. Begins with what its services and their extras cost by themselves."""

    __slots__ = ("_items", "_plain", "_question")

    def __init__(self, question: PriceQuestion) -> None:
        self._question = question
        self._items: list[_Item] = []
        for place, service in enumerate(question.services):
            self._charge(place, "base", label=service.name, amount=service.amount)
            for extra in service.add_ons:
                self._charge(place, "add_on", label=extra.name, amount=extra.amount)
        self._plain = self._net()

    def add_rules(self, rules: Iterable[PriceRuleInfo]) -> None:
        """Apply every rule whose condition holds. Each goes by the plain prices, so their order changes no total."""
        items = []
        for rule in rules:
            places = self._concerned(rule.service_ids)
            if places and applies(rule.condition, self._question):
                plain = sum(self._plain[place] for place in places)
                change = share(plain, rule.basis_points) if rule.basis_points is not None else rule.amount or 0
                line = QuoteLine(kind="rule", label=rule.name, amount=change, service_id=_only(rule.service_ids))
                items.append(_Item(line, self._parts(change, places, self._plain)))
        self._add(items)

    def draft(self) -> QuoteDraft:
        """The visit and its lines so far, as plugins see them."""
        asked = self._question
        return QuoteDraft(
            services=tuple(
                QuotedService(
                    service_id=one.service_id,
                    name=one.name,
                    category=one.category,
                    minutes=one.minutes,
                    guest=one.guest,
                )
                for one in asked.services
            ),
            starts_at=asked.starts_at,
            customer_id=asked.customer_id,
            customer_visits=asked.customer_visits,
            party_size=asked.party_size,
            intake=asked.intake,
            currency=asked.currency,
            lines=tuple(item.line for item in self._items),
        )

    def add_plugin_lines(self, lines: Iterable[QuoteLine]) -> None:
        """Add what plugins say. A line about a service that is not in the visit is about all of it."""
        items = []
        for line in lines:
            places = self._concerned((line.service_id,) if line.service_id else ()) or self._concerned(())
            items.append(_Item(line, self._parts(line.amount, places, self._plain)))
        self._add(items)

    def add_promotions(self, promotions: Sequence[PromotionInfo], *, voucher: PromotionInfo | None = None) -> None:
        """Take off the promotion that saves most, and then what the voucher takes of the rest.

        Raises a `VoucherNotValid` that says why the voucher does not go with this visit.
        """
        before = sum(self._net())
        if voucher is not None:
            self._require_voucher(voucher, before)
        possible = [
            (self._reduction(one), one)
            for one in promotions
            if _valid(one, self._question.asked_at) and before >= one.least_total
        ]
        if possible:
            best, promotion = min(possible, key=lambda found: (-found[0], found[1].name, found[1].id))
            self._take_off(best, promotion, kind="promotion")
        if voucher is not None:
            self._take_off(self._reduction(voucher), voucher, kind="voucher")

    def quote(self) -> Quote:
        """The quote, with its tax: one line for each rate, by size of the rate."""
        net, asked = self._net(), self._question
        taxable: dict[int, int] = {}
        for place, service in enumerate(asked.services):
            rate = asked.tax_basis_points if service.tax_basis_points is None else service.tax_basis_points
            taxable[rate] = taxable.get(rate, 0) + net[place]
        included = asked.tax_included
        tax_on: Callable[[int, int], int] = tax_within if included else share
        taxes = [
            QuoteLine(kind="tax", label=f"Tax {_percent(rate)}", amount=tax_on(amount, rate), included=included)
            for rate, amount in sorted(taxable.items())
            if rate
        ]
        tax = sum(line.amount for line in taxes)
        return Quote(
            currency=asked.currency,
            lines=(*(item.line for item in self._items), *taxes),
            total=sum(net) + (0 if included else tax),
            tax=tax,
        )

    def _charge(self, place: int, kind: LineKind, *, label: str, amount: int) -> None:
        line = QuoteLine(kind=kind, label=label, amount=amount, service_id=self._question.services[place].service_id)
        self._items.append(_Item(line, self._parts(amount, [place], [1] * len(self._question.services))))

    def _net(self) -> list[int]:
        """What each service costs so far."""
        return [sum(parts) for parts in zip(*(item.parts for item in self._items), strict=True)]

    def _concerned(self, service_ids: Sequence[UUID]) -> list[int]:
        """The places of the services named, or of all when none is named."""
        return [
            place
            for place, service in enumerate(self._question.services)
            if not service_ids or service.service_id in service_ids
        ]

    def _parts(self, amount: int, places: Sequence[int], weights: Sequence[int]) -> list[int]:
        parts = [0] * len(self._question.services)
        for place, part in zip(places, parted(amount, [weights[place] for place in places]), strict=True):
            parts[place] = part
        return parts

    def _add(self, items: list[_Item]) -> None:
        """Add lines; where they would bring a service below zero, the last reductions among them take less."""
        net = [sum(parts) for parts in zip(self._net(), *(item.parts for item in items), strict=True)]
        for item in reversed(items):
            for place, part in enumerate(item.parts):
                kept = min(0, part - net[place]) if part < 0 and net[place] < 0 else part
                net[place] += kept - part
                item.parts[place] = kept
        for item in items:
            amount = sum(item.parts)
            if amount:
                self._items.append(_Item(item.line.model_copy(update={"amount": amount}), item.parts))

    def _reduction(self, promotion: PromotionInfo) -> int:
        """How much a promotion takes off what the services concerned cost now."""
        net = self._net()
        rest = sum(net[place] for place in self._concerned(promotion.service_ids))
        if promotion.basis_points is not None:
            return share(rest, promotion.basis_points)
        return min(rest, promotion.amount or 0)

    def _take_off(self, reduction: int, promotion: PromotionInfo, *, kind: LineKind) -> None:
        places = self._concerned(promotion.service_ids)
        if not reduction or not places:
            return
        line = QuoteLine(kind=kind, label=promotion.name, amount=-reduction, promotion_id=promotion.id)
        self._items.append(_Item(line, self._parts(-reduction, places, self._net())))

    def _require_voucher(self, voucher: PromotionInfo, total: int) -> None:
        asked_at = self._question.asked_at
        if voucher.valid_from is not None and asked_at < voucher.valid_from:
            raise VoucherNotYetValid
        if voucher.valid_until is not None and asked_at >= voucher.valid_until:
            raise VoucherRunOut
        if not self._concerned(voucher.service_ids):
            raise VoucherForOtherServices
        if total < voucher.least_total:
            raise VoucherBelowLeast


def _valid(promotion: PromotionInfo, at: datetime) -> bool:
    return (promotion.valid_from is None or promotion.valid_from <= at) and (
        promotion.valid_until is None or at < promotion.valid_until
    )


def _only(service_ids: Sequence[UUID]) -> UUID | None:
    return service_ids[0] if len(service_ids) == 1 else None


def _percent(basis_points: int) -> str:
    return f"{basis_points / 100:g}%"
