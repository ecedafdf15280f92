"""Groups by every name they go by; groups and forms that no table lists and others name."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

import numpy as np
from rapidfuzz import fuzz

from lib.blocks import APART, TOTALS, is_blank
from lib.cells import key, plain
from lib.headers import column_meaning, header_key, same_word
from lib.joining.codes import is_alone
from lib.joining.parts import key_of, labels_of, one_a_line, rows_of, without_rows
from lib.reading import Recognised, column_at, rows_of_data
from lib.recognition.above import GROUP_CODE, form_in, limit_in, says_project
from lib.recognition.meeting import Meeting
from lib.records import Attendance, Enrolment, Group, Record, Session, SupportForm
from sheets.table import Value


@dataclass
class Groups:
    """The groups that are known, by every name they go by."""

    known: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)  # those with one group, which they may stand for
    _found: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def add(self, name: Value, code: Value) -> None:
        """A group's code, and a name for it."""
        if name is not None and code is not None:
            self.known.setdefault(key(name), plain(code))
            self._found.clear()

    def find(self, label: str) -> str | None:
        """The code of the group that a label means; None for none, or for several. Looked up once a label."""
        if label not in self._found:
            self._found[label] = self._meant(label)
        return self._found[label]

    def code(self, label: str) -> str:
        """The code of the group that a label means; the label itself for none."""
        return self.find(label) or plain(label)

    def _meant(self, label: str) -> str | None:
        wanted = key(label)
        if not wanted:
            return None
        for text in (wanted, re.sub(r"^(?:grup[aye]|gr)\b\.? *", "", wanted)):
            if text in self.known:
                return self.known[text]
        words = _words(wanted)
        inside = {
            code: own
            for name, code in self.known.items()
            if (own := _words(name)) and own <= words and (own == words or _tells(own, wanted))
        }
        whole = [code for code, own in inside.items() if all(other <= own for other in inside.values())]
        if len(whole) == 1:
            return whole[0]
        around = {code for name, code in self.known.items() if words and words <= _words(name)}
        if not inside and len(around) == 1 and len(wanted) >= 3:
            return around.pop()
        shortened: tuple[Callable[[str, str], bool], ...] = (
            lambda name, _: _is_acronym(label, name),
            lambda name, _: is_short_for(wanted, name),
            lambda name, _: is_short_for(name, wanted),  # „Wyrównawcze - j. polski”
            lambda _, code: _is_acronym(code, wanted),
        )
        for is_meant in () if inside else shortened:
            meant = {code for name, code in self.known.items() if is_meant(name, code)}
            if len(meant) == 1:
                return meant.pop()
        near = {
            code for name, code in self.known.items() if len(wanted) >= 5 and fuzz.ratio(name, wanted) >= 88
        }
        # a form stands for its group by its name or a part of it, and never where more is said
        near = near or {code for name, code in self.forms.items() if words and words <= _words(name)}
        return near.pop() if len(near) == 1 else None

    def however_ending(self, label: str) -> str | None:
        """The code of the only group all of whose words a label has, in whatever case: „do Iskierek”."""
        said = re.findall(r"[a-z0-9]+", key(label))
        meant = {
            code
            for name, code in self.known.items()
            if (own := _words(name))
            and max(map(len, own)) >= 5
            and all(any(same_word(word, other) for other in said) for word in own)
        }
        return meant.pop() if len(meant) == 1 else None

    def said_in(self, label: str) -> str | None:
        """The code of the group that a line above some rows means, the nearest one first; None for none."""
        parts = [line for line in reversed(label.split(APART)) if line.strip()]
        lines = (
            line
            for line in parts
            if not (says_project(line) or (len(parts) > 1 and _FORM_LABEL.match(line.strip())))
        )
        return next((code for line in lines if (code := self.find(line) or self._begun_by(line))), None)

    def _begun_by(self, line: str) -> str | None:
        """The code of the only group whose name, in whatever case, a line begins with and a dash or so ends:
        „KURSY SZYCIA - lista”."""
        said = list(re.finditer(r"[^\W_]+", line))
        meant = set()
        for name, code in self.known.items():
            own = re.findall(r"[a-z0-9]+", name)
            if not 2 <= len(own) <= len(said):
                continue
            rest = line[said[len(own) - 1].end() :].strip()
            words = (key(match[0]) for match in said)
            if (not rest or rest[0] in "-–—(,;:") and all(map(same_word, words, own)):
                meant.add(code)
        return meant.pop() if len(meant) == 1 else None

    def akin(self, label: str) -> str | None:
        """The code of the only group that those give whom a label names: „Psycholog” and „Rozmowy z
        psychologiem”; None for none, or for several."""
        wanted = _professions(label)
        found = {code for name, code in self.known.items() if wanted and wanted <= _professions(name)}
        return found.pop() if len(found) == 1 else None


