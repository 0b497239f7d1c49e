from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.cluster_page import ClusterPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: str | Unset = UNSET,
    name: str | Unset = UNSET,
    location: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["state"] = state

    params["name"] = name

    params["location"] = location

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/clusters",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClusterPage | Problem:
    if response.status_code == 200:
        response_200 = ClusterPage.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ClusterPage | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: str | Unset = UNSET,
    name: str | Unset = UNSET,
    location: str | Unset = UNSET,
) -> Response[ClusterPage | Problem]:
    """List clusters

     Clusters in the order of their registration.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        state (str | Unset): `registered`: its agent has not been heard of yet; `active`: heard of
            within the last 45 s; `inactive`: not heard of since;
            `removing`: it is being evacuated and will be gone. `pending`, `rejected` and `revoked`:
            it does not take part, see `admission`. Known values: registered, active, inactive,
            removing, pending, rejected, revoked.
        name (str | Unset): Name of a cluster or worker.
        location (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        state=state,
        name=name,
        location=location,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: str | Unset = UNSET,
    name: str | Unset = UNSET,
    location: str | Unset = UNSET,
) -> ClusterPage | Problem | None:
    """List clusters

     Clusters in the order of their registration.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        state (str | Unset): `registered`: its agent has not been heard of yet; `active`: heard of
            within the last 45 s; `inactive`: not heard of since;
            `removing`: it is being evacuated and will be gone. `pending`, `rejected` and `revoked`:
            it does not take part, see `admission`. Known values: registered, active, inactive,
            removing, pending, rejected, revoked.
        name (str | Unset): Name of a cluster or worker.
        location (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterPage | Problem
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        state=state,
        name=name,
        location=location,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: str | Unset = UNSET,
    name: str | Unset = UNSET,
    location: str | Unset = UNSET,
) -> Response[ClusterPage | Problem]:
    """List clusters

     Clusters in the order of their registration.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        state (str | Unset): `registered`: its agent has not been heard of yet; `active`: heard of
            within the last 45 s; `inactive`: not heard of since;
            `removing`: it is being evacuated and will be gone. `pending`, `rejected` and `revoked`:
            it does not take part, see `admission`. Known values: registered, active, inactive,
            removing, pending, rejected, revoked.
        name (str | Unset): Name of a cluster or worker.
        location (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        state=state,
        name=name,
        location=location,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    state: str | Unset = UNSET,
    name: str | Unset = UNSET,
    location: str | Unset = UNSET,
) -> ClusterPage | Problem | None:
    """List clusters

     Clusters in the order of their registration.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        state (str | Unset): `registered`: its agent has not been heard of yet; `active`: heard of
            within the last 45 s; `inactive`: not heard of since;
            `removing`: it is being evacuated and will be gone. `pending`, `rejected` and `revoked`:
            it does not take part, see `admission`. Known values: registered, active, inactive,
            removing, pending, rejected, revoked.
        name (str | Unset): Name of a cluster or worker.
        location (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterPage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            state=state,
            name=name,
            location=location,
        )
    ).parsed
