"""What the benchmark relies on: its sheets are as they say, and ours finds what is planted in them."""

import pytest

from tests.benchmarks.attendance import FIELDS, sheet
from tests.benchmarks.validators import ours, ours_plain


@pytest.mark.parametrize("distinct", [False, True])
@pytest.mark.parametrize("width", [6, 12])
def test_every_planted_mistake_is_found_at_its_cell_and_nothing_else_is(width, distinct):
    given = sheet(2_000, width, 500, distinct=distinct)
    assert len(given.mistakes) == 500
    assert ours(given)() == given.mistakes
    assert ours_plain(given)() == given.mistakes


def test_a_sheet_without_planted_mistakes_has_none():
    assert ours(sheet(2_000, 12, 0))() == set()


def test_both_spellings_of_the_rules_name_the_same_columns_and_blanks():
    given = sheet(10, len(FIELDS), 0)
    fields = {name: not field.is_required() for name, field in given.record.model_fields.items()}
    assert fields == {field.name: field.blank for field in FIELDS}
