// node host.mjs CONFIG PORT STATE SETTINGS DOCUMENTS: the Worker of wrangler.jsonc, with its static files,
// database, cache, bucket, queue and cron in the real workerd, and its Python in Pyodide.
// Says one line of JSON when it serves; `control` there is for the tests alone.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as read } from "wrangler";
import * as bindings from "./bindings.mjs";
import { FILES, FRONT, GATEWAY } from "./gateway.mjs";
import { startPython } from "./python.mjs";

const [config, port, state, settings, documents] = process.argv.slice(2);
const { workerOptions: options, main } = read(config);
const pick = (...names) => Object.fromEntries(names.map((name) => [name, options[name]]));
options.d1Databases = { ...options.d1Databases, CONTRACT: "contract" }; // of the contract tests
const DATE = "2026-07-01"; // what this workerd knows; the Python's own date is in the configuration

let python;
const messages = ({ messages }, said) =>
  messages.map((message) => ({
    ...message,
    ack: () => (said[message.id] = "ack"),
    retry: () => (said[message.id] = "retry"),
  }));
async function hand(request) {
  const url = new URL(request.url);
  if (url.host === "python.internal") {
    const said = {};
    const content = await request.json();
    if (url.pathname === "/scheduled") await python.scheduled(content);
    else await python.queue({ queue: content.queue, messages: messages(content, said) });
    return Response.json(said);
  }
  const { method, headers } = request;
  const body = ["GET", "HEAD"].includes(method) ? undefined : await request.arrayBuffer();
  // The address as the caller wrote it: a name in the URL must not turn into another one.
  const answer = await python.fetch(new Request(request.url, { method, headers, body }));
  return new Response(answer.body, answer);
}

const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: Number(port),
  unsafeTriggerHandlers: true,
  defaultPersistRoot: path.join(state, "v3"),
  workers: [
    {
      ...pick("assets", "queueConsumers"),
      name: "front",
      modules: true,
      script: FRONT,
      compatibilityDate: DATE,
      serviceBindings: {
        PYTHON: (request) =>
          hand(request).catch((error) => new Response(`${error.message}`, { status: 500 })),
      },
    },
    {
      ...pick("d1Databases", "kvNamespaces", "r2Buckets", "queueProducers", "ratelimits", "images"),
      name: "gateway",
      modules: true,
      script: GATEWAY,
      compatibilityDate: DATE,
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    },
    {
      name: "documents", // as wrangler built it into that folder
      rootPath: documents,
      scriptPath: "worker.js",
      modules: true,
      modulesRules: [
        { type: "ESModule", include: ["**/*.js"] },
        { type: "Data", include: ["**/*.ttf"] },
        { type: "Text", include: ["**/*.typ"] },
        { type: "CompiledWasm", include: ["**/*.wasm"] },
      ],
      compatibilityDate: DATE,
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    },
    {
      ...pick("assets"),
      name: "files",
      modules: true,
      script: FILES,
      compatibilityDate: DATE,
      unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    },
  ],
});
await miniflare.ready;
const gateway = new bindings.Gateway(await miniflare.unsafeGetDirectURL("gateway"));

const kinds = {
  d1Databases: bindings.D1Database,
  kvNamespaces: bindings.KvNamespace,
  r2Buckets: bindings.R2Bucket,
  queueProducers: bindings.WorkerQueue,
  ratelimits: bindings.Ratelimit,
  analyticsEngineDatasets: bindings.AnalyticsEngineDataset,
};
const environment = { ...options.bindings, ...JSON.parse(readFileSync(settings)) };
for (const [kind, Binding] of Object.entries(kinds))
  for (const name of Object.keys(options[kind] ?? {}))
    environment[name] = new Binding(gateway, name);
if (options.images) environment[options.images.binding] = new bindings.ImagesBindingImpl(gateway);
const files = await miniflare.unsafeGetDirectURL("files");
environment[options.assets.binding] = new bindings.Fetcher(files);
const setter = await miniflare.unsafeGetDirectURL("documents");
// Compiled by the platform when it is deployed, here by whoever asks first: nobody need wait for it.
const compiled = fetch(new URL("/ticket.typ", setter), { method: "POST", body: "{}" });
environment.DOCUMENTS = new bindings.Fetcher(setter, () => {
  gateway.count("document");
  if (gateway.lost.has("DOCUMENTS")) throw new Error("internal error");
});

bindings.capPbkdf2();
python = await startPython({
  project: path.dirname(path.resolve(config)),
  shim: fileURLToPath(new URL("./shim", import.meta.url)),
  environment,
  module: path.basename(main, ".py"),
});

const tasks = {
  "/figures": () => ({
    boot_ms: python.boot_ms,
    at_start: python.at_start,
    heap_at_start_mb: python.heap_at_start_mb,
    used_mb: python.used_mb(),
    heap_mb: python.heap_mb(),
    operations: gateway.counted,
    spent_ms: gateway.spent_ms,
  }),
  "/count": () => (gateway.forget(), {}),
  "/writes-wait": ({ on }) => (gateway.writesWait(on), {}),
  "/lost": ({ binding, on }) => (gateway.lost[on ? "add" : "delete"](binding), {}),
  "/lose-batch": (lost) => ((gateway.loseBatch = lost), {}),
  "/cron": async () => (await python.scheduled({ cron: "* * * * *" }), {}),
  "/call": ({ asked }) => python.call(asked),
  "/sql": async ({ sql, params, database }) => {
    const statements = [{ sql, params: params.length ? params : null }];
    return (await gateway.ask({ op: "query", db: database, statements, method: "all" })).results;
  },
};
const control = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const answer = (status, content) => response.writeHead(status).end(JSON.stringify(content));
  try {
    answer(200, await tasks[request.url](JSON.parse(body || "{}")));
  } catch (error) {
    answer(500, String(error.message));
  }
});
await compiled;
control.listen(0, "127.0.0.1", () => {
  const ready = { control: `http://127.0.0.1:${control.address().port}` };
  console.log(JSON.stringify(ready));
});
process.on("SIGTERM", async () => {
  control.close();
  await miniflare.dispose();
  process.exit(0);
});
