from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewApiKey")


@_attrs_define
class NewApiKey:
    """A key to make.

    Attributes:
        name (str): What it is for.
        permissions (list[str]): What it allows.
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        days (int | Unset): How long it is good. Default: 90.
    """

    name: str
    permissions: list[str]
    organization_id: str | Unset = UNSET
    days: int | Unset = 90

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        permissions = self.permissions

        organization_id = self.organization_id

        days = self.days

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "permissions": permissions,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if days is not UNSET:
            field_dict["days"] = days

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        name = d.pop("name")

        permissions = cast(list[str], d.pop("permissions"))

        organization_id = d.pop("organizationId", UNSET)

        days = d.pop("days", UNSET)

        new_api_key = cls(
            name=name,
            permissions=permissions,
            organization_id=organization_id,
            days=days,
        )

        return new_api_key
