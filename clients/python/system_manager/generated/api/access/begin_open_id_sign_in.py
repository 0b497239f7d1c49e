from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.open_id_flow import OpenIdFlow
from ...models.problem import Problem
from ...types import Response


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/sessions/openid",
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> OpenIdFlow | Problem:
    if response.status_code == 200:
        response_200 = OpenIdFlow.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[OpenIdFlow | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[OpenIdFlow | Problem]:
    """Begin to sign in with the identity provider

     Send the browser to `authorizationUrl` and keep `flow` where only that browser has it. The provider
    sends the browser back to
    `SM_OIDC_REDIRECT_URL` with `code` and `state` in the address; hand these and `flow` to
    `completeOpenIdSignIn`. There is no such way to
    sign in where no provider is configured.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OpenIdFlow | Problem]
    """

    kwargs = _get_kwargs()

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
) -> OpenIdFlow | Problem | None:
    """Begin to sign in with the identity provider

     Send the browser to `authorizationUrl` and keep `flow` where only that browser has it. The provider
    sends the browser back to
    `SM_OIDC_REDIRECT_URL` with `code` and `state` in the address; hand these and `flow` to
    `completeOpenIdSignIn`. There is no such way to
    sign in where no provider is configured.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OpenIdFlow | Problem
    """

    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
) -> Response[OpenIdFlow | Problem]:
    """Begin to sign in with the identity provider

     Send the browser to `authorizationUrl` and keep `flow` where only that browser has it. The provider
    sends the browser back to
    `SM_OIDC_REDIRECT_URL` with `code` and `state` in the address; hand these and `flow` to
    `completeOpenIdSignIn`. There is no such way to
    sign in where no provider is configured.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OpenIdFlow | Problem]
    """

    kwargs = _get_kwargs()

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
) -> OpenIdFlow | Problem | None:
    """Begin to sign in with the identity provider

     Send the browser to `authorizationUrl` and keep `flow` where only that browser has it. The provider
    sends the browser back to
    `SM_OIDC_REDIRECT_URL` with `code` and `state` in the address; hand these and `flow` to
    `completeOpenIdSignIn`. There is no such way to
    sign in where no provider is configured.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OpenIdFlow | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
