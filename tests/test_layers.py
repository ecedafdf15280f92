"""Data flows down and imports point back up: pages -> lib -> sheets."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted(
    path.relative_to(ROOT) for top in ("sheets", "lib", "pages") for path in (ROOT / top).rglob("*.py")
)


def imports(path: Path) -> set[str]:
    """All modules that a file imports anywhere: by their first name, „lib”, and first two, „lib.ui”."""
    modules = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {".".join(module.split(".")[:length]) for module in modules for length in (1, 2)}


def forbidden(path: Path) -> set[str]:
    """What a file of its layer may not import."""
    match path.parts:
        case ("sheets", *_):
            return {"lib", "pages", "streamlit", "pydantic", "pandas", "plotly"}
        case ("lib", "ui", *_):
            return {"pages", "gspread"}
        case ("lib", *_):
            return {"pages", "streamlit", "plotly", "gspread", "lib.ui"}
        case _:
            return {"sheets", "gspread", "plotly", "pydantic"}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_imports_nothing_from_a_layer_above_it(path):
    assert not imports(path) & forbidden(path)


def test_there_are_files_in_every_layer():
    assert {path.parts[0] for path in FILES} == {"sheets", "lib", "pages"}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_the_clock_is_an_argument(path):
    """Only the frame of the pages and the command line may ask what day it is; sheets note moments in UTC."""
    if path.as_posix() in {"pages/frame.py", "lib/__main__.py"}:
        return
    text = (ROOT / path).read_text(encoding="utf-8")
    assert "date.today(" not in text
    if path.parts[0] != "sheets":
        assert ".now(" not in text


def test_no_module_of_the_pages_hides_a_module_of_python():
    import sys

    assert not {path.stem for path in FILES if path.parts[0] == "pages"} & set(sys.stdlib_module_names)