_PROFESSIONS = {
    "psycholog": "psycholog|psychoed",
    "psychoterapia": "psychoter",
    "prawnik": "prawn|radc[ay] prawn|r\\. ?pr\\.",
    "logopeda": "logoped",
    "mediator": "mediac|mediat",
    "doradca zawodowy": "doradc|doradz|coach",
    "terapeuta": r"\bterap",
    "socjoterapeuta": "socjoter",
    "pedagog": "pedagog",
    "dietetyk": "dietet",
    "rehabilitant": "rehabil|fizjoter",
    "psychiatra": "psychiat",
    "asystent": "asyst",
}
"""Who gives support to single persons, and how words begin that say so."""


def _professions(text: str) -> set[str]:
    """Who gives the support that a text names."""
    said = key(text)
    return {who for who, words in _PROFESSIONS.items() if re.search(words, said)}


def _is_acronym(label: str, name: str) -> bool:
    """Whether a label is made of the first letters of the words of a name: „TUS”, or „PWD młodsi” of those of
    „Placówka wsparcia dziennego - Latarnia młodsi”."""
    short, *others = plain(label).split() or [""]
    words = re.findall(r"[a-z]{2,}", name)
    first = words[: len(short)] if others else words
    return (
        short.isupper()
        and 2 < len(short) < 7
        and key(short) == "".join(word[0] for word in first)
        and all(key(word) in words[len(first) :] for word in others)
    )


def is_short_for(typed: str, name: str) -> bool:
    """Whether the words of a text begin those of a name, in their order: „Szk. dla rodz.”."""
    words, whole = (re.findall(r"[a-z0-9]+", text) for text in (typed, name))
    if "." not in typed or not words:
        return False
    left = iter(whole)
    return all(any(one.startswith(word) for one in left) for word in words)


def _words(text: str) -> set[str]:
    """The words of a name of a group that tell it from others."""
    return {"edycja" if word == "ed" else word for word in re.findall(r"[a-z0-9]+", text)} - {"grupa", "gr"}


def _tells(words: Set[str], text: str) -> bool:
    """Whether words tell a group in a text; „I” alone does so only behind „grupa”, for it is a word too."""
    return any(len(word) > 1 or word.isdigit() for word in words) or any(
        re.search(rf"\b(?:grup[aye]|gr)\b\.? *{word}\b", text) for word in words
    )


def called(table: Recognised, groups: Groups) -> Recognised:
    """A table with the group that is known by one of the names above it, where the likeliest is not known."""
    exact = {key(name): groups.known[key(name)] for name in table.called if key(name) in groups.known}
    sure = len(set(exact.values())) == 1 and not table.said and key(table.group) not in groups.known
    if not table.group or (groups.find(table.group) and not sure):
        return table
    group = (
        next(iter(exact.values()))
        if sure
        else next((code for name in table.called if (code := groups.find(name))), None)
    )
    if group is None:
        return table
    old = table.group
    listed = table.listed and replace(
        table.listed, groups=tuple(group if g == old else g for g in table.listed.groups)
    )
    sessions = table.cells.get("session")
    cells = (
        table.cells
        if sessions is None
        else {**table.cells, "session": [Meeting.renamed(value, old, group) for value in sessions]}
    )
    return replace(table, group=group, listed=listed, cells=cells)


