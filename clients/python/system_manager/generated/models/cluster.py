from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.coordinates import Coordinates
    from ..models.labels import Labels
    from ..models.resource_use import ResourceUse
    from ..models.resources import Resources


T = TypeVar("T", bound="Cluster")


@_attrs_define
class Cluster:
    """A site with an agent of its own.

    Attributes:
        id (str): Identifier, 24 hexadecimal digits.
        name (str): Name of a cluster or worker.
        state (str): `registered`: its agent has not been heard of yet; `active`: heard of within the last 45 s;
            `inactive`: not heard of since;
            `removing`: it is being evacuated and will be gone. `pending`, `rejected` and `revoked`: it does not take part,
            see `admission`. Known values: registered, active, inactive, removing, pending, rejected, revoked.
        admission (str): Whether it takes part. `pending`: it has enrolled, and somebody has to approve it; `rejected`:
            that was refused; `revoked`: it was
            approved once. Known values: pending, approved, rejected, revoked.
        schedulable (bool): Whether new instances may go there.
        draining (bool): Whether its instances are being moved elsewhere.
        capabilities (list[str]): Runtimes that the cluster offers.
        labels (Labels): Free labels, at most 64.
        taints (list[str]): Words that keep instances away which do not tolerate them.
        capacity (Resources): An amount of computing resources.
        reserved (Resources): An amount of computing resources.
        worker_count (int): Number of workers.
        created_at (datetime.datetime): Point in time (RFC 3339, UTC).
        version (int): Rises with every change that users make.
        organization_id (str | Unset): The organization that it belongs to; absent where it belongs to the installation.
        location (str | Unset): Name of the place.
        coordinates (Coordinates | Unset): A place on earth, in degrees (WGS 84).
        enrolled_with (str | Unset): Where its agent has enrolled it: id of the enrolment token, or `installation`.
        certificate_key (str | Unset): SHA-256 of the public key in its client certificate; absent where it has none.
        use (ResourceUse | Unset): Resources in use, as measured.
        agent_version (str | Unset): Version that its agent told.
        last_heard_at (datetime.datetime | Unset): Point in time (RFC 3339, UTC).
    """

    id: str
    name: str
    state: str
    admission: str
    schedulable: bool
    draining: bool
    capabilities: list[str]
    labels: Labels
    taints: list[str]
    capacity: Resources
    reserved: Resources
    worker_count: int
    created_at: datetime.datetime
    version: int
    organization_id: str | Unset = UNSET
    location: str | Unset = UNSET
    coordinates: Coordinates | Unset = UNSET
    enrolled_with: str | Unset = UNSET
    certificate_key: str | Unset = UNSET
    use: ResourceUse | Unset = UNSET
    agent_version: str | Unset = UNSET
    last_heard_at: datetime.datetime | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        state = self.state

        admission = self.admission

        schedulable = self.schedulable

        draining = self.draining

        capabilities = self.capabilities

        labels = self.labels.to_dict()

        taints = self.taints

        capacity = self.capacity.to_dict()

        reserved = self.reserved.to_dict()

        worker_count = self.worker_count

        created_at = self.created_at.isoformat()

        version = self.version

        organization_id = self.organization_id

        location = self.location

        coordinates: dict[str, Any] | Unset = UNSET
        if not isinstance(self.coordinates, Unset):
            coordinates = self.coordinates.to_dict()

        enrolled_with = self.enrolled_with

        certificate_key = self.certificate_key

        use: dict[str, Any] | Unset = UNSET
        if not isinstance(self.use, Unset):
            use = self.use.to_dict()

        agent_version = self.agent_version

        last_heard_at: str | Unset = UNSET
        if not isinstance(self.last_heard_at, Unset):
            last_heard_at = self.last_heard_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "name": name,
                "state": state,
                "admission": admission,
                "schedulable": schedulable,
                "draining": draining,
                "capabilities": capabilities,
                "labels": labels,
                "taints": taints,
                "capacity": capacity,
                "reserved": reserved,
                "workerCount": worker_count,
                "createdAt": created_at,
                "version": version,
            }
        )
        if organization_id is not UNSET:
            field_dict["organizationId"] = organization_id
        if location is not UNSET:
            field_dict["location"] = location
        if coordinates is not UNSET:
            field_dict["coordinates"] = coordinates
        if enrolled_with is not UNSET:
            field_dict["enrolledWith"] = enrolled_with
        if certificate_key is not UNSET:
            field_dict["certificateKey"] = certificate_key
        if use is not UNSET:
            field_dict["use"] = use
        if agent_version is not UNSET:
            field_dict["agentVersion"] = agent_version
        if last_heard_at is not UNSET:
            field_dict["lastHeardAt"] = last_heard_at

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.coordinates import Coordinates
        from ..models.labels import Labels
        from ..models.resource_use import ResourceUse
        from ..models.resources import Resources

        d = dict(src_dict)
        id = d.pop("id")

        name = d.pop("name")

        state = d.pop("state")

        admission = d.pop("admission")

        schedulable = d.pop("schedulable")

        draining = d.pop("draining")

        capabilities = cast(list[str], d.pop("capabilities"))

        labels = Labels.from_dict(d.pop("labels"))

        taints = cast(list[str], d.pop("taints"))

        capacity = Resources.from_dict(d.pop("capacity"))

        reserved = Resources.from_dict(d.pop("reserved"))

        worker_count = d.pop("workerCount")

        created_at = datetime.datetime.fromisoformat(d.pop("createdAt"))

        version = d.pop("version")

        organization_id = d.pop("organizationId", UNSET)

        location = d.pop("location", UNSET)

        _coordinates = d.pop("coordinates", UNSET)
        coordinates: Coordinates | Unset
        if isinstance(_coordinates, Unset):
            coordinates = UNSET
        else:
            coordinates = Coordinates.from_dict(_coordinates)

        enrolled_with = d.pop("enrolledWith", UNSET)

        certificate_key = d.pop("certificateKey", UNSET)

        _use = d.pop("use", UNSET)
        use: ResourceUse | Unset
        if isinstance(_use, Unset):
            use = UNSET
        else:
            use = ResourceUse.from_dict(_use)

        agent_version = d.pop("agentVersion", UNSET)

        _last_heard_at = d.pop("lastHeardAt", UNSET)
        last_heard_at: datetime.datetime | Unset
        if isinstance(_last_heard_at, Unset):
            last_heard_at = UNSET
        else:
            last_heard_at = datetime.datetime.fromisoformat(_last_heard_at)

        cluster = cls(
            id=id,
            name=name,
            state=state,
            admission=admission,
            schedulable=schedulable,
            draining=draining,
            capabilities=capabilities,
            labels=labels,
            taints=taints,
            capacity=capacity,
            reserved=reserved,
            worker_count=worker_count,
            created_at=created_at,
            version=version,
            organization_id=organization_id,
            location=location,
            coordinates=coordinates,
            enrolled_with=enrolled_with,
            certificate_key=certificate_key,
            use=use,
            agent_version=agent_version,
            last_heard_at=last_heard_at,
        )

        cluster.additional_properties = d
        return cluster

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
