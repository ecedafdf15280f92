"""Amounts by source: exact to the grosz, whatever the amount."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.money import Split, split
from lib.project import Project

SHARES = Project(
    total_gr=104293886,
    eu_gr=88649803,
    state_gr=8343510,
    own_gr=7300573,
    eu_share=Decimal("0.85"),
    state_share=Decimal("0.08"),
    own_share=Decimal("0.07"),
)
AMOUNTS = replace(SHARES, eu_share=None, state_share=None, own_share=None)
EU_ONLY = Project(total_gr=52375606, eu_gr=44519265)

amounts = st.integers(-(10**15), 10**15)
maybe_shares = st.none() | st.decimals(0, 1, places=4)
maybe_amounts = st.none() | st.integers(0, 10**12)
projects = st.builds(
    Project,
    total_gr=maybe_amounts,
    eu_gr=maybe_amounts,
    state_gr=maybe_amounts,
    own_gr=maybe_amounts,
    eu_share=maybe_shares,
    state_share=maybe_shares,
    own_share=maybe_shares,
)


def parts(made: Split) -> list[int]:
    return [part for part in (made.eu_gr, made.state_gr, made.own_gr, made.unsplit_gr) if part is not None]


@pytest.mark.parametrize("project", [SHARES, AMOUNTS])
def test_the_published_amounts_come_out(project):
    assert split(104293886, project) == Split(88649803, 8343510, 7300573, 0)


def test_subsidies_are_rounded_down_and_the_own_contribution_takes_the_rest():
    assert split(99, SHARES) == Split(84, 7, 8, 0)
    assert split(100, SHARES) == Split(85, 8, 7, 0)
    assert split(1, SHARES) == Split(0, 0, 1, 0)


def test_what_the_source_does_not_split_is_not_split():
    assert split(52375606, EU_ONLY) == Split(44519265, None, None, 7856341)
    assert split(100, EU_ONLY) == Split(84, None, None, 16)


def test_a_project_without_sources_splits_nothing():
    assert split(12345, Project(total_gr=52375606)) == Split(None, None, None, 12345)
    assert split(12345, Project(eu_gr=100)) == Split(None, None, None, 12345)
    assert split(12345, Project(total_gr=0, eu_gr=0)) == Split(None, None, None, 12345)


def test_shares_alone_are_enough():
    project = Project(eu_share=Decimal("0.85"), state_share=Decimal("0.08"), own_share=Decimal("0.07"))
    assert split(104293886, project) == Split(88649803, 8343510, 7300573, 0)


def test_two_sources_that_make_the_whole_leave_no_grosz_unsplit():
    project = Project(total_gr=1000, eu_gr=850, own_gr=150)
    assert split(333, project) == Split(283, None, 50, 0)


def test_two_sources_that_do_not_make_the_whole_leave_the_rest_unsplit():
    project = Project(total_gr=1000, eu_gr=850, own_gr=50)
    assert split(333, project) == Split(283, None, 16, 34)


def test_a_share_is_never_recomputed_from_a_rounded_percentage():
    project = Project(total_gr=3, eu_gr=2, state_gr=0, own_gr=1)
    assert split(3 * 10**14, project) == Split(2 * 10**14, 0, 10**14, 0)


def test_the_split_of_the_sum_is_not_the_sum_of_the_splits():
    once = split(10 * 99, SHARES)
    by_document = [split(99, SHARES) for _ in range(10)]
    assert once == Split(841, 79, 70, 0)
    assert sum(made.own_gr for made in by_document) == 80


def test_more_refunds_than_payments_mirror_a_payment():
    assert split(-99, SHARES) == Split(-84, -7, -8, 0)


@given(amounts, projects)
def test_the_parts_always_add_up_and_none_exceeds_the_amount(amount, project):
    made = parts(split(amount, project))
    assert sum(made) == amount
    assert all(0 <= part <= amount if amount >= 0 else amount <= part <= 0 for part in made)


@given(amounts, st.integers(0, 10**12), projects)
def test_a_larger_amount_never_has_smaller_subsidies(amount, more, project):
    less, larger = split(amount, project), split(amount + more, project)
    assert less.eu_gr is None or less.eu_gr <= larger.eu_gr
    assert less.state_gr is None or less.state_gr <= larger.state_gr


@given(amounts, st.integers(0, 10**12))
def test_the_own_contribution_falls_by_a_grosz_at_most(amount, more):
    assert split(amount + more, SHARES).own_gr >= split(amount, SHARES).own_gr - 1


@given(st.integers(0, 104293886))
def test_no_source_pays_more_than_it_promised(amount):
    for project in (SHARES, AMOUNTS):
        made = split(amount, project)
        assert made.eu_gr <= project.eu_gr
        assert made.state_gr <= project.state_gr
