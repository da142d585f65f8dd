# Universal Node. Run as root: the node works with namespaces, cgroups and eBPF.

.PHONY: demo test build packages clean

demo: packages ## builds, and runs a service graph of native functions on real traffic
	@scripts/demo

test: packages ## builds, and passes every test
	@scripts/test

build: packages ## builds into dist/
	@scripts/build

packages: ## installs the Debian packages that are missing
	@scripts/install-packages

clean: ## removes everything that was built
	@rm -rf dist
	@find . -name target -type d -prune -exec rm -rf {} +
