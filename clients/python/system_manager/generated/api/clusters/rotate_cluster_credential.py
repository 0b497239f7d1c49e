from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.cluster_credential import ClusterCredential
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    cluster_id: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/clusters/{cluster_id}/credential".format(
            cluster_id=quote(str(cluster_id), safe=""),
        ),
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClusterCredential | Problem:
    if response.status_code == 200:
        response_200 = ClusterCredential.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ClusterCredential | Problem]:
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
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterCredential | Problem]:
    """Give a cluster another credential

     Shown in this answer only. The present credential is good until the new one is used for the first
    time; asked again before that,
    only the newest counts. Agents with a session ask over it, with the frame `rotate`.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterCredential | Problem]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> ClusterCredential | Problem | None:
    """Give a cluster another credential

     Shown in this answer only. The present credential is good until the new one is used for the first
    time; asked again before that,
    only the newest counts. Agents with a session ask over it, with the frame `rotate`.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterCredential | Problem
    """

    return sync_detailed(
        cluster_id=cluster_id,
        client=client,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> Response[ClusterCredential | Problem]:
    """Give a cluster another credential

     Shown in this answer only. The present credential is good until the new one is used for the first
    time; asked again before that,
    only the newest counts. Agents with a session ask over it, with the frame `rotate`.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClusterCredential | Problem]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> ClusterCredential | Problem | None:
    """Give a cluster another credential

     Shown in this answer only. The present credential is good until the new one is used for the first
    time; asked again before that,
    only the newest counts. Agents with a session ask over it, with the frame `rotate`.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClusterCredential | Problem
    """

    return (
        await asyncio_detailed(
            cluster_id=cluster_id,
            client=client,
            idempotency_key=idempotency_key,
        )
    ).parsed
