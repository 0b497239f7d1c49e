from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.report import Report
from ...models.report_receipt import ReportReceipt
from ...types import Response


def _get_kwargs(
    cluster_id: str,
    *,
    body: Report,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/clusters/{cluster_id}/reports".format(
            cluster_id=quote(str(cluster_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | ReportReceipt:
    if response.status_code == 200:
        response_200 = ReportReceipt.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | ReportReceipt]:
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
    body: Report,
) -> Response[Problem | ReportReceipt]:
    """Report over HTTP

     For agents without a WebSocket session. Reports may come twice, late or out of order: an older
    `(session, sequence)` is
    answered with `applied: false` and changes nothing.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        body (Report): What a cluster says about itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReportReceipt]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    body: Report,
) -> Problem | ReportReceipt | None:
    """Report over HTTP

     For agents without a WebSocket session. Reports may come twice, late or out of order: an older
    `(session, sequence)` is
    answered with `applied: false` and changes nothing.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        body (Report): What a cluster says about itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReportReceipt
    """

    return sync_detailed(
        cluster_id=cluster_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    body: Report,
) -> Response[Problem | ReportReceipt]:
    """Report over HTTP

     For agents without a WebSocket session. Reports may come twice, late or out of order: an older
    `(session, sequence)` is
    answered with `applied: false` and changes nothing.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        body (Report): What a cluster says about itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | ReportReceipt]
    """

    kwargs = _get_kwargs(
        cluster_id=cluster_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    cluster_id: str,
    *,
    client: AuthenticatedClient,
    body: Report,
) -> Problem | ReportReceipt | None:
    """Report over HTTP

     For agents without a WebSocket session. Reports may come twice, late or out of order: an older
    `(session, sequence)` is
    answered with `applied: false` and changes nothing.

    Args:
        cluster_id (str): Identifier, 24 hexadecimal digits.
        body (Report): What a cluster says about itself.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | ReportReceipt
    """

    return (
        await asyncio_detailed(
            cluster_id=cluster_id,
            client=client,
            body=body,
        )
    ).parsed
