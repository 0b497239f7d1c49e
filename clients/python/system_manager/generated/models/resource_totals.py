from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ResourceTotals")


@_attrs_define
class ResourceTotals:
    """A sum of computing resources.

    Attributes:
        cpu_cores (float): CPU cores.
        memory_mi_b (int): Memory in MiB.
        gpus (int): Whole GPUs.
    """

    cpu_cores: float
    memory_mi_b: int
    gpus: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        cpu_cores = self.cpu_cores

        memory_mi_b = self.memory_mi_b

        gpus = self.gpus

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "cpuCores": cpu_cores,
                "memoryMiB": memory_mi_b,
                "gpus": gpus,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        cpu_cores = d.pop("cpuCores")

        memory_mi_b = d.pop("memoryMiB")

        gpus = d.pop("gpus")

        resource_totals = cls(
            cpu_cores=cpu_cores,
            memory_mi_b=memory_mi_b,
            gpus=gpus,
        )

        resource_totals.additional_properties = d
        return resource_totals

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