def groups_named(
    by_record: Mapping[type[Record], list[Recognised]],
    groups: Groups,
    told: Mapping[str, str],
    limits: Mapping[str, int],
    forms: Groups,
) -> Iterator[Recognised]:
    """The groups that tables name and no list of groups has, each at the first cell that names it.

    `told` is what enrolments say of their forms, `limits` how many may be in each by limits_said(), `forms`
    are the listed ones.
    """
    codes = {key(code) for code in groups.known.values()} | set(groups.known)
    listed = bool(by_record[Group])
    of_list = {
        key_of(name)
        for table in by_record[SupportForm]
        for name in (*table.values("code"), *table.values("name"))
    } - {""}
    named = {key_of(form) for table in by_record[Group] for form in table.values("form")} | of_list
    for table in by_record[Enrolment]:
        if (column := form_column(table)) is not None:
            named |= {key_of(form) for form in table.table.columns[column]}
        named |= {key_of(form) for form, typed in _typed_groups(table) if is_alone(typed)}
    lists = (*by_record[Enrolment], *by_record[Attendance])
    titles = list(dict.fromkeys(line for table in lists for line in table.called))
    seen: set[str] = set()
    everyone = (*by_record[Enrolment], *by_record[Session])
    stems = (
        {}
        if listed
        else _shared(
            {plain(g) for t in everyone for (g,) in rows_of(t, "group") if g is not None}, _WHICH, _DETAIL
        )
    )
    for table in everyone:
        typed = listed and not (table.derived or "group" in table.made or _in_header(table))
        lines, names = [], []
        for at, group in enumerate(table.values("group")):
            name = key_of(group)
            if (
                name
                and (not typed or name in named)  # another one that no list has is a finding at its cell
                and name not in codes
                and name not in seen
                and not (table.lines is None and at in table.skip)
            ):
                seen.add(name)
                lines.append(at)
                names.append(plain(group))
        if not lines:
            continue
        cells: dict[str, Sequence[Value]] = {"group": names, "name": names}
        said = _said_of(table, lines)
        most = [limits.get(key(name), limit) for (limit, _), name in zip(said, names, strict=True)]
        if any(limit is not None for limit in most):
            cells["limit"] = most
        first = table.parts.get(-1, "")
        parted = any(form for _, form in said)  # then what is above the table is above its first part
        labels = labels_of(table)
        above = [table.form if not parted or labels[table.row(at)] == first else "" for at in lines]
        own = [
            form_by_name(form or name, table, forms)
            if forms.known
            else form
            or told.get(key(name))
            or _spelled_out(stems.get(name, name), titles)
            or stems.get(name, name)
            for form, name in zip(above, names, strict=True)
        ]
        own = [form or other for (_, form), other in zip(said, own, strict=True)]
        if any(own):
            cells["form"] = own
        yield _made(Group, table, "group", lines, cells)


_WHICH = re.compile(
    r"(?i)[\s,–-]*(?:\b(?:młods[zi]|stars[zi]|średni|początkując|zaawansowan)\w*|\b(?:edycja|ed\.|grupa|gr\.?|tura|turnus|nabór)\s*\w+"
    r"|(?<=\s)(?:[ivx]+|[0-9]+|[a-h]))\s*$"
)
"""What tells one group of a form from another: „młodsza”, „edycja II”, „gr. 2”, „B”."""


def _spelled_out(short: str, lines: Iterable[str]) -> str:
    """The words that a short name of groups is the first letters of, where a line above a list says them."""
    if not re.fullmatch(r"[^\W\d_]{2,6}", short) or sum(letter.isupper() for letter in short) < 2:
        return ""
    parts = (re.split(r"\s[–—-]\s|[,(:]", line)[0] for line in lines)
    return next((plain(part) for part in parts if _initials(part) == key(short)), "")


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", key(text)))


_DETAIL = re.compile(r"\s[–-]\s.*", re.DOTALL)
"""What a name goes on with behind a dash: „Klub - środy”."""


