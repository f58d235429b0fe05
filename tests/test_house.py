"""The rules of the house: a small front, imports one way, rooms of a reasonable size, one room for case."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import onar

PACKAGE = Path(onar.__file__).parent
ROOT = PACKAGE.parents[1]
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
LINES, FUNCTION_LINES = 300, 45
LARGER: dict[str, int] = {}  # rooms that need more lines, and how many; a reason belongs beside each


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(("onar", *(part for part in parts if part != "__init__")))


NAMES = {name_of(path): path for path in MODULES}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path, *, late: bool = True) -> set[str]:
    """Return the modules of the package that one imports; *late* counts imports inside functions too."""
    found: set[str] = set()
    nodes = ast.walk(tree(path)) if late else _at_the_top(tree(path))
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "onar":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in NAMES else node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in NAMES}
    return found


def _at_the_top(module: ast.Module) -> list[ast.stmt]:
    out: list[ast.stmt] = []
    for node in module.body:
        guarded = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if not guarded:
            out.append(node)
    return out


def test_the_front_is_small_sorted_and_true() -> None:
    assert list(onar.__all__) == sorted(onar.__all__)
    assert len(onar.__all__) <= 16
    assert all(hasattr(onar, name) for name in onar.__all__)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_module_offers_is_there(name: str) -> None:
    for node in tree(NAMES[name]).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            offered = ast.literal_eval(node.value)
            text = NAMES[name].read_text(encoding="utf-8")
            assert all(re.search(rf"\b{offer}\b", text.replace("__all__", "", 1)) for offer in offered)


# The floors of the house, the ground first: a room imports from its own floor and those below.
FLOORS = (
    ("_version", "errors", "alphabet"),
    ("segment", "encoding"),
    ("language", "files", "options"),
    ("channel", "evaluation"),
    ("changelog",),
    ("reading",),
    ("ailments",),
    ("reader", "explain"),
    ("batches.parallel", "batches.worker"),
    ("restore",),
    ("documents", "review"),
    ("batches", "dask", "ocrmypdf"),
    ("commands",),
    ("cli",),
)


def floor(name: str) -> int:
    """Return the floor of a module: that of the longest room in the list that it stands in."""
    rooms = {room: number for number, floor in enumerate(FLOORS) for room in floor}
    parts = name.removeprefix("onar.").split(".")
    return next(rooms[room] for n in range(len(parts), 0, -1) if (room := ".".join(parts[:n])) in rooms)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "onar"])
def test_imports_go_down(name: str) -> None:
    for other in imports(NAMES[name]) - {"onar"}:
        assert floor(other) <= floor(name), f"{name} imports {other} from a floor above"


def test_no_room_imports_itself_in_a_ring() -> None:
    edges = {name: imports(path, late=False) - {"onar", name} for name, path in NAMES.items() if name != "onar"}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        if name not in done:
            for other in sorted(edges.get(name, ())):
                visit(other, (*way, name))
            done.add(name)

    for name in sorted(edges):
        visit(name, ())


def in_a_fresh_python(code: str) -> str:
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return found.stdout.strip()


def test_importing_opens_no_data_and_loads_nothing_heavy() -> None:
    code = """
import sys
opened = []
def hook(event, args):
    if event in ("open", "mmap.__new__") and isinstance(args[0], str):
        opened.append(args[0])
sys.addaudithook(hook)
import onar
code = (".py", ".pyc", ".so", ".pyd", ".pth")
print([path for path in opened if not path.endswith(code) and ".dist-info" not in path and "__pycache__" not in path])
heavy = ("click", "pikepdf", "pypdfium2", "dask", "numpy", "pandas", "hunspell", "rapidfuzz", "PIL")
print([name for name in heavy if name in sys.modules])
"""
    assert in_a_fresh_python(code).splitlines() == ["[]", "[]"]


CASE = re.compile(
    r"\.(?:lower|upper|title|capitalize|casefold|swapcase)\(|\bstr\.(?:lower|upper|title|casefold)\b|IGNORECASE|\(\?i"
)
CASE_FREE = {
    "onar.alphabet": "the room where case is changed",
}


def without_words(path: Path) -> str:
    """Return the code of a module: no docstrings, no comments; calls of `alphabet` itself are fine."""
    text = ast.unparse(_bare(tree(path)))
    return text.replace("alphabet.lower(", "").replace("alphabet.upper(", "").replace("alphabet.title(", "")


def _bare(module: ast.Module) -> ast.Module:
    for node in ast.walk(module):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            body[0] = ast.Pass()
    return module


@pytest.mark.parametrize("name", [name for name in NAMES if name not in CASE_FREE])
def test_case_is_changed_in_one_room(name: str) -> None:
    assert not CASE.findall(without_words(NAMES[name]))


# Tables of the language itself (vowels, hard consonants), not of what OCR does to it.
OF_THE_LANGUAGE = {
    "onar.alphabet": "case and marks",
    "onar.language.suffixes": "vowel harmony",
    "onar.reading.passages": "shares of letters in right text",
    "onar.ailments.ward": "shares of letters in right text",
    "onar.language.spelling": "words with and without their circumflex",
    "onar.segment": "apostrophes and hyphens",
}
TURKISH = frozenset("çğıöşüÇĞİÖŞÜ")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_THE_LANGUAGE])
def test_code_names_no_pair_of_letters(name: str) -> None:
    """No string of code maps or replaces a Turkish letter: confusions are rows of a table."""
    for node in ast.walk(_bare(tree(NAMES[name]))):
        strings: list[str] = []
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("replace", "maketrans")
        ):
            strings = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        elif isinstance(node, ast.Dict):
            cells = [*node.keys, *node.values]
            strings = [
                c.value for c in cells if isinstance(c, ast.Constant) and isinstance(c.value, str) and len(c.value) < 3
            ]
        assert not [s for s in strings if TURKISH & set(s)], f"{name}:{getattr(node, 'lineno', 0)}: {strings}"


@pytest.mark.parametrize("name", NAMES)
def test_rooms_are_of_a_reasonable_size(name: str) -> None:
    assert len(NAMES[name].read_text(encoding="utf-8").splitlines()) <= LARGER.get(name, LINES)
    for node in ast.walk(tree(NAMES[name])):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            said = node.body[0] if ast.get_docstring(node) else None
            size = (node.end_lineno or 0) - node.lineno + 1 - ((said.end_lineno or 0) - said.lineno + 1 if said else 0)
            assert size <= FUNCTION_LINES, f"{node.name} has {size} lines"


@pytest.mark.parametrize("name", NAMES)
def test_every_room_says_what_it_is_for(name: str) -> None:
    assert ast.get_docstring(tree(NAMES[name]))


def test_no_file_speaks_of_this_machine() -> None:
    places = re.compile(r"(?:^|[\s\"'(=])/(?:work|root|home/\w+)/")
    files = [
        p for folder in ("src", "tests", "docs", "seeds", "wordlists", "bench") for p in (ROOT / folder).rglob("*")
    ]
    texts = [
        p for p in files if p.is_file() and p.suffix in (".py", ".md", ".toml", ".tsv", ".txt", ".html", ".js", ".css")
    ]
    assert texts
    for path in (*texts, ROOT / "README.md", ROOT / "pyproject.toml"):
        if path.name != Path(__file__).name and "samples" not in path.parts:
            assert not places.search(path.read_text(encoding="utf-8", errors="replace")), path
