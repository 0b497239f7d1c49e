from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.event_page import EventPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    after: int | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    order: str | Unset = "oldestFirst",
    before: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["after"] = after

    params["subjectId"] = subject_id

    params["order"] = order

    params["before"] = before

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/events",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EventPage | Problem:
    if response.status_code == 200:
        response_200 = EventPage.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[EventPage | Problem]:
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
    after: int | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    order: str | Unset = "oldestFirst",
    before: int | Unset = UNSET,
) -> Response[EventPage | Problem]:
    """List events

     The history, oldest first, without gaps. `after` is the sequence number of the last event already
    seen; where the history after
    it is no longer kept, the answer is 410.

    With `order=newestFirst` it is read towards the past instead: `before` is the sequence number of the
    last event of the page
    before. What is no longer kept is left out.

    Args:
        limit (int | Unset):  Default: 50.
        after (int | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        order (str | Unset): Known values: oldestFirst, newestFirst. Default: 'oldestFirst'.
        before (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EventPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        after=after,
        subject_id=subject_id,
        order=order,
        before=before,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    after: int | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    order: str | Unset = "oldestFirst",
    before: int | Unset = UNSET,
) -> EventPage | Problem | None:
    """List events

     The history, oldest first, without gaps. `after` is the sequence number of the last event already
    seen; where the history after
    it is no longer kept, the answer is 410.

    With `order=newestFirst` it is read towards the past instead: `before` is the sequence number of the
    last event of the page
    before. What is no longer kept is left out.

    Args:
        limit (int | Unset):  Default: 50.
        after (int | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        order (str | Unset): Known values: oldestFirst, newestFirst. Default: 'oldestFirst'.
        before (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EventPage | Problem
    """

    return sync_detailed(
        client=client,
        limit=limit,
        after=after,
        subject_id=subject_id,
        order=order,
        before=before,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    after: int | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    order: str | Unset = "oldestFirst",
    before: int | Unset = UNSET,
) -> Response[EventPage | Problem]:
    """List events

     The history, oldest first, without gaps. `after` is the sequence number of the last event already
    seen; where the history after
    it is no longer kept, the answer is 410.

    With `order=newestFirst` it is read towards the past instead: `before` is the sequence number of the
    last event of the page
    before. What is no longer kept is left out.

    Args:
        limit (int | Unset):  Default: 50.
        after (int | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        order (str | Unset): Known values: oldestFirst, newestFirst. Default: 'oldestFirst'.
        before (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EventPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        after=after,
        subject_id=subject_id,
        order=order,
        before=before,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    after: int | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    order: str | Unset = "oldestFirst",
    before: int | Unset = UNSET,
) -> EventPage | Problem | None:
    """List events

     The history, oldest first, without gaps. `after` is the sequence number of the last event already
    seen; where the history after
    it is no longer kept, the answer is 410.

    With `order=newestFirst` it is read towards the past instead: `before` is the sequence number of the
    last event of the page
    before. What is no longer kept is left out.

    Args:
        limit (int | Unset):  Default: 50.
        after (int | Unset):
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        order (str | Unset): Known values: oldestFirst, newestFirst. Default: 'oldestFirst'.
        before (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EventPage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            after=after,
            subject_id=subject_id,
            order=order,
            before=before,
        )
    ).parsed
