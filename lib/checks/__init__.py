"""Checks across columns and tables: what is wrong although every cell can be read.

A check takes a Register and yields findings in the order of the sheet. It may not fail, whatever
is missing: tables without rows, tabs that are not there, blank cells. Findings never hold a name,
a PESEL or a day of birth; persons and specialists are named by their numbers.
"""

from lib.checks.check import Check
from lib.checks.duplicates import same_person_likely, similar_names
from lib.checks.exits import attendance_after_exit, enrolment_after_exit, exit_in_future, exit_missing
from lib.checks.groups import (
    absent_three_times,
    absent_two_weeks,
    attendance_before_entry,
    attendance_low,
    attendance_without_enrolment,
    enrolment_twice,
    enrolment_with_start,
    enrolment_without_end,
    enrolment_without_start,
    group_over_limit,
    waiting_while_free,
)
from lib.checks.lines import line_not_product, line_sources_not_sum
from lib.checks.marks import marks_not_totals, total_not_marks
from lib.checks.money import (
    eligible_over_gross,
    expense_outside_period,
    gross_not_net_and_vat,
    line_overspent,
    lines_not_total,
    paid_before_issued,
    source_parts_not_sum,
    sources_not_total,
)
from lib.checks.monitoring import (
    age_at_entry,
    column_incomplete,
    labour_detail_mismatch,
    minor_without_guardian,
)
from lib.checks.periods import period_reversed
from lib.checks.persons import (
    attendance_without_entry,
    entry_not_first_session,
    entry_outside_project,
    entry_without_session,
    exit_before_entry,
    path_with_open_enrolment,
    person_listed_twice,
    pesel_birth_date,
    pesel_sex,
    rows_with_people,
)
from lib.checks.places import (
    evidence_old,
    places_below_commitment,
    places_not_commitment,
    readiness_gap,
    readiness_overlap,
    readiness_without_quantity,
    ready_over_declared,
    reduction_without_reason,
    refusals_many,
    refused_while_ready,
    used_over_ready,
)
from lib.checks.sessions import (
    children_per_educator,
    left_before_arrival,
    session_end_before_start,
    session_held_in_future,
    session_outside_project,
    session_still_planned,
    specialist_double_booked,
    specialist_without_contract,
)
from lib.checks.sums import counts_not_sum, sum_not_rows
from lib.checks.timetable import individual_overlap, session_on_holiday, venue_double_booked
from lib.checks.unread import age_not_born, hours_reversed, unread_day, unread_hour, unread_pesel
from lib.checks.weekdays import weekday_not_day

CHECKS: tuple[Check, ...] = (
    rows_with_people,
    unread_day,
    sources_not_total,
    period_reversed,
    pesel_sex,
    pesel_birth_date,
    unread_pesel,
    person_listed_twice,
    same_person_likely,
    similar_names,
    age_at_entry,
    age_not_born,
    labour_detail_mismatch,
    minor_without_guardian,
    column_incomplete,
    exit_before_entry,
    entry_outside_project,
    entry_not_first_session,
    entry_without_session,
    attendance_without_entry,
    path_with_open_enrolment,
    exit_in_future,
    exit_missing,
    enrolment_after_exit,
    enrolment_without_start,
    enrolment_with_start,
    enrolment_without_end,
    enrolment_twice,
    group_over_limit,
    waiting_while_free,
    session_end_before_start,
    left_before_arrival,
    unread_hour,
    hours_reversed,
    weekday_not_day,
    session_outside_project,
    session_still_planned,
    session_held_in_future,
    specialist_double_booked,
    specialist_without_contract,
    children_per_educator,
    session_on_holiday,
    individual_overlap,
    venue_double_booked,
    attendance_before_entry,
    attendance_after_exit,
    attendance_without_enrolment,
    absent_three_times,
    absent_two_weeks,
    attendance_low,
    lines_not_total,
    line_not_product,
    line_sources_not_sum,
    expense_outside_period,
    source_parts_not_sum,
    eligible_over_gross,
    gross_not_net_and_vat,
    paid_before_issued,
    line_overspent,
    sum_not_rows,
    counts_not_sum,
    total_not_marks,
    marks_not_totals,
    places_not_commitment,
    readiness_gap,
    readiness_overlap,
    readiness_without_quantity,
    places_below_commitment,
    ready_over_declared,
    used_over_ready,
    reduction_without_reason,
    evidence_old,
    refused_while_ready,
    refusals_many,
)
"""Every check, in the order of the rules in `findings.py`."""
