import datetime
from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.audit_page import AuditPage
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    actor_id: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    operation: str | Unset = UNSET,
    outcome: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["cursor"] = cursor

    params["actorId"] = actor_id

    params["subjectId"] = subject_id

    params["operation"] = operation

    params["outcome"] = outcome

    json_from_: str | Unset = UNSET
    if not isinstance(from_, Unset):
        json_from_ = from_.isoformat()
    params["from"] = json_from_

    json_until: str | Unset = UNSET
    if not isinstance(until, Unset):
        json_until = until.isoformat()
    params["until"] = json_until

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/audit",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AuditPage | Problem:
    if response.status_code == 200:
        response_200 = AuditPage.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AuditPage | Problem]:
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
    actor_id: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    operation: str | Unset = UNSET,
    outcome: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
) -> Response[AuditPage | Problem]:
    """Read the audit log

     Who has changed what from where, who was refused, and with which result; newest first. Each entry
    carries the hash of the one before it. Reports of clusters
    are not in it, nor are requests without a valid token.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        actor_id (str | Unset): Identifier, 24 hexadecimal digits.
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        operation (str | Unset):
        outcome (str | Unset): Known values: done, refused.
        from_ (datetime.datetime | Unset):
        until (datetime.datetime | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        actor_id=actor_id,
        subject_id=subject_id,
        operation=operation,
        outcome=outcome,
        from_=from_,
        until=until,
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
    actor_id: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    operation: str | Unset = UNSET,
    outcome: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
) -> AuditPage | Problem | None:
    """Read the audit log

     Who has changed what from where, who was refused, and with which result; newest first. Each entry
    carries the hash of the one before it. Reports of clusters
    are not in it, nor are requests without a valid token.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        actor_id (str | Unset): Identifier, 24 hexadecimal digits.
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        operation (str | Unset):
        outcome (str | Unset): Known values: done, refused.
        from_ (datetime.datetime | Unset):
        until (datetime.datetime | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditPage | Problem
    """

    return sync_detailed(
        client=client,
        limit=limit,
        cursor=cursor,
        actor_id=actor_id,
        subject_id=subject_id,
        operation=operation,
        outcome=outcome,
        from_=from_,
        until=until,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    actor_id: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    operation: str | Unset = UNSET,
    outcome: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
) -> Response[AuditPage | Problem]:
    """Read the audit log

     Who has changed what from where, who was refused, and with which result; newest first. Each entry
    carries the hash of the one before it. Reports of clusters
    are not in it, nor are requests without a valid token.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        actor_id (str | Unset): Identifier, 24 hexadecimal digits.
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        operation (str | Unset):
        outcome (str | Unset): Known values: done, refused.
        from_ (datetime.datetime | Unset):
        until (datetime.datetime | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AuditPage | Problem]
    """

    kwargs = _get_kwargs(
        limit=limit,
        cursor=cursor,
        actor_id=actor_id,
        subject_id=subject_id,
        operation=operation,
        outcome=outcome,
        from_=from_,
        until=until,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    limit: int | Unset = 50,
    cursor: str | Unset = UNSET,
    actor_id: str | Unset = UNSET,
    subject_id: str | Unset = UNSET,
    operation: str | Unset = UNSET,
    outcome: str | Unset = UNSET,
    from_: datetime.datetime | Unset = UNSET,
    until: datetime.datetime | Unset = UNSET,
) -> AuditPage | Problem | None:
    """Read the audit log

     Who has changed what from where, who was refused, and with which result; newest first. Each entry
    carries the hash of the one before it. Reports of clusters
    are not in it, nor are requests without a valid token.

    Args:
        limit (int | Unset):  Default: 50.
        cursor (str | Unset):
        actor_id (str | Unset): Identifier, 24 hexadecimal digits.
        subject_id (str | Unset): Identifier, 24 hexadecimal digits.
        operation (str | Unset):
        outcome (str | Unset): Known values: done, refused.
        from_ (datetime.datetime | Unset):
        until (datetime.datetime | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AuditPage | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            limit=limit,
            cursor=cursor,
            actor_id=actor_id,
            subject_id=subject_id,
            operation=operation,
            outcome=outcome,
            from_=from_,
            until=until,
        )
    ).parsed
