from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.operation import Operation
    from ..models.service import Service


T = TypeVar("T", bound="ServiceAccepted")


@_attrs_define
class ServiceAccepted:
    """A service and the operation that was accepted for it.

    Attributes:
        service (Service): A service and how it is doing.
        operation (Operation): One accepted wish and how far it is.
    """

    service: Service
    operation: Operation
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        service = self.service.to_dict()

        operation = self.operation.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "service": service,
                "operation": operation,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.operation import Operation
        from ..models.service import Service

        d = dict(src_dict)
        service = Service.from_dict(d.pop("service"))

        operation = Operation.from_dict(d.pop("operation"))

        service_accepted = cls(
            service=service,
            operation=operation,
        )

        service_accepted.additional_properties = d
        return service_accepted

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
