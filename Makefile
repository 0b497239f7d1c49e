# The front door. npm scripts do the work; CI runs the same words.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

NODE ?= 24
sources = src generated clients/*/src clients/*/tsconfig.json clients/dashboard/index.html clients/dashboard/vite.config.ts clients/dashboard/public tsconfig.json tsconfig.base.json package-lock.json

export npm_config_fund := false
export npm_config_audit := false
export npm_config_update_notifier := false

define node_check
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js 20.19 or newer is needed; this is $${process.version}. See https://nodejs.org`);
  process.exit(1);
}
endef
export node_check
export SEEDS SEED FROM PROCESSES LOG MUTATIONS CHAOS_SECONDS REQUESTS FRAMES CASE OVERLOAD_SECONDS PEER_URL

say = @printf '\033[1m== %s\033[0m\n' "$(1)"

.PHONY: help setup generate build start smoke check test test-mongodb test-node prove-scheduler bench bench-oakestra bench-check build-simulation simulate chaos ci

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-14s %s\n", $$1, $$2 }'

setup: ## Check Node.js, and install the packages if they are not those of the lock file
	@node -e "$$node_check"
	@if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then \
	  printf '\033[1m== install packages\033[0m\n'; npm ci --loglevel=error; touch node_modules/.package-lock.json; fi

generate: setup ## Lint openapi.yaml and make everything that follows from it
	$(call say,generate)
	@npm run -s generate

build: setup ## Compile the clients and the manager to dist/, if something has changed
	@if [ ! -f dist/src/main.js ] || [ ! -f clients/typescript/dist/index.js ] || [ ! -f dist/.built ] || [ ! -f clients/dashboard/dist/index.html ] || \
	  [ -n "$$(find $(sources) -newer dist/.built -print -quit)" ]; then \
	  printf '\033[1m== build\033[0m\n'; mkdir -p dist; touch dist/.building; npm run -s build; mv dist/.building dist/.built; fi

.PHONY: test-ui screenshots bench-ui

test-ui: build ## The page in a real browser (Chromium); pictures of it in coverage/ui
	$(call say,test the page in a browser)
	@node_modules/.bin/vitest run --config tests/ui/vitest.config.ts

screenshots: build ## Pictures of every page (light, dark, phone), in docs/screenshots
	$(call say,screenshots)
	@node --import tsx tests/ui/screenshots.ts

bench-ui: build ## The page with 1,000 simulated clusters and 100,000 instances (CLUSTERS, INSTANCES)
	$(call say,bench the page)
	@node --import tsx tests/ui/bench.ts

.PHONY: docs clients test-clients

docs: setup ## The reference of the TypeScript client as HTML, in clients/typescript/docs
	$(call say,reference of the client)
	@node_modules/.bin/typedoc --options clients/typescript/typedoc.json

clients: setup ## Make the Python and the Go client anew from openapi.yaml
	$(call say,clients in Python and Go)
	@node --import tsx scripts/generate-clients.ts

test-clients: build ## The tests of the Python and the Go client; fails, and says so, where a toolchain is missing
	$(call say,test the clients in Python and Go)
	@node --import tsx scripts/test-clients.ts

start: build ## Run it: manager with the embedded store, and two local agents
	@node --import tsx scripts/start.ts

smoke: build ## Run the main job from end to end, then exit
	$(call say,smoke)
	@node --import tsx tests/smoke/smoke.ts

check: build ## Format, lint, contract, types; changes nothing
	$(call say,format)
	@npm run -s format:check
	$(call say,contract and generated files)
	@npm run -s generate -- --check
	$(call say,types)
	@npm run -s typecheck
	$(call say,reference of the client)
	@node_modules/.bin/typedoc --options clients/typescript/typedoc.json --emit none
	$(call say,lint)
	@npm run -s lint
	$(call say,lock file and licences)
	@node --import tsx scripts/supply-chain.ts check

test: build ## All tests
	$(call say,test)
	@node_modules/.bin/vitest run

test-mongodb: build ## The store tests against the server in MONGODB_URI
	@[ -n "$${MONGODB_URI:-}" ] || { echo 'Set MONGODB_URI to a replica set, as in mongodb://127.0.0.1:27017/?replicaSet=rs0'; exit 1; }
	$(call say,test against MONGODB_URI)
	@node_modules/.bin/vitest run --no-file-parallelism tests/store

test-node: build ## All tests on another Node.js: make test-node NODE=24
	$(call say,test on Node.js $(NODE))
	@npx -y -p node@$(NODE) -c 'node --version && node node_modules/vitest/vitest.mjs run'

prove-scheduler: build ## 10,000 instances over 1,000 clusters by a scheduler that is killed five times
	$(call say,prove the scheduler)
	@node --import tsx tests/proof/scheduler.ts

bench: build ## Measure; a table and JSON
	$(call say,bench)
	@node --import tsx tests/bench/main.ts

bench-oakestra: build ## Reports of 3,000 Cluster Managers of Oakestra, every 15 s each (CLUSTERS, BENCH_SECONDS)
	$(call say,bench the reports of Oakestra)
	@node --import tsx tests/bench/oakestra-load.ts

bench-peer: build ## The same load on this manager and on a server that speaks the endpoints of 2021 (PEER_URL)
	$(call say,bench beside a peer)
	@node --import tsx tests/bench/peer.ts

bench-check: build ## Count commands to the store and bytes of orders; fail where there are more than the budget
	$(call say,count)
	@node --import tsx tests/bench/counts.ts

build-simulation: build
	@node_modules/.bin/tsc -p tests/simulation/tsconfig.json

simulate: build-simulation ## Simulate runs full of faults (SEEDS=n), one again (SEED=x), or with deliberate bugs (MUTATIONS=1)
	$(call say,simulate)
	@node dist/simulation/tests/simulation/main.js

chaos: build-simulation ## Kill, pause and cut off real processes under load for CHAOS_SECONDS (120)
	$(call say,chaos)
	@node dist/simulation/tests/chaos/main.js

.PHONY: fuzz overload licences sbom audit

fuzz: build ## Throw REQUESTS (200000) and FRAMES (1000000) at a manager that are wrong (SEED=x), or one again (CASE=kind/n)
	$(call say,fuzz)
	@node --expose-gc --import tsx tests/fuzz/main.ts

overload: build ## Exceed every limit at once for OVERLOAD_SECONDS (60), beside a client that behaves
	$(call say,overload)
	@node --import tsx tests/overload/main.ts

licences: setup ## Write docs/licences.md; fails on a licence that is not allowed
	@node --import tsx scripts/supply-chain.ts licences

sbom: setup ## Write sbom.json (CycloneDX): what runs in production
	@node --import tsx scripts/supply-chain.ts sbom

audit: setup ## Ask the registry for known weaknesses of what runs in production
	@node --import tsx scripts/supply-chain.ts audit

ci: ## What the CI runs: check, test, smoke, and the line with the totals
	@.ci/run
