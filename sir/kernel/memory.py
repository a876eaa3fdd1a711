"""What a worker remembers: so many things, the longest unused forgotten first.

The key must hold everything that decides what is remembered, and who may see it when that matters.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Memory(Generic[T]):
    """Things by their key, shared by the threads of one worker."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """Give what is remembered under a key, if anything."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def keep(self, key: Hashable, thing: T) -> T:
        """Remember a thing, and let go of the longest unused."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._size:
                self._things.popitem(last=False)
        return thing

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what is remembered under a key; make it when nothing is."""
        known = self.get(key)
        return self.keep(key, make()) if known is None else known
