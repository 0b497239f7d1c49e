from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="AuditVerdict")


@_attrs_define
class AuditVerdict:
    """What was found when the chain of the audit log was followed.

    Attributes:
        intact (bool): Whether everything is as it was written.
        entries (int): Entries that are in order.
        sequence (int): Number of the entry that was written last.
        hash_ (str): SHA-256 in hexadecimal digits; nothing before the first entry.
        trimmed_to (int): Number of the last entry that is no longer kept.
        anchor (str): SHA-256 in hexadecimal digits; nothing before the first entry.
        fault (str | Unset): The first thing that is wrong.
    """

    intact: bool
    entries: int
    sequence: int
    hash_: str
    trimmed_to: int
    anchor: str
    fault: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        intact = self.intact

        entries = self.entries

        sequence = self.sequence

        hash_ = self.hash_

        trimmed_to = self.trimmed_to

        anchor = self.anchor

        fault = self.fault

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "intact": intact,
                "entries": entries,
                "sequence": sequence,
                "hash": hash_,
                "trimmedTo": trimmed_to,
                "anchor": anchor,
            }
        )
        if fault is not UNSET:
            field_dict["fault"] = fault

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        intact = d.pop("intact")

        entries = d.pop("entries")

        sequence = d.pop("sequence")

        hash_ = d.pop("hash")

        trimmed_to = d.pop("trimmedTo")

        anchor = d.pop("anchor")

        fault = d.pop("fault", UNSET)

        audit_verdict = cls(
            intact=intact,
            entries=entries,
            sequence=sequence,
            hash_=hash_,
            trimmed_to=trimmed_to,
            anchor=anchor,
            fault=fault,
        )

        audit_verdict.additional_properties = d
        return audit_verdict

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
