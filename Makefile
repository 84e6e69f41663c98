# Every target sets up what it needs in .venv, with uv where it is installed, else with pip.

VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest --quiet -n auto
DOCTOR := $(VENV)/bin/codegpt-doctor
PYTHON ?=
UV := $(shell command -v uv 2>/dev/null)
ifdef UV
INSTALL := uv pip install --quiet --python $(PY)
else
INSTALL := $(PY) -m pip install --quiet --quiet --disable-pip-version-check
endif

# The tests start hundreds of programs, each of which would compile all of its modules again
unexport PYTHONDONTWRITEBYTECODE

PURE := certifi click python-dotenv 'requests[socks]' truststore urllib3
SCRIPTS := docs/_builder/javascript
FAILURES := openai/credit_balance_exhausted anthropic/invalid_api_key google/free_tier_exhausted \
	openai/connection_refused
export PASTED := openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached \
for gpt-4o on tokens per min (TPM): Limit 30000, Used 29500, Requested 1200.', 'type': 'tokens', \
'param': None, 'code': 'rate_limit_exceeded'}}

# Prints the Python to use: the first one that runs, is new enough and can make an environment.
define FIND_PYTHON
for name in $(or $(PYTHON),python3.14 python3.13 python3.12 python3.11 python3); do \
	"$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		&& { command -v "$$name"; exit 0; }; \
done; \
echo 'Python 3.11 or newer, with its venv module, is needed and was not found.' \
	'On Debian and Ubuntu: apt install python3-venv' >&2; exit 1
endef

.DEFAULT_GOAL := help
.PHONY: help demo lint check quick check-js age test test-all mutants docs offline zipapp dist packages sbom serve clean python
.DELETE_ON_ERROR:

help:
	@echo 'make demo       show what the doctor says, against the simulator; no key, no network'
	@echo 'make check      lint, types and the quick tests, in about a minute'
	@echo 'make test       also the slow tests, in about four minutes'
	@echo 'make test-all   every test, and the coverage'
	@echo 'make mutants    break the program one line at a time: does a test notice?'
	@echo 'make check-js   check the types in the scripts of the site; needs npm'
	@echo 'make docs       build the site into site/'
	@echo 'make offline    build the site for use without a network into build/site/'
	@echo 'make age        list the facts that were last checked more than 120 days ago'
	@echo 'make zipapp     make the program as one file, dist/codegpt-doctor.pyz'
	@echo 'make dist       make the files of a release: wheel, source archive and the one file'
	@echo 'make packages   make a Debian package, and recipes for other package managers'
	@echo 'make sbom       list the parts of the program in dist/codegpt-doctor.cdx.json'
	@echo 'make serve      serve the site on this machine, and rebuild it at every change'
	@echo 'make clean      remove .venv and everything that was built'

demo: $(VENV)/.runtime
	@printf '\n== A healthy provider\n\n$$ codegpt-doctor check --simulate healthy\n'
	@$(DOCTOR) check --simulate healthy
	@for one in $(FAILURES); do \
		provider=$${one%/*}; error=$${one#*/}; \
		printf '\n== %s, failing with %s\n\n' "$$provider" "$$error"; \
		printf '$$ codegpt-doctor check --provider %s --simulate %s\n' "$$provider" "$$error"; \
		$(DOCTOR) check --provider "$$provider" --simulate "$$error"; code=$$?; \
		[ $$code -eq 1 ] || { echo "exit code $$code, not 1"; exit 1; }; \
	done
	@printf '\n== An error that a program printed\n\n$$ codegpt-doctor explain "%s"\n\n' "$$PASTED"
	@$(DOCTOR) explain "$$PASTED"

lint: $(VENV)/.dev
	@echo '== ruff check'; $(PY) -m ruff check --quiet
	@echo '== ruff format --check'; $(PY) -m ruff format --check --quiet
	@echo '== mypy'; $(PY) -m mypy --no-error-summary

# Lint beside the tests, as each of its tools keeps one processor busy and no more.
check: $(VENV)/.dev
	@$(MAKE) --no-print-directory --jobs=2 lint quick

quick: $(VENV)/.dev
	@echo '== pytest, the quick tests'; $(PYTEST) -m 'not slow and not full'

