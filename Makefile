# `make demo` and `make test` do all their own set-up; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup build demo test kernels bench bench-backends quality format lint docs examples install

SWIFT_FOLDERS := Package.swift Sources Tests Benchmarks Examples
PREFIX ?= $(HOME)/.local

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

demo: ## Ingest documents, ask three questions, print the answers [DOCS=file or folder]
	@Scripts/demo $(if $(DOCS),"$(DOCS)")

test: ## Run every test [FILTER=regular expression]
	@Scripts/test $(if $(FILTER),"$(FILTER)")

kernels: ## Check the arithmetic of the engine on every kind of CPU [SEEDS=number]
	@Scripts/kernels $(SEEDS)

bench: ## Measure, beside the Python peers, and write Benchmarks/results/ [ARGS=--quick]
	@Scripts/bench $(ARGS)

bench-backends: ## Compare the vector backends, and write docs/backends/ [ARGS=--quick]
	@Scripts/bench --parts backends --sizes 10000,100000 $(ARGS)

quality: build ## Measure recall on judged data, and print the tables of docs/quality.md [EVAL=folder ARGS=--write]
	@Scripts/quality "$(EVAL)" $(ARGS)

setup: ## Fetch what Loci needs on this machine
	@Scripts/setup run

build: setup ## Build the `loci` command in release
	@swift build -c release --product loci

format: ## Format the Swift files in place
	@swift format --in-place --recursive $(SWIFT_FOLDERS)

lint: ## Check the format
	@swift format lint --strict --recursive $(SWIFT_FOLDERS)

docs: setup ## Build the documentation into .build/docs; a warning is an error
	@Scripts/docs

examples: setup ## Build and run the examples
	@Scripts/examples

install: build ## Put the `loci` command into PREFIX/bin [PREFIX=~/.local]
	@Scripts/install "$$(swift build -c release --show-bin-path)/loci" "$(PREFIX)"
