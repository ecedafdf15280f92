"""How the tables of a project hang together where their rows do not say so by numbers.

    people without a number      get one that does not depend on where their row stands
    sessions without a number    are known by their group and day
    lists of attendance          say which sessions were held, and, where nothing else does, who is in a group
    groups and forms             that no table lists follow from the tables that name them

What is made here has its place on a tab, so that each figure opens to cells and each finding has its address.
"""

import datetime as dt
from collections.abc import Sequence

from lib.cells import key, plain
from lib.contents import day_of
from lib.joining.attendance import (
    each_person,
    memberships,
    named_attendance,
    several_registers,
    until_exit,
    while_member,
    with_dashes,
    with_own_sessions,
)
from lib.joining.births import with_days_of_birth, with_years
from lib.joining.budget import (
    expenses_of_lines,
    lines_by_name,
    numbered_lines,
    paid_at_once,
    with_tasks,
    without_others,
    without_summaries,
)
from lib.joining.codes import called_by_code, named_by, numbered_by_row
from lib.joining.enrolled import (
    ends_said,
    enrolled_beside,
    enrolled_in_parts,
    enrolled_on_lists,
    enrolled_since,
)
from lib.joining.enrolments import asks_for_groups, each_group, groups_of_parts, members, whole_enrolments
from lib.joining.forms import known_forms
from lib.joining.groups import (
    Groups,
    called,
    codes_of_forms,
    forms_named,
    forms_of_groups,
    groups_named,
    groups_of_their_own,
    limits_said,
    one_group_a_line,
    titles_of_groups,
    with_forms,
    with_limits,
    without_counts,
)
from lib.joining.misspelt import spelled_as_people
from lib.joining.namesakes import told_apart
from lib.joining.parts import filled_down, key_of, rows_of
from lib.joining.people import (
    names_of,
    of_known_people,
    people_on_lists,
    waiting_people,
    with_coded_sexes,
    with_numbers,
    with_returns,
    with_sexes,
    without_days_of_groups,
    without_prefix,
    without_waiting,
)
from lib.joining.places import (
    admitted_since,
    each_once,
    residents,
    spelled_as_places,
    until_next_look,
    users_of_places,
    with_days_asked,
    with_reasons,
    with_states,
    with_units,
    with_use,
    without_applications,
    without_breaks,
    without_repeats,
    without_sums,
)
from lib.joining.repeated import of_all_years, without_forms_of_groups
from lib.joining.sessions import named_sessions, tie_sessions, without_ordinals
from lib.joining.shared import with_references
from lib.joining.visits import as_visits, of_stays
from lib.joining.waiting import admitted_once, with_members
from lib.numbers import Numbers
from lib.reading import Recognised
from lib.records import (
    RECORDS,
    Attendance,
    BudgetLine,
    Enquiry,
    Enrolment,
    Expense,
    Group,
    Participant,
    Place,
    Readiness,
    Record,
    Session,
    Specialist,
    SupportForm,
)


