"""A small evaluator of formulas: arithmetic, comparison, references, and the functions people use most.

What it does not know becomes the error a sheet would show: an unknown function is #NAME?, text
that cannot be read is #ERROR!, IMPORTRANGE stays at „Loading...”.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.google.a1 import Box, box_of, column_of, letters
from tests.google.entry import understood
from tests.google.locales import Locale

if TYPE_CHECKING:
    from tests.google.book import Book, Sheet


@dataclass(frozen=True, slots=True)
class CellError:
    """An error as the value of a cell: `type` is the name the API gives it ("N_A", "REF", …)."""

    type: str
    message: str = ""


class Failure(Exception):
    """Carries an error out of an expression."""

    def __init__(self, type: str, message: str = "") -> None:
        super().__init__(message)
        self.error = CellError(type, message)


REFERENCE = (
    r"(?:(?P<tab>'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?"
    r"(?P<range>\$?[A-Za-z]{1,3}\$?[0-9]+(?::\$?[A-Za-z]{1,3}\$?[0-9]*)?"
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]+:\$?[0-9]+)(?![\w(.])"
)
TOKEN = (
    r"\s*(?:(?P<text>\"(?:[^\"]|\"\")*\")|" + REFERENCE + r"|(?P<error>#REF!|#N/A)|(?P<name>[^\W\d][\w.]*)"
    r"|(?P<number>[0-9]+(?:DECIMAL[0-9]+)?(?:[Ee][+-]?[0-9]+)?|DECIMAL[0-9]+)"
    r"|(?P<mark><>|<=|>=|[-+*/^&=<>%();,]))"
)
CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([0-9]+)?")
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def token_pattern(locale: Locale) -> re.Pattern[str]:
    """The tokens of a formula in this locale (the decimal mark differs)."""
    return re.compile(TOKEN.replace("DECIMAL", re.escape(locale.decimal)))


PATTERNS: dict[str, re.Pattern[str]] = {}


class Calculator:
    """The values of all cells of a book at one revision, each calculated once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.done: dict[tuple[int, int, int], Any] = {}
        self.open: set[tuple[int, int, int]] = set()

    def value(self, sheet: Sheet, row: int, column: int) -> Any:
        """What stands in a cell: its constant, or the outcome of its formula."""
        cell = sheet.cell(row, column)
        if not cell.formula:
            return cell.value
        key = (sheet.id, row, column)
        if key in self.done:
            return self.done[key]
        if key in self.open:
            return CellError("REF", "Circular dependency detected.")
        self.open.add(key)
        try:
            value = Expression(self, sheet, cell.formula).result()
        except Failure as failure:
            value = failure.error
        except RecursionError:
            value = CellError("REF", "Circular dependency detected.")
        if isinstance(value, CellError) and value.type == "NAME" and cell.value is not None:
            value = cell.value  # what another program had calculated before the workbook was loaded
        self.open.discard(key)
        self.done[key] = value
        return value

    def block(self, sheet: Sheet, box: Box) -> list[list[Any]]:
        """The values of a rectangle, row by row."""
        box = box.within(sheet.row_count, sheet.column_count)
        if box.top >= (box.bottom or 0) or box.left >= (box.right or 0):
            raise Failure("REF")
        return [
            [self.value(sheet, row, column) for column in range(box.left, box.right or 0)]
            for row in range(box.top, min(box.bottom or 0, sheet.last_row() + 1))
        ]


