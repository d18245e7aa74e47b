"""A small stand-in for the Hugging Face hub, for tests on loopback.

    hub_server.py FOLDER

FOLDER/repos/ORG/NAME holds the files of a model's one commit. Two ports are opened, the hub's and
that of the host which it redirects to for large files, and printed on one line. Every request is
appended to FOLDER/log.jsonl. FOLDER/faults.json, if there, is a list of faults, tried in order:
{"file": "...", "method": "GET", "kind": "drop" | "status" | "damage" |
 "slow" | "whole" | "stall" | "loop", "after": bytes, "status": 500, "times": 1}.
The server ends when its standard input does.
"""

import hashlib
import http.server
import json
import os
import sys
import threading
import time

ROOT = sys.argv[1]
REPOS = os.path.join(ROOT, "repos")
LARGE = (".safetensors", ".onnx")
LOCK = threading.Lock()
USED = {}
CDN = None


def read(path):
    with open(path, "rb") as file:
        return file.read()


def git_hash(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def commit_of(model):
    return hashlib.sha1(model.encode()).hexdigest()


def files_of(folder):
    for base, _, names in os.walk(folder):
        for name in names:
            yield os.path.relpath(os.path.join(base, name), folder)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    host = "hub"

    def do_GET(self):
        self.answer()

    def do_HEAD(self):
        self.answer()

    def log_message(self, *arguments):
        pass

    def record(self, **more):
        entry = {
            "host": self.host,
            "method": self.command,
            "path": self.path,
            "range": self.headers.get("Range"),
            "token": self.headers.get("Authorization"),
            **more,
        }
        with LOCK, open(os.path.join(ROOT, "log.jsonl"), "a") as log:
            log.write(json.dumps(entry) + "\n")

    def fault(self, name):
        path = os.path.join(ROOT, "faults.json")
        faults = json.loads(read(path)) if os.path.exists(path) else []
        with LOCK:
            for number, fault in enumerate(faults):
                fits = fault.get("file", name) == name and (
                    fault.get("method", "GET") == self.command
                )
                if fits and USED.get(number, 0) < fault.get("times", 1):
                    USED[number] = USED.get(number, 0) + 1
                    return fault
        return {}

    def head(self, status, length, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def simple(self, status, body=b"", headers=()):
        self.record(status=status, sent=0)
        self.head(status, len(body), headers)
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer(self):
        parts = self.path.split("?")[0].strip("/").split("/")
        if self.host == "cdn":
            model, name = "/".join(parts[:2]), "/".join(parts[2:])
            return self.send_file(model, name, [("ETag", '"of-another-kind"')])
        if parts[0] == "api" and parts[1] == "models":
            return self.send_listing("/".join(parts[2:4]))
        if parts[0] == "api" and parts[1] == "resolve-cache":
            model, name = "/".join(parts[3:5]), "/".join(parts[6:])
            return self.send_small(model, name)
        if len(parts) > 4 and parts[2] == "resolve":
            return self.resolve("/".join(parts[:2]), parts[3], "/".join(parts[4:]))
        self.simple(404)

    def send_listing(self, model):
        folder = os.path.join(REPOS, model)
        fault = self.fault("listing")
        if fault.get("kind") == "status":
            return self.simple(fault["status"])
        if fault.get("kind") == "loop":
            return self.simple(302, headers=[("Location", self.path)])
        if not os.path.isdir(folder):
            return self.simple(404)
        listing = {
            "id": model,
            "sha": commit_of(model),
            "siblings": [{"rfilename": name} for name in sorted(files_of(folder))],
        }
        self.simple(200, json.dumps(listing).encode())

    def resolve(self, model, commit, name):
        path = os.path.join(REPOS, model, name)
        if commit not in ("main", commit_of(model)) or not os.path.isfile(path):
            return self.simple(404)
        headers = [("X-Repo-Commit", commit_of(model))]
        if name.endswith(LARGE):
            content = read(path)
            digest = hashlib.sha256(content).hexdigest()
            headers += [
                ("X-Linked-Etag", '"%s"' % digest),
                ("X-Linked-Size", str(len(content))),
                ("ETag", '"not-the-blob"'),
                ("Location", "http://127.0.0.1:%d/%s/%s" % (CDN, model, name)),
            ]
            return self.simple(302, b"Found", headers)
        target = "/api/resolve-cache/models/%s/%s/%s" % (model, commit_of(model), name)
        self.simple(307, b"Temporary", headers + [("Location", target)])

    def send_small(self, model, name):
        content = read(os.path.join(REPOS, model, name))
        headers = [("X-Repo-Commit", commit_of(model)), ("ETag", '"%s"' % git_hash(content))]
        self.send_file(model, name, headers)

    def send_file(self, model, name, headers):
        content = read(os.path.join(REPOS, model, name))
        fault = self.fault(name)
        kind = fault.get("kind")
        if kind == "status":
            return self.simple(fault["status"])
        if kind == "stall":
            self.record(status=0, sent=0)
            return time.sleep(60)
        if kind == "damage":
            middle = len(content) // 2
            content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        start, status, total = 0, 200, len(content)
        wanted = self.headers.get("Range")
        if wanted and kind != "whole":
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            if start >= total:
                return self.simple(416, headers=[("Content-Range", "bytes */%d" % total)])
            status = 206
            headers = headers + [
                ("Content-Range", "bytes %d-%d/%d" % (start, total - 1, total))
            ]
        body = content[start:]
        sent = body[: fault["after"]] if kind == "drop" else body
        if self.command == "HEAD":
            sent = b""
        self.record(status=status, sent=len(sent))
        self.head(status, len(body), headers)
        self.send_body(sent, fault if kind == "slow" else {})
        if len(sent) < len(body) and self.command != "HEAD":
            self.close_connection = True

    def send_body(self, body, slow):
        step = slow.get("after") or max(len(body), 1)
        for offset in range(0, len(body), step):
            if offset:
                time.sleep(0.1)
            self.wfile.write(body[offset : offset + step])


class CDNHandler(Handler):
    host = "cdn"


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


def serve(handler):
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


CDN = serve(CDNHandler)
print(serve(Handler), CDN, flush=True)
sys.stdin.read()
