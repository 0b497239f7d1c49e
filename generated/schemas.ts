// generated from openapi.yaml, do not edit
import { Type, type Static } from '@sinclair/typebox';

export const DnsLabel = Type.String({"description":"DNS label (RFC 1123).","minLength":1,"maxLength":63,"pattern":"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"});
export type DnsLabel = Static<typeof DnsLabel>;

export const Resources = Type.Object({ "cpuCores": Type.Optional(Type.Number({"description":"CPU cores.","default":0,"minimum":0,"maximum":1000000})), "memoryMiB": Type.Optional(Type.Integer({"description":"Memory in MiB.","default":0,"minimum":0,"maximum":1000000000})), "gpus": Type.Optional(Type.Integer({"description":"Whole GPUs.","default":0,"minimum":0,"maximum":1000000})) }, {"additionalProperties":false,"description":"An amount of computing resources."});
export type Resources = Static<typeof Resources>;

export const Port = Type.Object({ "containerPort": Type.Integer({"description":"Port inside the instance.","minimum":1,"maximum":65535}), "hostPort": Type.Optional(Type.Integer({"description":"Fixed port on the worker; otherwise the worker picks a free one.","minimum":1,"maximum":65535})), "protocol": Type.Optional(Type.Union([Type.Literal("tcp"), Type.Literal("udp")], {"description":"Transport protocol.","default":"tcp"})) }, {"additionalProperties":false,"description":"A port that the service listens on."});
export type Port = Static<typeof Port>;

export const Name = Type.String({"description":"Name of a cluster or worker.","minLength":1,"maxLength":128,"pattern":"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"});
export type Name = Static<typeof Name>;

export const Labels = Type.Record(Type.String({ pattern: '^[^]*$' }), Type.String({"maxLength":256}), {"description":"Free labels, at most 64.","maxProperties":64});
export type Labels = Static<typeof Labels>;

export const Taints = Type.Array(Type.String({"minLength":1,"maxLength":63}), {"description":"Words that keep instances away which do not tolerate them.","maxItems":32,"uniqueItems":true});
export type Taints = Static<typeof Taints>;

export const Near = Type.Object({ "latitude": Type.Number({"description":"Degrees north.","minimum":-90,"maximum":90}), "longitude": Type.Number({"description":"Degrees east.","minimum":-180,"maximum":180}), "maxKm": Type.Optional(Type.Number({"description":"Greatest distance in kilometres.","maximum":20040,"exclusiveMinimum":0})) }, {"additionalProperties":false,"description":"A wanted place. Closer clusters score higher; `maxKm` is a demand."});
export type Near = Static<typeof Near>;

export const Placement = Type.Object({ "cluster": Type.Optional(Name), "location": Type.Optional(Type.String({"description":"Demanded location.","minLength":1,"maxLength":200})), "worker": Type.Optional(Name), "labels": Type.Optional(Labels), "tolerations": Type.Optional(Taints), "near": Type.Optional(Near), "spreadBy": Type.Optional(Type.Union([Type.Literal("cluster"), Type.Literal("location")], {"description":"What the instances spread over.","default":"cluster"})) }, {"additionalProperties":false,"description":"Demands and wishes on where the instances go."});
export type Placement = Static<typeof Placement>;

export const Count = Type.Integer({"description":"A number of instances.","minimum":0,"maximum":100000});
export type Count = Static<typeof Count>;

export const Share = Type.String({"description":"A share of the replicas, in percent: `25%`.","pattern":"^(100|[1-9]?[0-9])%$"});
export type Share = Static<typeof Share>;

export const UpdatePolicy = Type.Object({ "maxSurge": Type.Optional(Type.Union([Count, Share], {"description":"How many may run at the new revision beside the old ones that they replace.","default":"25%"})), "maxUnavailable": Type.Optional(Type.Union([Count, Share], {"description":"How many may be down at a time, so that an old one makes room for the new one before it starts.","default":0})), "healthySeconds": Type.Optional(Type.Integer({"description":"How long a new instance has to run without a break until it counts.","default":5,"minimum":0,"maximum":3600})) }, {"additionalProperties":false,"description":"How instances are replaced by a new revision. An amount is a number of instances, or a share of the replicas (`25%`), rounded down,\nat least one unless it is `0%`.\n"});
export type UpdatePolicy = Static<typeof UpdatePolicy>;

