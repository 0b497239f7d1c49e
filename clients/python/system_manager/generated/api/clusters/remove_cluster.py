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
    force: bool | Unset = False,
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

    params["force"] = force

    params["parallelMoves"] = parallel_moves

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v1/clusters/{cluster_id}".format(
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
    force: bool | Unset = False,
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ClusterAccepted | Problem]:
    """Remove a cluster

     Moves its instances elsewhere first, then forgets the cluster and revokes its credential. With
    `force` the instances are
    declared dead at once, and placed elsewhere: for a site that will not come back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        force (bool | Unset):  Default: False.
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
        force=force,
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
    force: bool | Unset = False,
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ClusterAccepted | Problem | None:
    """Remove a cluster

     Moves its instances elsewhere first, then forgets the cluster and revokes its credential. With
    `force` the instances are
    declared dead at once, and placed elsewhere: for a site that will not come back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        force (bool | Unset):  Default: False.
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
        force=force,
        parallel_moves=parallel_moves,
        idempotency_key=idempotency_key,
        if_match=if_match,
    ).parsed


async def asyncio_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    force: bool | Unset = False,
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> Response[ClusterAccepted | Problem]:
    """Remove a cluster

     Moves its instances elsewhere first, then forgets the cluster and revokes its credential. With
    `force` the instances are
    declared dead at once, and placed elsewhere: for a site that will not come back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        force (bool | Unset):  Default: False.
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
        force=force,
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
    force: bool | Unset = False,
    parallel_moves: int | Unset = 10,
    idempotency_key: str | Unset = UNSET,
    if_match: str | Unset = UNSET,
) -> ClusterAccepted | Problem | None:
    """Remove a cluster

     Moves its instances elsewhere first, then forgets the cluster and revokes its credential. With
    `force` the instances are
    declared dead at once, and placed elsewhere: for a site that will not come back.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        force (bool | Unset):  Default: False.
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
            force=force,
            parallel_moves=parallel_moves,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
    ).parsed
