"""The page that hosts the modules: a policy that lets nothing in, and modules that keep to it."""

from __future__ import annotations

import re

import pytest
from tests.sealing.conftest import MODULES, POLICY, Keys

REACH = r"\b((fetch|eval|Function|import|postMessage)\(|(XMLHttpRequest|WebSocket|EventSource|sendBeacon|innerHTML|Math\.random|console)\b)"


@pytest.mark.browser
def test_the_modules_run_under_the_strictest_policy(keys: Keys) -> None:
    assert POLICY == "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'"
    served = keys.page.goto(keys.origin.url)
    assert served is not None and served.headers["content-security-policy"] == POLICY
    keys.page.wait_for_function("document.title === 'loaded'")
    keys.run("await author.authorFrom(author.newSecret());")
    assert [text for text in keys.complaints if "favicon" not in text] == []


@pytest.mark.browser
def test_the_policy_is_in_force(keys: Keys) -> None:
    assert keys.refusal("await fetch('/keys/hpke.js');").startswith("TypeError")
    assert "TrustedHTML" in keys.refusal("document.body.innerHTML = '<p>x</p>';")
    assert "TrustedScriptURL" in keys.refusal("document.createElement('script').src = '/keys/hpke.js';")


@pytest.mark.browser
def test_this_is_a_secure_origin_of_its_own(keys: Keys) -> None:
    assert keys.run("return [isSecureContext, location.hostname];") == [True, "keys.localhost"]


def test_the_modules_reach_for_nothing_outside() -> None:
    for path in MODULES.glob("*.js"):
        text = path.read_text("utf-8")
        code = re.sub(r"`[^`$]*`|^\s*(//|/\*\*).*$", "", text, flags=re.M)  # neither comments nor the list of words
        assert not re.search(REACH, code), path.name
        assert set(re.findall(r'from "([^"]+)"', code)) <= {f"./{other.name}" for other in MODULES.glob("*.js")}, path.name
        assert len(text.splitlines()) <= 180, path.name