def _shared(names: Set[str], *endings: re.Pattern[str]) -> dict[str, str]:
    """What is left of names without one of the `endings`, where that is left of another name too:
    „Klub - gr. I” and „Klub - gr. II” are „Klub”."""
    stems = {name: [plain(ending.sub("", name)) for ending in endings] for name in names}
    found: dict[str, str] = {}
    for name, own in stems.items():
        others = [stem for other, stem in stems.items() if other != name]
        stem = next((one for one in own if one != name and any(one in other for other in others)), None)
        if stem is not None:
            found[name] = stem
    return found


def forms_of_groups(enrolments: Iterable[Recognised]) -> dict[str, str]:
    """The form of support of each group, as a column of enrolments says it beside the group.

    So does the line „Forma wsparcia: …” above a list that is of one group.
    """
    found: dict[str, str] = {}
    for table in enrolments:
        for group, form in _beside_groups(table, form_column(table)):
            found.setdefault(group, plain(form))
        named = {key_of(group) for (group,) in rows_of(table, "group") if group is not None}
        if table.form and len(named) == 1:
            found.setdefault(named.pop(), table.form)
    return found


def _limits_above(by_record: Mapping[type[Record], list[Recognised]]) -> dict[str, int]:
    """How many may be in each group, as a line above a list that is of one group says it."""
    limits = {}
    for table in (*by_record[Enrolment], *by_record[Attendance]):
        if table.limit is None:
            continue
        if table.record is Enrolment:
            named = {key_of(group) for (group,) in rows_of(table, "group") if group is not None}
        else:
            named = {key_of(table.group)}
        if len(named) == 1 and named != {""}:
            limits[named.pop()] = table.limit
    return limits


def limits_said(by_record: Mapping[type[Record], list[Recognised]]) -> dict[str, int]:
    """How many may be in each group, as lines above its people say it, or a column beside them."""
    told = _limits_above(by_record)
    for table in by_record[Enrolment]:
        lines = {key_of(group): at for at, group in reversed(list(enumerate(table.values("group")))) if group}
        for group, (limit, _) in zip(lines, _said_of(table, list(lines.values())), strict=True):
            if limit is not None:
                told.setdefault(group, limit)
        told = _limits_beside(table) | told
    for table in (*by_record[Enrolment], *by_record[Attendance]):
        for line in table.called:
            for code, name, said in _EXPLAINED.findall(line):
                if (limit := limit_in(said)) is not None:
                    told |= {key(name): limit, key(code): limit}
    return told


_EXPLAINED = re.compile(r"([^\W\d_][\w.-]{0,7})\s*=\s*(?:grupa\s+|gr\.\s*)?([^=;(]{3,60}?)\s*(\([^)]*\))")
"""A short name of a group in a line, the name that it is short for, and what is said of it in brackets."""


def with_limits(tables: Sequence[Recognised], told: Mapping[str, int]) -> list[Recognised]:
    """The lists of groups, with the limits that stand above or beside people where no column has them."""
    found = []
    for table in tables:
        limits = [told.get(key_of(group)) for group in table.values("group")]
        here = "group" in table.columns and "limit" not in table.fields
        if told and here and any(limit is not None for limit in limits):
            table = replace(
                table,
                columns={**table.columns, "limit": table.columns["group"]},
                cells={**table.cells, "limit": limits},
                made=table.made | {"limit"},
            )
        found.append(table)
    return found


def one_group_a_line(table: Recognised) -> Recognised:
    """Groups of which a cell names several, as „WKS-1, WKS-2” under „Grupy”, one a line.

    A code beside such a cell is that of the form.
    """
    said = next((n for n in ("group", "name") if _names_several(table, n)), None)
    if table.lines is not None or said is None:
        return table
    typed = table.values(said)
    own = {row: _several_in(plain(typed[row] or ""), said) for row in rows_of_data(table)[0].tolist()}
    if max(map(len, own.values()), default=0) < 2:
        return table
    codes = table.values("group")  # of one group its own, else that of the form
    times = Counter(key(name) for names in own.values() for name in names)
    named: dict[int, Sequence[Value]] = {
        row: [f"{codes[row]} {one}" if times[key(one)] > 1 else one for one in names]
        if len(names) > 1
        else [names[0] if said == "group" and names else codes[row]]
        for row, names in own.items()
    }
    several = [len(own[row]) > 1 for row, names in named.items() for _ in names]
    split = one_a_line(table, "group", named)
    cells = dict(split.cells)
    if "limit" in cells:  # a number beside several groups is not that of each
        cells["limit"] = [None if one else limit for one, limit in zip(several, cells["limit"], strict=True)]
    if said != "group":
        both = zip(several, cells["group"], cells[said], strict=True)
        cells[said] = [group if one else name for one, group, name in both]
    return replace(split, columns={**split.columns, "group": split.columns[said]}, cells=cells)


