from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.operation_page import OperationPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    state: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["subjectId"] = subject_id

    params["state"] = state

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/operations",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> OperationPage | Problem:
    if response.status_code == 200:
        response_200 = OperationPage.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[OperationPage | Problem]:
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
    subject_id: str | Unset = UNSET,
    state: str | Unset = UNSET,
) -> Response[OperationPage | Problem]:
    """List operations

     Newest first.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        state (str | Unset): How far an operation is. `running` is the only state that is not
            final, and stays so; more final ones may come. Known values: running, succeeded, failed,
            cancelled.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OperationPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        subject_id=subject_id,
        state=state,
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
    subject_id: str | Unset = UNSET,
    state: str | Unset = UNSET,
) -> OperationPage | Problem | None:
    """List operations

     Newest first.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        state (str | Unset): How far an operation is. `running` is the only state that is not
            final, and stays so; more final ones may come. Known values: running, succeeded, failed,
            cancelled.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OperationPage | Problem
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        subject_id=subject_id,
        state=state,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    state: str | Unset = UNSET,
) -> Response[OperationPage | Problem]:
    """List operations

     Newest first.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        state (str | Unset): How far an operation is. `running` is the only state that is not
            final, and stays so; more final ones may come. Known values: running, succeeded, failed,
            cancelled.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[OperationPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        subject_id=subject_id,
        state=state,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    state: str | Unset = UNSET,
) -> OperationPage | Problem | None:
    """List operations

     Newest first.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        state (str | Unset): How far an operation is. `running` is the only state that is not
            final, and stays so; more final ones may come. Known values: running, succeeded, failed,
            cancelled.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        OperationPage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            subject_id=subject_id,
            state=state,
        )
    ).parsed
