# The commands of the project. `make up` and `make test` are the two a newcomer needs; each sets itself up.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
ON_ALL_CORES := -n auto --dist worksteal
# What a whole file shares (a mail server, a start of LibreOffice, a running Shifan) is made once, on one worker.
BY_FILE := -n auto --dist loadfile
PYTHON ?= python3.11
STAMP := $(VENV)/.shifan-ready
# What an archive of `make wheelhouse` holds for this machine lies here while it is installed.
LAID_OUT := build/wheelhouse
NO_NETWORK := $(if $(OFFLINE),--isolated --no-index --disable-pip-version-check)

# Nothing here phones home.
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
# What is compiled once need not be compiled at each of many starts, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup up test test-fast test-browser test-imap test-office test-postgres lint lock wheelhouse audit sbom bench matrix chaos province soak backtest corpora clean

help: ## 列出这些命令 | this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## ([^|]*) \| (.*)/make \1\t\2\n\t\3/' | expand -t 18

setup: $(STAMP) ## 准备运行环境（.venv，按 requirements.lock）；OFFLINE=离线包：不用网络 | make .venv from requirements.lock; OFFLINE=archive: without a network

# uv is faster and checks the same hashes; pip is enough. The stamp is written last, so a killed set-up starts again:
# from an archive in an emptied environment, and only when all of the archive was found whole.
$(STAMP): requirements.lock pyproject.toml
	@PY=$$(command -v $(PYTHON) || command -v python3.12 || command -v python3); \
	$$PY -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本，当前是 $$($$PY --version)。请安装后再运行，或用 make setup PYTHON=解释器路径 指定。"; exit 1; }; \
	rm -f $(STAMP); \
	echo "正在准备运行环境（只在第一次和升级后）：建立环境、$(if $(OFFLINE),核对离线包,下载)并安装所需的库、预编译，共约一两分钟，网络慢时更久……"; \
	if [ -n "$(OFFLINE)" ]; then \
	  echo "  1/3 正在核对离线包并安装所需的库，不用网络，约一分钟，期间没有别的显示……"; \
	  $$PY -P deployments/wheelhouse/opening.py "$(OFFLINE)" $(LAID_OUT); \
	  $$PY -m venv --clear $(VENV); \
	  $(BIN)/python -m pip install -q $(NO_NETWORK) --find-links $(LAID_OUT) --no-deps --require-hashes -r $(LAID_OUT)/requirements.lock; \
	  rm -r $(LAID_OUT); \
	else \
	  test -x $(BIN)/python || $$PY -m venv $(VENV); \
	  echo "  1/3 正在下载并安装所需的库，约一分钟，期间没有别的显示……"; \
	  if command -v uv >/dev/null 2>&1; then \
	    uv pip install -q --python $(BIN)/python --no-deps --require-hashes -r requirements.lock; \
	  else \
	    $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock; \
	  fi; \
	fi
	@echo "  2/3 正在安装示范本身并核对，约几秒……"
	@$(BIN)/python -m pip install -q $(NO_NETWORK) --disable-pip-version-check --no-deps --no-build-isolation -e .
	@FOUND=$$($(BIN)/python -m pip check) || { echo "$$FOUND"; exit 1; }
	@echo "  3/3 正在预编译，约半分钟……"
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib models notifications tasks flows deployments >/dev/null || true
	@touch $(STAMP)
	@echo "运行环境已准备好"

up: setup ## 启动示范，首次带演示数据；OFFLINE 同上 | start Shifan with the demo campaign; OFFLINE as above
	@$(BIN)/shifan up

test: setup ## 全部测试，不需要浏览器、LibreOffice 和邮件服务器 | every test that needs no browser, no LibreOffice and no mail server
	@$(PYTEST) $(ON_ALL_CORES) -m "not browser and not office and not imap"

test-fast: setup ## 不需要服务的测试 | the tests that need no server
	@$(PYTEST) $(ON_ALL_CORES) -m "not browser and not office and not imap and not server"

test-browser: setup ## 用 chromium 的测试 | the tests that drive chromium
	@$(PYTEST) $(BY_FILE) -m browser