test: $(VENV)/.dev
	@echo '== pytest'; $(PYTEST) -m 'not full'

test-all: lint $(VENV)/.full build/clients/.installed
	@echo '== pytest, every test'; $(PYTEST) --cov --cov-report=

mutants: $(VENV)/.dev
	$(PY) tests/mutants.py

check-js: build/javascript/.installed
	@echo '== tsc'; build/javascript/node_modules/.bin/tsc --project $(SCRIPTS)

build/javascript/.installed: $(SCRIPTS)/package.json
	@mkdir -p build/javascript && cp $(SCRIPTS)/package.json build/javascript
	@npm --prefix build/javascript install --no-audit --no-fund --no-package-lock --silent
	@touch $@

build/clients/.installed: tests/classify/world/package.json
	@mkdir -p build/clients && cp $< build/clients
	@! command -v npm >/dev/null || npm --prefix build/clients install --no-audit --no-fund \
		--no-package-lock --silent
	@touch $@

docs: $(VENV)/.dev
	$(PY) -m docs._builder --site site

offline: $(VENV)/.dev
	$(PY) -m docs._builder --offline --site build/site

age: $(VENV)/.dev
	@$(PY) -m docs._builder.age

# One file for every system: what is compiled cannot be loaded from an archive, and stays out.
zipapp: $(VENV)/.runtime
	@rm -rf build/zipapp && mkdir -p dist
	@$(INSTALL) --target build/zipapp --no-deps .
	@$(INSTALL) --target build/zipapp --no-binary charset-normalizer $(PURE)
	@rm -rf build/zipapp/bin build/zipapp/share
	@find build/zipapp -name __pycache__ -prune -exec rm -rf {} +
	$(PY) -m zipapp build/zipapp --compress --python '/usr/bin/env python3' \
		--main codegpt_doctor.__main__:main --output dist/codegpt-doctor.pyz

dist: $(VENV)/.dev zipapp
	@$(PY) -m hatchling build

# What package managers read: of the files of a release, and for Debian the package itself.
packages: dist
	@rm -rf build/packages
	$(PY) integrations/packages/make.py dist build/packages

# What is in the program as it is installed, in the format of CycloneDX: of an environment of its own.
sbom: $(VENV)/.release
	@rm -rf build/sbom && $(PY) -m venv build/sbom
	@build/sbom/bin/python -m pip install --quiet --disable-pip-version-check .
	@build/sbom/bin/python -m pip uninstall --quiet --yes pip setuptools
	@mkdir -p dist
	$(PY) -m cyclonedx_py environment build/sbom/bin/python --output-reproducible \
		--output-file dist/codegpt-doctor.cdx.json

serve: $(VENV)/.dev
	$(PY) -m docs._builder --serve

clean:
	rm -rf $(VENV) site dist build .mypy_cache .pytest_cache .ruff_cache .coverage*
	find codegpt_doctor tests docs -name __pycache__ -prune -exec rm -rf {} +

# The stamps: what is installed is installed again only when pyproject.toml changes.
$(VENV)/.runtime: pyproject.toml | $(PY)
	@echo '== installing codegpt-doctor into $(VENV)'
	@$(INSTALL) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(PY)
	@echo '== installing codegpt-doctor and its development tools into $(VENV)'
	@$(INSTALL) --editable . --group dev
	@touch $(VENV)/.runtime $@

$(VENV)/.full: $(VENV)/.dev
	@echo '== installing what only `make test-all` needs into $(VENV)'
	@$(INSTALL) --group full
	@touch $@

$(VENV)/.release: $(VENV)/.dev
	@echo '== installing what makes a release into $(VENV)'
	@$(INSTALL) --group release
	@touch $@

$(PY):
ifdef UV
	@echo '== making $(VENV) with uv'
	@uv venv --quiet --allow-existing --python '$(or $(PYTHON),>=3.11)' $(VENV)
else
	@found=$$($(FIND_PYTHON)) || exit 1; \
	echo "== making $(VENV) with $$found"; \
	"$$found" -m venv $(VENV) && $(INSTALL) --upgrade 'pip>=25.1'
endif

python:
	@$(FIND_PYTHON)
