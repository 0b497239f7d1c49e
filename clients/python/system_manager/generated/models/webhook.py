from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Webhook")


@_attrs_define
class Webhook:
    """Where events are sent to.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        url (str): Where deliveries go to, with `https` wherever somebody could listen. No name and password, and no
            fragment.
        types (list[str]): Types of events that are sent; `service.*` for all of a subject. Empty for every event.
        enabled (bool): Whether it is switched on.
        last_sequence (int): The last event that was taken or put aside. Events that it does not ask for are counted now
            and then.
        failures (int): Failures of the delivery under way.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        updated_at (datetime.datetime): Point in time (RFC 3339, UTC).
        version (int): Rises with every change by users.
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        name (str | Unset): What it is for.
        last_error (str | Unset): Why the last attempt failed: the receiver …
        failing_since (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
        next_attempt_at (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
        last_delivered_at (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
    """

    id: str
    url: str
    types: list[str]
    enabled: bool
    last_sequence: int
    failures: int
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    organization_id: str | Unset = UNSET
    name: str | Unset = UNSET
    last_error: str | Unset = UNSET
    failing_since: datetime.datetime | Unset = UNSET
    next_attempt_at: datetime.datetime | Unset = UNSET
    last_delivered_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        url = self.url

        types = self.types

        enabled = self.enabled

        last_sequence = self.last_sequence

        failures = self.failures

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        version = self.version

        organization_id = self.organization_id

        name = self.name

        last_error = self.last_error

        failing_since: str | Unset = UNSET
        if not isinstance(self.failing_since, Unset):
            failing_since = self.failing_since.isoformat()

        next_attempt_at: str | Unset = UNSET
        if not isinstance(self.next_attempt_at, Unset):
            next_attempt_at = self.next_attempt_at.isoformat()

        last_delivered_at: str | Unset = UNSET
        if not isinstance(self.last_delivered_at, Unset):
            last_delivered_at = self.last_delivered_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "url": url,
                "types": types,
                "enabled": enabled,
                "lastSequence": last_sequence,
                "failures": failures,
                "createdAt": created_at,
                "updatedAt": updated_at,
                "version": version,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if name is not UNSET:
            field_dict["name"] = name
        if last_error is not UNSET:
            field_dict["lastError"] = last_error
        if failing_since is not UNSET:
            field_dict["failingSince"] = failing_since
        if next_attempt_at is not UNSET:
            field_dict["nextAttemptAt"] = next_attempt_at
        if last_delivered_at is not UNSET:
            field_dict["lastDeliveredAt"] = last_delivered_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        url = d.pop("url")

        types = cast(list[str], d.pop("types"))

        enabled = d.pop("enabled")

        last_sequence = d.pop("lastSequence")

        failures = d.pop("failures")

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updatedAt"))

        version = d.pop("version")

        organization_id = d.pop("organizationId", UNSET)

        name = d.pop("name", UNSET)

        last_error = d.pop("lastError", UNSET)

        _failing_since = d.pop("failingSince", UNSET)
        failing_since: datetime.datetime | Unset
        if isinstance(_failing_since, Unset):
            failing_since = UNSET
        else:
            failing_since = datetime.datetime.fromisoformat(_failing_since)

        _next_attempt_at = d.pop("nextAttemptAt", UNSET)
        next_attempt_at: datetime.datetime | Unset
        if isinstance(_next_attempt_at, Unset):
            next_attempt_at = UNSET
        else:
            next_attempt_at = datetime.datetime.fromisoformat(_next_attempt_at)

        _last_delivered_at = d.pop("lastDeliveredAt", UNSET)
        last_delivered_at: datetime.datetime | Unset
        if isinstance(_last_delivered_at, Unset):
            last_delivered_at = UNSET
        else:
            last_delivered_at = datetime.datetime.fromisoformat(_last_delivered_at)

        webhook = cls(
            id=id,
            url=url,
            types=types,
            enabled=enabled,
            last_sequence=last_sequence,
            failures=failures,
            created_at=created_at,
            updated_at=updated_at,
            version=version,
            organization_id=organization_id,
            name=name,
            last_error=last_error,
            failing_since=failing_since,
            next_attempt_at=next_attempt_at,
            last_delivered_at=last_delivered_at,
        )

        webhook.additional_properties = d
        return webhook

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
