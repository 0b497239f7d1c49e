"""The main job against a real manager and agent, whose address and token come from the environment."""

import os
import unittest

from system_manager import ProblemError, SystemManager
from system_manager.generated.api.clusters import list_clusters
from system_manager.generated.api.instances import list_instances
from system_manager.generated.api.services import deploy_service, get_service, terminate_service
from system_manager.generated.models.operation import Operation
from system_manager.generated.models.service_descriptor import ServiceDescriptor


class MainJob(unittest.TestCase):
    def setUp(self) -> None:
        self.manager = SystemManager(os.environ["SM_TEST_URL"], os.environ["SM_TEST_TOKEN"])
        self.addCleanup(self.manager.close)

    def test_deploys_runs_and_terminates(self) -> None:
        wish = ServiceDescriptor(name="python-sleeper", replicas=3, command=["sleep", "3600"])
        accepted = self.manager.call(deploy_service.sync_detailed, body=wish)
        self.assertEqual(self.manager.wait_for(accepted.operation.id).state, "succeeded")

        service_id = accepted.service.id
        # Pages of one, so that there are several.
        found = list(self.manager.items(list_instances.sync_detailed, service_id=service_id, limit=1))
        self.assertEqual([instance.phase for instance in found], ["RUNNING"] * 3)
        self.assertEqual(sorted(instance.ordinal for instance in found), [0, 1, 2])

        ended = self.manager.call(terminate_service.sync_detailed, service_id)
        self.assertEqual(self.manager.wait_for(ended.operation.id).state, "succeeded")
        self.assertEqual(list(self.manager.items(list_instances.sync_detailed, service_id=service_id)), [])

    def test_a_refusal_is_raised_with_its_code(self) -> None:
        with self.assertRaises(ProblemError) as refused:
            self.manager.call(get_service.sync_detailed, "0" * 24)
        self.assertEqual((refused.exception.status, refused.exception.code), (404, "service-not-found"))

    def test_a_token_that_nobody_knows_is_refused(self) -> None:
        with SystemManager(os.environ["SM_TEST_URL"], "nobody-knows-this") as stranger:
            with self.assertRaises(ProblemError) as refused:
                stranger.call(list_clusters.sync_detailed)
        self.assertEqual(refused.exception.code, "unauthenticated")

    def test_values_of_later_versions_pass(self) -> None:
        told = {
            "id": "0" * 24,
            "kind": "teleport",
            "state": "suspended",
            "subjectKind": "planet",
            "subjectId": "0" * 24,
            "subjectName": "mars",
            "progress": {"done": 0, "total": 1},
            "createdAt": "2026-01-01T00:00:00Z",
            "updatedAt": "2026-01-01T00:00:00Z",
        }
        operation = Operation.from_dict(told)
        self.assertEqual((operation.kind, operation.state, operation.subject_kind), ("teleport", "suspended", "planet"))
        self.assertEqual(operation.to_dict()["kind"], "teleport")


if __name__ == "__main__":
    unittest.main()
