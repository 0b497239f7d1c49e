from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewUser")


@_attrs_define
class NewUser:
    """A user to create.

    Attributes:
        name (str): Name to sign in with; capital and small letters are the same.
        roles (list[str]): What the user is.
        password (str): At least 12 characters; must not contain the name.
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        display_name (str | Unset): Name for people.
    """

    name: str
    roles: list[str]
    password: str
    organization_id: str | Unset = UNSET
    display_name: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        roles = self.roles

        password = self.password

        organization_id = self.organization_id

        display_name = self.display_name

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "roles": roles,
                "password": password,
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
        name = d.pop("name")

        roles = cast(list[str], d.pop("roles"))

        password = d.pop("password")

        organization_id = d.pop("organizationId", UNSET)

        display_name = d.pop("displayName", UNSET)

        new_user = cls(
            name=name,
            roles=roles,
            password=password,
            organization_id=organization_id,
            display_name=display_name,
        )

        return new_user
