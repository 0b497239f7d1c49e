// Package client is the door to the System Manager: who asks, failures as errors, paging, and waiting for operations. The
// operations are those of package api, which is generated from the contract.
package client

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"time"

	"system-manager/client/api"
)

const (
	waitMsMax       = 30_000
	hastyAnswer     = 200 * time.Millisecond
	attemptsDefault = 5
)

// Client has every operation of the contract as a method that ends in WithResponse. When its error is nil, the body of the success
// (JSON200, JSON202) is there. Safe to share.
type Client struct {
	*api.ClientWithResponses
}

// Options may be left empty.
type Options struct {
	// HTTP sends the requests; for TLS, a proxy, or time limits. Default: a client of its own.
	HTTP *http.Client
	// Attempts is how often a request is sent at the most while the manager is busy or away. Default: 5.
	Attempts int
}

// New makes a client of the manager at an address such as http://127.0.0.1:10000.
func New(baseURL, token string, options Options) (*Client, error) {
	if options.HTTP == nil {
		options.HTTP = &http.Client{}
	}
	if options.Attempts == 0 {
		options.Attempts = attemptsDefault
	}
	doer := &repeatingDoer{inner: options.HTTP, token: token, attempts: options.Attempts}
	generated, err := api.NewClientWithResponses(baseURL, api.WithHTTPClient(doer))
	if err != nil {
		return nil, err
	}
	return &Client{generated}, nil
}

// OperationTimeoutError tells that an operation did not end in time. It goes on, and can be waited for again.
type OperationTimeoutError struct {
	Operation api.Operation
}

func (e *OperationTimeoutError) Error() string {
	return fmt.Sprintf("operation %s is still %s", e.Operation.Id, e.Operation.State)
}

// WaitForOperation waits until an operation has ended, well or not: look at its State. It fails with *OperationTimeoutError when
// the time is up, and with the error of ctx when that ends first.
func (c *Client) WaitForOperation(ctx context.Context, id string, timeout time.Duration) (*api.Operation, error) {
	deadline := time.Now().Add(timeout)
	for {
		askedAt := time.Now()
		waitMs := int(min(waitMsMax, max(0, deadline.Sub(askedAt).Milliseconds())))
		answer, err := c.GetOperationWithResponse(ctx, id, &api.GetOperationParams{WaitMs: &waitMs})
		if err != nil {
			return nil, err
		}
		if answer.JSON200.State != api.OperationStateRunning {
			return answer.JSON200, nil
		}
		if !time.Now().Before(deadline) {
			return nil, &OperationTimeoutError{*answer.JSON200}
		}
		// A manager that answers at once, while it shuts down for example, must not be asked in a tight loop.
		if err := sleep(ctx, hastyAnswer-time.Since(askedAt)); err != nil {
			return nil, err
		}
	}
}

// Page is one page of a list.
type Page[T any] struct {
	Items []T
	// Next is the cursor of the next page; nil on the last.
	Next *string
}

// Items goes through a list, page after page. fetch reads the page at a cursor, the first one at nil. An error ends it.
func Items[T any](fetch func(cursor *string) (Page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var cursor *string
		for {
			page, err := fetch(cursor)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range page.Items {
				if !yield(item, nil) {
					return
				}
			}
			if page.Next == nil {
				return
			}
			cursor = page.Next
		}
	}
}

func sleep(ctx context.Context, delay time.Duration) error {
	if delay <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
