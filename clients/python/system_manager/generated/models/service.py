from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.phase_counts import PhaseCounts
    from ..models.rollout import Rollout
    from ..models.service_descriptor import ServiceDescriptor


T = TypeVar("T", bound="Service")


@_attrs_define
class Service:
    """A service and how it is doing.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        name (str): DNS label (RFC 1123).
        application (str): DNS label (RFC 1123).
        phase (str): How far an instance is; a service shows the least advanced of its instances. More phases may come.
            Known values: REQUESTED, CLUSTER_SCHEDULED, NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, LOST,
            UNDEPLOYING, UNDEPLOYED.
        replicas (int): Wanted number of instances.
        revision (int): Number of the wished revision. An update brings a new, higher one; a rollback an earlier one.
        rollout (Rollout): How far the present revision is with the instances.
        descriptor (ServiceDescriptor): What a user wants to run.
        instances (PhaseCounts): Number of live instances by phase.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        updated_at (datetime.datetime): Point in time (RFC 3339, UTC).
        version (int): Rises with every wish.
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        reason (str | Unset): Why it is not further.
    """

    id: str
    name: str
    application: str
    phase: str
    replicas: int
    revision: int
    rollout: Rollout
    descriptor: ServiceDescriptor
    instances: PhaseCounts
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    organization_id: str | Unset = UNSET
    reason: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        application = self.application

        phase = self.phase

        replicas = self.replicas

        revision = self.revision

        rollout = self.rollout.to_dict()

        descriptor = self.descriptor.to_dict()

        instances = self.instances.to_dict()

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        version = self.version

        organization_id = self.organization_id

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "application": application,
                "phase": phase,
                "replicas": replicas,
                "revision": revision,
                "rollout": rollout,
                "descriptor": descriptor,
                "instances": instances,
                "createdAt": created_at,
                "updatedAt": updated_at,
                "version": version,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if reason is not UNSET:
            field_dict["reason"] = reason

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.phase_counts import PhaseCounts
        from ..models.rollout import Rollout
        from ..models.service_descriptor import ServiceDescriptor

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        application = d.pop("application")

        phase = d.pop("phase")

        replicas = d.pop("replicas")

        revision = d.pop("revision")

        rollout = Rollout.from_dict(d.pop("rollout"))

        descriptor = ServiceDescriptor.from_dict(d.pop("descriptor"))

        instances = PhaseCounts.from_dict(d.pop("instances"))

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updatedAt"))

        version = d.pop("version")

        organization_id = d.pop("organizationId", UNSET)

        reason = d.pop("reason", UNSET)

        service = cls(
            id=id,
            name=name,
            application=application,
            phase=phase,
            replicas=replicas,
            revision=revision,
            rollout=rollout,
            descriptor=descriptor,
            instances=instances,
            created_at=created_at,
            updated_at=updated_at,
            version=version,
            organization_id=organization_id,
            reason=reason,
        )

        service.additional_properties = d
        return service

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
