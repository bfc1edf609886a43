"""What is said of many: figures worked by hand, held against DuckDB, and held back in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from builders import asked
from firms_together import TINY, firm, summed_up
from it4it_assess.errors import AssessError
from it4it_assess.portfolio.peers import among_peers
from it4it_assess.portfolio.statistics import begin, heads, lots, open_files
from it4it_assess.portfolio.store import ORGANISATIONS, SCORES, engine, export, keep
from it4it_assess.portfolio.summary import summarise

if TYPE_CHECKING:
    from pathlib import Path

    from it4it_assess.model.portfolio import AmongPeers


def test_quantiles_are_those_worked_by_hand(tmp_path: Path) -> None:
    # 0.0, 0.1 ... 4.9: place p * 49 in the list, so 0.49, 1.225, 2.45, 3.675 and 4.41.
    told = summed_up((firm(n, n / 10) for n in range(50)), tmp_path)
    (section,) = told.sections
    overall = section.spreads[0]
    lies = overall.quantiles
    assert (lies.p10, lies.p25, lies.p50, lies.p75, lies.p90) == (0.5, 1.2, 2.5, 3.7, 4.4)
    assert (overall.scored, overall.not_enough, section.firms) == (50, 0, 50)
    # Ten at each level from 0 to 4, nobody at 5, which joins its neighbour.
    assert [(lot.lowest, lot.highest, lot.share) for lot in overall.levels] == [
        (0, 0, 0.2), (1, 1, 0.2), (2, 2, 0.2), (3, 3, 0.2), (4, 5, 0.2),
    ]  # fmt: skip


def test_quantiles_are_duckdbs_own_over_the_exported_parquet(tmp_path: Path) -> None:
    firms = [firm(n, (n * 37 % 101) / 21, sector=("food", "care")[n % 2]) for n in range(101)]
    keep(firms, tmp_path)
    with engine() as connection:
        open_files(connection, tmp_path)
        (head,) = heads(connection)
        begin(connection, head)
        exact = lots(connection, ["sector"])
    own = duckdb.execute(
        f"SELECT sector, subject, quantile_cont(score, [0.1, 0.25, 0.5, 0.75, 0.9]) "  # noqa: S608
        f"FROM '{tmp_path / ORGANISATIONS}' JOIN '{tmp_path / SCORES}' USING (firm, sitting) "
        f"WHERE latest GROUP BY ALL"
    ).fetchall()
    assert len(own) == 6
    told = summed_up(firms, tmp_path).sections[0].breakdowns[0]
    by_sector = {group.names["sector"]: group.quantiles for group in told.groups}
    for sector, subject, quantiles in own:
        assert list(exact[(sector,)][subject].quantiles) == quantiles
        shown = by_sector[sector][subject].model_dump().values()
        assert list(shown) == [round(value, 1) for value in quantiles]


def test_too_little_answered_is_counted_and_is_no_nought(tmp_path: Path) -> None:
    told = summed_up([*(firm(n, 3.0) for n in range(10)), *(firm(10 + n, None) for n in range(5))],
                     tmp_path)  # fmt: skip
    overall = told.sections[0].spreads[0]
    assert (overall.scored, overall.not_enough, overall.quantiles.p50) == (10, 5, 3.0)


def test_a_few_with_too_little_answered_are_not_counted_out(tmp_path: Path) -> None:
    told = summed_up([*(firm(n, 3.0) for n in range(10)), firm(10, None)], tmp_path)
    overall = told.sections[0].spreads[0]
    assert (overall.scored, overall.not_enough) == (None, None)


def test_only_the_last_date_counts_and_the_first_serves_the_change(tmp_path: Path) -> None:
    # Of twenty firms at 1.0, ten rise to 2.0, five stay, five fall to 0.5.
    then = [firm(n, 1.0, year=2025) for n in range(20)]
    now = [firm(n, 2.0 if n < 10 else 1.0 if n < 15 else 0.5) for n in range(20)]
    section = summed_up([*now, *then], tmp_path).sections[0]
    overall = section.spreads[0]
    assert (section.files, section.firms, overall.quantiles.p75) == (40, 20, 2.0)
    moved = overall.over_time
    assert moved is not None
    assert (moved.firms, moved.rose, moved.same, moved.fell) == (20, 0.5, 0.25, 0.25)
    # Ten changes of +1, five of 0, five of -0.5: the two in the middle are 0 and 1.
    assert moved.median_change == 0.5


def test_a_small_sector_is_folded_with_the_next_smallest(tmp_path: Path) -> None:
    sectors = ["food"] * 20 + ["care"] * 3 + ["retail"] * 7
    firms = [firm(n, 2.0, sector=sector) for n, sector in enumerate(sectors)]
    section = summed_up(firms, tmp_path).sections[0]
    (by_sector,) = section.breakdowns
    assert [(group.names["sector"], group.firms) for group in by_sector.groups] == [
        ("food", 20),
        (None, 10),
    ]


def test_sectors_are_one_however_they_are_spelt_and_blank_is_not_said(tmp_path: Path) -> None:
    spelt = ["Food", " food ", "FOOD"] * 3 + [""] * 6
    firms = [firm(n, 2.0, sector=sector) for n, sector in enumerate(spelt)]
    (by_sector,) = summed_up(firms, tmp_path).sections[0].breakdowns
    assert [(g.names["sector"], g.firms) for g in by_sector.groups] == [("food", 9), ("", 6)]


def test_first_streams_are_counted_and_small_counts_held_back(tmp_path: Path) -> None:
    # food: 15 a, 2 b; care: 6 a, 7 b. Both columns and rows are large, the 2 is not, and the
    # only way round it takes every cell.
    plan = [("food", "a")] * 15 + [("food", "b")] * 2 + [("care", "a")] * 6 + [("care", "b")] * 7
    firms = [firm(n, 2.0, sector=sector, first=one) for n, (sector, one) in enumerate(plan)]
    firsts = summed_up(firms, tmp_path).sections[0].firsts
    assert [(one.stream, one.firms) for one in firsts.all] == [("a", 21), ("b", 9)]
    assert {one.firms for group in firsts.by["sector"] for one in group.counts} == {None}


def test_common_unknowns_come_with_their_words(tmp_path: Path) -> None:
    # 6 of 20 do not know a.2; 2 do not know b.1, too few to say.
    firms = [
        firm(n, 2.0, unknown=("a.2",) if n < 6 else ("b.1",) if n < 8 else ()) for n in range(20)
    ]
    (one,) = summed_up(firms, tmp_path).sections[0].unknowns
    assert (one.question, one.ask, one.stream, one.share) == ("a.2", "How is a.2 done?", "A", 0.3)


def test_versions_are_never_mixed(tmp_path: Path) -> None:
    other = [one._replace(scored=one.scored._replace(version="2.0"))
             for one in (firm(n, 4.0, year=2027) for n in range(6))]  # fmt: skip
    few = [firm(9, 1.0)._replace(scored=firm(9, 1.0).scored._replace(version="3.0"))]
    keep([*(firm(n, 2.0) for n in range(10)), *other, *few], tmp_path)
    tiny = {(TINY.id, version): asked(a=2, b=1) for version in ("1.0", "2.0", "3.0")}
    with engine() as connection:
        open_files(connection, tmp_path)
        told = summarise(connection, tiny, smallest_group=5)
    assert [(one.firms, one.spreads[0].quantiles.p50) for one in told.sections] == [
        (10, 2.0),
        (6, None),
    ]
    assert [one.version for one in told.too_small] == ["3.0"]


def test_too_few_firms_are_refused_with_what_to_do(tmp_path: Path) -> None:
    message = (
        r"^there are answers of 4 firms to the same questionnaire, and fewer than 5 are never "
        r"summed up; add answer files, or compare single firms with: it4it-assess compare$"
    )
    with pytest.raises(AssessError, match=message):
        summed_up([firm(n, 2.0) for n in range(4)], tmp_path)
    with pytest.raises(AssessError, match=r"^a smallest group of 2 would tell of single firms"):
        summed_up([firm(n, 2.0) for n in range(4)], tmp_path, k=2)


def test_the_same_files_give_the_same_bytes_for_their_owner_alone(tmp_path: Path) -> None:
    found = []
    for place in ("one", "two"):
        folder = tmp_path / place
        folder.mkdir()
        keep((firm(n, n % 7 / 2, sector=f"s{n % 3}") for n in range(300)), folder)
        found.append([(folder / name).read_bytes() for name in (ORGANISATIONS, SCORES)])
        assert (folder / ORGANISATIONS).stat().st_mode & 0o777 == 0o600
        assert sorted(one.name for one in folder.iterdir()) == [ORGANISATIONS, SCORES]
    assert found[0] == found[1]


def test_the_tables_name_nobody(tmp_path: Path) -> None:
    keep([firm(n, 2.0) for n in range(30)], tmp_path)
    for name in (ORGANISATIONS, SCORES):
        text = duckdb.execute(f"FROM '{tmp_path / name}'").fetchall()
        assert "firm 3" not in str(text).lower()
        assert ".yaml" not in str(text)


def test_the_tables_go_into_a_database_too(tmp_path: Path) -> None:
    keep([firm(n, 2.0) for n in range(7)], tmp_path)
    export(tmp_path, tmp_path / "all.duckdb")
    with duckdb.connect(str(tmp_path / "all.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM organisations").fetchone() == (7,)
        assert connection.execute("SELECT count(*) FROM scores").fetchone() == (21,)


def placed(tmp_path: Path, score: float, others: list[tuple[float, str, int]]) -> AmongPeers:
    own = firm(0, score, sector="food", employees=20)
    firms = [own, firm(0, 1.0, sector="food", employees=20, year=2025)]
    firms += [
        firm(n, value, sector=sector, employees=employees)
        for n, (value, sector, employees) in enumerate(others, start=1)
    ]
    kept = keep(firms, tmp_path, ["Firm 0"])
    with engine() as connection:
        open_files(connection, tmp_path)
        return among_peers(connection, TINY, own, kept.numbers["Firm 0"], 5)


@pytest.mark.parametrize(
    ("score", "band"), [(0.4, "lower"), (0.5, "middle"), (1.5, "middle"), (1.6, "upper")]
)
def test_a_firm_lies_in_a_band_of_the_others(score: float, band: str, tmp_path: Path) -> None:
    # The others score 0.0, 0.1 ... 2.0 without the firm itself: quartiles 0.5 and 1.5.
    found = placed(tmp_path, score, [(n / 10, "food", 20) for n in range(21)])
    assert (found.group, found.at_least) == ({"sector": "food", "size": "small"}, 20)
    assert {one.band for one in found.standings} == {band}
    assert {one.before for one in found.standings} == {1.0}


def test_peers_come_from_the_narrowest_group_that_is_large_enough(tmp_path: Path) -> None:
    for others, group in (
        ([(1.0, "food", 20)] * 19 + [(1.0, "food", 5)], {"sector": "food"}),
        ([(1.0, "care", 20)] * 20, {"size": "small"}),
        ([(1.0, "care", 5)] * 20, {}),
        ([(1.0, "food", 20)] * 19, None),
    ):
        assert placed(tmp_path, 2.0, others).group == group
