from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.cluster_accepted import ClusterAccepted
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    cluster_id: str,
    *,
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    if not isinstance(if_match, Unset):
        headers["If-Match"] = if_match

    params: dict[str, Any] = {}

    params["parallelMoves"] = parallel_moves

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/clusters/{cluster_id}/drain".format(
            cluster_id=quote(str(cluster_id), safe=""),
        ),
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClusterAccepted | Problem:
    if response.status_code == 202:
        response_202 = ClusterAccepted.from_dict(response.json())

        return response_202

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ClusterAccepted | Problem]:
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
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ClusterAccepted | Problem]:
    """Drain a cluster

     Makes the cluster unschedulable and moves its instances elsewhere, each of which runs there before
    it stops here. The operation
    says how many are done and what the others wait for. While the cluster is away its instances wait
    for its return, unless
    their `whenLost` lets them go. `resumeCluster` takes the cluster back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        parallel_moves (int | Unset):  Default: 10.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterAccepted | Problem]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        parallel_moves=parallel_moves,
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
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ClusterAccepted | Problem | None:
    """Drain a cluster

     Makes the cluster unschedulable and moves its instances elsewhere, each of which runs there before
    it stops here. The operation
    says how many are done and what the others wait for. While the cluster is away its instances wait
    for its return, unless
    their `whenLost` lets them go. `resumeCluster` takes the cluster back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        parallel_moves (int | Unset):  Default: 10.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterAccepted | Problem
    """

    return sync_detailed(
        cluster_id=cluster_id,
        client=client,
        parallel_moves=parallel_moves,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ClusterAccepted | Problem]:
    """Drain a cluster

     Makes the cluster unschedulable and moves its instances elsewhere, each of which runs there before
    it stops here. The operation
    says how many are done and what the others wait for. While the cluster is away its instances wait
    for its return, unless
    their `whenLost` lets them go. `resumeCluster` takes the cluster back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        parallel_moves (int | Unset):  Default: 10.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterAccepted | Problem]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        parallel_moves=parallel_moves,
        idempotency_key=idempotency_key,
        if_match=if_match,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ClusterAccepted | Problem | None:
    """Drain a cluster

     Makes the cluster unschedulable and moves its instances elsewhere, each of which runs there before
    it stops here. The operation
    says how many are done and what the others wait for. While the cluster is away its instances wait
    for its return, unless
    their `whenLost` lets them go. `resumeCluster` takes the cluster back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        parallel_moves (int | Unset):  Default: 10.
        idempotency_key (str | Unset):
        if_match (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterAccepted | Problem
    """

    return (
        await asyncio_detailed(
            cluster_id=cluster_id,
            client=client,
            parallel_moves=parallel_moves,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
