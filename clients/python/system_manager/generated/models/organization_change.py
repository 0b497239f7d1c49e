from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.quota import Quota


T = TypeVar("T", bound="OrganizationChange")


@_attrs_define
class OrganizationChange:
    """The fields to change.

    Attributes:
        display_name (str | Unset): Its name in full.
        quota (Quota | Unset): Bounds of what the live services of an organization may want together, which is replicas
            times resources. What is absent is not bounded.
    """

    display_name: str | Unset = UNSET
    quota: Quota | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        display_name = self.display_name

        quota: dict[str, Any] | Unset = UNSET
        if not isinstance(self.quota, Unset):
            quota = self.quota.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if display_name is not UNSET:
            field_dict["displayName"] = display_name
        if quota is not UNSET:
            field_dict["quota"] = quota

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.quota import Quota

        d = dict(src_dict)
        display_name = d.pop("displayName", UNSET)

        _quota = d.pop("quota", UNSET)
        quota: Quota | Unset
        if isinstance(_quota, Unset):
            quota = UNSET
        else:
            quota = Quota.from_dict(_quota)

        organization_change = cls(
            display_name=display_name,
            quota=quota,
        )

        return organization_change
