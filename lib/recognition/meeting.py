"""How a session without a number is named: by its group and its day."""

import datetime as dt
from typing import Any

from lib.cells import plain
from lib.contents import day_of
from sheets.table import Value


class Meeting:
    """How a session without a number is named in a cell: by its group and its day."""

    BETWEEN = " · "

    @classmethod
    def of(cls, group: Value, day: Value, again: int = 0) -> Value:
        """The name of the session; blank without a day, the cell as it is when it is no day."""
        if day is None:
            return None
        when = day_of(day)
        if when is None:
            return day
        return f"{plain(group) if group is not None else ''}{cls.BETWEEN}{when.isoformat()}" + (
            f" #{again + 1}" if again else ""
        )

    @classmethod
    def parts(cls, name: Any) -> tuple[str, dt.date, str] | None:
        """The group, the day and what tells several of a day apart; None for another name of a session."""
        if not isinstance(name, str) or cls.BETWEEN not in name:
            return None
        group, _, rest = name.rpartition(cls.BETWEEN)
        day, _, again = rest.partition(" #")
        try:
            return group, dt.date.fromisoformat(day), str(int(again)) if again else ""
        except ValueError:  # typed by a person
            return None

    @classmethod
    def renamed(cls, name: Value, old: str, new: str) -> Value:
        """The name of a session of the group `old` with the group `new`; any other name as it is."""
        parts = cls.parts(name)
        if parts is None or parts[0] != plain(old):
            return name
        return f"{new}{cls.BETWEEN}{str(name).rpartition(cls.BETWEEN)[2]}"
