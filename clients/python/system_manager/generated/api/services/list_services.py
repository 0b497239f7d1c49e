from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.service_page import ServicePage
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    application: str | Unset = UNSET,
    name: str | Unset = UNSET,
    phase: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["application"] = application

    params["name"] = name

    params["phase"] = phase

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/services",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | ServicePage:
    if response.status_code == 200:
        response_200 = ServicePage.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | ServicePage]:
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
    application: str | Unset = UNSET,
    name: str | Unset = UNSET,
    phase: str | Unset = UNSET,
) -> Response[Problem | ServicePage]:
    """List services

     Services in the order of their deployment. Terminated services are listed when `phase=UNDEPLOYED`
    asks for them.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        application (str | Unset): DNS label (RFC 1123).
        name (str | Unset): DNS label (RFC 1123).
        phase (str | Unset): How far an instance is; a service shows the least advanced of its
            instances. More phases may come. Known values: REQUESTED, CLUSTER_SCHEDULED,
            NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, LOST, UNDEPLOYING, UNDEPLOYED.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServicePage]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        application=application,
        name=name,
        phase=phase,
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
    application: str | Unset = UNSET,
    name: str | Unset = UNSET,
    phase: str | Unset = UNSET,
) -> Problem | ServicePage | None:
    """List services

     Services in the order of their deployment. Terminated services are listed when `phase=UNDEPLOYED`
    asks for them.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        application (str | Unset): DNS label (RFC 1123).
        name (str | Unset): DNS label (RFC 1123).
        phase (str | Unset): How far an instance is; a service shows the least advanced of its
            instances. More phases may come. Known values: REQUESTED, CLUSTER_SCHEDULED,
            NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, LOST, UNDEPLOYING, UNDEPLOYED.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ServicePage
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        application=application,
        name=name,
        phase=phase,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    application: str | Unset = UNSET,
    name: str | Unset = UNSET,
    phase: str | Unset = UNSET,
) -> Response[Problem | ServicePage]:
    """List services

     Services in the order of their deployment. Terminated services are listed when `phase=UNDEPLOYED`
    asks for them.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        application (str | Unset): DNS label (RFC 1123).
        name (str | Unset): DNS label (RFC 1123).
        phase (str | Unset): How far an instance is; a service shows the least advanced of its
            instances. More phases may come. Known values: REQUESTED, CLUSTER_SCHEDULED,
            NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, LOST, UNDEPLOYING, UNDEPLOYED.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ServicePage]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        application=application,
        name=name,
        phase=phase,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    application: str | Unset = UNSET,
    name: str | Unset = UNSET,
    phase: str | Unset = UNSET,
) -> Problem | ServicePage | None:
    """List services

     Services in the order of their deployment. Terminated services are listed when `phase=UNDEPLOYED`
    asks for them.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        application (str | Unset): DNS label (RFC 1123).
        name (str | Unset): DNS label (RFC 1123).
        phase (str | Unset): How far an instance is; a service shows the least advanced of its
            instances. More phases may come. Known values: REQUESTED, CLUSTER_SCHEDULED,
            NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, LOST, UNDEPLOYING, UNDEPLOYED.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ServicePage
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            application=application,
            name=name,
            phase=phase,
        )
    ).parsed