export const ServiceDescriptor = Type.Object({ "name": DnsLabel, "application": Type.Optional(Type.Intersect([DnsLabel], {"description":"Groups services.","default":"default"})), "replicas": Type.Optional(Type.Integer({"description":"How many instances.","default":1,"minimum":0,"maximum":100000})), "runtime": Type.Optional(Type.String({"description":"`process`, `docker`, `unikernel`, or another capability of clusters.","default":"process","minLength":1,"maxLength":63})), "image": Type.Optional(Type.String({"description":"Required unless the runtime is `process`.","minLength":1,"maxLength":1000})), "command": Type.Optional(Type.Array(Type.String({"maxLength":32768}), {"description":"Program and arguments. Required when the runtime is `process`.","minItems":1,"maxItems":1000})), "workingDirectory": Type.Optional(Type.String({"description":"Working directory of the process.","minLength":1,"maxLength":4096})), "environment": Type.Optional(Type.Record(Type.String({ pattern: '^[^]*$' }), Type.String({"maxLength":32768}), {"description":"Environment variables.","maxProperties":1000})), "resources": Type.Optional(Resources), "ports": Type.Optional(Type.Array(Port, {"description":"Ports that the service listens on. The process runtime passes the chosen host ports as `PORT` and `PORT_<containerPort>`.","maxItems":100})), "placement": Type.Optional(Placement), "scheduler": Type.Optional(Type.Intersect([DnsLabel], {"description":"Name of the scheduler that decides where instances go: `built-in`, or a remote one. The configured one (`SM_SCHEDULER`) when absent."})), "restart": Type.Optional(Type.Union([Type.Literal("always"), Type.Literal("onFailure"), Type.Literal("never")], {"description":"What happens when an instance ends: the agent starts it again; where the agent gives it up (`DEAD`), the manager places it anew, later each time. `onFailure` leaves it when its exit code was 0, `never` always.","default":"always"})), "oneShot": Type.Optional(Type.Boolean({"description":"Ends in `COMPLETED` when it exits with 0.","default":false})), "update": Type.Optional(UpdatePolicy), "progressDeadlineSeconds": Type.Optional(Type.Integer({"description":"How long a deployment, an update or a scaling may go without progress until its operation fails. Waiting for a cluster with room does not count.","default":300,"minimum":1,"maximum":86400})), "whenLost": Type.Optional(Type.Union([Type.Literal("keep"), Type.Literal("move"), Type.Literal("duplicate")], {"description":"What happens when its cluster is away past the grace time. `keep` leaves it to the site, which goes on alone. `move`: the\nagent stops it by itself before it has had no answer for `leaseSeconds`, and it is placed elsewhere after the lease and a\nmargin, so it never runs twice. `duplicate` places it elsewhere although the old one may still run, which is stopped when\nits cluster returns.\n","default":"keep"})), "leaseSeconds": Type.Optional(Type.Integer({"description":"With `whenLost: move`, how long an instance may run without an answer of the manager.","default":60,"minimum":15,"maximum":86400})), "labels": Type.Optional(Labels) }, {"additionalProperties":false,"description":"What a user wants to run."});
export type ServiceDescriptor = Static<typeof ServiceDescriptor>;

export const Coordinates = Type.Object({ "latitude": Type.Number({"description":"Degrees north.","minimum":-90,"maximum":90}), "longitude": Type.Number({"description":"Degrees east.","minimum":-180,"maximum":180}) }, {"additionalProperties":false,"description":"A place on earth, in degrees (WGS 84)."});
export type Coordinates = Static<typeof Coordinates>;

export const Capabilities = Type.Array(Type.String({"minLength":1,"maxLength":63}), {"description":"Runtimes that the cluster offers.","maxItems":32,"uniqueItems":true});
export type Capabilities = Static<typeof Capabilities>;

export const ClusterRegistration = Type.Object({ "name": Name, "location": Type.Optional(Type.String({"description":"Name of the place.","minLength":1,"maxLength":200})), "coordinates": Type.Optional(Coordinates), "capabilities": Type.Optional(Capabilities), "labels": Type.Optional(Labels), "capacity": Type.Optional(Resources) }, {"additionalProperties":false,"description":"A new cluster."});
export type ClusterRegistration = Static<typeof ClusterRegistration>;

export const ClusterUpdate = Type.Object({ "location": Type.Optional(Type.String({"description":"Name of the place.","minLength":1,"maxLength":200})), "coordinates": Type.Optional(Coordinates), "labels": Type.Optional(Labels), "taints": Type.Optional(Taints), "schedulable": Type.Optional(Type.Boolean({"description":"Whether new instances may go there."})) }, {"additionalProperties":false,"description":"The fields to change.","minProperties":1});
export type ClusterUpdate = Static<typeof ClusterUpdate>;

export const ResourceUse = Type.Object({ "cpuCores": Type.Optional(Type.Number({"description":"CPU cores.","minimum":0})), "memoryMiB": Type.Optional(Type.Number({"description":"Memory in MiB.","minimum":0})) }, {"additionalProperties":false,"description":"Resources in use, as measured."});
export type ResourceUse = Static<typeof ResourceUse>;

export const Worker = Type.Object({ "name": Name, "capacity": Type.Optional(Resources), "use": Type.Optional(ResourceUse) }, {"additionalProperties":false,"description":"A machine inside a cluster."});
export type Worker = Static<typeof Worker>;

export const Id = Type.String({"description":"Identifier, 24 hexadecimal digits.","pattern":"^[0-9a-f]{24}$"});
export type Id = Static<typeof Id>;

export const Address = Type.Object({ "host": Type.String({"description":"Host name or address.","minLength":1,"maxLength":255}), "port": Type.Integer({"description":"Port on that host.","minimum":1,"maximum":65535}), "containerPort": Type.Optional(Type.Integer({"description":"The port in the descriptor.","minimum":1,"maximum":65535})), "protocol": Type.Optional(Type.Union([Type.Literal("tcp"), Type.Literal("udp")], {"description":"Transport protocol."})) }, {"additionalProperties":false,"description":"Where a port of an instance can be reached."});
export type Address = Static<typeof Address>;

