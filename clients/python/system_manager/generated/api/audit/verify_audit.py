from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.audit_verdict import AuditVerdict
from ...models.problem import Problem
from ...types import Response


def _get_kwargs() -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/audit/verification",
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AuditVerdict | Problem:
    if response.status_code == 200:
        response_200 = AuditVerdict.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AuditVerdict | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
) -> Response[AuditVerdict | Problem]:
    """Verify the audit log

     Follows the chain of hashes from what is kept first to what was written last. Whoever keeps the hash
    that it ends with elsewhere finds it again as that of the entry with this
    sequence number, as long as nobody has made the log anew.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditVerdict | Problem]
    """

    kwargs = _get_kwargs()

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
) -> AuditVerdict | Problem | None:
    """Verify the audit log

     Follows the chain of hashes from what is kept first to what was written last. Whoever keeps the hash
    that it ends with elsewhere finds it again as that of the entry with this
    sequence number, as long as nobody has made the log anew.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditVerdict | Problem
    """

    return sync_detailed(
        client=client,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
) -> Response[AuditVerdict | Problem]:
    """Verify the audit log

     Follows the chain of hashes from what is kept first to what was written last. Whoever keeps the hash
    that it ends with elsewhere finds it again as that of the entry with this
    sequence number, as long as nobody has made the log anew.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditVerdict | Problem]
    """

    kwargs = _get_kwargs()

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
) -> AuditVerdict | Problem | None:
    """Verify the audit log

     Follows the chain of hashes from what is kept first to what was written last. Whoever keeps the hash
    that it ends with elsewhere finds it again as that of the entry with this
    sequence number, as long as nobody has made the log anew.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditVerdict | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
        )
    ).parsed
