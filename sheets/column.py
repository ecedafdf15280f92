"""A column of cells, kept as its different values: most cells of a spreadsheet repeat another."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Any


class Column(Sequence[Any]):
    """Cells from top to bottom, blanks as None.

    values  the different values, each once; a number and a truth value are never the same
    codes   for every cell the place of its value in `values`, -1 where it is blank
    """

    __slots__ = ("codes", "values")

    def __init__(self, codes: "array[int]", values: list[Any]) -> None:
        self.codes, self.values = codes, values

    @classmethod
    def of(cls, cells: Sequence[Any]) -> "Column":
        """The column of these cells, itself where it is one already; empty text is blank."""
        if isinstance(cells, cls):
            return cells
        places = _Places({None: -1, "": -1})
        kinds = set(map(type, cells))
        if bool in kinds and not kinds.isdisjoint((int, float)):  # 1 and True are equal, yet not the same
            codes = array(
                "i", [places[value] if type(value) is not bool else places[bool, value] for value in cells]
            )
            return cls(codes, [place[1] if type(place) is tuple else place for place in places][2:])
        return cls(array("i", map(places.__getitem__, cells)), list(places)[2:])

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return Column(self.codes[index], self.values)
        code = self.codes[index]
        return None if code < 0 else self.values[code]

    def __iter__(self) -> Iterator[Any]:
        return map([*self.values, None].__getitem__, self.codes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Column) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


class _Places(dict[Any, int]):
    """The place of each value, in the order in which they were first asked for."""

    def __missing__(self, value: Any) -> int:
        place = self[value] = len(self) - 2
        return place
