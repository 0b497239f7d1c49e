from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.organization_use import OrganizationUse
    from ..models.quota import Quota


T = TypeVar("T", bound="Organization")


@_attrs_define
class Organization:
    """A team that shares the installation with others.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        name (str): DNS label (RFC 1123).
        quota (Quota): Bounds of what the live services of an organization may want together, which is replicas times
            resources. What is absent is not bounded.
        used (OrganizationUse): What the live services of an organization want.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        updated_at (datetime.datetime): Point in time (RFC 3339, UTC).
        version (int): Rises with every change by users.
        display_name (str | Unset): Its name in full.
    """

    id: str
    name: str
    quota: Quota
    used: OrganizationUse
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    display_name: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        quota = self.quota.to_dict()

        used = self.used.to_dict()

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        version = self.version

        display_name = self.display_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "quota": quota,
                "used": used,
                "createdAt": created_at,
                "updatedAt": updated_at,
                "version": version,
            }
        )
        if display_name is not UNSET:
            field_dict["displayName"] = display_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.organization_use import OrganizationUse
        from ..models.quota import Quota

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        quota = Quota.from_dict(d.pop("quota"))

        used = OrganizationUse.from_dict(d.pop("used"))

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updatedAt"))

        version = d.pop("version")

        display_name = d.pop("displayName", UNSET)

        organization = cls(
            id=id,
            name=name,
            quota=quota,
            used=used,
            created_at=created_at,
            updated_at=updated_at,
            version=version,
            display_name=display_name,
        )

        organization.additional_properties = d
        return organization

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
