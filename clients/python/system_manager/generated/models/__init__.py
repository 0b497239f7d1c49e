"""Contains all the data models used in inputs/outputs"""

from .address import Address
from .api_key import ApiKey
from .api_key_created import ApiKeyCreated
from .api_key_page import ApiKeyPage
from .audit_actor import AuditActor
from .audit_entry import AuditEntry
from .audit_page import AuditPage
from .audit_verdict import AuditVerdict
from .cluster import Cluster
from .cluster_accepted import ClusterAccepted
from .cluster_consideration import ClusterConsideration
from .cluster_counts import ClusterCounts
from .cluster_credential import ClusterCredential
from .cluster_page import ClusterPage
from .cluster_registered import ClusterRegistered
from .cluster_registration import ClusterRegistration
from .cluster_update import ClusterUpdate
from .coordinates import Coordinates
from .dead_letter import DeadLetter
from .dead_letter_page import DeadLetterPage
from .destination import Destination
from .drop_counts import DropCounts
from .enrolment_token import EnrolmentToken
from .enrolment_token_created import EnrolmentTokenCreated
from .enrolment_token_page import EnrolmentTokenPage
from .event import Event
from .event_data import EventData
from .event_page import EventPage
from .field_error import FieldError
from .half import Half
from .health import Health
from .instance import Instance
from .instance_page import InstancePage
from .instance_reference import InstanceReference
from .instance_report import InstanceReport
from .key_set import KeySet
from .labels import Labels
from .migrate_request import MigrateRequest
from .near import Near
from .new_api_key import NewApiKey
from .new_enrolment_token import NewEnrolmentToken
from .new_organization import NewOrganization
from .new_password import NewPassword
from .new_user import NewUser
from .new_webhook import NewWebhook
from .open_id_answer import OpenIdAnswer
from .open_id_flow import OpenIdFlow
from .operation import Operation
from .operation_page import OperationPage
from .organization import Organization
from .organization_change import OrganizationChange
from .organization_page import OrganizationPage
from .organization_use import OrganizationUse
from .password_change import PasswordChange
from .phase_counts import PhaseCounts
from .placement import Placement
from .placement_decision import PlacementDecision
from .placement_explanation import PlacementExplanation
from .plan import Plan
from .planned_placement import PlannedPlacement
from .port import Port
from .problem import Problem
from .progress import Progress
from .public_key import PublicKey
from .quota import Quota
from .readiness import Readiness
from .readiness_checks import ReadinessChecks
from .refresh import Refresh
from .removal import Removal
from .report import Report
from .report_receipt import ReportReceipt
from .resource_totals import ResourceTotals
from .resource_use import ResourceUse
from .resources import Resources
from .revision import Revision
from .revision_list import RevisionList
from .rollback_request import RollbackRequest
from .rollout import Rollout
from .scale_request import ScaleRequest
from .scheduler import Scheduler
from .scheduler_latency import SchedulerLatency
from .scheduler_list import SchedulerList
from .scheduler_test import SchedulerTest
from .scores import Scores
from .service import Service
from .service_accepted import ServiceAccepted
from .service_counts import ServiceCounts
from .service_descriptor import ServiceDescriptor
from .service_descriptor_environment import ServiceDescriptorEnvironment
from .service_page import ServicePage
from .sign_in import SignIn
from .signed_in import SignedIn
from .storm import Storm
from .summary import Summary
from .update_policy import UpdatePolicy
from .user import User
from .user_change import UserChange
from .user_page import UserPage
from .vanished_cluster import VanishedCluster
from .verdict_counts import VerdictCounts
from .version import Version
from .webhook import Webhook
from .webhook_change import WebhookChange
from .webhook_page import WebhookPage
from .webhook_with_secret import WebhookWithSecret
from .worker import Worker
from .worker_addition import WorkerAddition
from .worker_count import WorkerCount
from .worker_count_update import WorkerCountUpdate
from .worker_page import WorkerPage

__all__ = (
    "Address",
    "ApiKey",
    "ApiKeyCreated",
    "ApiKeyPage",
    "AuditActor",
    "AuditEntry",
    "AuditPage",
    "AuditVerdict",
    "Cluster",
    "ClusterAccepted",
    "ClusterConsideration",
    "ClusterCounts",
    "ClusterCredential",
    "ClusterPage",
    "ClusterRegistered",
    "ClusterRegistration",
    "ClusterUpdate",
    "Coordinates",
    "DeadLetter",
    "DeadLetterPage",
    "Destination",
    "DropCounts",
    "EnrolmentToken",
    "EnrolmentTokenCreated",
    "EnrolmentTokenPage",
    "Event",
    "EventData",
    "EventPage",
    "FieldError",
    "Half",
    "Health",
    "Instance",
    "InstancePage",
    "InstanceReference",
    "InstanceReport",
    "KeySet",
    "Labels",
    "MigrateRequest",
    "Near",
    "NewApiKey",
    "NewEnrolmentToken",
    "NewOrganization",
    "NewPassword",
    "NewUser",
    "NewWebhook",
    "OpenIdAnswer",
    "OpenIdFlow",
    "Operation",
    "OperationPage",
    "Organization",
    "OrganizationChange",
    "OrganizationPage",
    "OrganizationUse",
    "PasswordChange",
    "PhaseCounts",
    "Placement",
    "PlacementDecision",
    "PlacementExplanation",
    "Plan",
    "PlannedPlacement",
    "Port",
    "Problem",
    "Progress",
    "PublicKey",
    "Quota",
    "Readiness",
    "ReadinessChecks",
    "Refresh",
    "Removal",
    "Report",
    "ReportReceipt",
    "ResourceTotals",
    "ResourceUse",
    "Resources",
    "Revision",
    "RevisionList",
    "RollbackRequest",
    "Rollout",
    "ScaleRequest",
    "Scheduler",
    "SchedulerLatency",
    "SchedulerList",
    "SchedulerTest",
    "Scores",
    "Service",
    "ServiceAccepted",
    "ServiceCounts",
    "ServiceDescriptor",
    "ServiceDescriptorEnvironment",
    "ServicePage",
    "SignIn",
    "SignedIn",
    "Storm",
    "Summary",
    "UpdatePolicy",
    "User",
    "UserChange",
    "UserPage",
    "VanishedCluster",
    "VerdictCounts",
    "Version",
    "Webhook",
    "WebhookChange",
    "WebhookPage",
    "WebhookWithSecret",
    "Worker",
    "WorkerAddition",
    "WorkerCount",
    "WorkerCountUpdate",
    "WorkerPage",
)
