from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.service_accepted import ServiceAccepted
from ...models.service_descriptor import ServiceDescriptor
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/services",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | ServiceAccepted:
    if response.status_code == 202:
        response_202 = ServiceAccepted.from_dict(response.json())

        return response_202

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | ServiceAccepted]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | ServiceAccepted]:
    """Deploy a service

     Takes a descriptor, as JSON or YAML. The name is unique within its application.

    Args:
        idempotency_key (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServiceAccepted]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
) -> Problem | ServiceAccepted | None:
    """Deploy a service

     Takes a descriptor, as JSON or YAML. The name is unique within its application.

    Args:
        idempotency_key (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ServiceAccepted
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | ServiceAccepted]:
    """Deploy a service

     Takes a descriptor, as JSON or YAML. The name is unique within its application.

    Args:
        idempotency_key (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServiceAccepted]
    """

    kwargs = _get_kwargs(
        body=body,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
) -> Problem | ServiceAccepted | None:
    """Deploy a service

     Takes a descriptor, as JSON or YAML. The name is unique within its application.

    Args:
        idempotency_key (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ServiceAccepted
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