export const InstanceReport = Type.Object({ "instanceId": Id, "generation": Type.Integer({"description":"Generation of the order that it belongs to.","minimum":1}), "phase": Type.Union([Type.Literal("NODE_SCHEDULED"), Type.Literal("CREATING"), Type.Literal("RUNNING"), Type.Literal("COMPLETED"), Type.Literal("FAILED"), Type.Literal("DEAD"), Type.Literal("UNDEPLOYING"), Type.Literal("UNDEPLOYED")], {"description":"`FAILED`: the agent tries again; `DEAD`: it has given up; `UNDEPLOYED`: nothing of it is left there."}), "worker": Type.Optional(Name), "reason": Type.Optional(Type.String({"description":"Why, in words.","maxLength":2000})), "exitCode": Type.Optional(Type.Integer({"description":"Exit code of the last run."})), "restarts": Type.Optional(Type.Integer({"description":"How often it was restarted.","minimum":0})), "addresses": Type.Optional(Type.Array(Address, {"description":"Where its ports can be reached.","maxItems":100})), "use": Type.Optional(ResourceUse) }, {"additionalProperties":false,"description":"What a cluster observed of one half of an instance."});
export type InstanceReport = Static<typeof InstanceReport>;

export const Report = Type.Object({ "session": Type.Integer({"description":"Session that the manager gave.","minimum":1,"maximum":9007199254740991}), "sequence": Type.Integer({"description":"Rises with every report of the session.","minimum":1,"maximum":9007199254740991}), "full": Type.Optional(Type.Boolean({"description":"Whether `instances` is everything that the cluster has, or only what changed.","default":false})), "capacity": Type.Optional(Resources), "use": Type.Optional(ResourceUse), "workers": Type.Optional(Type.Array(Worker, {"description":"Workers of the cluster; when present, they replace those that were reported before.","maxItems":10000})), "instances": Type.Array(InstanceReport, {"description":"What was observed of instances.","maxItems":10000}) }, {"additionalProperties":false,"description":"What a cluster says about itself."});
export type Report = Static<typeof Report>;

export const WorkerAddition = Type.Object({ "name": Type.Optional(Name) }, {"additionalProperties":false,"description":"A worker to count."});
export type WorkerAddition = Static<typeof WorkerAddition>;

export const WorkerCountUpdate = Type.Object({ "count": Type.Integer({"description":"Number of workers.","minimum":0,"maximum":1000000}) }, {"additionalProperties":false,"description":"The number to set."});
export type WorkerCountUpdate = Static<typeof WorkerCountUpdate>;

export const OwnerId = Type.String({"description":"The organization that it belongs to; absent where it belongs to the installation.","pattern":"^[0-9a-f]{24}$"});
export type OwnerId = Static<typeof OwnerId>;

export const NewEnrolmentToken = Type.Object({ "organizationId": Type.Optional(OwnerId), "name": Type.Optional(Type.String({"description":"What it is for.","minLength":1,"maxLength":128})), "clusterName": Type.Optional(Name), "uses": Type.Optional(Type.Integer({"description":"How many clusters may enrol with it.","default":1,"minimum":1,"maximum":10000})), "hours": Type.Optional(Type.Integer({"description":"How long it is good.","default":24,"minimum":1,"maximum":8784})), "requiresApproval": Type.Optional(Type.Boolean({"description":"Whether clusters that enrol with it wait for approval.","default":false})) }, {"additionalProperties":false,"description":"An enrolment token to make."});
export type NewEnrolmentToken = Static<typeof NewEnrolmentToken>;

export const ScaleRequest = Type.Object({ "replicas": Type.Optional(Type.Integer({"description":"Wanted number of instances.","minimum":0,"maximum":100000})), "by": Type.Optional(Type.Integer({"description":"Difference to the wanted number. The result is never below zero.","minimum":-100000,"maximum":100000})) }, {"additionalProperties":false,"description":"Either `replicas` or `by`.","minProperties":1,"maxProperties":1});
export type ScaleRequest = Static<typeof ScaleRequest>;

export const Destination = Type.Object({ "cluster": Type.Optional(Name), "location": Type.Optional(Type.String({"description":"Name of the place.","minLength":1,"maxLength":200})), "worker": Type.Optional(Name) }, {"additionalProperties":false,"description":"Where to go; what is named must all hold.","minProperties":1});
export type Destination = Static<typeof Destination>;

export const MigrateRequest = Type.Object({ "to": Destination, "instanceIds": Type.Optional(Type.Array(Id, {"description":"The instances; all of the service when absent.","minItems":1,"maxItems":1000,"uniqueItems":true})), "strategy": Type.Optional(Type.Union([Type.Literal("makeBeforeBreak"), Type.Literal("breakBeforeMake")], {"description":"`makeBeforeBreak`: the source stops once the target is healthy; where the target fails, the source stays. `breakBeforeMake`, for\nwhat must not run twice: the target has its room reserved, the source stops, then the target starts; where it fails, the\ninstance goes back to the cluster it came from.\n","default":"makeBeforeBreak"})), "timeoutSeconds": Type.Optional(Type.Integer({"description":"How long a target may take until it runs, and a source until it has confirmed its stop.","default":300,"minimum":1,"maximum":86400})), "healthySeconds": Type.Optional(Type.Integer({"description":"How long a target has to run without a break until the source is told to stop.","default":5,"minimum":0,"maximum":3600})) }, {"additionalProperties":false,"description":"Which instances go where."});
export type MigrateRequest = Static<typeof MigrateRequest>;

