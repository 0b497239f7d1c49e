from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="User")


@_attrs_define
class User:
    """Somebody who signs in.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        name (str): Name to sign in with; capital and small letters are the same.
        roles (list[str]): What the user is.
        permissions (list[str]): What follows from the roles.
        disabled (bool): Whether signing in is refused.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        updated_at (datetime.datetime): Point in time (RFC 3339, UTC).
        version (int): Rises with each change; for `If-Match`.
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        display_name (str | Unset): Name for people.
    """

    id: str
    name: str
    roles: list[str]
    permissions: list[str]
    disabled: bool
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    organization_id: str | Unset = UNSET
    display_name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        roles = self.roles

        permissions = self.permissions

        disabled = self.disabled

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        version = self.version

        organization_id = self.organization_id

        display_name = self.display_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "roles": roles,
                "permissions": permissions,
                "disabled": disabled,
                "createdAt": created_at,
                "updatedAt": updated_at,
                "version": version,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if display_name is not UNSET:
            field_dict["displayName"] = display_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        roles = cast(list[str], d.pop("roles"))

        permissions = cast(list[str], d.pop("permissions"))

        disabled = d.pop("disabled")

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updatedAt"))

        version = d.pop("version")

        organization_id = d.pop("organizationId", UNSET)

        display_name = d.pop("displayName", UNSET)

        user = cls(
            id=id,
            name=name,
            roles=roles,
            permissions=permissions,
            disabled=disabled,
            created_at=created_at,
            updated_at=updated_at,
            version=version,
            organization_id=organization_id,
            display_name=display_name,
        )

        user.additional_properties = d
        return user

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
