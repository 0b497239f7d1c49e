from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.instance_reference import InstanceReference


T = TypeVar("T", bound="ReportReceipt")


@_attrs_define
class ReportReceipt:
    """What became of a report.

    Attributes:
        session (int): Session of the report.
        sequence (int): Sequence number of the report.
        applied (bool): False when it is stale.
        strangers (list[InstanceReference]): What was reported without being bound to this cluster. It has to be
            stopped; nothing of it was taken in.
    """

    session: int
    sequence: int
    applied: bool
    strangers: list[InstanceReference]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        session = self.session

        sequence = self.sequence

        applied = self.applied

        strangers = []
        for strangers_item_data in self.strangers:
            strangers_item = strangers_item_data.to_dict()
            strangers.append(strangers_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "session": session,
                "sequence": sequence,
                "applied": applied,
                "strangers": strangers,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.instance_reference import InstanceReference

        d = dict(src_dict)
        session = d.pop("session")

        sequence = d.pop("sequence")

        applied = d.pop("applied")

        strangers = []
        _strangers = d.pop("strangers")
        for strangers_item_data in _strangers:
            strangers_item = InstanceReference.from_dict(strangers_item_data)

            strangers.append(strangers_item)

        report_receipt = cls(
            session=session,
            sequence=sequence,
            applied=applied,
            strangers=strangers,
        )

        report_receipt.additional_properties = d
        return report_receipt

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