export const RollbackRequest = Type.Object({ "revision": Type.Optional(Type.Integer({"description":"The revision; without it the last one that all instances have run.","minimum":1,"maximum":2147483647})) }, {"additionalProperties":false,"description":"Where to go back to."});
export type RollbackRequest = Static<typeof RollbackRequest>;

export const WebhookUrl = Type.String({"description":"Where deliveries go to, with `https` wherever somebody could listen. No name and password, and no fragment.","minLength":8,"maxLength":2000,"pattern":"^https?://"});
export type WebhookUrl = Static<typeof WebhookUrl>;

export const EventTypes = Type.Array(Type.String({"maxLength":100,"pattern":"^(cluster|service|instance|operation)\\.([A-Za-z]+|\\*)$"}), {"description":"Types of events that are sent; `service.*` for all of a subject. Empty for every event.","maxItems":50,"uniqueItems":true});
export type EventTypes = Static<typeof EventTypes>;

export const NewWebhook = Type.Object({ "organizationId": Type.Optional(OwnerId), "name": Type.Optional(Type.String({"description":"What it is for.","minLength":1,"maxLength":128})), "url": WebhookUrl, "types": Type.Optional(EventTypes) }, {"additionalProperties":false,"description":"A new webhook."});
export type NewWebhook = Static<typeof NewWebhook>;

export const WebhookChange = Type.Object({ "name": Type.Optional(Type.String({"description":"What it is for.","minLength":1,"maxLength":128})), "url": Type.Optional(WebhookUrl), "types": Type.Optional(EventTypes), "enabled": Type.Optional(Type.Boolean({"description":"Whether it is switched on."})) }, {"additionalProperties":false,"description":"The fields to change.","minProperties":1});
export type WebhookChange = Static<typeof WebhookChange>;

export const UserName = Type.String({"description":"Name to sign in with; capital and small letters are the same.","minLength":1,"maxLength":64,"pattern":"^[A-Za-z0-9]([A-Za-z0-9._@-]*[A-Za-z0-9])?$"});
export type UserName = Static<typeof UserName>;

export const SignIn = Type.Object({ "name": UserName, "password": Type.String({"description":"The password.","minLength":1,"maxLength":512,"x-sensitive":true}) }, {"additionalProperties":false,"description":"Who signs in."});
export type SignIn = Static<typeof SignIn>;

export const Refresh = Type.Object({ "refreshToken": Type.String({"description":"The token.","minLength":1,"maxLength":512,"x-sensitive":true}) }, {"additionalProperties":false,"description":"The refresh token that was given last."});
export type Refresh = Static<typeof Refresh>;

export const OpenIdAnswer = Type.Object({ "flow": Type.String({"description":"From `beginOpenIdSignIn`.","minLength":1,"maxLength":2000,"x-sensitive":true}), "code": Type.String({"description":"As it came.","minLength":1,"maxLength":4000,"x-sensitive":true}), "state": Type.String({"description":"As it came.","minLength":1,"maxLength":500}), "iss": Type.Optional(Type.String({"description":"As it came.","minLength":1,"maxLength":2000})) }, {"additionalProperties":false,"description":"What the identity provider has sent back with the browser."});
export type OpenIdAnswer = Static<typeof OpenIdAnswer>;

export const Quota = Type.Object({ "instances": Type.Optional(Type.Integer({"description":"Replicas.","minimum":0,"maximum":1000000000})), "cpuCores": Type.Optional(Type.Number({"description":"CPU cores.","minimum":0,"maximum":1000000000})), "memoryMiB": Type.Optional(Type.Integer({"description":"Memory in MiB.","minimum":0,"maximum":1000000000000})) }, {"additionalProperties":false,"description":"Bounds of what the live services of an organization may want together, which is replicas times resources. What is absent is not bounded.\n"});
export type Quota = Static<typeof Quota>;

export const NewOrganization = Type.Object({ "name": DnsLabel, "displayName": Type.Optional(Type.String({"description":"Its name in full.","minLength":1,"maxLength":200})), "quota": Type.Optional(Quota) }, {"additionalProperties":false,"description":"A new organization."});
export type NewOrganization = Static<typeof NewOrganization>;

export const OrganizationChange = Type.Object({ "displayName": Type.Optional(Type.String({"description":"Its name in full.","minLength":1,"maxLength":200})), "quota": Type.Optional(Quota) }, {"additionalProperties":false,"description":"The fields to change.","minProperties":1});
export type OrganizationChange = Static<typeof OrganizationChange>;

export const Password = Type.String({"description":"At least 12 characters; must not contain the name.","minLength":12,"maxLength":256,"x-sensitive":true});
export type Password = Static<typeof Password>;

export const PasswordChange = Type.Object({ "present": Type.String({"description":"The present password.","minLength":1,"maxLength":512,"x-sensitive":true}), "next": Password }, {"additionalProperties":false,"description":"The present password and the next."});
export type PasswordChange = Static<typeof PasswordChange>;

export const Role = Type.Union([Type.Literal("admin"), Type.Literal("organizationAdmin"), Type.Literal("applicationProvider"), Type.Literal("infrastructureProvider"), Type.Literal("viewer")], {"description":"What somebody is. `admin` may do everything; `organizationAdmin` everything but the installation's own; `applicationProvider`\nchanges services, `infrastructureProvider` clusters; `viewer` reads. More roles may come.\n"});
export type Role = Static<typeof Role>;

