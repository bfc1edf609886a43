"""A short campaign over every reader, the same inputs each time: no law of theirs is broken.

`python tests/fuzz/campaign.py --inputs 1000000` goes on from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from campaign import Trials, chosen

if TYPE_CHECKING:
    from pathlib import Path

    from trial import Reader

SEED = 2026
INPUTS_A_SHARE = 12
LEAST = 12


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("reader", chosen(), ids=lambda reader: reader.name)
def test_no_input_breaks_a_law(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setattr("it4it_assess.cli.app._bug", _raised)
    trials = Trials(reader, tmp_path / "here", SEED)
    for _ in range(max(LEAST, INPUTS_A_SHARE * reader.share)):
        case, ended = trials.one()
        assert not ended.defect, (ended, case)


def _raised(error: BaseException) -> int:
    raise error