def _names_several(table: Recognised, name: str) -> bool:
    """Whether the header of a column says that its cells name groups and not one group."""
    column = table.columns.get(name)
    return isinstance(column, int) and _SEVERAL.match(header_key(table.table.header[column])) is not None


_SEVERAL = re.compile(r"grupy\b|skroty\b")
"""How a column is headed that names several groups in a cell."""


def _several_in(text: str, said: str) -> list[str]:
    """The groups that a cell names: their codes, or names with commas between them."""
    if said == "group":
        return GROUP_CODE.findall(text)
    names = [] if is_alone(text) else [one for one in re.split(r"\s*[,;\n]\s*", text.strip()) if one]
    details = any(name[:1].islower() and not re.match(r"(?:gr|ed)\b", name) for name in names[1:])
    return [text.strip()] if details else names  # „Seniorzy, poniedziałki” is one


def _limits_beside(table: Recognised) -> dict[str, int]:
    """How many may be in each group, as a column of enrolments says it beside the group."""
    found: dict[str, int] = {}
    column = column_meaning(Group, "limit", table.table.header)
    for group, limit in _beside_groups(table, column):
        if (count := re.fullmatch(r"([0-9]{1,3})(?:[.,]0)?(?: os\w*\.?)?", plain(limit))) is not None:
            found.setdefault(group, int(count[1]))
    return found


def _in_header(table: Recognised) -> bool:
    """Whether the groups of enrolments stand in the header, one over each column."""
    rows = table.rows_of.get("group")
    return rows is not None and bool((rows == -1).all())


def _typed_groups(table: Recognised) -> Iterator[tuple[Value, Value]]:
    """The groups of enrolments, each with what stands in its cell: a form for „indywidualnie”."""
    column = table.columns.get("group")
    if isinstance(column, int):
        cells = table.table.columns[column]
        for line, group in enumerate(table.values("group")):
            row = table.row(line)
            yield group, cells[row] if 0 <= row < len(table.table) else None


def _beside_groups(table: Recognised, column: int | None) -> Iterator[tuple[str, Value]]:
    """The groups of enrolments by their keys, each with what stands beside it in a column."""
    group_at = table.columns.get("group")
    if column is None or not isinstance(group_at, int) or column == group_at or "group" in table.made:
        return
    cells = table.table.columns[column]
    for line, group in enumerate(table.values("group")):
        row = table.row(line)
        value = cells[row] if 0 <= row < len(table.table) else None
        if group is not None and value is not None and not (table.lines is None and line in table.skip):
            yield key_of(group), value


def form_by_name(name: str, table: Recognised, forms: Groups) -> str | None:
    """The form of support, of the listed `forms`, that the name of a group or the title of its tab means."""
    return forms.find(name) or forms.known.get(key(table.table.title))


def with_forms(tables: Sequence[Recognised], told: Mapping[str, str], forms: Groups) -> list[Recognised]:
    """Groups with their form of support: where nothing says one, groups that differ only in which they are,
    as „Świetlica młodsza” and „Świetlica starsza”, are of one form, and any other group is one by itself.

    `told` is what enrolments say, `forms` are the listed ones: without any, the groups say which there are.
    """
    if any("form" in table.fields and "form" not in table.made for table in tables):
        return list(tables)
    if forms.known:
        return [_with_form(table, {}, told, forms) for table in tables]
    if told:
        return [_with_form(table, {}, told) for table in tables]
    names = {plain(v) for table in tables for v in _names_of(table) if v is not None}
    shared = _shared(names, _WHICH)
    return [_with_form(table, shared, {}) for table in tables]


