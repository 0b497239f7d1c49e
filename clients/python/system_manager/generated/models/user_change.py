from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="UserChange")


@_attrs_define
class UserChange:
    """What changes; what is absent stays.

    Attributes:
        display_name (str | Unset): Name for people.
        roles (list[str] | Unset): What the user is from now on.
        disabled (bool | Unset): Whether signing in is refused.
    """

    display_name: str | Unset = UNSET
    roles: list[str] | Unset = UNSET
    disabled: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        display_name = self.display_name

        roles: list[str] | Unset = UNSET
        if not isinstance(self.roles, Unset):
            roles = self.roles

        disabled = self.disabled

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if display_name is not UNSET:
            field_dict["displayName"] = display_name
        if roles is not UNSET:
            field_dict["roles"] = roles
        if disabled is not UNSET:
            field_dict["disabled"] = disabled

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        display_name = d.pop("displayName", UNSET)

        roles = cast(list[str], d.pop("roles", UNSET))

        disabled = d.pop("disabled", UNSET)

        user_change = cls(
            display_name=display_name,
            roles=roles,
            disabled=disabled,
        )

        return user_change
