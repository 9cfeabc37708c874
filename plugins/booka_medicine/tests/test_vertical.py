"""The practice keeps the promises of a vertical, and of a plugin that can be switched."""

from booka_core.testing.contracts.switch import SwitchContract
from booka_core.testing.contracts.vertical import VerticalContract


class TestPractice(VerticalContract):
    slug = "medicine"


class TestSwitch(SwitchContract):
    slug = "medicine"