def _with_form(
    table: Recognised, form: Mapping[str, str], told: Mapping[str, str], listed: Groups | None = None
) -> Recognised:
    """Groups with a form each: its own, what is `told` of it, or the form of its name, or its name.

    Where forms are `listed`, it is one of these, or none.
    """
    names = [plain(v) if v is not None else None for v in _names_of(table)]
    codes = map(key_of, table.values("group"))
    forms = [
        None
        if name is None
        else own
        or (form_by_name(name, table, listed) if listed is not None else told.get(code, form.get(name, name)))
        for name, code, own in zip(names, codes, table.values("form"), strict=True)
    ]
    return replace(
        table,
        columns={**table.columns, "form": table.columns["group"]},
        cells={**table.cells, "form": forms},
        made=table.made | {"form"},
    )


def _names_of(table: Recognised) -> Sequence[Value]:
    """What the groups of a table are called."""
    return table.values("name" if "name" in table.fields else "group")


_FORM_BESIDE = re.compile(r"[”\"»]\s*[–-]\s*([^\W\d_][^(;,]{6,}?)\s*(?:\(|;|,|\s{3}|\s[–-]\s|$)")
"""The form of support behind the name of a group in quotes: „Grupa „Jaskółki” - Warsztaty dla rodziców”."""


_FORM_LABEL = re.compile(r"(?i)forma(?: wsparcia)?\s*:")
"""What says that a form of support follows."""

_FORM_LIMITED = re.compile(
    r"(?i)grupa\s+[^\s–—-][^–—]{0,18}?\s+[–—-]\s+([^\W\d_].{5,90}?)\s+[–—-]\s+(?:limit|maks|max)\b"
)
"""The form of support between a group and its limit: „Grupa SZK 1 – Szkolenie „Dziecko” – limit 12 osób”."""


_FORM_BEHIND = re.compile(
    r"(?i)grupa\s+[A-Z0-9][\w-]{0,5}\s+[–-]\s*([^\W\d_][^(;,:„\"]{5,}?)\s*(?:[(;,:„\"]|\s{3}|$)"
)
"""The form of support behind the symbol of a group: „Grupa S1 - Zajęcia sportowe, młodsi”."""

_FORM_ABOVE = re.compile(r"(?i)([^\W\d_][^0-9:(]{5,60}?)\s{3,}grupa\s*:")
"""The form of support in the line above the one that says „Grupa: …”."""


_FORMS = (_FORM_LIMITED.match, _FORM_BEHIND.match, _FORM_BESIDE.search, _FORM_ABOVE.match)
"""The ways in which a line says the form of support, the surest first."""


def _said_of(table: Recognised, lines: Sequence[int]) -> list[tuple[int | None, str | None]]:
    """For some lines the limit of the group and the form that the row above them says, as far as it does."""
    if table.lines is not None and not table.parts:
        return [(table.limit, None)] * len(lines)
    labels = labels_of(table)
    forms: dict[str, str] = {}
    before = ""
    for label in dict.fromkeys(labels):
        own = APART.join(part for part in label.split(APART) if not says_project(part))
        form = next((found for match in _FORMS if (found := match(own))), None)
        labelled = next((form_in(part) for part in own.split(APART) if _FORM_LABEL.match(part)), "")
        said = labelled or plain(form[1] if form else form_in(own))
        if not said and re.match(r"(?i)grupa\s*:", label):
            said = before  # the next group of the form named above the last one
        forms[label] = before = said
    said_of = [labels[table.row(line)] for line in lines]
    return [(limit_in(label), forms[label] or None) for label in said_of]


def form_column(table: Recognised) -> int | None:
    """The column of a table that says the form of support; None for none."""
    return column_meaning(Group, "form", table.table.header, least=0.7)


def codes_of_forms(table: Recognised) -> Iterator[tuple[Value, Value]]:
    """The forms of support that a list of groups names, each with its code where a column beside says one."""
    column = column_meaning(SupportForm, "code", table.table.header)
    column = column if column is not None and column not in table.columns.values() else None
    for line, (form,) in enumerate(rows_of(table, "form")):
        yield form, table.table.columns[column][table.row(line)] if column is not None else None


