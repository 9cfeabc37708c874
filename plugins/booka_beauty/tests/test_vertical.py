"""The salon keeps the promises of a vertical, and of a plugin that can be switched."""

from booka_core.testing.contracts.switch import SwitchContract
from booka_core.testing.contracts.vertical import VerticalContract


class TestSalon(VerticalContract):
    slug = "beauty"

    def test_a_salon_has_a_dozen_services_and_stylists_with_different_skills(self, vertical) -> None:  # type: ignore[no-untyped-def]
        assert len(vertical.sample_services) >= 12
        stylists = [one for one in vertical.sample_resources if one.kind == "staff"]
        skills = [frozenset(stylist.services) for stylist in stylists]
        assert len(set(skills)) == len(skills) >= 4


class TestSwitch(SwitchContract):
    slug = "beauty"
