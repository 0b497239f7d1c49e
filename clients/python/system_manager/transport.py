"""Requests that are repeated while the manager is busy or away, each write under one key."""

from __future__ import annotations

import random
import time
import uuid

import httpx

_DELAY_S_MIN = 0.2
_DELAY_S_MAX = 5.0
_RETRY_AFTER_S_MAX = 60.0
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_BUSY = frozenset({429, 503})


class RepeatingTransport(httpx.BaseTransport):
    """Gives each write an `Idempotency-Key`, so that a repetition after a lost answer has no second effect."""

    def __init__(self, inner: httpx.BaseTransport, attempts: int) -> None:
        self._inner = inner
        self._attempts = attempts

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method not in _READING and "Idempotency-Key" not in request.headers:
            request.headers["Idempotency-Key"] = str(uuid.uuid4())
        for attempt in range(self._attempts):
            last = attempt + 1 == self._attempts
            delay = random.uniform(0, min(_DELAY_S_MAX, _DELAY_S_MIN * 2**attempt))
            try:
                response = self._inner.handle_request(request)
                # Read here: an answer that breaks off in its middle counts as none.
                response.read()
                asked = _retry_after(response)
                if last or response.status_code not in _BUSY or asked > _RETRY_AFTER_S_MAX:
                    return response
                delay = max(delay, asked)
                response.close()
            except httpx.TransportError:
                if last:
                    raise
            time.sleep(delay)
        raise ValueError("at least one attempt is needed")

    def close(self) -> None:
        self._inner.close()


def _retry_after(response: httpx.Response) -> float:
    try:
        return float(response.headers.get("Retry-After", "0"))
    except ValueError:
        return 0.0
