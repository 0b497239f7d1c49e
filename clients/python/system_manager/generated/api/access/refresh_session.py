from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.refresh import Refresh
from ...models.signed_in import SignedIn
from ...types import Response


def _get_kwargs(
    *,
    body: Refresh,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/sessions/refresh",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | SignedIn:
    if response.status_code == 200:
        response_200 = SignedIn.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | SignedIn]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: Refresh,
) -> Response[Problem | SignedIn]:
    """Exchange a refresh token

     Gives the next access token and the next refresh token. Each refresh token is good once: the session
    of one that comes a second
    time (after a few seconds, in which a lost answer can be asked for again) ends, because somebody
    else has a copy.

    Args:
        body (Refresh): The refresh token that was given last.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SignedIn]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: Refresh,
) -> Problem | SignedIn | None:
    """Exchange a refresh token

     Gives the next access token and the next refresh token. Each refresh token is good once: the session
    of one that comes a second
    time (after a few seconds, in which a lost answer can be asked for again) ends, because somebody
    else has a copy.

    Args:
        body (Refresh): The refresh token that was given last.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SignedIn
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: Refresh,
) -> Response[Problem | SignedIn]:
    """Exchange a refresh token

     Gives the next access token and the next refresh token. Each refresh token is good once: the session
    of one that comes a second
    time (after a few seconds, in which a lost answer can be asked for again) ends, because somebody
    else has a copy.

    Args:
        body (Refresh): The refresh token that was given last.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SignedIn]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: Refresh,
) -> Problem | SignedIn | None:
    """Exchange a refresh token

     Gives the next access token and the next refresh token. Each refresh token is good once: the session
    of one that comes a second
    time (after a few seconds, in which a lost answer can be asked for again) ends, because somebody
    else has a copy.

    Args:
        body (Refresh): The refresh token that was given last.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SignedIn
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