class Expression:
    """One formula being calculated; a method a level of precedence."""

    def __init__(self, calculator: Calculator, sheet: Sheet, formula: str) -> None:
        self.calculator, self.sheet = calculator, sheet
        self.locale = calculator.book.customs
        pattern = PATTERNS.setdefault(self.locale.code, token_pattern(self.locale))
        self.tokens: list[re.Match[str]] = []
        place, text = 1, formula.rstrip()
        while place < len(text):
            match = pattern.match(text, place)
            if not match:
                raise Failure("ERROR", "Formula parse error.")
            self.tokens.append(match)
            place = match.end()
        self.place = 0

    def result(self) -> Any:
        """The value of the whole formula; a range gives its first cell."""
        value = self.comparison()
        if self.place < len(self.tokens):
            raise Failure("ERROR", "Formula parse error.")
        value = scalar(value)
        return 0 if value is None else value

    def mark(self, *marks: str) -> str:
        """The next token if it is one of these marks, which it then passes."""
        if self.place < len(self.tokens):
            found = self.tokens[self.place]["mark"]
            if found in marks:
                self.place += 1
                return str(found)
        return ""

    def comparison(self) -> Any:
        """a = b, a <> b, …"""
        left = self.joined()
        while sign := self.mark(*COMPARE):
            first, second = checked(scalar(left)), checked(scalar(self.joined()))
            first, second = comparable(first, second)
            left = COMPARE[sign](first, second)
        return left

    def joined(self) -> Any:
        """a & b"""
        left = self.total()
        while self.mark("&"):
            left = self.as_text(left) + self.as_text(self.total())
        return left

    def total(self) -> Any:
        """a + b, a - b"""
        left = self.product()
        while sign := self.mark("+", "-"):
            right = self.as_number(self.product())
            left = self.as_number(left) + (right if sign == "+" else -right)
        return left

    def product(self) -> Any:
        """a * b, a / b"""
        left = self.power()
        while sign := self.mark("*", "/"):
            first, second = self.as_number(left), self.as_number(self.power())
            if sign == "/" and second == 0:
                raise Failure("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
            left = first * second if sign == "*" else first / second
        return left

    def power(self) -> Any:
        """a ^ b"""
        left = self.signed()
        while self.mark("^"):
            first, second = self.as_number(left), self.as_number(self.signed())
            try:
                left = first**second
            except (OverflowError, ZeroDivisionError) as error:
                raise Failure("NUM") from error
        return left

    def signed(self) -> Any:
        """-a, +a, a%"""
        if self.mark("-"):
            return -self.as_number(self.signed())
        if self.mark("+"):
            return self.signed()
        value = self.atom()
        while self.mark("%"):
            value = self.as_number(value) / 100
        return value

    def atom(self) -> Any:
        """A number, a text, a reference, a function, or an expression in parentheses."""
        if self.mark("("):
            value = self.comparison()
            self.expect(")")
            return value
        if self.place >= len(self.tokens):
            raise Failure("ERROR", "Formula parse error.")
        token = self.tokens[self.place]
        self.place += 1
        if token["text"] is not None:
            return token["text"][1:-1].replace('""', '"')
        if token["number"] is not None:
            number = float(token["number"].replace(self.locale.decimal, "."))
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        if token["error"] is not None:
            raise Failure("REF" if token["error"] == "#REF!" else "N_A")
        if token["range"] is not None:
            return self.referred(token["tab"], token["range"])
        if token["name"] is not None:
            return self.called(token["name"].upper(), token["name"])
        raise Failure("ERROR", "Formula parse error.")

    def expect(self, mark: str) -> None:
        """Passes this mark; anything else is a formula that cannot be read."""
        if not self.mark(mark):
            raise Failure("ERROR", "Formula parse error.")

    def referred(self, tab: str | None, text: str) -> Any:
        """The value of a cell, or the rows of a range."""
        sheet: Sheet | None = self.sheet
        if tab:
            title = tab[1:-1].replace("''", "'") if tab.startswith("'") else tab
            sheet = self.calculator.book.titled(title)
        box = box_of(text.replace("$", ""))
        if sheet is None or box is None:
            raise Failure("REF", "Unresolved sheet name.")
        if box.top >= sheet.row_count or box.left >= sheet.column_count:
            raise Failure("REF")
        if box.is_cell:
            return self.calculator.value(sheet, box.top, box.left)
        return self.calculator.block(sheet, box)

    def called(self, name: str, written: str) -> Any:
        """A function with its arguments, TRUE, FALSE, or a named range."""
        if not self.mark("("):
            if name in ("TRUE", "FALSE", self.locale.true, self.locale.false):
                return name in ("TRUE", self.locale.true)
            named = self.calculator.book.named(written)
            if named:
                return self.calculator.block(*named)
            raise Failure("NAME", f"Unknown range name: '{written}'.")
        separators = (";",) if self.locale.decimal == "," else (",", ";")
        arguments: list[Any] = []
        if not self.mark(")"):
            while True:
                arguments.append(self.argument(separators))
                if self.mark(")"):
                    break
                if not self.mark(*separators):
                    raise Failure("ERROR", "Formula parse error.")
        return self.function(name, arguments)

    def argument(self, separators: tuple[str, ...]) -> Any:
        """One argument; its error is kept, for IFERROR."""
        following = self.tokens[self.place]["mark"] if self.place < len(self.tokens) else None
        if following in (*separators, ")"):
            return None
        try:
            return self.comparison()
        except Failure as failure:
            if failure.error.type == "ERROR":
                raise
            self.skip(separators)
            return failure.error

    def skip(self, separators: tuple[str, ...]) -> None:
        """Passes the rest of an argument that has failed."""
        depth = 0
        while self.place < len(self.tokens):
            mark = self.tokens[self.place]["mark"]
            if depth == 0 and mark in (*separators, ")"):
                return
            depth += (mark == "(") - (mark == ")")
            self.place += 1

    def function(self, name: str, arguments: list[Any]) -> Any:
        """The outcome of a function."""
        if name == "IMPORTRANGE":
            return CellError("LOADING", "Loading...")
        if name == "NA":
            raise Failure("N_A")
        if name in ("IFERROR", "IFNA"):
            value = scalar(arguments[0])
            failed = isinstance(value, CellError) and (name == "IFERROR" or value.type == "N_A")
            return (arguments[1] if len(arguments) > 1 else "") if failed else value
        if name == "ISERROR":
            return isinstance(scalar(arguments[0]), CellError)
        if name == "ISBLANK":
            return scalar(arguments[0]) is None
        if name in ("JEŻELI", "IF"):
            chosen = 1 if self.as_truth(arguments[0]) else 2
            return arguments[chosen] if chosen < len(arguments) else False
        values = [checked(value) for argument in arguments for value in flat(argument)]
        numbers = [v for v in values if isinstance(v, (int, float)) and not isinstance(v, bool)]
        return self.counted(name, arguments, values, numbers)

    def counted(self, name: str, arguments: list[Any], values: list[Any], numbers: list[Any]) -> Any:
        """Functions of all the values of their arguments."""
        try:
            match name:
                case "SUM" | "SUMA":
                    return sum(numbers)
                case "AVERAGE" | "ŚREDNIA":
                    return sum(numbers) / len(numbers)
                case "MIN" | "MAX":
                    return {"MIN": min, "MAX": max}[name](numbers, default=0)
                case "COUNT":
                    return len(numbers)
                case "COUNTA":
                    return sum(value is not None for value in values)
                case "ROUND":
                    places = int(self.as_number(arguments[1])) if len(arguments) > 1 else 0
                    number = self.as_number(arguments[0])
                    return math.copysign(math.floor(abs(number) * 10**places + 0.5) / 10**places, number)
                case "ABS":
                    return abs(self.as_number(arguments[0]))
                case "SQRT":
                    return math.sqrt(self.as_number(arguments[0]))
                case "CONCATENATE" | "CONCAT":
                    return "".join(self.as_text(value) for value in values)
                case "LEN":
                    return len(self.as_text(arguments[0]))
                case "AND" | "OR":
                    return {"AND": all, "OR": any}[name](self.as_truth(value) for value in values)
                case "NOT":
                    return not self.as_truth(arguments[0])
                case "TODAY":
                    return self.calculator.book.today_serial()
                case "HYPERLINK":
                    return arguments[-1]
        except ZeroDivisionError as error:
            raise Failure("DIVIDE_BY_ZERO") from error
        except ValueError as error:
            raise Failure("NUM") from error
        except IndexError as error:
            raise Failure("N_A", "Wrong number of arguments.") from error
        raise Failure("NAME", f"Unknown function: '{name}'.")

    def as_number(self, value: Any) -> Any:
        """A value where a number is wanted: text that reads as a number is one."""
        value = checked(scalar(value))
        if value is None:
            return 0
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, str):
            read = understood(value, self.locale, self.calculator.book.today()).value
            if read is None or isinstance(read, (str, bool)):
                raise Failure("VALUE", f"'{value}' is a text and cannot be coerced to a number.")
            return read
        return value

    def as_truth(self, value: Any) -> bool:
        """A value where true or false is wanted."""
        value = checked(scalar(value))
        return bool(value) if not isinstance(value, str) else value.upper() in ("TRUE", self.locale.true)

    def as_text(self, value: Any) -> str:
        """A value where text is wanted."""
        from tests.google.formats import shown

        return shown(checked(scalar(value)), None, self.locale)


