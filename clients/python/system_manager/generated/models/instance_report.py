from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.address import Address
    from ..models.resource_use import ResourceUse


T = TypeVar("T", bound="InstanceReport")


@_attrs_define
class InstanceReport:
    """What a cluster observed of one half of an instance.

    Attributes:
        instance_id (str): Identifier, 24 hexadecimal digits.
        generation (int): Generation of the order that it belongs to.
        phase (str): `FAILED`: the agent tries again; `DEAD`: it has given up; `UNDEPLOYED`: nothing of it is left
            there. Known values: NODE_SCHEDULED, CREATING, RUNNING, COMPLETED, FAILED, DEAD, UNDEPLOYING, UNDEPLOYED.
        worker (str | Unset): Name of a cluster or worker.
        reason (str | Unset): Why, in words.
        exit_code (int | Unset): Exit code of the last run.
        restarts (int | Unset): How often it was restarted.
        addresses (list[Address] | Unset): Where its ports can be reached.
        use (ResourceUse | Unset): Resources in use, as measured.
    """

    instance_id: str
    generation: int
    phase: str
    worker: str | Unset = UNSET
    reason: str | Unset = UNSET
    exit_code: int | Unset = UNSET
    restarts: int | Unset = UNSET
    addresses: list[Address] | Unset = UNSET
    use: ResourceUse | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        instance_id = self.instance_id

        generation = self.generation

        phase = self.phase

        worker = self.worker

        reason = self.reason

        exit_code = self.exit_code

        restarts = self.restarts

        addresses: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.addresses, Unset):
            addresses = []
            for addresses_item_data in self.addresses:
                addresses_item = addresses_item_data.to_dict()
                addresses.append(addresses_item)

        use: dict[str, Any] | Unset = UNSET
        if not isinstance(self.use, Unset):
            use = self.use.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "instanceId": instance_id,
                "generation": generation,
                "phase": phase,
            }
        )
        if worker is not UNSET:
            field_dict["worker"] = worker
        if reason is not UNSET:
            field_dict["reason"] = reason
        if exit_code is not UNSET:
            field_dict["exitCode"] = exit_code
        if restarts is not UNSET:
            field_dict["restarts"] = restarts
        if addresses is not UNSET:
            field_dict["addresses"] = addresses
        if use is not UNSET:
            field_dict["use"] = use

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.address import Address
        from ..models.resource_use import ResourceUse

        d = dict(src_dict)
        instance_id = d.pop("instanceId")

        generation = d.pop("generation")

        phase = d.pop("phase")

        worker = d.pop("worker", UNSET)

        reason = d.pop("reason", UNSET)

        exit_code = d.pop("exitCode", UNSET)

        restarts = d.pop("restarts", UNSET)

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

        instance_report = cls(
            instance_id=instance_id,
            generation=generation,
            phase=phase,
            worker=worker,
            reason=reason,
            exit_code=exit_code,
            restarts=restarts,
            addresses=addresses,
            use=use,
        )

        return instance_report
