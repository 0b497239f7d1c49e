from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.worker_count import WorkerCount
from ...types import UNSET, Response, Unset


def _get_kwargs(
    cluster_id: str,
    *,
    name: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    params: dict[str, Any] = {}

    params["name"] = name

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v1/clusters/{cluster_id}/workers".format(
            cluster_id=quote(str(cluster_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WorkerCount:
    if response.status_code == 200:
        response_200 = WorkerCount.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | WorkerCount]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    name: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | WorkerCount]:
    """Count a worker down

     One worker fewer, never below zero. With `name`, that worker; removing it twice counts once.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        name (str | Unset): Name of a cluster or worker.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkerCount]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        name=name,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    name: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | WorkerCount | None:
    """Count a worker down

     One worker fewer, never below zero. With `name`, that worker; removing it twice counts once.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        name (str | Unset): Name of a cluster or worker.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkerCount
    """

    return sync_detailed(
        cluster_id=cluster_id,
        client=client,
        name=name,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    name: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | WorkerCount]:
    """Count a worker down

     One worker fewer, never below zero. With `name`, that worker; removing it twice counts once.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        name (str | Unset): Name of a cluster or worker.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkerCount]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        name=name,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    name: str | Unset = UNSET,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | WorkerCount | None:
    """Count a worker down

     One worker fewer, never below zero. With `name`, that worker; removing it twice counts once.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        name (str | Unset): Name of a cluster or worker.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkerCount
    """

    return (
        await asyncio_detailed(
            cluster_id=cluster_id,
            client=client,
            name=name,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