export const NewUser = Type.Object({ "organizationId": Type.Optional(OwnerId), "name": UserName, "displayName": Type.Optional(Type.String({"description":"Name for people.","minLength":1,"maxLength":128})), "roles": Type.Array(Role, {"description":"What the user is.","minItems":1,"maxItems":5,"uniqueItems":true}), "password": Password }, {"additionalProperties":false,"description":"A user to create."});
export type NewUser = Static<typeof NewUser>;

export const UserChange = Type.Object({ "displayName": Type.Optional(Type.String({"description":"Name for people.","minLength":1,"maxLength":128})), "roles": Type.Optional(Type.Array(Role, {"description":"What the user is from now on.","minItems":1,"maxItems":5,"uniqueItems":true})), "disabled": Type.Optional(Type.Boolean({"description":"Whether signing in is refused."})) }, {"additionalProperties":false,"description":"What changes; what is absent stays.","minProperties":1});
export type UserChange = Static<typeof UserChange>;

export const NewPassword = Type.Object({ "password": Password }, {"additionalProperties":false,"description":"A password to set."});
export type NewPassword = Static<typeof NewPassword>;

export const Permission = Type.Union([Type.Literal("clusters:read"), Type.Literal("clusters:write"), Type.Literal("services:read"), Type.Literal("services:write"), Type.Literal("events:read"), Type.Literal("webhooks:write"), Type.Literal("schedulers:read"), Type.Literal("users:read"), Type.Literal("users:write"), Type.Literal("keys:write"), Type.Literal("organizations:read"), Type.Literal("organizations:write"), Type.Literal("system:read"), Type.Literal("system:write")], {"description":"What a key allows; `write` does not include `read`. More permissions may come."});
export type Permission = Static<typeof Permission>;

export const NewApiKey = Type.Object({ "organizationId": Type.Optional(OwnerId), "name": Type.String({"description":"What it is for.","minLength":1,"maxLength":128}), "permissions": Type.Array(Permission, {"description":"What it allows.","minItems":1,"maxItems":32,"uniqueItems":true}), "days": Type.Optional(Type.Integer({"description":"How long it is good.","default":90,"minimum":1,"maximum":366})) }, {"additionalProperties":false,"description":"A key to make."});
export type NewApiKey = Static<typeof NewApiKey>;

export const EdgeioUpload = Type.Object({ "file": Type.String({"description":"The YAML file.","maxLength":1048576}) }, {"description":"The form with the descriptor."});
export type EdgeioUpload = Static<typeof EdgeioUpload>;

export const EdgeioResult = Type.Object({ "job_id": Type.String({"description":"Id of the job."}), "replicas": Type.Optional(Type.Integer({"description":"Number of replicas."})), "cluster": Type.Unknown({"description":"The whole cluster or its id."}), "job": Type.Optional(Type.Unknown({"description":"The descriptor or the id."})) }, {"description":"Where a job goes. Sent as it is, or as a JSON text that holds it."});
export type EdgeioResult = Static<typeof EdgeioResult>;

export const EdgeioJobReport = Type.Object({ "system_job_id": Type.String({"description":"Id of the job."}), "status": Type.String({"description":"A phase or what went wrong."}) }, {"description":"How one job is doing."});
export type EdgeioJobReport = Static<typeof EdgeioJobReport>;

export const EdgeioReport = Type.Object({ "cpu_percent": Type.Optional(Type.Number({"description":"CPU in use."})), "cpu_cores": Type.Optional(Type.Number({"description":"Free cores."})), "memory_percent": Type.Optional(Type.Number({"description":"Memory in use."})), "cumulative_memory_in_mb": Type.Optional(Type.Number({"description":"Free memory."})), "number_of_nodes": Type.Optional(Type.Number({"description":"Workers that are up."})), "technology": Type.Optional(Type.Array(Type.String({"description":"A runtime."}), {"description":"What the cluster can run."})), "more": Type.Optional(Type.Unknown({"description":"Whatever else it says."})), "jobs": Type.Optional(Type.Array(EdgeioJobReport, {"description":"All jobs that the cluster has."})) }, {"description":"Sums over the workers of a cluster, and its jobs."});
export type EdgeioReport = Static<typeof EdgeioReport>;

export const EdgeioClusterMove = Type.Object({ "job_id": Type.String({"description":"Id of the job."}), "from_location": Type.String({"description":"Where it is."}), "to_location": Type.String({"description":"Where it goes."}) }, {"description":"From one location to another."});
export type EdgeioClusterMove = Static<typeof EdgeioClusterMove>;

export const EdgeioNodeMove = Type.Object({ "job_id": Type.String({"description":"Id of the job."}), "cluster": Type.String({"description":"Location of the cluster."}), "from_node": Type.String({"description":"Where it is."}), "to_node": Type.String({"description":"Where it goes."}) }, {"description":"From one node of a cluster to another."});
export type EdgeioNodeMove = Static<typeof EdgeioNodeMove>;

export const EdgeioReplication = Type.Object({ "job_id": Type.String({"description":"Id of the job."}), "replicas": Type.Integer({"description":"Wanted number of replicas.","minimum":0}) }, {"description":"A number of replicas."});
export type EdgeioReplication = Static<typeof EdgeioReplication>;

