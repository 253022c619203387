"""Run nginx with deploy/nginx.conf before an app; browsers that reach it, and send forms."""

import re
import shutil
import ssl
import subprocess
import time
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests.conftest import REQUIRE_ALL
from tests.faults.server import free_port
from tests.test_headers import check_headers

HOST = "leercultuur.example"
BROWSER = "Merkteken/1.0"
VISITOR = "127.0.0.2"  # on this machine too, but not where anything listens

NEEDS_NGINX = [
    pytest.mark.sqlite,  # the database is not what this is about
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ((shutil.which("nginx") and shutil.which("openssl")) or REQUIRE_ALL),
        reason="nginx or openssl is not there",
    ),
]


@contextmanager
def nginx(app, tmp_path, events=""):
    """Run nginx with our configuration before the app; yield its ports, with and without TLS."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj",
         f"/CN={HOST}", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    secure, plain = free_port(), free_port()
    ours = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
    ours = re.sub(r"listen \[::\]:.*", "", ours)
    ours = ours.replace("listen 443", f"listen 127.0.0.1:{secure}")
    ours = ours.replace("listen 80", f"listen 127.0.0.1:{plain}")
    ours = ours.replace("127.0.0.1:8000", f"127.0.0.1:{app.port}")
    ours = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(tmp_path / "cert.pem"), ours)
    ours = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(tmp_path / "key.pem"), ours)
    ours = ours.replace("/var/log/nginx/", f"{tmp_path}/")
    ours = ours.replace("/opt/leercultuur", str(settings.BASE_DIR))
    places = "".join(
        f"{kind}_temp_path {tmp_path}/nginx-{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; user root; error_log {tmp_path}/start.log;\n"
        f"events {{{events}}}\nhttp {{\ninclude /etc/nginx/mime.types;\n{places}{ours}\n}}\n"
    )
    command = ["nginx", "-e", tmp_path / "start.log", "-c", whole]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command)
    for _ in range(50):
        try:
            ask(secure, "GET", "/healthz")
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield secure, plain
    finally:
        process.terminate()
        process.wait(timeout=20)


def connect(port):
    context = ssl._create_unverified_context()  # noqa: S323, made by this test
    return HTTPSConnection(
        "127.0.0.1", port, timeout=30, context=context, source_address=(VISITOR, 0)
    )


def ask(port, method, path, body=None, **headers):
    """Return the answer and its body, as a browser that trusts our certificate."""
    browser = connect(port)
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        browser.request(method, path, body, {"Host": HOST, "User-Agent": BROWSER} | names)
        answer = browser.getresponse()
        return answer, answer.read()
    finally:
        browser.close()


def ask_without_tls(port, path):
    browser = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        browser.request("GET", path, headers={"Host": HOST})
        return browser.getresponse()
    finally:
        browser.close()


def fill_in(port, team, **headers):
    """Return where the form of this team is sent, and its body and headers."""
    path = team.get_absolute_url()
    answer, page = ask(port, "GET", path)
    cookie = answer.headers["Set-Cookie"].split(";")[0]
    token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', page).group(1).decode()
    body = {"csrfmiddlewaretoken": token, "sleutel": str(uuid.uuid4()), "v1": "ja"}
    headers |= {
        "Content_Type": "application/x-www-form-urlencoded",
        "Cookie": cookie,
        "Origin": f"https://{HOST}",
    }
    return path, urlencode(body | {"v6-tekst": "merkteken-tekst"}), headers


def send(port, form):
    path, body, headers = form
    return ask(port, "POST", path, body, **headers)[0]


def send_form(port, team, **headers):
    return send(port, fill_in(port, team, **headers))


def check_own_headers(answer):
    """What nginx answers by itself has the headers of the app; it only adds its name."""
    assert answer.headers["Server"] == "nginx"
    del answer.headers["Server"]
    check_headers(answer)
