from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.cluster_registered import ClusterRegistered
from ...models.cluster_registration import ClusterRegistration
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: ClusterRegistration,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/clusters",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClusterRegistered | Problem:
    if response.status_code == 201:
        response_201 = ClusterRegistered.from_dict(response.json())

        return response_201

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ClusterRegistered | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: ClusterRegistration,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterRegistered | Problem]:
    """Register a cluster

     Creates a cluster and its credential. The credential is shown in this answer only. An agent that
    connects with an enrolment
    token registers itself; this call is for those who prepare a cluster before its agent starts, or
    report over HTTP.

    Args:
        idempotency_key (str | Unset):
        body (ClusterRegistration): A new cluster.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterRegistered | Problem]
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
    body: ClusterRegistration,
    idempotency_key: str | Unset = UNSET,
) -> ClusterRegistered | Problem | None:
    """Register a cluster

     Creates a cluster and its credential. The credential is shown in this answer only. An agent that
    connects with an enrolment
    token registers itself; this call is for those who prepare a cluster before its agent starts, or
    report over HTTP.

    Args:
        idempotency_key (str | Unset):
        body (ClusterRegistration): A new cluster.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterRegistered | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: ClusterRegistration,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterRegistered | Problem]:
    """Register a cluster

     Creates a cluster and its credential. The credential is shown in this answer only. An agent that
    connects with an enrolment
    token registers itself; this call is for those who prepare a cluster before its agent starts, or
    report over HTTP.

    Args:
        idempotency_key (str | Unset):
        body (ClusterRegistration): A new cluster.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterRegistered | Problem]
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
    body: ClusterRegistration,
    idempotency_key: str | Unset = UNSET,
) -> ClusterRegistered | Problem | None:
    """Register a cluster

     Creates a cluster and its credential. The credential is shown in this answer only. An agent that
    connects with an enrolment
    token registers itself; this call is for those who prepare a cluster before its agent starts, or
    report over HTTP.

    Args:
        idempotency_key (str | Unset):
        body (ClusterRegistration): A new cluster.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterRegistered | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
