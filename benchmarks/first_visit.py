"""What a phone loads for the form, the first time and again: `make bench ARGS=--first-visit`."""

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium

from .servers import Server


def measure_first_visit(server: Server, path: str) -> list[dict]:
    """Return the requests and bytes over the wire of a first and of a second visit."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        context = browser.new_context(locale="nl-BE", viewport={"width": 360, "height": 740})
        visits = [_visit(context, f"http://localhost:{server.port}{path}") for _ in range(2)]
        browser.close()
    return visits


def _visit(context, address):
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    asked, loaded = {}, []

    def on_answer(event):
        if not event["response"].get("fromDiskCache"):
            asked[event["requestId"]] = event["response"]["url"]

    def on_end(event):
        if event["requestId"] in asked and event["encodedDataLength"]:
            loaded.append((asked[event["requestId"]], int(event["encodedDataLength"])))

    devtools.on("Network.responseReceived", on_answer)
    devtools.on("Network.loadingFinished", on_end)
    page.goto(address, wait_until="networkidle")
    page.close()
    return {
        "requests": len(loaded),
        "bytes": sum(size for _, size in loaded),
        "files": {url.split("/", 3)[3]: size for url, size in loaded},
    }