def joined(tables: Sequence[Recognised], numbers: Numbers) -> tuple[Recognised, ...]:
    """The tables with all that they need to be read as one project, and those that follow from them.

    People without a number get one of `numbers`.
    """
    by_record: dict[type[Record], list[Recognised]] = {record: [] for record in RECORDS}
    for table in with_references(tables):
        by_record[table.record].append(table)
    if not all(table.derived for table in by_record[Group]):  # a list of them says more than a header
        by_record[Group] = [table for table in by_record[Group] if not table.derived]
    _members_apart(by_record)
    _name_rows(by_record, numbers)
    numbered = {key_of(v) for table in by_record[Session] for (v,) in rows_of(table, "session")}
    by_record[Attendance] = [
        with_dashes(with_own_sessions(table, numbered)) for table in by_record[Attendance]
    ]
    listed_groups = _known_groups(by_record[Group])
    groups = Groups(dict(listed_groups.known))
    for title, code in titles_of_groups(by_record[Group], {table.table.title for table in tables}):
        groups.add(title, code)
    if not by_record[Group]:  # then enrolments and lists of attendance say which groups there are
        enrolled = _with_enrolled(Groups(), by_record[Enrolment])
        named = Groups(dict(enrolled.known))
        for part in (part for table in by_record[Enrolment] for part in groups_of_parts(table)):
            named.add(part, part)  # which of its names a list has, and not how its group is called
        forms = known_forms(by_record[SupportForm])
        alone = Groups({name: code for name, code in named.known.items() if key(code) not in forms.known})
        by_record[Attendance] = [
            called(table, alone if table.said else named) for table in by_record[Attendance]
        ]  # „Grupa: …” on a tab that is called as the form is the name of a group
        for table in by_record[Attendance]:
            if "presence" in table.fields:
                groups.add(table.group or None, enrolled.find(table.group) or table.group)
    support = _known_support(by_record, groups)
    groups.forms |= groups_of_their_own(by_record[Group])
    _asked_for_groups(by_record, groups)
    by_record[Session] = [named_sessions(t, groups) for t in without_ordinals(by_record[Session])]
    several = several_registers(by_record[Attendance])
    enrolled_in = {key_of(group) for table in by_record[Enrolment] for (group,) in rows_of(table, "group")}
    by_record[Attendance] = [
        named_attendance(each_person(table), groups, support, several, enrolled_in)
        for table in by_record[Attendance]
    ]
    everything = _with_enrolled(support, by_record[Enrolment])
    by_record[Enrolment] = [
        whole_enrolments(
            each_group(filled_down(table, "group", "started_on"), groups, support),
            groups,
            support,
            everything,
        )
        for table in by_record[Enrolment]
    ]
    by_record[Enrolment] = of_all_years(by_record[Enrolment])
    ends = ends_said(by_record[Attendance], groups) | _ends(by_record[Group])
    by_record[Enrolment] += enrolled_since(by_record[Attendance], with_members(by_record[Enrolment]), ends)
    by_record[Enquiry] = residents(by_record[Enquiry], by_record[Enrolment], by_record[Place])
    real = with_members(by_record[Enrolment])
    for table in by_record[Participant]:
        made = enrolled_in_parts(table, groups, real)
        if made is not None:
            by_record[Enrolment].append(made)
        where = table.table.name, table.header_rows
        own = (one for one in (table, *by_record[Enrolment]) if (one.table.name, one.header_rows) == where)
        read = set().union(*(one.columns_read for one in own))
        by_record[Enrolment] += enrolled_beside(table, groups, real, read)
    by_record[Participant] = [
        with_returns(without_waiting(without_days_of_groups(table, by_record[Enrolment])))
        for table in by_record[Participant]
    ]
    for record in (Enrolment, Attendance):
        by_record[record] = spelled_as_people(by_record[record], by_record[Participant])
    by_record[Enrolment], by_record[Attendance] = told_apart(
        by_record[Enrolment], by_record[Attendance], by_record[Participant]
    )
    by_record[Enrolment] = until_exit(by_record[Enrolment], by_record[Participant])
    listed = with_members(by_record[Enrolment])
    spans = memberships(by_record[Enrolment], by_record[Participant])
    by_record[Attendance] = [while_member(table, spans) for table in by_record[Attendance]]
    tie_sessions(by_record)
    by_record[Enrolment] += enrolled_on_lists(
        by_record[Attendance], listed, spans, ends, by_record[Participant]
    )
    by_record[Enrolment] = admitted_once(by_record[Enrolment], by_record[Participant])
    forms = known_forms(by_record[SupportForm])
    by_record[Enrolment] = without_forms_of_groups(
        by_record[Enrolment], by_record[Group], by_record[Participant], support, forms
    )
    if not by_record[Participant]:
        by_record[Participant] = people_on_lists(by_record, numbers)
    else:
        by_record[Participant] += waiting_people(by_record, numbers)
    limits = limits_said(by_record)
    by_record[Group] = with_limits(by_record[Group], limits)
    told = forms_of_groups(by_record[Enrolment])
    by_record[Group] = with_forms(by_record[Group], told, forms)
    by_record[Group] += groups_named(by_record, listed_groups, told, limits, forms)
    if not by_record[SupportForm]:
        by_record[SupportForm] = list(forms_named(by_record[Group]))
    return tuple(table for own in by_record.values() for table in own)


WHO_PEOPLE_ARE = ("pesel", "birth_date", "sex")
"""Fields that a list of the people of a project has at least one of, where some list has any."""


def _members_apart(by_record: dict[type[Record], list[Recognised]]) -> None:
    """Tell lists of who is in which group from the list of the people, where there is one that says more."""
    for table in list(by_record[Enrolment]):
        if "state" not in table.fields and of_stays(table):
            by_record[Enrolment].remove(table)
            by_record[Attendance].append(as_visits(table))
    lists = by_record[Participant]
    full = [table for table in lists if any(name in table.fields for name in WHO_PEOPLE_ARE)]
    full = full or [table for table in lists if "person" in table.fields]
    if full and len(full) < len(lists):
        numbers = _numbers_of(full)
        by_record[Participant] = full
        for table in lists:
            if table not in full and "surname" in table.fields:
                made = members(table, numbers)
                stays = of_stays(made)
                by_record[Attendance if stays else Enrolment].append(as_visits(made) if stays else made)


