"""Values that databases export with their types: ``{"$date": …}`` (MongoDB), ``{"S": …}``
(DynamoDB), ``{"stringValue": …}`` (Firestore).
"""

from __future__ import annotations

from typing import Any

_SINGLE = frozenset(
    "$date $oid $numberLong $numberInt $numberDouble S N SS BOOL stringValue timestampValue "
    "integerValue doubleValue booleanValue".split()
)
_LISTS = frozenset(("L", "arrayValue", "values"))
_DEEPEST = 5


def untyped(value: Any, deepest: int = _DEEPEST) -> Any:
    """A value without its type; any other value as it is."""
    if not (isinstance(value, dict) and len(value) == 1 and deepest):
        return value
    ((kind, inner),) = value.items()
    if kind in _SINGLE:
        return untyped(inner, deepest - 1)
    if kind in _LISTS:
        inner = untyped(inner, deepest - 1)
        return [untyped(one, deepest - 1) for one in inner] if isinstance(inner, list) else inner
    return value