test-imap: setup ## 用真的邮件服务器（dovecot）的测试 | the tests that need a real mail server (dovecot)
	@$(PYTEST) $(BY_FILE) -m imap

test-office: setup ## 用 LibreOffice（Writer 和 Calc）的测试 | the tests that need LibreOffice (Writer and Calc)
	@$(PYTEST) $(BY_FILE) -m office

# A marker `sqlite` says of what is left out why; the summary names it.
test-postgres: setup ## 用到数据库的测试，都在 PostgreSQL 上 | the tests that need a database, on PostgreSQL
	@$(PYTEST) $(ON_ALL_CORES) -m "not browser and not office and not imap" --on postgresql

lint: setup ## 格式和类型检查 | style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lock: ## 重新生成 requirements.lock，带校验值，不含下载网址 | remake requirements.lock with hashes, without index addresses
	@command -v uv >/dev/null 2>&1 || { test -x $(VENV)/lock/bin/uv || { python3 -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q uv; }; }
	@PATH="$(VENV)/lock/bin:$$PATH" uv pip compile pyproject.toml --all-extras --generate-hashes \
	  --no-emit-index-url --no-header --universal --python-version 3.11 -q -o requirements.lock

wheelhouse: setup ## 做一个离线包（dist/），没有网络的电脑用它安装 | make one archive (dist/) that installs without a network
	@$(BIN)/python -m deployments.wheelhouse

audit: setup ## 依赖的库有没有已知漏洞；漏洞库连不上就说没有核对（退出码 3）；OSV=网址：内网里的漏洞库 | known weaknesses of what is locked; 3 where no database answers
	@$(BIN)/python -m deployments.wheelhouse.audit $(OSV)

sbom: setup ## 软件成分清单（dist/，CycloneDX）：办公室安装的每个库、版本、校验值、许可 | the list of parts (dist/, CycloneDX): versions, sums, licences
	@$(BIN)/python -m deployments.wheelhouse.parts_list

bench: setup ## README 里的性能数字，各与同一次运行的底线或对手并列 | the figures of the README, each beside its floor or rival of the same run
	@$(BIN)/python -m tests.tools.bench

matrix: setup ## 通道在 Apprise 1.13 和最新 2.x 上，快的测试在 Python 3.12 和 3.13 上 | the adapter on Apprise 1.13 and the newest 2.x, the fast tests on Python 3.12 and 3.13
	@$(BIN)/python -m tests.tools.matrix

chaos: setup ## 在 SQLite 和 PostgreSQL 上强行结束巡查和发送 500 次，数丢了什么 | kill patrol and delivery 500 times, on SQLite and PostgreSQL; count what was lost
	@$(BIN)/python -m tests.tools.chaos

province: setup ## 在两台 Prefect 服务和四个工作进程上巡查 150 个创建活动，依次强行结束各种进程，数丢了什么 | patrol 150 campaigns on two servers and four workers, kill one of each kind of process; count what was lost
	@$(BIN)/python -m tests.tools.province

soak: setup ## 一个市的三十天快进一遍，看内存和磁盘涨不涨、丢了什么 | thirty days of a city at speed; how memory and disk lean, what was lost
	@$(BIN)/python -m tests.tools.soak_prefect
	@$(BIN)/python -m tests.tools.soak

backtest: setup ## 预计准不准：200 个造出来的活动，截到三个时候各预计一次，与后来的对照 | how true the forecasts were: 200 made-up campaigns, each foreseen at three days, beside what came
	@$(BIN)/python -m tests.tools.backtest

corpora: setup ## DIR=文件夹：里面的文件逐个读一遍、交给各张名册，数丢了什么 | DIR=folder: compile and the five lists over all its files; count what was lost
	@$(BIN)/python -m tests.tools.corpora $(if $(MUTATE),--mutate $(MUTATE)) $(if $(DIR),"$(DIR)")

clean: ## 删去运行环境；var/ 里的数据不动 | forget the venv; var/ stays
	rm -rf $(VENV)
