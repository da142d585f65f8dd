# Universal Node. Run as root: the node works with namespaces, cgroups and eBPF.

.PHONY: demo test build bench bench-table4 fuzz differential sim crash image packages clean

demo: packages ## builds, and runs a service graph on real traffic; CHAIN=mixed: in three environments
	@scripts/demo

test: packages ## builds, and passes every test
	@scripts/test

build: packages ## builds into dist/
	@scripts/build

bench: packages ## measures; ONLY=regex chooses figures by name, CYCLES=n, REQUESTS=n
	@scripts/bench '$(ONLY)'

bench-table4: packages ## the paper's table IV: an IPsec client as process, native function, container and VM
	@scripts/bench '^ipsec client'

fuzz: packages ## feeds the readers with made-up texts for SECONDS
	@scripts/fuzz '$(or $(SECONDS),3600)'

differential: packages ## compares the switch with the reference in CASES random cases; SEED=number again
	@scripts/differential '$(or $(CASES),1000000)' $(SEED)

sim: packages ## lives through random histories of a node: SEED=number, COUNT=how many from there
	@scripts/sim '$(or $(SEED),1)' '$(or $(COUNT),1)'

crash: packages ## kills a node at every step of every operation; SEED=number again
	@scripts/crash $(SEED)

image: build ## builds an installation with a Java of its own into image/, and an archive of it
	@scripts/image

packages: ## installs the Debian packages that are missing
	@scripts/install-packages

clean: ## removes everything that was built
	@rm -rf dist image
	@find . -name target -type d -prune -exec rm -rf {} +
