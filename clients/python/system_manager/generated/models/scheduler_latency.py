from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SchedulerLatency")


@_attrs_define
class SchedulerLatency:
    """Time from asking to the answer, in milliseconds, of the newest 1,000 batches. Absent before the first.

    Attributes:
        p_50_ms (float): Half of the answers were faster.
        p_99_ms (float): 99 of 100 answers were faster.
    """

    p_50_ms: float
    p_99_ms: float
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        p_50_ms = self.p_50_ms

        p_99_ms = self.p_99_ms

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "p50Ms": p_50_ms,
                "p99Ms": p_99_ms,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        p_50_ms = d.pop("p50Ms")

        p_99_ms = d.pop("p99Ms")

        scheduler_latency = cls(
            p_50_ms=p_50_ms,
            p_99_ms=p_99_ms,
        )

        scheduler_latency.additional_properties = d
        return scheduler_latency

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
