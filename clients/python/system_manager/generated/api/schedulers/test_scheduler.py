from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.scheduler_test import SchedulerTest
from ...types import Response


def _get_kwargs(
    scheduler_name: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/schedulers/{scheduler_name}/test".format(
            scheduler_name=quote(str(scheduler_name), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | SchedulerTest:
    if response.status_code == 200:
        response_200 = SchedulerTest.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | SchedulerTest]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    scheduler_name: str,
    *,
    client: AuthenticatedClient,
) -> Response[Problem | SchedulerTest]:
    """Test a scheduler

     Asks the scheduler for one placement that binds nothing.

    Args:
        scheduler_name (str): DNS label (RFC 1123).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SchedulerTest]
    """

    kwargs = _get_kwargs(
        scheduler_name=scheduler_name,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    scheduler_name: str,
    *,
    client: AuthenticatedClient,
) -> Problem | SchedulerTest | None:
    """Test a scheduler

     Asks the scheduler for one placement that binds nothing.

    Args:
        scheduler_name (str): DNS label (RFC 1123).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SchedulerTest
    """

    return sync_detailed(
        scheduler_name=scheduler_name,
        client=client,
    ).parsed


async def asyncio_detailed(
    scheduler_name: str,
    *,
    client: AuthenticatedClient,
) -> Response[Problem | SchedulerTest]:
    """Test a scheduler

     Asks the scheduler for one placement that binds nothing.

    Args:
        scheduler_name (str): DNS label (RFC 1123).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | SchedulerTest]
    """

    kwargs = _get_kwargs(
        scheduler_name=scheduler_name,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    scheduler_name: str,
    *,
    client: AuthenticatedClient,
) -> Problem | SchedulerTest | None:
    """Test a scheduler

     Asks the scheduler for one placement that binds nothing.

    Args:
        scheduler_name (str): DNS label (RFC 1123).

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | SchedulerTest
    """

    return (
        await asyncio_detailed(
            scheduler_name=scheduler_name,
            client=client,
        )
    ).parsed
