from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="Rollout")


@_attrs_define
class Rollout:
    """How far the present revision is with the instances.

    Attributes:
        state (str): `settled`: all instances have run it; `progressing`: they are brought to it; `paused`: until
            somebody resumes; `halted`: it did not
            come up, and waits for somebody to resume, to go back or to update again. Known values: settled, progressing,
            paused, halted.
        stable_revision (int | Unset): The last revision that all instances have run.
        reason (str | Unset): Why it has halted.
    """

    state: str
    stable_revision: int | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        state = self.state

        stable_revision = self.stable_revision

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "state": state,
            }
        )
        if stable_revision is not UNSET:
            field_dict["stableRevision"] = stable_revision
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        state = d.pop("state")

        stable_revision = d.pop("stableRevision", UNSET)

        reason = d.pop("reason", UNSET)

        rollout = cls(
            state=state,
            stable_revision=stable_revision,
            reason=reason,
        )

        rollout.additional_properties = d
        return rollout

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
