"""Find which names a piece of code uses, binds and changes, scope by scope.

A use is kept as the longest dotted chain, such as `np.lib.pad`. The order is that in
which code at one level runs: the right side of `x = x + 1` comes before the left.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension: TypeAlias = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
IMPORTERS: Final = frozenset({"__import__", "import_module"})
EVERYTHING: Final = "*"
ANNOTATION: Final = "annotation"  # the kind of scope that these are read in
Import: TypeAlias = ast.Import | ast.ImportFrom


@dataclass(frozen=True, slots=True)
class Use:
    """A dotted chain that is read."""

    chain: str
    order: int
    line: int

    @property
    def name(self) -> str:
        """The name that the chain starts from."""
        return self.chain.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Change:
    """A name whose object may be changed: stored into, called upon, handed over."""

    name: str
    kind: str  # "store", "method" or "handed"
    callee: str = ""


@dataclass(slots=True)
class Scope:
    """One module, class, function or comprehension while it is being read."""

    kind: str
    outer: Scope | None = None
    is_later: bool = False  # runs only when some function is called
    bound: dict[str, int] = field(default_factory=dict)  # where first
    declared_global: set[str] = field(default_factory=set)
    declared_outer: set[str] = field(default_factory=set)
    uses: list[Use] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    inner: list[Scope] = field(default_factory=list)

    def open(self, kind: str) -> Scope:
        """Return a new scope inside this one."""
        scope = Scope(kind, self, is_later=self.is_later or kind == "function")
        self.inner.append(scope)
        return scope

    def everywhere(self) -> Iterator[Scope]:
        """Yield this scope and every one inside it."""
        waiting = [self]
        while waiting:
            scope = waiting.pop()
            yield scope
            waiting += scope.inner

    def is_global(self, name: str, order: int = 0) -> bool:
        """Tell whether the name, used here, is the module's (or a builtin)."""
        scope: Scope | None = self
        while scope is not None and scope.kind != "module":
            if name in scope.declared_global:
                return True
            is_own = name in scope.bound and name not in scope.declared_outer
            if scope.kind == "class":
                # A class's names are seen in its own body only, once they are bound.
                is_own = is_own and scope is self and scope.bound[name] < order
            if is_own:
                return False
            scope = scope.outer
        return True


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


def _binding(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> ast.Name:
    """Return the definition's name as what is bound when its head has been read."""
    return ast.copy_location(ast.Name(node.name, ast.Store()), node)


def _children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes inside, but for the many that only say "loaded" or "added"."""
    return [each for each in ast.iter_child_nodes(node) if each._fields]


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
        match node:
            case ast.Name():
                self._name(node, scope)
            case ast.Constant():
                pass
            case ast.Attribute() | ast.Subscript():
                self._chain(node, scope)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                self._function(node, scope)
            case ast.ClassDef():
                self._class(node, scope)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node, scope)
            case ast.Import() | ast.ImportFrom():
                self._import(node, scope)
            case ast.stmt():
                self._statement(node, scope)
            case _:
                self._other(node, scope)

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

    def _other(self, node: ast.AST, scope: Scope) -> None:
        """Read an expression, or one of the parts that statements have."""
        match node:
            case ast.NamedExpr():
                home = scope
                while home.kind == "comprehension" and home.outer is not None:
                    home = home.outer
                self._push([node.target], home)
                self._push([node.value], scope)
                return
            case ast.Call(args=[ast.Constant(value=str() as dotted), *_]):
                self._import_by_text(node.func, dotted, scope)
            case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if node.name:
                self._bind(node.name, scope)
            case ast.MatchMapping() if node.rest:
                self._bind(node.rest, scope)
        self._push(_children(node), scope)

    def _name(self, node: ast.Name, scope: Scope) -> None:
        if not isinstance(node.ctx, ast.Store):
            self._use(node.id, node.lineno, scope)
        if not isinstance(node.ctx, ast.Load):
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

    def _bare_call(self, call: ast.Call, scope: Scope) -> None:
        """Read a call made for its effect: `cache.append(x)`, `setup(config)`."""
        callee = root(call.func) or ""
        if isinstance(call.func, ast.Attribute) and callee:
            scope.changes.append(Change(callee, "method", callee))
        for each in [*call.args, *(keyword.value for keyword in call.keywords)]:
            if name := root(each):
                scope.changes.append(Change(name, "handed", callee))
