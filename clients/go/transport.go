package client

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"system-manager/client/api"
)

const (
	delayMin      = 200 * time.Millisecond
	delayMax      = 5 * time.Second
	retryAfterMax = time.Minute
)

// ProblemError is a refusal of the manager.
type ProblemError struct {
	Problem api.Problem
}

func (e *ProblemError) Error() string {
	if e.Problem.Detail == nil {
		return fmt.Sprintf("%d %s", e.Problem.Status, e.Problem.Title)
	}
	return fmt.Sprintf("%d %s: %s", e.Problem.Status, e.Problem.Title, *e.Problem.Detail)
}

// Code is the last part of the problem's type, such as service-not-found. It is stable; the words are not.
func (e *ProblemError) Code() string {
	return path.Base(e.Problem.Type)
}

// repeatingDoer proves who asks, repeats requests while the manager is busy or away, and turns refusals into errors. Each write has an
// Idempotency-Key, so that a repetition after a lost answer has no second effect.
type repeatingDoer struct {
	inner    *http.Client
	token    string
	attempts int
}

func (d *repeatingDoer) Do(request *http.Request) (*http.Response, error) {
	request.Header.Set("Authorization", "Bearer "+d.token)
	if request.Method != http.MethodGet && request.Header.Get("Idempotency-Key") == "" {
		request.Header.Set("Idempotency-Key", rand.Text())
	}
	for attempt := 0; ; attempt++ {
		last := attempt+1 >= d.attempts
		delay := mathrand.N(min(delayMax, delayMin<<attempt))
		response, body, err := d.try(request)
		if err != nil && (last || request.Context().Err() != nil) {
			return nil, err
		}
		if err == nil {
			asked := retryAfter(response)
			busy := response.StatusCode == http.StatusServiceUnavailable || response.StatusCode == http.StatusTooManyRequests
			if last || !busy || asked > retryAfterMax {
				return response, problemOf(response, body)
			}
			delay = max(delay, asked)
		}
		if err := sleep(request.Context(), delay); err != nil {
			return nil, err
		}
		if err := rewind(request); err != nil {
			return nil, err
		}
	}
}

// try reads the whole body: an answer that breaks off in its middle counts as none.
func (d *repeatingDoer) try(request *http.Request) (*http.Response, []byte, error) {
	response, err := d.inner.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return response, body, nil
}

func rewind(request *http.Request) error {
	if request.GetBody == nil {
		return nil
	}
	body, err := request.GetBody()
	request.Body = body
	return err
}

func problemOf(response *http.Response, body []byte) error {
	if response.StatusCode < http.StatusBadRequest {
		return nil
	}
	problem := api.Problem{Status: response.StatusCode, Title: response.Status, Type: "about:blank"}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/problem+json") {
		if err := json.Unmarshal(body, &problem); err != nil {
			return fmt.Errorf("a problem that cannot be read: %w", err)
		}
	}
	return &ProblemError{problem}
}

func retryAfter(response *http.Response) time.Duration {
	seconds, err := strconv.Atoi(response.Header.Get("Retry-After"))
	if err != nil {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
