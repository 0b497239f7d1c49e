from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.enrolment_token_created import EnrolmentTokenCreated
from ...models.new_enrolment_token import NewEnrolmentToken
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewEnrolmentToken,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/enrolment-tokens",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EnrolmentTokenCreated | Problem:
    if response.status_code == 201:
        response_201 = EnrolmentTokenCreated.from_dict(response.json())

        return response_201

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[EnrolmentTokenCreated | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: NewEnrolmentToken,
    idempotency_key: str | Unset = UNSET,
) -> Response[EnrolmentTokenCreated | Problem]:
    """Make an enrolment token

     A bearer token with which agents enrol their clusters, shown in this answer only. It is good for
    `uses` new clusters within `hours`.
    Clusters that enrol with it belong to its organization.

    Args:
        idempotency_key (str | Unset):
        body (NewEnrolmentToken): An enrolment token to make.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EnrolmentTokenCreated | Problem]
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
    body: NewEnrolmentToken,
    idempotency_key: str | Unset = UNSET,
) -> EnrolmentTokenCreated | Problem | None:
    """Make an enrolment token

     A bearer token with which agents enrol their clusters, shown in this answer only. It is good for
    `uses` new clusters within `hours`.
    Clusters that enrol with it belong to its organization.

    Args:
        idempotency_key (str | Unset):
        body (NewEnrolmentToken): An enrolment token to make.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EnrolmentTokenCreated | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: NewEnrolmentToken,
    idempotency_key: str | Unset = UNSET,
) -> Response[EnrolmentTokenCreated | Problem]:
    """Make an enrolment token

     A bearer token with which agents enrol their clusters, shown in this answer only. It is good for
    `uses` new clusters within `hours`.
    Clusters that enrol with it belong to its organization.

    Args:
        idempotency_key (str | Unset):
        body (NewEnrolmentToken): An enrolment token to make.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EnrolmentTokenCreated | Problem]
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
    body: NewEnrolmentToken,
    idempotency_key: str | Unset = UNSET,
) -> EnrolmentTokenCreated | Problem | None:
    """Make an enrolment token

     A bearer token with which agents enrol their clusters, shown in this answer only. It is good for
    `uses` new clusters within `hours`.
    Clusters that enrol with it belong to its organization.

    Args:
        idempotency_key (str | Unset):
        body (NewEnrolmentToken): An enrolment token to make.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EnrolmentTokenCreated | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
