# 两条命令：make run 生成示例月份的全部通报，make test 检查整个项目。
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: run test check bench lock clean help

PERIOD ?= 2022-11
BIN := .venv/bin

# 别处的 Python 设置不得混入。
unexport PYTHONPATH PYTHONHOME

run:  ## 装好缺少的东西，生成 PERIOD（默认 2022-11）的全部通报，放入 outputs/
	@tools/setup.sh run
	@$(BIN)/tongbao run $(PERIOD)

test:  ## 装好缺少的东西，检查格式、写法、类型、分层，并运行全部测试
	@tools/setup.sh test
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest

check:  ## 只检查格式、写法、类型、分层
	@tools/setup.sh run
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench:  ## 与同类工具比较速度，打印一张表
	@tools/setup.sh test
	$(BIN)/python -m benchmarks.run

lock:  ## 依赖有变时重写 requirements.lock
	@tools/setup.sh run
	$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --no-emit-index-url --universal --python-version 3.11 -o requirements.lock

clean:  ## 删除缓存和打包产物（不动 outputs/、.venv、.fonts）
	rm -rf dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

help:  ## 显示本说明
	@sed -n 's/^\([a-z]*\):  ## /  make \1\t/p' Makefile | expand -t 14
