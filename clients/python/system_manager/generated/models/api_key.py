from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ApiKey")


@_attrs_define
class ApiKey:
    """A credential of a program; the key itself is not kept.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        name (str): What it is for.
        permissions (list[str]): What it allows.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        expires_at (datetime.datetime): Point in time (RFC 3339, UTC).
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        owner_id (str | Unset): Id of the user who made it; absent when it was the administrator token.
        last_used_at (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
    """

    id: str
    name: str
    permissions: list[str]
    created_at: datetime.datetime
    expires_at: datetime.datetime
    organization_id: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    last_used_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        permissions = self.permissions

        created_at = self.created_at.isoformat()

        expires_at = self.expires_at.isoformat()

        organization_id = self.organization_id

        owner_id = self.owner_id

        last_used_at: str | Unset = UNSET
        if not isinstance(self.last_used_at, Unset):
            last_used_at = self.last_used_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "permissions": permissions,
                "createdAt": created_at,
                "expiresAt": expires_at,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if owner_id is not UNSET:
            field_dict["ownerId"] = owner_id
        if last_used_at is not UNSET:
            field_dict["lastUsedAt"] = last_used_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        permissions = cast(list[str], d.pop("permissions"))

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expiresAt"))

        organization_id = d.pop("organizationId", UNSET)

        owner_id = d.pop("ownerId", UNSET)

        _last_used_at = d.pop("lastUsedAt", UNSET)
        last_used_at: datetime.datetime | Unset
        if isinstance(_last_used_at, Unset):
            last_used_at = UNSET
        else:
            last_used_at = datetime.datetime.fromisoformat(_last_used_at)

        api_key = cls(
            id=id,
            name=name,
            permissions=permissions,
            created_at=created_at,
            expires_at=expires_at,
            organization_id=organization_id,
            owner_id=owner_id,
            last_used_at=last_used_at,
        )

        api_key.additional_properties = d
        return api_key

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
