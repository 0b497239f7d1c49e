from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.address import Address
    from ..models.half import Half
    from ..models.resource_use import ResourceUse


T = TypeVar("T", bound="Instance")


@_attrs_define
class Instance:
    """One replica of a service.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        service_id (str): Identifier, 24 hexadecimal digits.
        service_name (str): DNS label (RFC 1123).
        application (str): DNS label (RFC 1123).
        ordinal (int): Number of the replica within the service.
        revision (int): Revision of the service that it should run.
        phase (str): How far an instance is; a service shows the least advanced of its instances. More phases may come.
            Known values: REQUESTED, CLUSTER_SCHEDULED, NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, LOST,
            UNDEPLOYING, UNDEPLOYED.
        halves (list[Half]): Its bindings to clusters.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        updated_at (datetime.datetime): Point in time (RFC 3339, UTC).
        version (int): Rises with every change.
        reason (str | Unset): Why it is not further.
        removal_reason (str | Unset): Why it was chosen to go when the service was scaled down.
        cluster_id (str | Unset): Identifier, 24 hexadecimal digits.
        cluster_name (str | Unset): Name of a cluster or worker.
        worker (str | Unset): Name of a cluster or worker.
        addresses (list[Address] | Unset): Where its ports can be reached.
        use (ResourceUse | Unset): Resources in use, as measured.
        restarts (int | Unset): How often the agent has restarted it.
    """

    id: str
    service_id: str
    service_name: str
    application: str
    ordinal: int
    revision: int
    phase: str
    halves: list[Half]
    created_at: datetime.datetime
    updated_at: datetime.datetime
    version: int
    reason: str | Unset = UNSET
    removal_reason: str | Unset = UNSET
    cluster_id: str | Unset = UNSET
    cluster_name: str | Unset = UNSET
    worker: str | Unset = UNSET
    addresses: list[Address] | Unset = UNSET
    use: ResourceUse | Unset = UNSET
    restarts: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        service_id = self.service_id

        service_name = self.service_name

        application = self.application

        ordinal = self.ordinal

        revision = self.revision

        phase = self.phase

        halves = []
        for halves_item_data in self.halves:
            halves_item = halves_item_data.to_dict()
            halves.append(halves_item)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        version = self.version

        reason = self.reason

        removal_reason = self.removal_reason

        cluster_id = self.cluster_id

        cluster_name = self.cluster_name

        worker = self.worker

        addresses: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.addresses, Unset):
            addresses = []
            for addresses_item_data in self.addresses:
                addresses_item = addresses_item_data.to_dict()
                addresses.append(addresses_item)

        use: dict[str, Any] | Unset = UNSET
        if not isinstance(self.use, Unset):
            use = self.use.to_dict()

        restarts = self.restarts

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "serviceId": service_id,
                "serviceName": service_name,
                "application": application,
                "ordinal": ordinal,
                "revision": revision,
                "phase": phase,
                "halves": halves,
                "createdAt": created_at,
                "updatedAt": updated_at,
                "version": version,
            }
        )
        if reason is not UNSET:
            field_dict["reason"] = reason
        if removal_reason is not UNSET:
            field_dict["removalReason"] = removal_reason
        if cluster_id is not UNSET:
            field_dict["clusterId"] = cluster_id
        if cluster_name is not UNSET:
            field_dict["clusterName"] = cluster_name
        if worker is not UNSET:
            field_dict["worker"] = worker
        if addresses is not UNSET:
            field_dict["addresses"] = addresses
        if use is not UNSET:
            field_dict["use"] = use
        if restarts is not UNSET:
            field_dict["restarts"] = restarts

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.address import Address
        from ..models.half import Half
        from ..models.resource_use import ResourceUse

        d = dict(src_dict)
        id = d.pop("id")

        service_id = d.pop("serviceId")

        service_name = d.pop("serviceName")

        application = d.pop("application")

        ordinal = d.pop("ordinal")

        revision = d.pop("revision")

        phase = d.pop("phase")

        halves = []
        _halves = d.pop("halves")
        for halves_item_data in _halves:
            halves_item = Half.from_dict(halves_item_data)

            halves.append(halves_item)

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updatedAt"))

        version = d.pop("version")

        reason = d.pop("reason", UNSET)

        removal_reason = d.pop("removalReason", UNSET)

        cluster_id = d.pop("clusterId", UNSET)

        cluster_name = d.pop("clusterName", UNSET)

        worker = d.pop("worker", UNSET)

        _addresses = d.pop("addresses", UNSET)
        addresses: list[Address] | Unset = UNSET
        if _addresses is not UNSET:
            addresses = []
            for addresses_item_data in _addresses:
                addresses_item = Address.from_dict(addresses_item_data)

                addresses.append(addresses_item)

        _use = d.pop("use", UNSET)
        use: ResourceUse | Unset
        if isinstance(_use, Unset):
            use = UNSET
        else:
            use = ResourceUse.from_dict(_use)

        restarts = d.pop("restarts", UNSET)

        instance = cls(
            id=id,
            service_id=service_id,
            service_name=service_name,
            application=application,
            ordinal=ordinal,
            revision=revision,
            phase=phase,
            halves=halves,
            created_at=created_at,
            updated_at=updated_at,
            version=version,
            reason=reason,
            removal_reason=removal_reason,
            cluster_id=cluster_id,
            cluster_name=cluster_name,
            worker=worker,
            addresses=addresses,
            use=use,
            restarts=restarts,
        )

        instance.additional_properties = d
        return instance

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
