"""Find which names a piece of code uses, binds and changes, scope by scope.

A use is kept as the longest dotted chain, such as `np.lib.pad`. The order is that in
which code at one level runs: the right side of `x = x + 1` comes before the left.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from grader.loaders.scopes import ANNOTATION, EVERYTHING, Change, Import, Scope, Use

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Decorated: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Binder: TypeAlias = ast.ExceptHandler | ast.MatchAs | ast.MatchStar | ast.MatchMapping
IMPORTERS: Final = frozenset({"__import__", "import_module"})
#: Fields that hold no code: texts, numbers, and what only says "loaded" or "added".
PLAIN: Final = frozenset(
    {"ctx", "op", "ops", "id", "attr", "arg", "level", "module", "type_comment"}
)


def read(statements: Sequence[ast.stmt]) -> Scope:
    """Return the module scope of these statements, read to the bottom."""
    scope = Scope("module")
    Reader().read(statements, scope)
    return scope


def root(node: ast.expr) -> str | None:
    """Return the name that `a.b[c].d` starts from, if it starts from a name."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _binding(node: Decorated) -> ast.Name:
    """Return the definition's name as what is bound when its head has been read."""
    return ast.copy_location(ast.Name(node.name, ast.Store()), node)


#: By kind of node, the fields in which there may be code.
_fields: Final[dict[type[ast.AST], tuple[str, ...]]] = {}


