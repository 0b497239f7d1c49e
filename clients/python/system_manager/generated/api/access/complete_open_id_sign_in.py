from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.open_id_answer import OpenIdAnswer
from ...models.problem import Problem
from ...models.signed_in import SignedIn
from ...types import Response


def _get_kwargs(
    *,
    body: OpenIdAnswer,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/sessions/openid/callback",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | SignedIn:
    if response.status_code == 201:
        response_201 = SignedIn.from_dict(response.json())

        return response_201

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
    body: OpenIdAnswer,
) -> Response[Problem | SignedIn]:
    """Sign in with what the identity provider has said

     At the first time a user without a password is made, under the name that the provider says, unless
    somebody has it. The roles are each
    time those that the groups of the provider mean here.

    Args:
        body (OpenIdAnswer): What the identity provider has sent back with the browser.

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
    body: OpenIdAnswer,
) -> Problem | SignedIn | None:
    """Sign in with what the identity provider has said

     At the first time a user without a password is made, under the name that the provider says, unless
    somebody has it. The roles are each
    time those that the groups of the provider mean here.

    Args:
        body (OpenIdAnswer): What the identity provider has sent back with the browser.

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
    body: OpenIdAnswer,
) -> Response[Problem | SignedIn]:
    """Sign in with what the identity provider has said

     At the first time a user without a password is made, under the name that the provider says, unless
    somebody has it. The roles are each
    time those that the groups of the provider mean here.

    Args:
        body (OpenIdAnswer): What the identity provider has sent back with the browser.

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
    body: OpenIdAnswer,
) -> Problem | SignedIn | None:
    """Sign in with what the identity provider has said

     At the first time a user without a password is made, under the name that the provider says, unless
    somebody has it. The roles are each
    time those that the groups of the provider mean here.

    Args:
        body (OpenIdAnswer): What the identity provider has sent back with the browser.

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
