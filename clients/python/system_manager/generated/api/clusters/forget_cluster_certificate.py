from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.cluster import Cluster
from ...models.problem import Problem
from ...types import Response


def _get_kwargs(
    cluster_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/api/v1/clusters/{cluster_id}/certificate".format(
            cluster_id=quote(str(cluster_id), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Cluster | Problem:
    if response.status_code == 200:
        response_200 = Cluster.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Cluster | Problem]:
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
) -> Response[Cluster | Problem]:
    """Forget the client certificate of a cluster

     For an agent that has lost the key of its certificate: the certificate is not taken any more, and
    the next session with the
    credential of the cluster may bring another key. Sessions that are open stay.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Cluster | Problem]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
) -> Cluster | Problem | None:
    """Forget the client certificate of a cluster

     For an agent that has lost the key of its certificate: the certificate is not taken any more, and
    the next session with the
    credential of the cluster may bring another key. Sessions that are open stay.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Cluster | Problem
    """

    return sync_detailed(
        cluster_id=cluster_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
) -> Response[Cluster | Problem]:
    """Forget the client certificate of a cluster

     For an agent that has lost the key of its certificate: the certificate is not taken any more, and
    the next session with the
    credential of the cluster may bring another key. Sessions that are open stay.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Cluster | Problem]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
) -> Cluster | Problem | None:
    """Forget the client certificate of a cluster

     For an agent that has lost the key of its certificate: the certificate is not taken any more, and
    the next session with the
    credential of the cluster may bring another key. Sessions that are open stay.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Cluster | Problem
    """

    return (
        await asyncio_detailed(
            cluster_id=cluster_id,
            client=client,
        )
    ).parsed
