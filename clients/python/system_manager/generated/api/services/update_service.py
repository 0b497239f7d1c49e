from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.service_accepted import ServiceAccepted
from ...models.service_descriptor import ServiceDescriptor
from ...types import UNSET, Response, Unset


def _get_kwargs(
    service_id: str,
    *,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/v1/services/{service_id}".format(
            service_id=quote(str(service_id), safe=""),
        ),
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
    service_id: str,
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | ServiceAccepted]:
    """Replace the descriptor

     Makes a new revision. Instances of the old one are replaced as `update` of the new descriptor says.
    If an instance does not come
    up, the update stops, its operation fails, and the instances that are left go on with the old
    revision. `name` and `application`
    cannot change.

    Args:
        service_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServiceAccepted]
    """

    kwargs = _get_kwargs(
        service_id=service_id,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    service_id: str,
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | ServiceAccepted | None:
    """Replace the descriptor

     Makes a new revision. Instances of the old one are replaced as `update` of the new descriptor says.
    If an instance does not come
    up, the update stops, its operation fails, and the instances that are left go on with the old
    revision. `name` and `application`
    cannot change.

    Args:
        service_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ServiceAccepted
    """

    return sync_detailed(
        service_id=service_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    service_id: str,
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | ServiceAccepted]:
    """Replace the descriptor

     Makes a new revision. Instances of the old one are replaced as `update` of the new descriptor says.
    If an instance does not come
    up, the update stops, its operation fails, and the instances that are left go on with the old
    revision. `name` and `application`
    cannot change.

    Args:
        service_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServiceAccepted]
    """

    kwargs = _get_kwargs(
        service_id=service_id,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    service_id: str,
    *,
    client: AuthenticatedClient,
    body: ServiceDescriptor,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | ServiceAccepted | None:
    """Replace the descriptor

     Makes a new revision. Instances of the old one are replaced as `update` of the new descriptor says.
    If an instance does not come
    up, the update stops, its operation fails, and the instances that are left go on with the old
    revision. `name` and `application`
    cannot change.

    Args:
        service_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (ServiceDescriptor): What a user wants to run.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ServiceAccepted
    """

    return (
        await asyncio_detailed(
            service_id=service_id,
            client=client,
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
