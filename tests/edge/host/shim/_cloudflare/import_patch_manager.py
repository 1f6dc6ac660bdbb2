"""Lets the SDK's real patches of packages run while those are imported."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

Hook = Callable[..., Any]
Patch = Callable[[Any], AbstractContextManager[Any]]

_create: dict[str, Patch] = {}
_exec: dict[str, Patch] = {}
_after: dict[str, Hook] = {}
_first: dict[str, Hook] = {}
after_snapshot: list[Hook] = []
before_first: list[Hook] = []


def _register(table: dict[str, Any], name: str, hook: Any = None) -> Any:
    if hook is None:
        return partial(_register, table, name)
    table[name] = hook
    return hook


register_create_patch = partial(_register, _create)
register_exec_patch = partial(_register, _exec)
register_after_snapshot = partial(_register, _after)
register_before_first_request = partial(_register, _first)


def block_calls(module: ModuleType, *, allowlist: Sequence[str] = ()) -> None:
    """The real one forbids calls at the top level; `allow_entropy` stands for it."""


class _Loader:
    def __init__(self, loader: Any, name: str) -> None:
        self._loader = loader
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> Any:
        with _create.get(self._name, nullcontext)(spec):
            return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        for table, hooks in ((_after, after_snapshot), (_first, before_first)):
            if self._name in table:
                hooks.append(partial(table[self._name], module))
        with _exec.get(self._name, nullcontext)(module):
            self._loader.exec_module(module)


class _Finder:
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if not any(name in table for table in (_create, _exec, _after, _first)):
            return None
        for finder in sys.meta_path:
            spec = None if isinstance(finder, _Finder) else finder.find_spec(name, path, target)
            if spec is not None:
                spec.loader = _Loader(spec.loader, name)  # type: ignore[assignment]
                return spec
        return None


def install() -> None:
    sys.meta_path.insert(0, _Finder())


def remove() -> None:
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Finder)]
