"""What other capacities would buy: the same work planned over more or fewer days."""

from it4it_assess.model.assessment import Method
from it4it_assess.model.base import Model


class CapacityPoint(Model):
    """The plan over quarters of so many days, beside the plan of the firm's own days.

    `value` is the plan's, as in a roadmap, and `of_now` is its ratio to that of the firm's
    own days, None where that is nought. `reached` names each stream that has a score with
    the first quarter at whose end it is at its target: 0 where it is today, None where the
    plan does not bring it there.
    """

    days_per_quarter: float
    more: float
    initiatives: int
    days: float
    value: float
    of_now: float | None
    bound: float | None
    gap: float | None
    reached: dict[str, int | None]


class CapacityCurve(Model):
    """The plans for rising capacity, the firm's own (`now`) and a day a week more among them."""

    method: Method
    quarters: int
    now: float
    one_more_day_a_week: float
    points: tuple[CapacityPoint, ...]

    def at(self, days: float) -> CapacityPoint:
        """Return the point of so many days a quarter, which is one of the curve's."""
        return next(point for point in self.points if point.days_per_quarter == days)