def _numbers_of(people: Sequence[Recognised]) -> set[str]:
    """The numbers of the people on these lists."""
    return {plain(value) for table in people for value in table.values("person") if value is not None}


def _name_rows(by_record: dict[type[Record], list[Recognised]], numbers: Numbers) -> None:
    """Give the rows of each table what it is known by, where the table has no column for it."""
    for record, name in (
        (SupportForm, "code"),
        (Group, "group"),
        (Specialist, "specialist"),
        (BudgetLine, "line"),
    ):
        by_record[record] = [named_by(table, name, numbers) for table in by_record[record]]
    by_record[Group] = [
        one_group_a_line(filled_down(t, "form", "group")) for t in without_counts(by_record[Group])
    ]
    by_record[SupportForm] = [called_by_code(table) for table in by_record[SupportForm]]
    by_record[BudgetLine] = [
        with_tasks(lines_by_name(t))
        for t in without_summaries(list(map(numbered_lines, by_record[BudgetLine])))
    ]
    by_record[Expense] = [
        paid_at_once(expenses_of_lines(table, by_record[BudgetLine])) for table in by_record[Expense]
    ]
    by_record[BudgetLine] = without_others(by_record[BudgetLine], by_record[Expense])
    by_record[Enquiry] = [
        numbered_by_row(admitted_since(with_days_asked(without_applications(table))))
        for table in by_record[Enquiry]
    ]
    by_record[Participant] = with_numbers(
        [
            with_coded_sexes(with_sexes(with_years(with_days_of_birth(table))))
            for table in by_record[Participant]
        ],
        numbers,
    )
    if by_record[Participant]:
        known = _numbers_of(by_record[Participant])
        names = names_of(by_record[Participant])
        for tables in (by_record[Enrolment], by_record[Attendance]):
            tables[:] = [of_known_people(without_prefix(table, known), known, names) for table in tables]
    by_record[Readiness] = [
        until_next_look(with_states(with_reasons(filled_down(table, "place", "starts_on"))))
        for table in by_record[Readiness]
    ]
    listed = [table for table in by_record[Place] if not table.twin]
    by_record[Place] = [spelled_as_places(t, listed) if t.twin and listed else t for t in by_record[Place]]
    by_record[Place] = [with_units(each_once(table)) for table in without_repeats(by_record[Place])]
    by_record[Readiness] = with_use(without_breaks(without_sums(by_record[Readiness])))
    for tables in (by_record[Readiness], by_record[Enquiry]):
        tables[:] = [spelled_as_places(table, by_record[Place]) for table in tables]
    by_record[Enquiry] = users_of_places(by_record[Enquiry], by_record[Place])


def _known_support(by_record: dict[type[Record], list[Recognised]], groups: Groups) -> Groups:
    """The groups, and the forms of support that lists of forms and groups name."""
    support = Groups(groups.known | known_forms(by_record[SupportForm]).known | groups.known)
    for table in by_record[Group]:
        for form, code in codes_of_forms(table):
            support.add(form, form)
            support.add(code, form)
    return support


def _with_enrolled(support: Groups, enrolments: Sequence[Recognised]) -> Groups:
    """The groups and forms of support, and what else people are enrolled in by a column of enrolments."""
    everything = Groups(dict(support.known))
    for table in enrolments:
        for (group,) in rows_of(table, "group"):
            if group is not None and support.find(plain(group)) is None:
                everything.add(group, group)
    return everything


def _asked_for_groups(by_record: dict[type[Record], list[Recognised]], groups: Groups) -> None:
    """Tell lists of who asked for a place in a group from enquiries about the places of the project."""
    for table in list(by_record[Enquiry]):
        asked = asks_for_groups(table, groups)
        if asked is not None:
            by_record[Enquiry].remove(table)
            by_record[Enrolment].append(asked)


def _ends(tables: Sequence[Recognised]) -> dict[str, dt.date]:
    """The last day of each group, by its code, where a list of groups says it."""
    days = ((group, day_of(end)) for table in tables for group, end in rows_of(table, "group", "ends_on"))
    return {key_of(group): end for group, end in days if end is not None}


def _known_groups(tables: Sequence[Recognised]) -> Groups:
    """The groups that lists of groups have, by their codes and names."""
    groups = Groups()
    for table in tables:
        for code, name in rows_of(table, "group", "name"):
            groups.add(code, code)
            groups.add(name, code)
    return groups
