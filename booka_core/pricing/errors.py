"""What can go wrong with prices. Each says what a customer or a colleague can do about it."""

from __future__ import annotations

from booka_core.sdk.errors import BadInput, NotFound, WrongState


class PriceRuleNotFound(NotFound):
    """There is no such price rule here."""


class PromotionNotFound(NotFound):
    """There is no such promotion here."""


class NoSuchServiceToPrice(NotFound):
    """A service that this price is for does not exist here."""


class BadPriceChange(BadInput):
    """A price rule changes prices by a share of -100 % to +1,000 % (basis points) or by an amount, and not by zero."""


class BadReduction(BadInput):
    """A promotion takes off a share between 0.01 % and 100 % (basis points) or an amount above zero, one of the two."""


class BadPromotionCode(BadInput):
    """A code has 2 to 40 letters, digits, hyphens or underscores."""


class BadPromotionPeriod(BadInput):
    """A promotion begins before it ends, and both instants need a zone."""


class PromotionCodeTaken(WrongState):
    """There already is a promotion with the code {code}."""


class VoucherUnknown(BadInput):
    """There is no voucher with that code; look for a typing mistake."""


class VoucherUsedUp(WrongState):
    """{name} has been used as often as it may be; ask for the price again without it."""


class VoucherNotValid(WrongState):
    """That voucher cannot be used for this visit."""


class VoucherNotYetValid(VoucherNotValid):
    """That voucher can only be used later."""


class VoucherRunOut(VoucherNotValid):
    """That voucher has run out."""


class VoucherForOtherServices(VoucherNotValid):
    """That voucher is for other services."""


class VoucherBelowLeast(VoucherNotValid):
    """That voucher is for visits that cost more."""


class VoucherAlreadyUsed(VoucherNotValid):
    """Each customer can use {name} once, and this one has."""


class QuoteNotFound(NotFound):
    """There is no such quote here; ask for the price again."""


class QuoteExpired(WrongState):
    """That price was named too long ago and is no longer kept; ask for the price again."""


class QuoteForSomethingElse(WrongState):
    """That price was named for something else; ask for the price of this visit."""


class BadQuoteTime(BadInput):
    """A price is kept for between 1 minute and 7 days."""
