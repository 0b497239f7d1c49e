from http import HTTPStatus
from typing import Any

import httpx

from ...client import AuthenticatedClient, Client
from ...models.new_webhook import NewWebhook
from ...models.problem import Problem
from ...models.webhook_with_secret import WebhookWithSecret
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: NewWebhook,
    idempotency_key: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(idempotency_key, Unset):
        headers["Idempotency-Key"] = idempotency_key

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/v1/webhooks",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WebhookWithSecret:
    if response.status_code == 201:
        response_201 = WebhookWithSecret.from_dict(response.json())

        return response_201

    response_default = Problem.from_dict(response.json())

    return response_default


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | WebhookWithSecret]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: NewWebhook,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | WebhookWithSecret]:
    """Have events sent somewhere

     Events from now on are sent to `url`: POST requests with up to 100 events each (`WebhookDelivery`),
    in order, each at least once. An
    answer of 2xx within 10 s takes them; redirects are not followed. Anything else is tried again, up
    to 12 times in about half an hour,
    then put aside as a dead letter, and what comes after is tried. Who has failed for a day is switched
    off.

    The header `System-Manager-Signature: t=<unix seconds>,v1=<hexadecimal>` proves a delivery: `v1` is
    the HMAC-SHA256, under the secret
    of this answer, of `<t>.<body>`. Refuse a `t` that is minutes old. `System-Manager-Delivery` is the
    same each time it is tried.

    Addresses in networks that are not public are refused unless `SM_WEBHOOK_NETWORKS` names them.

    Args:
        idempotency_key (str | Unset):
        body (NewWebhook): A new webhook.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WebhookWithSecret]
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
    body: NewWebhook,
    idempotency_key: str | Unset = UNSET,
) -> Problem | WebhookWithSecret | None:
    """Have events sent somewhere

     Events from now on are sent to `url`: POST requests with up to 100 events each (`WebhookDelivery`),
    in order, each at least once. An
    answer of 2xx within 10 s takes them; redirects are not followed. Anything else is tried again, up
    to 12 times in about half an hour,
    then put aside as a dead letter, and what comes after is tried. Who has failed for a day is switched
    off.

    The header `System-Manager-Signature: t=<unix seconds>,v1=<hexadecimal>` proves a delivery: `v1` is
    the HMAC-SHA256, under the secret
    of this answer, of `<t>.<body>`. Refuse a `t` that is minutes old. `System-Manager-Delivery` is the
    same each time it is tried.

    Addresses in networks that are not public are refused unless `SM_WEBHOOK_NETWORKS` names them.

    Args:
        idempotency_key (str | Unset):
        body (NewWebhook): A new webhook.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WebhookWithSecret
    """

    return sync_detailed(
        client=client,
        body=body,
        idempotency_key=idempotency_key,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: NewWebhook,
    idempotency_key: str | Unset = UNSET,
) -> Response[Problem | WebhookWithSecret]:
    """Have events sent somewhere

     Events from now on are sent to `url`: POST requests with up to 100 events each (`WebhookDelivery`),
    in order, each at least once. An
    answer of 2xx within 10 s takes them; redirects are not followed. Anything else is tried again, up
    to 12 times in about half an hour,
    then put aside as a dead letter, and what comes after is tried. Who has failed for a day is switched
    off.

    The header `System-Manager-Signature: t=<unix seconds>,v1=<hexadecimal>` proves a delivery: `v1` is
    the HMAC-SHA256, under the secret
    of this answer, of `<t>.<body>`. Refuse a `t` that is minutes old. `System-Manager-Delivery` is the
    same each time it is tried.

    Addresses in networks that are not public are refused unless `SM_WEBHOOK_NETWORKS` names them.

    Args:
        idempotency_key (str | Unset):
        body (NewWebhook): A new webhook.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WebhookWithSecret]
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
    body: NewWebhook,
    idempotency_key: str | Unset = UNSET,
) -> Problem | WebhookWithSecret | None:
    """Have events sent somewhere

     Events from now on are sent to `url`: POST requests with up to 100 events each (`WebhookDelivery`),
    in order, each at least once. An
    answer of 2xx within 10 s takes them; redirects are not followed. Anything else is tried again, up
    to 12 times in about half an hour,
    then put aside as a dead letter, and what comes after is tried. Who has failed for a day is switched
    off.

    The header `System-Manager-Signature: t=<unix seconds>,v1=<hexadecimal>` proves a delivery: `v1` is
    the HMAC-SHA256, under the secret
    of this answer, of `<t>.<body>`. Refuse a `t` that is minutes old. `System-Manager-Delivery` is the
    same each time it is tried.

    Addresses in networks that are not public are refused unless `SM_WEBHOOK_NETWORKS` names them.

    Args:
        idempotency_key (str | Unset):
        body (NewWebhook): A new webhook.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WebhookWithSecret
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            idempotency_key=idempotency_key,
        )
    ).parsed
