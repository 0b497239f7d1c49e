from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.labels import Labels
    from ..models.placement import Placement
    from ..models.port import Port
    from ..models.resources import Resources
    from ..models.service_descriptor_environment import ServiceDescriptorEnvironment
    from ..models.update_policy import UpdatePolicy


T = TypeVar("T", bound="ServiceDescriptor")


@_attrs_define
class ServiceDescriptor:
    """What a user wants to run.

    Attributes:
        name (str): DNS label (RFC 1123).
        application (str | Unset): DNS label (RFC 1123). Default: 'default'.
        replicas (int | Unset): How many instances. Default: 1.
        runtime (str | Unset): `process`, `docker`, `unikernel`, or another capability of clusters. Default: 'process'.
        image (str | Unset): Required unless the runtime is `process`.
        command (list[str] | Unset): Program and arguments. Required when the runtime is `process`.
        working_directory (str | Unset): Working directory of the process.
        environment (ServiceDescriptorEnvironment | Unset): Environment variables.
        resources (Resources | Unset): An amount of computing resources.
        ports (list[Port] | Unset): Ports that the service listens on. The process runtime passes the chosen host ports
            as `PORT` and `PORT_<containerPort>`.
        placement (Placement | Unset): Demands and wishes on where the instances go.
        scheduler (str | Unset): DNS label (RFC 1123).
        restart (str | Unset): What happens when an instance ends: the agent starts it again; where the agent gives it
            up (`DEAD`), the manager places it anew, later each time. `onFailure` leaves it when its exit code was 0,
            `never` always. Known values: always, onFailure, never. Default: 'always'.
        one_shot (bool | Unset): Ends in `COMPLETED` when it exits with 0. Default: False.
        update (UpdatePolicy | Unset): How instances are replaced by a new revision. An amount is a number of instances,
            or a share of the replicas (`25%`), rounded down,
            at least one unless it is `0%`.
        progress_deadline_seconds (int | Unset): How long a deployment, an update or a scaling may go without progress
            until its operation fails. Waiting for a cluster with room does not count. Default: 300.
        when_lost (str | Unset): What happens when its cluster is away past the grace time. `keep` leaves it to the
            site, which goes on alone. `move`: the
            agent stops it by itself before it has had no answer for `leaseSeconds`, and it is placed elsewhere after the
            lease and a
            margin, so it never runs twice. `duplicate` places it elsewhere although the old one may still run, which is
            stopped when
            its cluster returns. Known values: keep, move, duplicate. Default: 'keep'.
        lease_seconds (int | Unset): With `whenLost: move`, how long an instance may run without an answer of the
            manager. Default: 60.
        labels (Labels | Unset): Free labels, at most 64.
    """

    name: str
    application: str | Unset = "default"
    replicas: int | Unset = 1
    runtime: str | Unset = "process"
    image: str | Unset = UNSET
    command: list[str] | Unset = UNSET
    working_directory: str | Unset = UNSET
    environment: ServiceDescriptorEnvironment | Unset = UNSET
    resources: Resources | Unset = UNSET
    ports: list[Port] | Unset = UNSET
    placement: Placement | Unset = UNSET
    scheduler: str | Unset = UNSET
    restart: str | Unset = "always"
    one_shot: bool | Unset = False
    update: UpdatePolicy | Unset = UNSET
    progress_deadline_seconds: int | Unset = 300
    when_lost: str | Unset = "keep"
    lease_seconds: int | Unset = 60
    labels: Labels | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        application = self.application

        replicas = self.replicas

        runtime = self.runtime

        image = self.image

        command: list[str] | Unset = UNSET
        if not isinstance(self.command, Unset):
            command = self.command

        working_directory = self.working_directory

        environment: dict[str, Any] | Unset = UNSET
        if not isinstance(self.environment, Unset):
            environment = self.environment.to_dict()

        resources: dict[str, Any] | Unset = UNSET
        if not isinstance(self.resources, Unset):
            resources = self.resources.to_dict()

        ports: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.ports, Unset):
            ports = []
            for ports_item_data in self.ports:
                ports_item = ports_item_data.to_dict()
                ports.append(ports_item)

        placement: dict[str, Any] | Unset = UNSET
        if not isinstance(self.placement, Unset):
            placement = self.placement.to_dict()

        scheduler = self.scheduler

        restart = self.restart

        one_shot = self.one_shot

        update: dict[str, Any] | Unset = UNSET
        if not isinstance(self.update, Unset):
            update = self.update.to_dict()

        progress_deadline_seconds = self.progress_deadline_seconds

        when_lost = self.when_lost

        lease_seconds = self.lease_seconds

        labels: dict[str, Any] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = self.labels.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
            }
        )
        if application is not UNSET:
            field_dict["application"] = application
        if replicas is not UNSET:
            field_dict["replicas"] = replicas
        if runtime is not UNSET:
            field_dict["runtime"] = runtime
        if image is not UNSET:
            field_dict["image"] = image
        if command is not UNSET:
            field_dict["command"] = command
        if working_directory is not UNSET:
            field_dict["workingDirectory"] = working_directory
        if environment is not UNSET:
            field_dict["environment"] = environment
        if resources is not UNSET:
            field_dict["resources"] = resources
        if ports is not UNSET:
            field_dict["ports"] = ports
        if placement is not UNSET:
            field_dict["placement"] = placement
        if scheduler is not UNSET:
            field_dict["scheduler"] = scheduler
        if restart is not UNSET:
            field_dict["restart"] = restart
        if one_shot is not UNSET:
            field_dict["oneShot"] = one_shot
        if update is not UNSET:
            field_dict["update"] = update
        if progress_deadline_seconds is not UNSET:
            field_dict["progressDeadlineSeconds"] = progress_deadline_seconds
        if when_lost is not UNSET:
            field_dict["whenLost"] = when_lost
        if lease_seconds is not UNSET:
            field_dict["leaseSeconds"] = lease_seconds
        if labels is not UNSET:
            field_dict["labels"] = labels

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.labels import Labels
        from ..models.placement import Placement
        from ..models.port import Port
        from ..models.resources import Resources
        from ..models.service_descriptor_environment import ServiceDescriptorEnvironment
        from ..models.update_policy import UpdatePolicy

        d = dict(src_dict)
        name = d.pop("name")

        application = d.pop("application", UNSET)

        replicas = d.pop("replicas", UNSET)

        runtime = d.pop("runtime", UNSET)

        image = d.pop("image", UNSET)

        command = cast(list[str], d.pop("command", UNSET))

        working_directory = d.pop("workingDirectory", UNSET)

        _environment = d.pop("environment", UNSET)
        environment: ServiceDescriptorEnvironment | Unset
        if isinstance(_environment, Unset):
            environment = UNSET
        else:
            environment = ServiceDescriptorEnvironment.from_dict(_environment)

        _resources = d.pop("resources", UNSET)
        resources: Resources | Unset
        if isinstance(_resources, Unset):
            resources = UNSET
        else:
            resources = Resources.from_dict(_resources)

        _ports = d.pop("ports", UNSET)
        ports: list[Port] | Unset = UNSET
        if _ports is not UNSET:
            ports = []
            for ports_item_data in _ports:
                ports_item = Port.from_dict(ports_item_data)

                ports.append(ports_item)

        _placement = d.pop("placement", UNSET)
        placement: Placement | Unset
        if isinstance(_placement, Unset):
            placement = UNSET
        else:
            placement = Placement.from_dict(_placement)

        scheduler = d.pop("scheduler", UNSET)

        restart = d.pop("restart", UNSET)

        one_shot = d.pop("oneShot", UNSET)

        _update = d.pop("update", UNSET)
        update: UpdatePolicy | Unset
        if isinstance(_update, Unset):
            update = UNSET
        else:
            update = UpdatePolicy.from_dict(_update)

        progress_deadline_seconds = d.pop("progressDeadlineSeconds", UNSET)

        when_lost = d.pop("whenLost", UNSET)

        lease_seconds = d.pop("leaseSeconds", UNSET)

        _labels = d.pop("labels", UNSET)
        labels: Labels | Unset
        if isinstance(_labels, Unset):
            labels = UNSET
        else:
            labels = Labels.from_dict(_labels)

        service_descriptor = cls(
            name=name,
            application=application,
            replicas=replicas,
            runtime=runtime,
            image=image,
            command=command,
            working_directory=working_directory,
            environment=environment,
            resources=resources,
            ports=ports,
            placement=placement,
            scheduler=scheduler,
            restart=restart,
            one_shot=one_shot,
            update=update,
            progress_deadline_seconds=progress_deadline_seconds,
            when_lost=when_lost,
            lease_seconds=lease_seconds,
            labels=labels,
        )

        return service_descriptor