export const HelloFrame = Type.Object({ "type": Type.Literal("hello", {"description":"Kind of frame."}), "name": Name, "location": Type.Optional(Type.String({"description":"Name of the place.","minLength":1,"maxLength":200})), "coordinates": Type.Optional(Coordinates), "capabilities": Capabilities, "labels": Type.Optional(Labels), "capacity": Type.Optional(Resources), "agentVersion": Type.Optional(Type.String({"description":"Version of the agent.","maxLength":100})), "resume": Type.Optional(Type.Integer({"description":"Session that it had before; it goes into the log.","minimum":1,"maximum":9007199254740991})), "publicKey": Type.Optional(Type.String({"description":"Public key of the curve P-256 (PEM) for which it wants a client certificate.","minLength":100,"maxLength":1000})) }, {"additionalProperties":false,"description":"The first frame of an agent."});
export type HelloFrame = Static<typeof HelloFrame>;

export const ReportFrame = Type.Object({ "type": Type.Literal("report", {"description":"Kind of frame."}), "session": Type.Integer({"description":"Session that the manager gave.","minimum":1,"maximum":9007199254740991}), "sequence": Type.Integer({"description":"Rises with every report of the session.","minimum":1,"maximum":9007199254740991}), "full": Type.Optional(Type.Boolean({"description":"Whether `instances` is everything that the cluster has, or only what changed.","default":false})), "capacity": Type.Optional(Resources), "use": Type.Optional(ResourceUse), "workers": Type.Optional(Type.Array(Worker, {"description":"Workers of the cluster; when present, they replace those that were reported before.","maxItems":10000})), "instances": Type.Array(InstanceReport, {"description":"What was observed of instances.","maxItems":10000}) }, {"additionalProperties":false,"description":"A report."});
export type ReportFrame = Static<typeof ReportFrame>;

export const OrderAction = Type.Union([Type.Literal("run"), Type.Literal("stop")], {"description":"What to do. Running and stopping the same generation are two orders; a stop is never followed by a run of the same generation."});
export type OrderAction = Static<typeof OrderAction>;

export const OrderReference = Type.Object({ "instanceId": Id, "generation": Type.Integer({"description":"Generation of the order.","minimum":1}), "action": OrderAction }, {"additionalProperties":false,"description":"Names an order."});
export type OrderReference = Static<typeof OrderReference>;

export const AckFrame = Type.Object({ "type": Type.Literal("ack", {"description":"Kind of frame."}), "id": Type.String({"description":"Id of the `apply` frame.","minLength":1,"maxLength":100}), "orders": Type.Array(OrderReference, {"description":"The orders that are done.","minItems":1,"maxItems":1000}) }, {"additionalProperties":false,"description":"Orders that are done."});
export type AckFrame = Static<typeof AckFrame>;

export const FieldError = Type.Object({ "pointer": Type.String({"description":"JSON pointer into the body, or `#/query/<name>`, `#/path/<name>`, `#/header/<name>`."}), "detail": Type.String({"description":"What is wrong."}) }, {"description":"What is wrong with one field."});
export type FieldError = Static<typeof FieldError>;

export const Problem = Type.Object({ "type": Type.String({"description":"Stable address of the kind of failure: `/problems/<code>`."}), "title": Type.String({"description":"The kind of failure in words."}), "status": Type.Integer({"description":"HTTP status.","minimum":100,"maximum":599}), "detail": Type.Optional(Type.String({"description":"What went wrong this time, and what to do."})), "instance": Type.Optional(Type.String({"description":"Id of the request, for questions to the operator."})), "errors": Type.Optional(Type.Array(FieldError, {"description":"What is wrong, field by field."})) }, {"description":"A failure (RFC 9457)."});
export type Problem = Static<typeof Problem>;

export const NackFrame = Type.Object({ "type": Type.Literal("nack", {"description":"Kind of frame."}), "id": Type.String({"description":"Id of the `apply` frame.","minLength":1,"maxLength":100}), "orders": Type.Array(OrderReference, {"description":"The orders that are refused.","minItems":1,"maxItems":1000}), "problem": Problem }, {"additionalProperties":false,"description":"Orders that the agent cannot carry out."});
export type NackFrame = Static<typeof NackFrame>;

export const ByeFrame = Type.Object({ "type": Type.Literal("bye", {"description":"Kind of frame."}) }, {"additionalProperties":false,"description":"The agent leaves in order; its instances go on."});
export type ByeFrame = Static<typeof ByeFrame>;

export const RotateFrame = Type.Object({ "type": Type.Literal("rotate", {"description":"Kind of frame."}) }, {"additionalProperties":false,"description":"Asks for another credential of the cluster. The one that the session was opened with stays good until the new one has been\nused. Asked twice before that, the newer answer counts.\n"});
export type RotateFrame = Static<typeof RotateFrame>;

export const AgentFrame = Type.Union([HelloFrame, ReportFrame, AckFrame, NackFrame, ByeFrame, RotateFrame], {"description":"A frame from an agent."});
export type AgentFrame = Static<typeof AgentFrame>;
export const AgentFrames = { "hello": HelloFrame, "report": ReportFrame, "ack": AckFrame, "nack": NackFrame, "bye": ByeFrame, "rotate": RotateFrame } as const;

