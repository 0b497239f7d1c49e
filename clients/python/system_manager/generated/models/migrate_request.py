from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.destination import Destination


T = TypeVar("T", bound="MigrateRequest")


@_attrs_define
class MigrateRequest:
    """Which instances go where.

    Attributes:
        to (Destination): Where to go; what is named must all hold.
        instance_ids (list[str] | Unset): The instances; all of the service when absent.
        strategy (str | Unset): `makeBeforeBreak`: the source stops once the target is healthy; where the target fails,
            the source stays. `breakBeforeMake`, for
            what must not run twice: the target has its room reserved, the source stops, then the target starts; where it
            fails, the
            instance goes back to the cluster it came from. Known values: makeBeforeBreak, breakBeforeMake. Default:
            'makeBeforeBreak'.
        timeout_seconds (int | Unset): How long a target may take until it runs, and a source until it has confirmed its
            stop. Default: 300.
        healthy_seconds (int | Unset): How long a target has to run without a break until the source is told to stop.
            Default: 5.
    """

    to: Destination
    instance_ids: list[str] | Unset = UNSET
    strategy: str | Unset = "makeBeforeBreak"
    timeout_seconds: int | Unset = 300
    healthy_seconds: int | Unset = 5

    def to_dict(self) -> dict[str, Any]:
        to = self.to.to_dict()

        instance_ids: list[str] | Unset = UNSET
        if not isinstance(self.instance_ids, Unset):
            instance_ids = self.instance_ids

        strategy = self.strategy

        timeout_seconds = self.timeout_seconds

        healthy_seconds = self.healthy_seconds

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "to": to,
            }
        )
        if instance_ids is not UNSET:
            field_dict["instanceIds"] = instance_ids
        if strategy is not UNSET:
            field_dict["strategy"] = strategy
        if timeout_seconds is not UNSET:
            field_dict["timeoutSeconds"] = timeout_seconds
        if healthy_seconds is not UNSET:
            field_dict["healthySeconds"] = healthy_seconds

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.destination import Destination

        d = dict(src_dict)
        to = Destination.from_dict(d.pop("to"))

        instance_ids = cast(list[str], d.pop("instanceIds", UNSET))

        strategy = d.pop("strategy", UNSET)

        timeout_seconds = d.pop("timeoutSeconds", UNSET)

        healthy_seconds = d.pop("healthySeconds", UNSET)

        migrate_request = cls(
            to=to,
            instance_ids=instance_ids,
            strategy=strategy,
            timeout_seconds=timeout_seconds,
            healthy_seconds=healthy_seconds,
        )

        return migrate_request
