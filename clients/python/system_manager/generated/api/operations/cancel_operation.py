from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ...client import AuthenticatedClient, Client
from ...models.operation import Operation
from ...models.problem import Problem
from ...types import UNSET, Response, Unset


def _get_kwargs(
    operation_id: str,
    *,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/operations/{operation_id}/cancel".format(
            operation_id=quote(str(operation_id), safe=""),
        ),
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Operation | Problem:
    if response.status_code == 200:
        response_200 = Operation.from_dict(response.json())

        return response_200

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Operation | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    operation_id: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> Response[Operation | Problem]:
    """Cancel an operation

     Takes a wish back that is under way. `deploy`: the service is terminated. `update`, `rollback`: it
    goes back to the revision and
    the number of replicas before. `scale`: back to the number before. `migrate`: what has not moved yet
    stays; what has stopped at
    its source already goes on. `drain`, `removeCluster`: the cluster takes instances again. `terminate`
    has no way back.
    Cancelling a cancelled operation is harmless.

    Args:
        operation_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Operation | Problem]
    """

    kwargs = _get_kwargs(
        operation_id=operation_id,
        idempotency_key=idempotency_key,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    operation_id: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> Operation | Problem | None:
    """Cancel an operation

     Takes a wish back that is under way. `deploy`: the service is terminated. `update`, `rollback`: it
    goes back to the revision and
    the number of replicas before. `scale`: back to the number before. `migrate`: what has not moved yet
    stays; what has stopped at
    its source already goes on. `drain`, `removeCluster`: the cluster takes instances again. `terminate`
    has no way back.
    Cancelling a cancelled operation is harmless.

    Args:
        operation_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Operation | Problem
    """

    return sync_detailed(
        operation_id=operation_id,
        client=client,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    operation_id: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> Response[Operation | Problem]:
    """Cancel an operation

     Takes a wish back that is under way. `deploy`: the service is terminated. `update`, `rollback`: it
    goes back to the revision and
    the number of replicas before. `scale`: back to the number before. `migrate`: what has not moved yet
    stays; what has stopped at
    its source already goes on. `drain`, `removeCluster`: the cluster takes instances again. `terminate`
    has no way back.
    Cancelling a cancelled operation is harmless.

    Args:
        operation_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Operation | Problem]
    """

    kwargs = _get_kwargs(
        operation_id=operation_id,
        idempotency_key=idempotency_key,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    operation_id: str,
    *,
    client: AuthenticatedClient,
    idempotency_key: str | Unset = UNSET,
) -> Operation | Problem | None:
    """Cancel an operation

     Takes a wish back that is under way. `deploy`: the service is terminated. `update`, `rollback`: it
    goes back to the revision and
    the number of replicas before. `scale`: back to the number before. `migrate`: what has not moved yet
    stays; what has stopped at
    its source already goes on. `drain`, `removeCluster`: the cluster takes instances again. `terminate`
    has no way back.
    Cancelling a cancelled operation is harmless.

    Args:
        operation_id (str): Identifier, 24 hexadecimal digits.
        idempotency_key (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Operation | Problem
    """

    return (
        await asyncio_detailed(
            operation_id=operation_id,
            client=client,
            idempotency_key=idempotency_key,
        )
    ).parsed
