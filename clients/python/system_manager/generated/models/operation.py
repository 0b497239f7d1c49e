from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.progress import Progress
    from ..models.removal import Removal


T = TypeVar("T", bound="Operation")


@_attrs_define
class Operation:
    """One accepted wish and how far it is.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        kind (str): What was wished. More kinds may come. Known values: deploy, update, rollback, scale, migrate,
            terminate, drain, removeCluster.
        state (str): How far an operation is. `running` is the only state that is not final, and stays so; more final
            ones may come. Known values: running, succeeded, failed, cancelled.
        subject_kind (str): What the wish is about. Known values: service, cluster.
        subject_id (str): Identifier, 24 hexadecimal digits.
        subject_name (str): Name of the service or cluster.
        progress (Progress): How much of the work is done.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        updated_at (datetime.datetime): Point in time (RFC 3339, UTC).
        reason (str | Unset): Why it failed, was cancelled, or is not further.
        removals (list[Removal] | Unset): The instances that scaling down has chosen, at most 100.
        ended_at (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
    """

    id: str
    kind: str
    state: str
    subject_kind: str
    subject_id: str
    subject_name: str
    progress: Progress
    created_at: datetime.datetime
    updated_at: datetime.datetime
    reason: str | Unset = UNSET
    removals: list[Removal] | Unset = UNSET
    ended_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        kind = self.kind

        state = self.state

        subject_kind = self.subject_kind

        subject_id = self.subject_id

        subject_name = self.subject_name

        progress = self.progress.to_dict()

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        reason = self.reason

        removals: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.removals, Unset):
            removals = []
            for removals_item_data in self.removals:
                removals_item = removals_item_data.to_dict()
                removals.append(removals_item)

        ended_at: str | Unset = UNSET
        if not isinstance(self.ended_at, Unset):
            ended_at = self.ended_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "kind": kind,
                "state": state,
                "subjectKind": subject_kind,
                "subjectId": subject_id,
                "subjectName": subject_name,
                "progress": progress,
                "createdAt": created_at,
                "updatedAt": updated_at,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason
        if removals is not UNSET:
            field_dict["removals"] = removals
        if ended_at is not UNSET:
            field_dict["endedAt"] = ended_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.progress import Progress
        from ..models.removal import Removal

        d = dict(src_dict)
        id = d.pop("id")

        kind = d.pop("kind")

        state = d.pop("state")

        subject_kind = d.pop("subjectKind")

        subject_id = d.pop("subjectId")

        subject_name = d.pop("subjectName")

        progress = Progress.from_dict(d.pop("progress"))

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updatedAt"))

        reason = d.pop("reason", UNSET)

        _removals = d.pop("removals", UNSET)
        removals: list[Removal] | Unset = UNSET
        if _removals is not UNSET:
            removals = []
            for removals_item_data in _removals:
                removals_item = Removal.from_dict(removals_item_data)

                removals.append(removals_item)

        _ended_at = d.pop("endedAt", UNSET)
        ended_at: datetime.datetime | Unset
        if isinstance(_ended_at, Unset):
            ended_at = UNSET
        else:
            ended_at = datetime.datetime.fromisoformat(_ended_at)

        operation = cls(
            id=id,
            kind=kind,
            state=state,
            subject_kind=subject_kind,
            subject_id=subject_id,
            subject_name=subject_name,
            progress=progress,
            created_at=created_at,
            updated_at=updated_at,
            reason=reason,
            removals=removals,
            ended_at=ended_at,
        )

        operation.additional_properties = d
        return operation

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
