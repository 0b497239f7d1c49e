from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.service_descriptor import ServiceDescriptor


T = TypeVar("T", bound="Revision")


@_attrs_define
class Revision:
    """What a service was at one revision.

    Attributes:
        revision (int): Number of the revision.
        current (bool): Whether it is what is wished now.
        stable (bool): Whether it is the last that all instances have run.
        descriptor (ServiceDescriptor): What a user wants to run.
    """

    revision: int
    current: bool
    stable: bool
    descriptor: ServiceDescriptor
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        revision = self.revision

        current = self.current

        stable = self.stable

        descriptor = self.descriptor.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "revision": revision,
                "current": current,
                "stable": stable,
                "descriptor": descriptor,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.service_descriptor import ServiceDescriptor

        d = dict(src_dict)
        revision = d.pop("revision")

        current = d.pop("current")

        stable = d.pop("stable")

        descriptor = ServiceDescriptor.from_dict(d.pop("descriptor"))

        revision = cls(
            revision=revision,
            current=current,
            stable=stable,
            descriptor=descriptor,
        )

        revision.additional_properties = d
        return revision

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
