import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { HttpError, NOT_MODIFIED, ProtocolError, restProvider } from "statesync";

let server;
let base;
let requests;
let answer;

before(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}/statesync`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  requests = [];
  answer = serve("42", { tea: "3.20" });
});

const serve = (revision, data) => (request, response) => {
  const etag = `"${revision}-abc"`;
  if (request.headers["if-none-match"] === etag) return response.writeHead(304, { ETag: etag }).end();
  response
    .writeHead(200, { ETag: etag, "Content-Type": "application/json", "Cache-Control": "no-cache" })
    .end(JSON.stringify({ revision, data }));
};

const refuse = (status, body, headers) => (_, response) =>
  response.writeHead(status, { "Content-Type": "application/problem+json", ...headers }).end(body);

const read = (provider, known, signal = new AbortController().signal) =>
  provider.getSnapshot({ topic: "feature.flags", known, signal });

test("SP-01: reads a snapshot at the topic's address", async () => {
  const provider = restProvider(base);
  assert.deepEqual(await read(provider), { revision: "42", data: { tea: "3.20" } });
  assert.equal(requests[0].url, "/statesync/snapshots/feature~2eflags");
  assert.equal(requests[0].headers.accept, "application/json");
});

test("SP-02: sends the tag that it received with exactly what is known, and no other", async () => {
  const provider = restProvider(`${base}/`);
  await read(provider);
  assert.equal(await read(provider, "42"), NOT_MODIFIED);
  assert.equal((await read(provider, "41")).revision, "42");
  assert.equal((await read(provider, undefined)).revision, "42");
  assert.deepEqual(
    requests.map(({ headers }) => headers["if-none-match"]),
    [undefined, '"42-abc"', undefined, undefined],
  );
  answer = serve("43", {});
  assert.equal((await read(provider, "42")).revision, "43");
});

for (const [status, detail] of [
  [404, "no such topic is exposed here"],
  [401, "log in first"],
  [403, "this user may not read this topic"],
  [500, "the state cannot be written as JSON"],
]) {
  test(`SP-03: ${status} is an error with the words of the source`, async () => {
    answer = refuse(status, JSON.stringify({ status, detail }));
    await assert.rejects(read(restProvider(base)), (error) => {
      assert.ok(error instanceof HttpError);
      assert.equal(error.status, status);
      assert.equal(error.message, `snapshots/feature~2eflags: ${status} ${detail}`);
      assert.equal(error.retryAfter, undefined);
      return true;
    });
  });
}

test("SP-03: an error without words has those of its status", async () => {
  answer = refuse(502, "<html>", { "Content-Type": "text/html" });
  await assert.rejects(read(restProvider(base)), { status: 502, message: /502 Bad Gateway/ });
});

test("SP-03: 503 says when to come again", async () => {
  answer = refuse(503, "{}", { "Retry-After": "4" });
  await assert.rejects(read(restProvider(base)), { status: 503, retryAfter: 4000 });
});

test("SP-03: what is no JSON is against the protocol: a login page, a body that is cut short", async () => {
  answer = (_, response) =>
    response.writeHead(200, { "Content-Type": "text/html" }).end("<!DOCTYPE html><h1>Log in</h1>");
  await assert.rejects(read(restProvider(base)), (error) => {
    assert.ok(error instanceof ProtocolError);
    assert.match(error.message, /feature~2eflags answered no JSON: <!DOCTYPE html>/);
    return true;
  });
  answer = (_, response) => response.writeHead(200, { "Content-Type": "application/json" }).end('{"revision":"42","da');
  await assert.rejects(read(restProvider(base)), ProtocolError);
  answer = (_, response) => response.writeHead(200, { "Content-Length": "100" }).end("{", () => response.destroy());
  await assert.rejects(read(restProvider(base)));
});

test("SP-03: a connection that is refused is an error", async () => {
  await assert.rejects(read(restProvider("http://127.0.0.1:1/statesync")));
});

test("a request is given up with its signal", async () => {
  const abort = new AbortController();
  const reason = new Error("too slow");
  answer = () => abort.abort(reason);
  await assert.rejects(read(restProvider(base), undefined, abort.signal), reason);
});

test("P8: revisions of many topics in one request", async () => {
  answer = (_, response) => response.end('{"a b":"1","c&d":"2"}');
  assert.deepEqual(await restProvider(base).current(["a b", "c&d"]), { "a b": "1", "c&d": "2" });
  assert.equal(requests.length, 1);
  assert.deepEqual(new URL(requests[0].url, base).searchParams.getAll("topic"), ["a b", "c&d"]);
});

test("each request is sent with what the page says", async () => {
  let token = 0;
  const provider = restProvider(base, {
    request: async () => ({ headers: { Authorization: `Bearer ${++token}` }, credentials: "include" }),
  });
  await read(provider);
  await provider.current(["a"]);
  assert.deepEqual(
    requests.map(({ headers }) => headers.authorization),
    ["Bearer 1", "Bearer 2"],
  );
});

test("with a tag of ours the browser's cache is left out, without one it is asked again", async () => {
  const modes = [];
  const provider = restProvider(base, {
    fetch: (url, init) => {
      modes.push(init.cache);
      return fetch(url, init);
    },
  });
  await read(provider);
  await read(provider, "42");
  assert.deepEqual(modes, ["no-cache", "no-store"]);
});
