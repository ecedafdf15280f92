"""Whose money an amount is: its split over the sources, exact to the grosz."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from lib.project import Project


@dataclass(frozen=True, slots=True)
class Split:
    """An amount by source, in grosze; the parts that are there always add up to the whole.

    None where the project gives neither a share nor an amount for the source. `unsplit_gr` is
    what no source takes, 0 where the sources take everything.
    """

    eu_gr: int | None
    state_gr: int | None
    own_gr: int | None
    unsplit_gr: int


def split(total_gr: int, project: Project) -> Split:
    """What the EU, the state and the beneficiary pay of an amount: the subsidies are rounded down.

    The last source (the own contribution) takes the rest, where the sources given are all of them
    or make the whole; else the rest is `unsplit_gr`. Meant for the cumulative total: parts of
    lines or documents, each rounded, do not add up to it. A larger amount never has a smaller
    subsidy, but its rest may be smaller by one grosz, when both subsidies step up at once. A
    negative amount (more refunds than payments) is the mirror image of the positive.

    Source: the agreement of project RPSL.09.02.05, 1 042 938,86 zł = 886 498,03 (85%, down)
    + 83 435,10 (8%, down) + 73 005,73 (the rest). Where only amounts are given, a share is the
    exact ratio of the amount to the project's value, never a rounded percentage.
    """
    left = Fraction(1)
    shares: list[Fraction | None] = []
    for given, amount_gr in (
        (project.eu_share, project.eu_gr),
        (project.state_share, project.state_gr),
        (project.own_share, project.own_gr),
    ):
        share = _share(given, amount_gr, project.total_gr)
        if share is not None:
            # facts that make more than the whole are a finding; the parts must add up all the same
            share = min(max(share, Fraction(0)), left)
            left -= share
        shares.append(share)
    total = int(total_gr)
    parts = [None if share is None else int(total * share) for share in shares]  # int() cuts towards 0
    rest = total - sum(part for part in parts if part is not None)
    if None not in shares or left == 0:
        last = max(at for at, share in enumerate(shares) if share is not None)
        parts[last], rest = (parts[last] or 0) + rest, 0
    eu_gr, state_gr, own_gr = parts
    return Split(eu_gr, state_gr, own_gr, rest)


def _share(given: Decimal | None, amount_gr: int | None, total_gr: int | None) -> Fraction | None:
    """The share of a source as an exact fraction."""
    if given is not None:
        return Fraction(given)
    if amount_gr is None or not total_gr:
        return None
    return Fraction(amount_gr, total_gr)
