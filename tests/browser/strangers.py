"""A page of another origin that tries what it can, harmlessly, and says what came of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# Each try is a name and an expression that is true when the page got an answer it can read, or when
# the browser says that what was asked for is there.
TRIES = """
async (there) => {
  const api = `${there}/api`;
  const json = { "content-type": "application/json" };
  const read = (path, options = {}) => fetch(path, options).then((r) => r.ok);
  const post = (path, body, headers = json) =>
    read(`${api}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const loads = (tag, name, address) => new Promise((done) => {
    const one = document.createElement(tag);
    one.onload = () => done(true);
    one.onerror = () => done(false);
    setTimeout(() => done(false), 3000);
    one[name] = address;
    document.body.append(one);
  });
  const socket = (path) => new Promise((done) => {
    const one = new WebSocket(`${there.replace("http", "ws")}/api${path}`, "prefect");
    one.onopen = () => done(true);
    one.onerror = one.onclose = () => done(false);
  });
  const [deployment, run, schedule] = window.ids;
  const tries = {
    "read a list": () => post("/deployments/filter", {}),
    "read a list as plain text": () => post("/deployments/filter", {}, { "content-type": "text/plain" }),
    "read with the user's own log-in": () => read(`${api}/admin/version`, { credentials: "include" }),
    "read the settings": () => read(`${there}/ui-settings`),
    "change a description": () => read(`${api}/deployments/${deployment}`,
      { method: "PATCH", headers: json, body: JSON.stringify({ description: "changed" }) }),
    "run": () => post(`/deployments/${deployment}/create_flow_run`, {}),
    "run blindly": () => fetch(`${api}/deployments/${deployment}/create_flow_run`,
      { method: "POST", mode: "no-cors", body: "{}" }).then((r) => r.ok),
    "run by a beacon": () => { navigator.sendBeacon(`${api}/deployments/${deployment}/create_flow_run`, "{}"); return false; },
    "resume": () => post(`/flow_runs/${run}/resume`, {}),
    "cancel": () => post(`/flow_runs/${run}/set_state`, { state: { type: "CANCELLING" } }),
    "switch a schedule off": () => read(`${api}/deployments/${deployment}/schedules/${schedule}`,
      { method: "PATCH", headers: json, body: JSON.stringify({ active: false }) }),
    "register a deployment": () => post("/deployments/", { name: "x", flow_id: run }),
    "make a variable": () => post("/variables/", { name: "x", value: "y" }),
    "open the socket of events": () => socket("/events/out"),
    "open the socket of logs": () => socket("/logs/out"),
    "show as a picture": () => loads("img", "src", `${there}/completed.svg`),
    "run as a script": () => loads("script", "src", `${api}/admin/version`),
    "listen": () => new Promise((done) => {
      const one = new EventSource(`${api}/health`);
      one.onopen = () => done(true); one.onerror = () => { one.close(); done(false); };
    }),
    "log in": () => read(`${there}/in`, { method: "POST", body: "name=x&password=x" }),
    "read the board": () => read(`${there}/`, { credentials: "include" }),
    "show the board as a picture": () => loads("img", "src", `${there}/files/window.css`),
  };
  const said = {};
  for (const [name, one] of Object.entries(tries)) {
    try { said[name] = await one(); } catch { said[name] = false; }
  }
  return said;
}
"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title><body></body>")

    def log_message(self, *_: object) -> None:
        """Say nothing on the tests' terminal."""


@contextmanager
def elsewhere() -> Iterator[int]:
    """Serve an empty page of another origin; yields its port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()