export const WelcomeFrame = Type.Object({ "type": Type.Literal("welcome", {"description":"Kind of frame."}), "clusterId": Id, "session": Type.Integer({"description":"Number of this session.","minimum":1}), "credential": Type.Optional(Type.String({"description":"The cluster's credential; on first enrolment only. Keep it.","x-sensitive":true})), "certificate": Type.Optional(Type.String({"description":"A client certificate (PEM) for the `publicKey` of hello, when the cluster is due one. Connect with it from then on."})), "heartbeatIntervalMs": Type.Integer({"description":"How often the manager pings. Silence for three times as long means the connection is dead.","minimum":100}), "reportIntervalMs": Type.Integer({"description":"How often a report is expected at the least.","minimum":100}) }, {"description":"The manager's answer to `hello`. The agent answers with a full report."});
export type WelcomeFrame = Static<typeof WelcomeFrame>;

export const Order = Type.Object({ "instanceId": Id, "generation": Type.Integer({"description":"Generation of the binding.","minimum":1}), "action": OrderAction, "worker": Type.Optional(Name), "serviceId": Type.Optional(Id), "ordinal": Type.Optional(Type.Integer({"description":"Number of the replica.","minimum":0})), "revision": Type.Optional(Type.Integer({"description":"Revision of the descriptor.","minimum":1})), "descriptor": Type.Optional(ServiceDescriptor) }, {"description":"One order. Orders are the same if instance, generation and action are the same."});
export type Order = Static<typeof Order>;

export const ApplyFrame = Type.Object({ "type": Type.Literal("apply", {"description":"Kind of frame."}), "id": Type.String({"description":"Id for `ack` and `nack`."}), "orders": Type.Array(Order, {"description":"The orders."}) }, {"description":"A batch of orders. A `run` carries the service, ordinal, revision and descriptor."});
export type ApplyFrame = Static<typeof ApplyFrame>;

export const ReportedFrame = Type.Object({ "type": Type.Literal("reported", {"description":"Kind of frame."}), "session": Type.Integer({"description":"Session of the report.","minimum":1}), "sequence": Type.Integer({"description":"Sequence number of the report.","minimum":1}), "applied": Type.Boolean({"description":"False when it was stale."}) }, {"description":"The report is taken in and durable; the agent may forget changes up to there."});
export type ReportedFrame = Static<typeof ReportedFrame>;

export const CredentialFrame = Type.Object({ "type": Type.Literal("credential", {"description":"Kind of frame."}), "credential": Type.String({"description":"The cluster's next credential.","x-sensitive":true}) }, {"description":"The answer to `rotate`. Store it durably, then connect with it; that ends the old one."});
export type CredentialFrame = Static<typeof CredentialFrame>;

export const ErrorFrame = Type.Object({ "type": Type.Literal("error", {"description":"Kind of frame."}), "problem": Problem }, {"description":"A problem. The session may end after it."});
export type ErrorFrame = Static<typeof ErrorFrame>;

export const ManagerFrame = Type.Union([WelcomeFrame, ApplyFrame, ReportedFrame, CredentialFrame, ErrorFrame], {"description":"A frame from the manager to an agent."});
export type ManagerFrame = Static<typeof ManagerFrame>;
export const ManagerFrames = { "welcome": WelcomeFrame, "apply": ApplyFrame, "reported": ReportedFrame, "credential": CredentialFrame, "error": ErrorFrame } as const;

export const AgentSessionFrame = Type.Union([AgentFrame, ManagerFrame], {"description":"A frame of such a session, in either direction."});
export type AgentSessionFrame = Static<typeof AgentSessionFrame>;

export const SchedulerHelloFrame = Type.Object({ "type": Type.Literal("hello", {"description":"Kind of frame."}), "name": DnsLabel, "requestsMax": Type.Optional(Type.Integer({"description":"Largest number of requests that it takes in one `place` frame.","default":200,"minimum":1,"maximum":1000})), "schedulerVersion": Type.Optional(Type.String({"description":"Its version, for the log of the manager.","maxLength":100})) }, {"additionalProperties":false,"description":"The first frame of a scheduler."});
export type SchedulerHelloFrame = Static<typeof SchedulerHelloFrame>;

export const PlacementAnswer = Type.Object({ "instanceId": Id, "verdict": Type.Union([Type.Literal("PLACED"), Type.Literal("TargetClusterNotFound"), Type.Literal("TargetClusterNotActive"), Type.Literal("TargetClusterNoCapacity"), Type.Literal("NoActiveClusterWithCapacity")], {"description":"It has a cluster, or why it has none."}), "clusterId": Type.Optional(Id), "worker": Type.Optional(Name), "score": Type.Optional(Type.Number({"description":"How good the choice is, by a measure of its own."})), "reason": Type.Optional(Type.String({"description":"Why, in words; shown to users.","maxLength":500})) }, {"additionalProperties":false,"description":"A scheduler's answer for one instance."});
export type PlacementAnswer = Static<typeof PlacementAnswer>;

export const PlacedFrame = Type.Object({ "type": Type.Literal("placed", {"description":"Kind of frame."}), "id": Type.String({"description":"Id of the `place` frame.","minLength":1,"maxLength":100}), "placements": Type.Array(PlacementAnswer, {"description":"One answer an instance.","maxItems":1000}) }, {"additionalProperties":false,"description":"Answers to a `place` frame, all of them or a part."});
export type PlacedFrame = Static<typeof PlacedFrame>;

