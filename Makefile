# The project's commands. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
SWIFT_BUILD := swift build --build-tests --explicit-target-dependency-import-check error

.PHONY: help
help: # List the commands
	@grep -E '^[a-z-]+:.*# ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*# (.*)/  make \1\t\2/' | expand -t 26

.PHONY: demo
demo: system-packages # Build, then back up an instance of the embedded local Azure
	@echo "Building (the first time takes some minutes) ..."
	@$(SWIFT_BUILD) 2>&1 | scripts/build-progress
	@.build/debug/apim-backup demo

.PHONY: test
test: system-packages # Build and run all tests, at the end good and bad nights of real daemons, and the commands of the documentation
	@$(SWIFT_BUILD) 2>&1 | scripts/build-progress
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=24 swift test --skip-build
	@scripts/serve-nights --nights 2
	@scripts/serve-alarms
	@scripts/check-commands

.PHONY: check
check: system-packages # All that CI runs: format, imports, sizes, docs, assumptions, mutations, the tests, deploy/, then Azure's own clients
	scripts/check-format
	scripts/check-imports
	scripts/check-effects
	scripts/check-sizes
	scripts/check-docs
	scripts/check-tests
	scripts/assumptions --check
	scripts/check-alerts
	scripts/mutations --check
	scripts/mutate-simulation --check
	$(MAKE) test
	$(MAKE) check-deploy
	$(MAKE) check-image
	$(MAKE) clients

.PHONY: clients
clients: system-packages # Hold the local Azure to Azure's own CLI and SDKs, in environments made for it
	@scripts/clients

.PHONY: format
format: # Format all Swift sources
	git ls-files -z --cached --others --exclude-standard '*.swift' | xargs -0 swift format format --in-place --parallel

.PHONY: release
release: system-packages # Build both programs, statically linked with Swift; the last two lines say where they are
	@swift build --configuration release --static-swift-stdlib --product apim-backup 2>&1 | scripts/build-progress
	@swift build --configuration release --static-swift-stdlib --product azure-emulator 2>&1 | scripts/build-progress
	@strip --strip-all -o .build/release/apim-backup.stripped .build/release/apim-backup
	@strip --strip-all -o .build/release/azure-emulator.stripped .build/release/azure-emulator
	@mkdir -p .build/dist
	@mv .build/release/apim-backup.stripped .build/dist/apim-backup
	@mv .build/release/azure-emulator.stripped .build/dist/azure-emulator
	@echo "$(CURDIR)/.build/dist/apim-backup"
	@echo "$(CURDIR)/.build/dist/azure-emulator"

.PHONY: mutations
mutations: # Disable each named check in turn, and count the tests that turn red
	scripts/mutations

.PHONY: chaos
chaos: system-packages # Kill the real program 1,000 times at random moments, and compare its records with Azure's account
	@$(SWIFT_BUILD) 2>&1 | scripts/build-progress
	@scripts/chaos $(CHAOS)

.PHONY: simulate
simulate: system-packages # Simulate 1,000 years of nights with misfortunes, from a fresh seed (release build)
	@swift build --configuration release --static-swift-stdlib --product simulate 2>&1 | scripts/build-progress
	@.build/release/simulate --years 1000

.PHONY: status-cost
status-cost: system-packages # Print how many calls `status` takes: 40 and 1,000 instances, one night and ten years
	@$(SWIFT_BUILD) 2>&1 | scripts/build-progress
	@STATUS_COST=1 swift test --skip-build --filter StatusCostTests 2>&1 | grep '^status-cost'

.PHONY: mutate-simulation
mutate-simulation: # Plant named bugs one at a time, and see that the simulation or a named test finds each
	scripts/mutate-simulation

.PHONY: check-release
check-release: # See that the released program, linked statically, finds all time zones
	scripts/check-zones

.PHONY: check-deploy
check-deploy: # Verify the units, manifests, chart, templates and pipelines in deploy/, by the rules of checkov too, and run the alerts' queries
	scripts/check-deploy
	scripts/helm-chart --check
	scripts/check-policies
	scripts/check-queries

.PHONY: check-image
check-image: # Run the program in the root of its image, as its user, read-only, without Docker (as root)
	scripts/check-image

.PHONY: release-files
release-files: release # Make the archive of a release with its SBOM and checksums
	scripts/release

.PHONY: cron-differential
cron-differential: system-packages # Compare a million schedules in all time zones with the Python library cronsim
	@scripts/cron-differential $(CRON)

.PHONY: measure
measure: # Measure the start-up of the release build against the local Azure
	scripts/measure

.PHONY: measure-inventory
measure-inventory: # Measure inventories of 100 APIs with 20 operations, under the limits of calls that Azure documents (release build)
	scripts/measure-inventory

.PHONY: measure-serve
measure-serve: # Measure the daemon: 10,000 schedules at their times, and ten idle minutes with 100 instances (release build)
	@swift build --configuration release --static-swift-stdlib --product schedule-load 2>&1 | scripts/build-progress
	scripts/measure-schedules
	scripts/measure-idle

.PHONY: serve-nights
serve-nights: system-packages # Let real daemons work through weeks of nights and both changes of the clocks, killed and stopped meanwhile
	@$(SWIFT_BUILD) 2>&1 | scripts/build-progress
	@scripts/serve-nights $(NIGHTS)

.PHONY: serve-alarms
serve-alarms: system-packages # See whom real daemons tell what, and when: bad nights, fifty instances at once, and a year of clean nights
	@$(SWIFT_BUILD) 2>&1 | scripts/build-progress
	@scripts/serve-alarms $(or $(ALARMS),steady fleet doctor year)

.PHONY: emulator-measure
emulator-measure: # Measure the local Azure: its start, and its memory over 200,000 requests
	scripts/emulator-measure

.PHONY: system-packages
system-packages:
	@scripts/system-packages
