"""What a sign of careless answering is."""

from typing import Literal

from it4it_assess.model.base import Model


class Sign(Model):
    """One respondent's answers look alike: how many of how many, and the words for it.

    `longest_run` is the long-string index: the most answers of one level in a row, in the
    order of the questionnaire.
    """

    respondent: str
    kind: Literal["one value", "one value a stream", "middle", "long run"]
    answers: int
    alike: int
    longest_run: int
    said: str