def _children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes inside, but for the many that only say "loaded" or "added"."""
    kind = type(node)
    if kind not in _fields:
        _fields[kind] = tuple(name for name in kind._fields if name not in PLAIN)
    found: list[ast.AST] = []
    for name in _fields[kind]:
        part = getattr(node, name, None)
        if isinstance(part, list):
            found += [
                each for each in part if isinstance(each, ast.AST) and each._fields
            ]
        elif isinstance(part, ast.AST) and part._fields:
            found.append(part)
    return found


class Reader:
    """Walks code with a stack of its own: student code may be nested deeply."""

    def __init__(self) -> None:
        self._waiting: list[tuple[ast.AST, Scope]] = []
        self._order = 0

    def read(self, nodes: Sequence[ast.AST], scope: Scope) -> None:
        """Fill the scope, and those inside it."""
        self._push(nodes, scope)
        while self._waiting:
            node, here = self._waiting.pop()
            self._order += 1
            self._visit(node, here)

    def _push(self, nodes: Sequence[ast.AST], scope: Scope) -> None:
        self._waiting += [(node, scope) for node in reversed(nodes)]

    def _bind(self, name: str, scope: Scope) -> None:
        scope.bound.setdefault(name, self._order)

    def _use(self, chain: str, line: int, scope: Scope) -> None:
        scope.uses.append(Use(chain, self._order, line))

    def _visit(self, node: ast.AST, scope: Scope) -> None:
        visit = self._VISITS.get(type(node))
        if visit is not None:
            visit(self, node, scope)
        elif isinstance(node, ast.stmt):
            self._statement(node, scope)
        else:
            self._push(_children(node), scope)

    def _constant(self, node: ast.Constant, scope: Scope) -> None:
        """There is nothing in it."""

    def _statement(self, node: ast.stmt, scope: Scope) -> None:
        parts: Sequence[ast.AST | None] | None = None
        match node:
            case ast.Global():
                scope.declared_global.update(node.names)
            case ast.Nonlocal():
                scope.declared_outer.update(node.names)
            case ast.Expr(value=ast.Call() as call):
                self._bare_call(call, scope)
            case ast.Assign():
                parts = [node.value, *node.targets]
            case ast.AnnAssign():
                self._annotate([node.annotation], scope)
                parts = [node.value, *([node.target] if node.value else [])]
            case ast.AugAssign():
                if isinstance(node.target, ast.Name):
                    self._use(node.target.id, node.lineno, scope)
                parts = [node.value, node.target]
            case ast.For() | ast.AsyncFor():
                parts = [node.iter, node.target, *node.body, *node.orelse]
            case _:
                pass
        if parts is None:
            parts = _children(node)
        self._push([part for part in parts if part is not None], scope)

    def _named(self, node: ast.NamedExpr, scope: Scope) -> None:
        home = scope
        while home.kind == "comprehension" and home.outer is not None:
            home = home.outer
        self._push([node.target], home)
        self._push([node.value], scope)

    def _call(self, node: ast.Call, scope: Scope) -> None:
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            self._import_by_text(node.func, first.value, scope)
        self._push(_children(node), scope)

    def _binder(self, node: Binder, scope: Scope) -> None:
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name:
            self._bind(name, scope)
        self._push(_children(node), scope)

    def _name(self, node: ast.Name, scope: Scope) -> None:
        kind = type(node.ctx)
        if kind is not ast.Store:
            self._use(node.id, node.lineno, scope)
        if kind is not ast.Load:
            self._bind(node.id, scope)

    def _chain(self, node: ast.Attribute | ast.Subscript, scope: Scope) -> None:
        """Read `a.b[c].d` as a use of `a.b`; a store into it changes what `a` holds."""
        names: list[str] = []
        at: ast.expr = node
        while isinstance(at, ast.Attribute | ast.Subscript):
            if isinstance(at, ast.Subscript):
                self._push([at.slice], scope)
                names = []
            else:
                names.append(at.attr)
            at = at.value
        if not isinstance(at, ast.Name):
            self._push([at], scope)
            return
        self._use(".".join([at.id, *reversed(names)]), at.lineno, scope)
        if not isinstance(node.ctx, ast.Load):
            scope.changes.append(Change(at.id, "store"))

    def _function(self, node: Function, scope: Scope) -> None:
        given = node.args
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        every += [each for each in (given.vararg, given.kwarg) if each is not None]
        now: list[ast.expr | None] = [*given.defaults, *given.kw_defaults]
        hints = [each.annotation for each in every]
        inside = scope.open("function")
        for each in every:
            self._bind(each.arg, inside)
        if isinstance(node, ast.Lambda):
            self._push([node.body], inside)
        else:
            now += [*node.decorator_list, _binding(node)]
            self._decorators(node, scope)
            hints.append(node.returns)
            self._type_parameters(node, inside)
            self._push(node.body, inside)
        self._push([each for each in now if each is not None], scope)
        self._annotate(hints, scope)

    def _annotate(self, hints: Sequence[ast.expr | None], scope: Scope) -> None:
        """Read annotations apart: a program can do without what they name."""
        found = [each for each in hints if each is not None]
        if found:
            self._push(found, scope.open(ANNOTATION))

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        inside = scope.open("class")
        self._type_parameters(node, inside)
        self._push([_binding(node)], scope)
        self._push(node.body, inside)
        keywords = [keyword.value for keyword in node.keywords]
        self._push([*node.bases, *keywords, *node.decorator_list], scope)
        self._decorators(node, scope)

    def _type_parameters(self, node: ast.AST, inside: Scope) -> None:
        for parameter in getattr(node, "type_params", []):  # Python 3.12
            self._bind(parameter.name, inside)

    def _comprehension(self, node: Comprehension, scope: Scope) -> None:
        inside = scope.open("comprehension")
        first, *others = node.generators
        parts: list[ast.AST] = [first.target, *first.ifs]
        for each in others:
            parts += [each.iter, each.target, *each.ifs]
        values = (
            [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        )
        self._push([*parts, *values], inside)
        self._push([first.iter], scope)

    def _import(self, node: Import, scope: Scope) -> None:
        scope.imports.append(node)
        for alias in node.names:
            if alias.name != "*":
                self._bind(alias.asname or alias.name.partition(".")[0], scope)

    def _import_by_text(self, callee: ast.expr, dotted: str, scope: Scope) -> None:
        """Note `importlib.import_module("helper")`, of which anything may be read."""
        name = callee.attr if isinstance(callee, ast.Attribute) else root(callee)
        if name in IMPORTERS and all(part.isidentifier() for part in dotted.split(".")):
            alias = ast.alias(name=dotted, asname=EVERYTHING)
            scope.imports.append(ast.copy_location(ast.Import([alias]), callee))

    def _decorators(self, node: Decorated, scope: Scope) -> None:
        """Read `@register(table)` as a call made for its effect, too."""
        for each in node.decorator_list:
            if isinstance(each, ast.Call):
                self._bare_call(each, scope)

    def _bare_call(self, call: ast.Call, scope: Scope) -> None:
        """Read a call made for its effect: `cache.append(x)`, `setup(config)`."""
        callee = root(call.func) or ""
        if isinstance(call.func, ast.Attribute) and callee:
            scope.changes.append(Change(callee, "method", callee))
        for each in [*call.args, *(keyword.value for keyword in call.keywords)]:
            if name := root(each):
                scope.changes.append(Change(name, "handed", callee))

    _VISITS: ClassVar[dict[type[ast.AST], Callable[[Reader, Any, Scope], None]]] = {
        ast.Name: _name,
        ast.Constant: _constant,
        ast.Attribute: _chain,
        ast.Subscript: _chain,
        ast.Call: _call,
        ast.FunctionDef: _function,
        ast.AsyncFunctionDef: _function,
        ast.Lambda: _function,
        ast.ClassDef: _class,
        ast.ListComp: _comprehension,
        ast.SetComp: _comprehension,
        ast.DictComp: _comprehension,
        ast.GeneratorExp: _comprehension,
        ast.Import: _import,
        ast.ImportFrom: _import,
        ast.NamedExpr: _named,
        ast.ExceptHandler: _binder,
        ast.MatchAs: _binder,
        ast.MatchStar: _binder,
        ast.MatchMapping: _binder,
    }
