"""Drafts are confidential: whatever the machine is set up to trace, log or print, nothing of one leaves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from asking import ARTICLE_WORDS, KEY
from fault_server import FaultServer, status

HERE = Path(__file__).parent

PROGRAM = """
import asyncio, logging, sys
sys.path.insert(0, {here!r})
heard = []
class Ear(logging.Handler):
    def emit(self, record):
        heard.append(record.name + ": " + record.getMessage() + str(record.args) + str(record.exc_info))
logging.basicConfig(level=logging.DEBUG, handlers=[Ear(), logging.StreamHandler()])
{before}
from asking import a_request, adapter
from briefs.llm.clock import FakeClock
async def main():
    asyncio.get_running_loop().slow_callback_duration = 0  # asyncio's debug mode tells of every task then
    model = adapter({url!r}, clock=FakeClock())
    for _ in range(2):
        reply = await model.ask(a_request())
    await model.close()
    print("answered", reply.text, reply.failure)
asyncio.run(main())
print("heard", heard)
"""

LOUD_HOST = """
import openai, langchain_openai, httpx2
from langchain_core.globals import set_debug, set_verbose
set_debug(True)
set_verbose(True)
for name in ("openai", "openai._base_client", "httpx2", "httpcore2.http11", "langchain_core", "asyncio"):
    logging.getLogger(name).setLevel(logging.DEBUG)
"""

TRACED = {
    "LANGSMITH_TRACING": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_TRACING_V2": "true",
    "LANGCHAIN_TRACING": "true",
    "LANGSMITH_API_KEY": "lsv2_pt_0123",
    "LANGCHAIN_API_KEY": "lsv2_pt_0123",
    "LANGSMITH_PROJECT": "p",
}
LOGGED = {
    "OPENAI_LOG": "debug",
    "LANGCHAIN_DEBUG": "true",
    "LANGCHAIN_VERBOSE": "true",
    "HTTPX_LOG_LEVEL": "debug",
    "PYTHONASYNCIODEBUG": "1",
}


@pytest.mark.parametrize("before", ["", LOUD_HOST], ids=["as it is", "in a program that logs all"])
def test_no_trace_no_log_no_print(before: str) -> None:
    """With every switch for tracing and debugging on, a call reaches its server and nothing else."""
    echo = status(400, error={"message": f"bad: {ARTICLE_WORDS} {KEY}"})
    with FaultServer([echo], lambda _: "fine") as server, FaultServer() as spy:
        elsewhere = {
            "LANGSMITH_ENDPOINT": spy.url,
            "LANGCHAIN_ENDPOINT": spy.url,
            "LANGSMITH_GATEWAY": spy.url,
        }
        outcome = run(
            PROGRAM.format(here=str(HERE), before=before, url=server.url), TRACED | LOGGED | elsewhere
        )
        assert len(server.requests) == 2
        assert ARTICLE_WORDS in json.dumps(server.requests[0].body)
        assert spy.requests == []
    told = outcome.stdout + outcome.stderr
    assert "answered fine None" in told
    heard = told.split("heard ", 1)[1].split("\n", 1)[0]
    for library in ("openai", "httpx2", "httpcore2", "langchain", "langsmith", "tenacity"):
        assert f"'{library}" not in heard  # what a library logs today may hold a body tomorrow
    assert ARTICLE_WORDS not in told
    assert KEY not in told


def test_the_environment_does_not_redirect_a_draft() -> None:
    """Only what briefs itself shows decides where a draft goes and whose account it is on."""
    program = PROGRAM.format(here=str(HERE), before="", url="{url}")
    with FaultServer(answer=lambda _: "fine") as server, FaultServer() as spy:
        proxies = dict.fromkeys(
            ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "OPENAI_PROXY"), f"http://127.0.0.1:{spy.port}"
        )
        environment = proxies | {
            "OPENAI_BASE_URL": spy.url,
            "OPENAI_API_BASE": spy.url,
            "OPENAI_API_KEY": "sk-of-the-environment",
            "OPENAI_ADMIN_KEY": "sk-admin",
            "OPENAI_ORG_ID": "org-of-the-environment",
            "OPENAI_PROJECT_ID": "project-of-the-environment",
            "OPENAI_CUSTOM_HEADERS": "X-Elsewhere: yes",
            "LANGSMITH_GATEWAY": spy.url,
        }  # fmt: skip
        outcome = run(program.replace("{url}", server.url), environment)
        assert "answered fine None" in outcome.stdout
        assert spy.requests == []
        for request in server.requests:
            assert request.headers["authorization"] == f"Bearer {KEY}"
            assert set(request.headers) == {
                "host", "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type",
                "user-agent",
            }  # fmt: skip
            assert "environment" not in str(request.headers)


def run(program: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program in an environment of its own."""
    clean = {name: value for name, value in os.environ.items() if "LANG" not in name and "OPENAI" not in name}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
