"""How long a failed job waits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from booka_core.jobs import runner
from booka_core.jobs.types import NewJob


@given(st.integers(min_value=1, max_value=100))
def test_a_pause_is_never_negative_and_never_longer_than_an_hour(attempt: int) -> None:
    assert 0 <= runner.back_off(attempt) <= 3600


def test_pauses_grow_and_what_failed_together_returns_apart() -> None:
    pauses = [[runner.back_off(attempt) for _ in range(400)] for attempt in range(1, 8)]
    means = [sum(some) / len(some) for some in pauses]
    assert all(later > 1.5 * earlier for earlier, later in pairwise(means))
    assert all(max(some) - min(some) > sum(some) / len(some) for some in pauses)


@pytest.mark.parametrize(
    "fault", [{"type": ""}, {"order_key": ""}, {"max_attempts": 0}, {"queue": "No Such Queue"}, {"surprise": 1}]
)
def test_a_job_that_makes_no_sense_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        NewJob.model_validate({"type": "a.b", **fault})
