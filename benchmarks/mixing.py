"""A mix of right programs, no two of them the same, as a class hands them in."""

from __future__ import annotations

import ast
from itertools import cycle, islice
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
BASES: Final = ROOT / "tests" / "adequacy" / "bases"
#: Of twenty: 60 % four loops, 15 % two loops, 15 % vectorised, 10 % seven loops.
SHARES: Final = {
    BASES / "four_loops.py": 12,
    BASES / "two_loops.py": 3,
    BASES / "im2col.py": 3,
    ROOT / "submissions" / "correct_seven_loops.py": 2,
}


class Renamed(ast.NodeTransformer):
    """Gives every local variable an ending of its own; arguments keep their names."""

    def __init__(self, ending: str) -> None:
        self._ending = ending
        self._locals: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Rename what the function assigns."""
        arguments = {argument.arg for argument in node.args.args}
        stored = {
            name.id
            for name in ast.walk(node)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
        self._locals = stored - arguments
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename a use."""
        if node.id in self._locals:
            return ast.Name(id=f"{node.id}_{self._ending}", ctx=node.ctx)
        return node


def programs(count: int) -> dict[str, str]:
    """Return the source of so many programs by the names of their files."""
    turns = [path for path, share in SHARES.items() for _ in range(share)]
    # In an order in which any twenty in a row, and nearly any ten, are the mix.
    order = [turns[7 * place % len(turns)] for place in range(len(turns))]
    return {
        f"{path.stem}_{number:05d}.py": renamed(path, number)
        for number, path in enumerate(islice(cycle(order), count))
    }


def renamed(path: Path, number: int) -> str:
    """Return the program with variables that no other one has."""
    tree = Renamed(str(number)).visit(ast.parse(path.read_text("utf-8")))
    return ast.unparse(tree) + "\n"


def write(folder: Path, count: int) -> None:
    """Write the programs into the folder, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in programs(count).items():
        (folder / name).write_text(source, "utf-8")
