from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    webhook_id: str,
    letter_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/webhooks/{webhook_id}/dead-letters/{letter_id}/redeliver".format(
            webhook_id=quote(str(webhook_id), safe=""),
            letter_id=quote(str(letter_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | Problem:
    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    webhook_id: str,
    letter_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any | Problem]:
    """Deliver once more what was given up

     Once, at once, beside the other deliveries. It is forgotten when the receiver has taken it.

    Args:
        webhook_id (str): Identifier, 24 hexadecimal digits.
        letter_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem]
    """

    kwargs = _get_kwargs(
        webhook_id=webhook_id,
        letter_id=letter_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    webhook_id: str,
    letter_id: str,
    *,
    client: AuthenticatedClient,
) -> Any | Problem | None:
    """Deliver once more what was given up

     Once, at once, beside the other deliveries. It is forgotten when the receiver has taken it.

    Args:
        webhook_id (str): Identifier, 24 hexadecimal digits.
        letter_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem
    """

    return sync_detailed(
        webhook_id=webhook_id,
        letter_id=letter_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    webhook_id: str,
    letter_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Any | Problem]:
    """Deliver once more what was given up

     Once, at once, beside the other deliveries. It is forgotten when the receiver has taken it.

    Args:
        webhook_id (str): Identifier, 24 hexadecimal digits.
        letter_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Problem]
    """

    kwargs = _get_kwargs(
        webhook_id=webhook_id,
        letter_id=letter_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    webhook_id: str,
    letter_id: str,
    *,
    client: AuthenticatedClient,
) -> Any | Problem | None:
    """Deliver once more what was given up

     Once, at once, beside the other deliveries. It is forgotten when the receiver has taken it.

    Args:
        webhook_id (str): Identifier, 24 hexadecimal digits.
        letter_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Problem
    """

    return (
        await asyncio_detailed(
            webhook_id=webhook_id,
            letter_id=letter_id,
            client=client,
        )
    ).parsed
