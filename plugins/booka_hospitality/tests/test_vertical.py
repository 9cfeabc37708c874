"""The restaurant keeps the promises of a vertical, and of a plugin that can be switched."""

from booka_core.testing.contracts.switch import SwitchContract
from booka_core.testing.contracts.vertical import VerticalContract


class TestRestaurant(VerticalContract):
    slug = "hospitality"


class TestSwitch(SwitchContract):
    slug = "hospitality"