export const SchedulerFrame = Type.Union([SchedulerHelloFrame, PlacedFrame, ByeFrame], {"description":"A frame from a scheduler."});
export type SchedulerFrame = Static<typeof SchedulerFrame>;
export const SchedulerFrames = { "hello": SchedulerHelloFrame, "placed": PlacedFrame, "bye": ByeFrame } as const;

export const SchedulerWelcomeFrame = Type.Object({ "type": Type.Literal("welcome", {"description":"Kind of frame."}), "session": Type.Integer({"description":"Number of this session.","minimum":1}), "heartbeatIntervalMs": Type.Integer({"description":"How often the manager pings. Silence for three times as long means the connection is dead.","minimum":100}), "deadlineMs": Type.Integer({"description":"How long a batch usually may take.","minimum":1}) }, {"description":"The manager's answer to `hello`. The picture of the clusters follows."});
export type SchedulerWelcomeFrame = Static<typeof SchedulerWelcomeFrame>;

export const FreeResources = Type.Object({ "cpuCores": Type.Number({"description":"CPU cores."}), "memoryMiB": Type.Integer({"description":"Memory in MiB."}), "gpus": Type.Integer({"description":"Whole GPUs."}) }, {"description":"What is neither reserved nor answered for. Below zero where the cluster has shrunk."});
export type FreeResources = Static<typeof FreeResources>;

export const ClusterPicture = Type.Object({ "id": Id, "name": Name, "location": Type.Optional(Type.String({"description":"Name of the place."})), "coordinates": Type.Optional(Coordinates), "active": Type.Boolean({"description":"Whether it was heard of lately."}), "schedulable": Type.Boolean({"description":"Whether it takes new instances."}), "capabilities": Capabilities, "labels": Labels, "taints": Type.Array(Type.String(), {"description":"Instances that do not tolerate all of them are refused."}), "workers": Type.Array(Name, {"description":"Workers that are known by name."}), "capacity": Resources, "free": FreeResources }, {"description":"What a scheduler has to know of one cluster."});
export type ClusterPicture = Static<typeof ClusterPicture>;

export const ClustersFrame = Type.Object({ "type": Type.Literal("clusters", {"description":"Kind of frame."}), "version": Type.Integer({"description":"Version of the picture after this frame; rises with each change within a session.","minimum":1}), "full": Type.Boolean({"description":"Whether it begins a whole picture; forget what came before."}), "more": Type.Boolean({"description":"Whether further frames belong to the same version."}), "clusters": Type.Array(ClusterPicture, {"description":"Clusters that are new or changed."}), "removed": Type.Array(Id, {"description":"Clusters that are gone."}) }, {"description":"The picture of the clusters, whole or what has changed."});
export type ClustersFrame = Static<typeof ClustersFrame>;

export const SiblingCount = Type.Object({ "clusterId": Id, "count": Type.Integer({"description":"Number of instances.","minimum":1}) }, {"description":"How many instances of the same service are at a cluster."});
export type SiblingCount = Static<typeof SiblingCount>;

export const PlacementRefusal = Type.Object({ "clusterId": Type.Optional(Id), "filter": Type.String({"description":"What the named cluster does not pass: `unknown` (there is none like that), `organization`, `cluster`, `location`, `worker`, `liveness`, `schedulable`, `capability`, `labels`, `taints`, `distance` or `capacity`. More may come."}), "detail": Type.String({"description":"The same in words."}) }, {"description":"Why the last answer to the request was not taken."});
export type PlacementRefusal = Static<typeof PlacementRefusal>;

export const PlacementRequest = Type.Object({ "instanceId": Id, "serviceId": Id, "serviceName": DnsLabel, "application": DnsLabel, "runtime": Type.String({"description":"Capability that the cluster has to have."}), "resources": Resources, "placement": Placement, "labels": Labels, "siblings": Type.Array(SiblingCount, {"description":"Where other instances of the service are."}), "refusal": Type.Optional(PlacementRefusal) }, {"description":"One instance that needs a cluster."});
export type PlacementRequest = Static<typeof PlacementRequest>;

export const PlaceFrame = Type.Object({ "type": Type.Literal("place", {"description":"Kind of frame."}), "id": Type.String({"description":"Id for `placed`."}), "version": Type.Integer({"description":"Version of the picture at this point.","minimum":1}), "deadlineMs": Type.Integer({"description":"Time until nobody waits for the answer any more.","minimum":1}), "requests": Type.Array(PlacementRequest, {"description":"The instances."}) }, {"description":"A batch of requests. What has to be known of the clusters was sent before."});
export type PlaceFrame = Static<typeof PlaceFrame>;

export const SchedulerManagerFrame = Type.Union([SchedulerWelcomeFrame, ClustersFrame, PlaceFrame, ErrorFrame], {"description":"A frame from the manager to a scheduler."});
export type SchedulerManagerFrame = Static<typeof SchedulerManagerFrame>;
export const SchedulerManagerFrames = { "welcome": SchedulerWelcomeFrame, "clusters": ClustersFrame, "place": PlaceFrame, "error": ErrorFrame } as const;

export const SchedulerSessionFrame = Type.Union([SchedulerFrame, SchedulerManagerFrame], {"description":"A frame of such a session, in either direction."});
export type SchedulerSessionFrame = Static<typeof SchedulerSessionFrame>;
