"""The hand-written part: who asks, failures as exceptions, paging, and waiting for operations."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol, Self, TypeVar

import httpx

from .generated.api.operations import get_operation
from .generated.client import AuthenticatedClient
from .generated.models.operation import Operation
from .generated.models.problem import Problem
from .generated.types import UNSET, Response, Unset
from .transport import RepeatingTransport

T = TypeVar("T")

_WAIT_MS_MAX = 30_000
_HASTY_ANSWER_S = 0.2


class ProblemError(Exception):
    """The manager refused. `code` is stable; the words of `problem` are not."""

    def __init__(self, problem: Problem) -> None:
        detail = "" if isinstance(problem.detail, Unset) else f": {problem.detail}"
        super().__init__(f"{problem.status} {problem.title}{detail}")
        self.problem = problem
        self.status = problem.status
        self.code = problem.type_.rsplit("/", 1)[-1]


class OperationTimeoutError(Exception):
    """An operation did not end in time. It goes on, and can be waited for again."""

    def __init__(self, operation: Operation, timeout: float) -> None:
        super().__init__(f"operation {operation.id} is still {operation.state} after {timeout} s")
        self.operation = operation


class Page(Protocol):
    """One page of a list."""

    items: list[Any]
    next_cursor: str | Unset


class SystemManager:
    """A manager at an address. Safe to share among threads; close it, or use it with `with`."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        timeout: float = 30.0,
        attempts: int = 5,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """
        :param base_url: `http://127.0.0.1:10000`
        :param token: bearer token of the administrator
        :param timeout: seconds that one attempt may take
        :param attempts: how often a request is sent at the most while the manager is busy or away
        :param transport: what to send with, for TLS options or a proxy: an `httpx.HTTPTransport`
        """
        inner = transport or httpx.HTTPTransport()
        self.client = AuthenticatedClient(
            base_url=base_url.rstrip("/"),
            token=token,
            timeout=httpx.Timeout(timeout, read=timeout + _WAIT_MS_MAX / 1000),
            httpx_args={"transport": RepeatingTransport(inner, attempts)},
        )

    def call(self, operation: Callable[..., Response[Problem | T]], *args: Any, **fields: Any) -> T:
        """Calls an operation by its `sync_detailed` and hands out the body of the success.

        :raises ProblemError: the manager refused
        :raises httpx.HTTPError: no answer, after all attempts
        """
        answer = operation(*args, client=self.client, **fields).parsed
        if isinstance(answer, Problem):
            raise ProblemError(answer)
        return answer

    def items(self, operation: Callable[..., Response[Any]], *args: Any, **fields: Any) -> Iterator[Any]:
        """All items of a list, page after page."""
        cursor: str | Unset = UNSET
        while True:
            page: Page = self.call(operation, *args, cursor=cursor, **fields)
            yield from page.items
            cursor = page.next_cursor
            if isinstance(cursor, Unset):
                return

    def wait_for(self, operation_id: str, timeout: float = 300.0) -> Operation:
        """Waits until an operation has ended, well or not: look at its `state`.

        :raises OperationTimeoutError: it is still running when the time is up
        """
        deadline = time.monotonic() + timeout
        while True:
            asked_at = time.monotonic()
            wait_ms = round(min(_WAIT_MS_MAX, max(0.0, deadline - asked_at) * 1000))
            operation = self.call(get_operation.sync_detailed, operation_id, wait_ms=wait_ms)
            if operation.state != "running":
                return operation
            now = time.monotonic()
            if now >= deadline:
                raise OperationTimeoutError(operation, timeout)
            # A manager that answers at once, while it shuts down for example, must not be asked in a tight loop.
            time.sleep(max(0.0, min(_HASTY_ANSWER_S - (now - asked_at), deadline - now)))

    def close(self) -> None:
        self.client.get_httpx_client().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
