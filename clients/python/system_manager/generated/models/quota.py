from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="Quota")


@_attrs_define
class Quota:
    """Bounds of what the live services of an organization may want together, which is replicas times resources. What is
    absent is not bounded.

        Attributes:
            instances (int | Unset): Replicas.
            cpu_cores (float | Unset): CPU cores.
            memory_mi_b (int | Unset): Memory in MiB.
    """

    instances: int | Unset = UNSET
    cpu_cores: float | Unset = UNSET
    memory_mi_b: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        instances = self.instances

        cpu_cores = self.cpu_cores

        memory_mi_b = self.memory_mi_b

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if instances is not UNSET:
            field_dict["instances"] = instances
        if cpu_cores is not UNSET:
            field_dict["cpuCores"] = cpu_cores
        if memory_mi_b is not UNSET:
            field_dict["memoryMiB"] = memory_mi_b

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        instances = d.pop("instances", UNSET)

        cpu_cores = d.pop("cpuCores", UNSET)

        memory_mi_b = d.pop("memoryMiB", UNSET)

        quota = cls(
            instances=instances,
            cpu_cores=cpu_cores,
            memory_mi_b=memory_mi_b,
        )

        return quota
