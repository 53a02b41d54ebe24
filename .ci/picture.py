#!/usr/bin/env python3
"""README's picture: the workbench of the demo, as the mediator sees it, in a real browser.

usage: picture.py PROGRAM FOLDER [PICTURE]

Without PICTURE it is made beside the demo in FOLDER, which shows that it can still be made, and is small enough."""
import base64
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from demo import serving  # noqa: E402
from pages import Browser  # noqa: E402

WIDTH, HEIGHT, LARGEST = 1180, 900, 150_000


def main(program, folder, picture=None):
    picture = pathlib.Path(picture or pathlib.Path(folder) / "workbench.webp")
    with serving(program, pathlib.Path(folder) / "demo") as (_, links):
        browser = Browser("127.0.0.1")
        try:
            browser.prefer("light")
            browser.open(links["helmark"])
            browser.run("document.querySelector('main button').click()")
            until = time.time() + 20
            while not browser.run("return !!document.querySelector('.matrix')") and time.time() < until:
                time.sleep(0.2)
            metrics = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1.5, "mobile": False}
            cdp = browser.session + "/goog/cdp/execute"
            browser.send("POST", cdp, {"cmd": "Emulation.setDeviceMetricsOverride", "params": metrics})
            browser.send("POST", cdp, {"cmd": "Emulation.setScrollbarsHidden", "params": {"hidden": True}})
            shot = {"cmd": "Page.captureScreenshot", "params": {"format": "webp", "quality": 80}}
            bytes_ = base64.b64decode(browser.send("POST", cdp, shot)["data"])
        finally:
            browser.close()
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(bytes_)
    print(f"README's picture: {len(bytes_)} bytes")
    raise SystemExit(0 if len(bytes_) <= LARGEST else 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