def titles_of_groups(tables: Iterable[Recognised], titles: Iterable[str]) -> Iterator[tuple[str, Value]]:
    """The titles of tabs on which groups are kept by a column of their list, each with the group's code."""
    known = {key(title): title for title in titles}
    for table in tables:
        if table.lines is not None:
            continue
        codes = table.values("group")
        rows = rows_of_data(table)[0].tolist()
        venue = table.columns.get("venue")
        for column in range(table.span[0], table.span[1] + 1):
            said = {row: key_of(v) for row in rows if not is_blank(v := table.table.columns[column][row])}
            once = Counter(said.values())
            # „gdzie” may be where the list is kept, and not where the group meets
            if column in table.columns_read and (column != venue or len(once) < 2 or once.keys() - known):
                continue
            for row, title in said.items():
                if title in known and once[title] == 1 and codes[row] is not None:
                    yield known[title], codes[row]


def groups_of_their_own(tables: Iterable[Recognised]) -> dict[str, str]:
    """The forms of support that have one group each by the lists of groups, with the code of that group."""
    of_form: dict[str, set[Value]] = {}
    for table in tables:
        for form, code in rows_of(table, "form", "group"):
            of_form.setdefault(key_of(form), set()).add(code)
    return {form: plain(codes.pop() or "") for form, codes in of_form.items() if form and len(codes) == 1}


def without_counts(tables: Sequence[Recognised]) -> list[Recognised]:
    """Lists of groups without those that only count what each group of another list had."""
    said = [
        {key_of(v) for at in ("group", "name") if at in t.fields for (v,) in rows_of(t, at)} for t in tables
    ]
    kept = []
    for at, (table, own) in enumerate(zip(tables, said, strict=True)):
        counted = sum(_COUNTED.match(key(header)) is not None for header in table.table.header)
        others = set().union(*said[:at], *said[at + 1 :])
        named = {name for name in own if not TOTALS.match(name)}
        fuller = (
            set(t.fields) > set(table.fields) and named <= names
            for t, names in zip(tables, said, strict=True)
        )
        again = counted >= 3 and len(own & others - {""}) >= 0.5 * len(own)
        if again or (_only_numbers(table) and any(fuller)):
            table = without_rows(table)
        kept.append(table)
    return kept


def _only_numbers(table: Recognised) -> bool:
    """Whether all that a list of groups says beside their names are numbers."""
    if table.lines is not None:
        return False
    named = {table.columns[name] for name in ("group", "name", "form") if name in table.columns}
    columns = [at for at in range(table.span[0], table.span[1] + 1) if at not in named]
    cells = [table.table.columns[at][row] for row in rows_of_data(table)[0].tolist() for at in columns]
    return all(value is None or isinstance(value, (int, float)) for value in cells)


_COUNTED = re.compile("odbyt|zajec odb|odw|obecn|nieob|frekw|wolne|lista rez|rezerw|zapisan")
"""How headers begin of a table that counts the people and sessions of each group."""


def forms_named(groups: Iterable[Recognised]) -> Iterator[Recognised]:
    """The forms of support that groups name, where no list of forms is kept."""
    seen: set[str] = set()
    for table in groups:
        lines, names = [], []
        for at, form in enumerate(table.values("form") if "form" in table.fields else ()):
            if form is not None and key(form) not in seen and not (table.lines is None and at in table.skip):
                seen.add(key(form))
                lines.append(at)
                names.append(plain(form))
        if lines:
            yield _made(SupportForm, table, "form", lines, {"code": names, "name": names})


def _made(
    record: type[Record],
    table: Recognised,
    name: str,
    lines: Sequence[int],
    cells: Mapping[str, Sequence[Value]],
) -> Recognised:
    """A table of what the field `name` of another table names, each at the line that names it first."""
    column = table.columns.get(name, table.span[0])
    columns = np.array([column_at(column, at) for at in lines])
    return Recognised(
        record,
        table.table,
        dict.fromkeys(cells, columns),
        cells=cells,
        lines=np.array([table.row(at, name) for at in lines], dtype=np.int64),
        header_rows=table.header_rows,
        span=table.span,
        derived=True,
        made=frozenset(cells),
    )
