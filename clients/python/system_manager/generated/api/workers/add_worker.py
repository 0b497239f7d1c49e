from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.worker_addition import WorkerAddition
from ...models.worker_count import WorkerCount
from ...types import UNSET, Response, Unset


def _get_kwargs(
    cluster_id: str,
    *,
    body: WorkerAddition,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/clusters/{cluster_id}/workers".format(
            cluster_id=quote(str(cluster_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

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
    body: WorkerAddition,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | WorkerCount]:
    """Count a worker up

     One worker more. A worker with a name counts once, however often it is added.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (WorkerAddition): A worker to count.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkerCount]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        body=body,
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
    body: WorkerAddition,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | WorkerCount | None:
    """Count a worker up

     One worker more. A worker with a name counts once, however often it is added.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (WorkerAddition): A worker to count.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WorkerCount
    """

    return sync_detailed(
        cluster_id=cluster_id,
        client=client,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    body: WorkerAddition,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[Problem | WorkerCount]:
    """Count a worker up

     One worker more. A worker with a name counts once, however often it is added.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (WorkerAddition): A worker to count.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WorkerCount]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        body=body,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    body: WorkerAddition,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Problem | WorkerCount | None:
    """Count a worker up

     One worker more. A worker with a name counts once, however often it is added.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):
        if_match (str | Unset):
        body (WorkerAddition): A worker to count.

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
            body=body,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
