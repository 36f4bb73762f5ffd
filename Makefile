# Thin: each target calls the real tool. Standing in this folder, `make` starts the demo.

.PHONY: demo test build release bench fmt watch tools

demo:  ## build and start a unit with a year of made-up data on http://127.0.0.1:3000
	@scripts/tools.sh build
	@scripts/demo.sh

test:  ## everything that has to be green
	@scripts/test.sh

build: ## the release binary, with the site inside
	@scripts/tools.sh build
	@scripts/build.sh release

release: ## what is given to others: as build, and known holes in what we link, or that they could not be looked up, stop it
	@scripts/tools.sh ci
	@scripts/test.sh released
	@scripts/build.sh release

bench: ## requests per second and size against the release binary; part=siffror measures one part alone
	@scripts/bench.sh release $(part)

fmt:   ## format the code
	@cargo fmt --all

watch: ## rebuild at every change, restart, and load anew what is open in the browser
	@scripts/tools.sh build
	@node scripts/watch.mjs

tools: ## install what is missing
	@scripts/tools.sh
