from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="NewEnrolmentToken")


@_attrs_define
class NewEnrolmentToken:
    """An enrolment token to make.

    Attributes:
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        name (str | Unset): What it is for.
        cluster_name (str | Unset): Name of a cluster or worker.
        uses (int | Unset): How many clusters may enrol with it. Default: 1.
        hours (int | Unset): How long it is good. Default: 24.
        requires_approval (bool | Unset): Whether clusters that enrol with it wait for approval. Default: False.
    """

    organization_id: str | Unset = UNSET
    name: str | Unset = UNSET
    cluster_name: str | Unset = UNSET
    uses: int | Unset = 1
    hours: int | Unset = 24
    requires_approval: bool | Unset = False

    def to_dict(self) -> dict[str, Any]:
        organization_id = self.organization_id

        name = self.name

        cluster_name = self.cluster_name

        uses = self.uses

        hours = self.hours

        requires_approval = self.requires_approval

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if name is not UNSET:
            field_dict["name"] = name
        if cluster_name is not UNSET:
            field_dict["clusterName"] = cluster_name
        if uses is not UNSET:
            field_dict["uses"] = uses
        if hours is not UNSET:
            field_dict["hours"] = hours
        if requires_approval is not UNSET:
            field_dict["requiresApproval"] = requires_approval

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        organization_id = d.pop("organizationId", UNSET)

        name = d.pop("name", UNSET)

        cluster_name = d.pop("clusterName", UNSET)

        uses = d.pop("uses", UNSET)

        hours = d.pop("hours", UNSET)

        requires_approval = d.pop("requiresApproval", UNSET)

        new_enrolment_token = cls(
            organization_id=organization_id,
            name=name,
            cluster_name=cluster_name,
            uses=uses,
            hours=hours,
            requires_approval=requires_approval,
        )

        return new_enrolment_token
