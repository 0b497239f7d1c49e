from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.vanished_cluster import VanishedCluster


T = TypeVar("T", bound="Storm")


@_attrs_define
class Storm:
    """Clusters that vanished together, while that holds back placing elsewhere.

    Attributes:
        active (bool): Whether placing elsewhere is held back.
        of (int): How many clusters there were before.
        vanished (list[VanishedCluster]): The clusters that vanished together, the first one first.
        reason (str | Unset): Why.
    """

    active: bool
    of: int
    vanished: list[VanishedCluster]
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        active = self.active

        of = self.of

        vanished = []
        for vanished_item_data in self.vanished:
            vanished_item = vanished_item_data.to_dict()
            vanished.append(vanished_item)

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "active": active,
                "of": of,
                "vanished": vanished,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.vanished_cluster import VanishedCluster

        d = dict(src_dict)
        active = d.pop("active")

        of = d.pop("of")

        vanished = []
        _vanished = d.pop("vanished")
        for vanished_item_data in _vanished:
            vanished_item = VanishedCluster.from_dict(vanished_item_data)

            vanished.append(vanished_item)

        reason = d.pop("reason", UNSET)

        storm = cls(
            active=active,
            of=of,
            vanished=vanished,
            reason=reason,
        )

        storm.additional_properties = d
        return storm

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