def scalar(value: Any) -> Any:
    """The first cell of a range; any other value as it is."""
    while isinstance(value, list):
        value = value[0] if value else None
    return value


def flat(value: Any) -> Iterator[Any]:
    """All the cells of a range, or the one value."""
    if isinstance(value, list):
        for item in value:
            yield from flat(item)
    else:
        yield value


def checked(value: Any) -> Any:
    """The value, unless it is an error, which goes on."""
    if isinstance(value, CellError):
        raise Failure(value.type, value.message)
    return value


def comparable(first: Any, second: Any) -> tuple[Any, Any]:
    """Two values in one order: numbers, then text (without case), then truth; a blank is like the other."""
    if first is None:
        first = "" if isinstance(second, str) else 0
    if second is None:
        second = "" if isinstance(first, str) else 0
    return rank(first), rank(second)


def rank(value: Any) -> tuple[int, Any]:
    """Where a value stands in the order of a sheet."""
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def shifted(formula: str, title: str, own: bool, move: Callable[[str, int], int | None]) -> str:
    """A formula after rows or columns moved: `move` gives the new place on "row" or "column", or None.

    `title` is the sheet that changed; `own` says that the formula stands in it, so that references
    without a title are changed as well.
    """

    def changed(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return match[0]
        tab = match["tab"]
        name = tab[1:-1].replace("''", "'") if tab and tab.startswith("'") else tab
        if (name is None and not own) or (name is not None and name != title):
            return match[0]
        corners = [CORNER.fullmatch(part) for part in match["range"].split(":")]
        moved = [moved_corner(corner, move) for corner in corners if corner]
        text = "#REF!" if None in moved else ":".join(str(corner) for corner in moved)
        return (f"{tab}!" if tab else "") + text

    return re.sub(r"(?P<text>\"(?:[^\"]|\"\")*\")|(?<![\w$!'])" + REFERENCE, changed, formula)


def moved_corner(corner: re.Match[str], move: Callable[[str, int], int | None]) -> str | None:
    """One corner of a reference in its new place, with its dollars."""
    text = ""
    if corner[2]:
        column = move("column", column_of(corner[2]))
        if column is None or column < 0:
            return None
        text += corner[1] + letters(column)
    if corner[4]:
        row = move("row", int(corner[4]) - 1)
        if row is None or row < 0:
            return None
        text += (corner[3] if corner[2] else corner[1] or corner[3]) + str(row + 1)
    return text


def copied(formula: str, rows: int, columns: int) -> str:
    """A formula pasted so many rows and columns further: references without a dollar move along."""

    def changed(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return match[0]
        parts = []
        for part in match["range"].split(":"):
            corner = CORNER.fullmatch(part)
            assert corner is not None
            text = ""
            if corner[2]:
                column = column_of(corner[2]) + (0 if corner[1] else columns)
                text += "#" if column < 0 else corner[1] + letters(column)
            if corner[4]:
                fixed = corner[3] if corner[2] else corner[1] or corner[3]
                row = int(corner[4]) + (0 if fixed else rows)
                text += "#" if row < 1 else fixed + str(row)
            parts.append(text)
        text = "#REF!" if any("#" in part for part in parts) else ":".join(parts)
        return (f"{match['tab']}!" if match["tab"] else "") + text

    return re.sub(r"(?P<text>\"(?:[^\"]|\"\")*\")|(?<![\w$!'])" + REFERENCE, changed, formula)


def inherited(formula: str) -> tuple[str | None, Box] | None:
    """(tab, cell) of the first reference in a formula of sums and references, whose format it takes on."""
    found = re.search(REFERENCE, formula)
    if not found or re.search(r"[*/^&=<>%\"]|(?:COUNT|LEN|ROUND|IF|HYPER)", formula[1:], re.IGNORECASE):
        return None
    box = box_of(found["range"].replace("$", ""))
    tab = found["tab"]
    name = tab[1:-1].replace("''", "'") if tab and tab.startswith("'") else tab
    return (name, box) if box else None
