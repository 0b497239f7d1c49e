from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="EnrolmentToken")


@_attrs_define
class EnrolmentToken:
    """Lets agents enrol their clusters; the token itself is not kept.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        uses (int): How many clusters may enrol with it in all.
        uses_left (int): How many still may.
        requires_approval (bool): Whether clusters that enrol with it wait for approval.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        expires_at (datetime.datetime): Point in time (RFC 3339, UTC).
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        name (str | Unset): What it is for.
        cluster_name (str | Unset): Name of a cluster or worker.
        owner_id (str | Unset): Id of the user who made it; absent when it was nobody of those.
        last_used_at (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
    """

    id: str
    uses: int
    uses_left: int
    requires_approval: bool
    created_at: datetime.datetime
    expires_at: datetime.datetime
    organization_id: str | Unset = UNSET
    name: str | Unset = UNSET
    cluster_name: str | Unset = UNSET
    owner_id: str | Unset = UNSET
    last_used_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        uses = self.uses

        uses_left = self.uses_left

        requires_approval = self.requires_approval

        created_at = self.created_at.isoformat()

        expires_at = self.expires_at.isoformat()

        organization_id = self.organization_id

        name = self.name

        cluster_name = self.cluster_name

        owner_id = self.owner_id

        last_used_at: str | Unset = UNSET
        if not isinstance(self.last_used_at, Unset):
            last_used_at = self.last_used_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "uses": uses,
                "usesLeft": uses_left,
                "requiresApproval": requires_approval,
                "createdAt": created_at,
                "expiresAt": expires_at,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if name is not UNSET:
            field_dict["name"] = name
        if cluster_name is not UNSET:
            field_dict["clusterName"] = cluster_name
        if owner_id is not UNSET:
            field_dict["ownerId"] = owner_id
        if last_used_at is not UNSET:
            field_dict["lastUsedAt"] = last_used_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        id = d.pop("id")

        uses = d.pop("uses")

        uses_left = d.pop("usesLeft")

        requires_approval = d.pop("requiresApproval")

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        expires_at = datetime.datetime.fromisoformat(d.pop("expiresAt"))

        organization_id = d.pop("organizationId", UNSET)

        name = d.pop("name", UNSET)

        cluster_name = d.pop("clusterName", UNSET)

        owner_id = d.pop("ownerId", UNSET)

        _last_used_at = d.pop("lastUsedAt", UNSET)
        last_used_at: datetime.datetime | Unset
        if isinstance(_last_used_at, Unset):
            last_used_at = UNSET
        else:
            last_used_at = datetime.datetime.fromisoformat(_last_used_at)

        enrolment_token = cls(
            id=id,
            uses=uses,
            uses_left=uses_left,
            requires_approval=requires_approval,
            created_at=created_at,
            expires_at=expires_at,
            organization_id=organization_id,
            name=name,
            cluster_name=cluster_name,
            owner_id=owner_id,
            last_used_at=last_used_at,
        )

        enrolment_token.additional_properties = d
        return enrolment_token

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
