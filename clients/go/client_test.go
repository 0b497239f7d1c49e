package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"testing"
	"time"

	"system-manager/client"
	"system-manager/client/api"
)

const operationTimeout = 2 * time.Minute

// The address and the token of a real manager, with an agent, come from the environment.
func connect(t *testing.T, token string) *client.Client {
	t.Helper()
	manager, err := client.New(os.Getenv("SM_TEST_URL"), token, client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return manager
}

func instances(ctx context.Context, t *testing.T, manager *client.Client, serviceID string) []api.Instance {
	t.Helper()
	// Pages of one, so that there are several.
	limit := 1
	var found []api.Instance
	pages := client.Items(func(cursor *string) (client.Page[api.Instance], error) {
		params := &api.ListInstancesParams{ServiceId: &serviceID, Limit: &limit, Cursor: cursor}
		answer, err := manager.ListInstancesWithResponse(ctx, params)
		if err != nil {
			return client.Page[api.Instance]{}, err
		}
		return client.Page[api.Instance]{Items: answer.JSON200.Items, Next: answer.JSON200.NextCursor}, nil
	})
	for instance, err := range pages {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, instance)
	}
	return found
}

func succeeds(ctx context.Context, t *testing.T, manager *client.Client, operationID string) {
	t.Helper()
	operation, err := manager.WaitForOperation(ctx, operationID, operationTimeout)
	if err != nil {
		t.Fatal(err)
	}
	if operation.State != api.OperationStateSucceeded {
		t.Fatalf("the operation ended as %s", operation.State)
	}
}

func TestMainJob(t *testing.T) {
	ctx := t.Context()
	manager := connect(t, os.Getenv("SM_TEST_TOKEN"))
	replicas, command := 3, []string{"sleep", "3600"}
	wish := api.ServiceDescriptor{Name: "go-sleeper", Replicas: &replicas, Command: &command}
	accepted, err := manager.DeployServiceWithResponse(ctx, nil, wish)
	if err != nil {
		t.Fatal(err)
	}
	succeeds(ctx, t, manager, accepted.JSON202.Operation.Id)

	serviceID := accepted.JSON202.Service.Id
	found := instances(ctx, t, manager, serviceID)
	if len(found) != replicas {
		t.Fatalf("%d instances instead of %d", len(found), replicas)
	}
	for _, instance := range found {
		if instance.Phase != api.PhaseRUNNING {
			t.Errorf("instance %d is %s", instance.Ordinal, instance.Phase)
		}
	}

	ended, err := manager.TerminateServiceWithResponse(ctx, serviceID, nil)
	if err != nil {
		t.Fatal(err)
	}
	succeeds(ctx, t, manager, ended.JSON202.Operation.Id)
	if left := instances(ctx, t, manager, serviceID); len(left) != 0 {
		t.Errorf("%d instances are left", len(left))
	}
}

func code(err error) string {
	var refused *client.ProblemError
	if errors.As(err, &refused) {
		return refused.Code()
	}
	return ""
}

func TestRefusalHasACode(t *testing.T) {
	manager := connect(t, os.Getenv("SM_TEST_TOKEN"))
	_, err := manager.GetServiceWithResponse(t.Context(), "000000000000000000000000")
	if code(err) != "service-not-found" {
		t.Errorf("the error is %v", err)
	}
}

func TestTokenThatNobodyKnowsIsRefused(t *testing.T) {
	stranger := connect(t, "nobody-knows-this")
	_, err := stranger.ListClustersWithResponse(t.Context(), nil)
	if code(err) != "unauthenticated" {
		t.Errorf("the error is %v", err)
	}
}

func TestValuesOfLaterVersionsPass(t *testing.T) {
	told := `{"kind":"teleport","state":"suspended","subjectKind":"planet"}`
	var operation api.Operation
	if err := json.Unmarshal([]byte(told), &operation); err != nil {
		t.Fatal(err)
	}
	if operation.Kind != "teleport" || operation.State != "suspended" || operation.SubjectKind != "planet" {
		t.Errorf("the operation is read as %+v", operation)
	}
}
