// A Worker's bindings as Python sees them. They refuse what production refuses and the local
// simulator lets pass. The classes have the names that Cloudflare's Python SDK looks for.
import sharp from "sharp";

const ROW_BYTES = 2_000_000; // https://developers.cloudflare.com/d1/platform/limits/
const KV_WRITE_EVERY_MS = 1_000; // https://developers.cloudflare.com/kv/platform/limits/
const MESSAGE_BYTES = 128_000; // https://developers.cloudflare.com/queues/platform/limits/
const POINT = { blobs: 20, blobBytes: 16 * 1024, doubles: 20, indexes: 1, indexBytes: 96 };
// ^ https://developers.cloudflare.com/analytics/analytics-engine/limits/

// workerd closes a connection that was idle for 5 s. On a busy machine that is heard too late, and
// the next request on it is lost: each has a connection of its own.
const ALONE = { connection: "close" };

const bytes = (text) => new TextEncoder().encode(text).length;
const unpack = (v) =>
  Array.isArray(v) ? v.map(unpack)
  : v && typeof v === "object"
    ? "$octets" in v ? new Uint8Array(v.$octets)
    : Object.fromEntries(Object.entries(v).map(([k, x]) => [k, unpack(x)]))
  : v;
const pack = (v) =>
  ArrayBuffer.isView(v) ? { $octets: [...new Uint8Array(v.buffer, v.byteOffset, v.byteLength)] }
  : v instanceof ArrayBuffer ? { $octets: [...new Uint8Array(v)] }
  : v;

export class Gateway {
  /** `counted`: how often each kind of operation was asked for; `spent_ms`: until it was answered. */
  constructor(url) {
    this.url = url;
    this.lost = new Set(); // the bindings that answer with an error now
    this.loseBatch = null; // the next one fails in these words, `after` it was done or instead
    this.forget();
    this.writes = Promise.resolve();
  }
  /** Batches do, the limiter's apart. */
  writesWait(on) {
    if (on) this.writes = new Promise((open) => (this.letThrough = open));
    else this.letThrough();
  }
  forget() {
    Object.assign(this, { counted: {}, spent_ms: {} });
  }
  count(kind, times = 1) {
    this.counted[kind] = (this.counted[kind] ?? 0) + times;
  }
  async ask(asked) {
    const started = performance.now();
    const body = JSON.stringify(asked);
    const answer = await fetch(this.url, { method: "POST", headers: ALONE, body });
    const { out, failed } = await answer.json();
    this.spent_ms[asked.op] = (this.spent_ms[asked.op] ?? 0) + performance.now() - started;
    if (failed !== undefined) throw new Error(failed);
    return unpack(out);
  }
  async picture(method, asked, body) {
    const told = { ...ALONE, "x-asked": JSON.stringify({ method, ...asked }) };
    const answer = await fetch(this.url, { method: "POST", headers: told, body });
    if (answer.ok) return answer;
    const { message, code } = await answer.json();
    throw Object.assign(new Error(message), { code });
  }
}

class D1PreparedStatement {
  constructor(database, sql, params = null) {
    Object.assign(this, { database, sql, params });
  }
  bind(...params) {
    for (const value of params) refuseForeign(value);
    if (params.reduce((sum, v) => sum + (typeof v === "string" ? bytes(v) : 8), 0) > ROW_BYTES)
      throw new Error("D1_ERROR: string or blob too big: SQLITE_TOOBIG");
    return new D1PreparedStatement(this.database, this.sql, params.map(pack));
  }
  all() {
    return this.database.run("query", [this], { method: "all" });
  }
}
function refuseForeign(value) {
  const known = value === null || ["string", "number", "boolean"].includes(typeof value);
  if (!known && !ArrayBuffer.isView(value))
    throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${value}'`);
}
export class D1Database {
  constructor(gateway, db) {
    Object.assign(this, { gateway, db });
  }
  prepare(sql) {
    return new D1PreparedStatement(this, sql);
  }
  batch(given) {
    return this.run("batch", [...given]);
  }
  async run(op, given, more = {}) {
    const kind = given.every(({ sql }) => /\bcounter\b/.test(sql)) ? "limit" : op;
    this.gateway.count(kind);
    this.gateway.count("statement", given.length);
    if (kind === "batch") await this.gateway.writes;
    const lost = kind === "batch" ? this.gateway.loseBatch : null;
    if (lost) this.gateway.loseBatch = null;
    if (lost && !lost.after) throw new Error(lost.words);
    const statements = given.map(({ sql, params }) => ({ sql, params }));
    const answer = await this.gateway.ask({ op, db: this.db, statements, ...more });
    if (lost) throw new Error(lost.words);
    return answer;
  }
}

const caller = (gateway, binding) => (method, ...args) =>
  gateway.ask({ op: "call", binding, method, args: args.map(pack) });

export class KvNamespace {
  constructor(gateway, binding) {
    this.call = caller(gateway, binding);
    this.gateway = gateway;
    this.written = new Map();
  }
  async get(key, kind) {
    this.gateway.count("kv read");
    this.answers("GET");
    return this.call("get", key, kind);
  }
  async put(key, value, options) {
    this.write(key);
    return this.call("put", key, value, options);
  }
  async delete(key) {
    this.write(key);
    return this.call("delete", key);
  }
  answers(operation) {
    if (this.gateway.lost.has("CACHE")) throw new Error(`KV ${operation} failed: 503 Service Unavailable`);
  }
  write(key) {
    this.gateway.count("kv write");
    this.answers("PUT");
    if (Date.now() - (this.written.get(key) ?? 0) < KV_WRITE_EVERY_MS)
      throw new Error("KV PUT failed: 429 Too Many Requests");
    this.written.set(key, Date.now());
  }
}

export class R2Bucket {
  constructor(gateway, binding) {
    this.call = caller(gateway, binding);
    this.gateway = gateway;
    this.binding = binding;
  }
  async put(key, content, options) {
    this.answers("put");
    await this.call("put", key, content, options);
  }
  async get(key) {
    this.answers("get");
    const content = await this.gateway.ask({ op: "object", binding: this.binding, key });
    return content === null ? null : new R2ObjectBody(content);
  }
  async delete(key) {
    this.answers("delete");
    return this.call("delete", key);
  }
  answers(operation) {
    if (this.gateway.lost.has("MEDIA"))
      throw new Error(`${operation}: We encountered an internal error. Please try again. (10001)`);
  }
}
class R2ObjectBody {
  constructor(content) {
    this.content = content;
  }
  async arrayBuffer() {
    return this.content.buffer;
  }
}

export class ImagesBindingImpl {
  constructor(gateway) {
    this.gateway = gateway;
  }
  async info(stream) {
    return (await this.gateway.picture("info", {}, await octets(stream))).json();
  }
  input(stream) {
    return new ImageTransformerImpl(this.gateway, stream);
  }
}
class ImageTransformerImpl {
  constructor(gateway, stream) {
    Object.assign(this, { gateway, stream, transforms: [] });
  }
  transform(options) {
    this.transforms.push(options);
    return this;
  }
  async output(options) {
    this.gateway.count("picture");
    if (this.gateway.lost.has("IMAGES")) // as many were made as an account without Images Paid may
      throw Object.assign(new Error("IMAGES_TRANSFORM_ERROR 9422: limit reached"), { code: 9422 });
    const asked = { transforms: this.transforms, options };
    const made = await this.gateway.picture("output", asked, await asOnThePlatform(this.stream, options));
    return { response: () => made };
  }
}
const octets = async (stream) => new Uint8Array(await new Response(stream).arrayBuffer());
// Orientation and background, which the simulator leaves out.
// https://developers.cloudflare.com/images/optimization/features/
async function asOnThePlatform(stream, { background }) {
  const content = await octets(stream);
  const { orientation = 1, hasAlpha } = await sharp(content).metadata();
  if (orientation === 1 && !hasAlpha) return content;
  const upright = sharp(content).autoOrient();
  return (background ? upright.flatten({ background }) : upright).png().toBuffer();
}

export class WorkerQueue {
  constructor(gateway, binding) {
    this.call = caller(gateway, binding);
    this.gateway = gateway;
  }
  async send(body) {
    if (this.gateway.lost.has("WORK")) throw new Error("Queue send failed: Service Unavailable");
    if (bytes(JSON.stringify(body)) > MESSAGE_BYTES)
      throw new Error("Queue send failed: message length exceeds limit of 128000 bytes");
    return this.call("send", body);
  }
}

export class Ratelimit {
  constructor(gateway, binding) {
    this.call = caller(gateway, binding);
    this.gateway = gateway;
  }
  async limit(options) {
    if (this.gateway.lost.has("FLOOD")) throw new Error("internal error");
    return this.call("limit", options);
  }
}

export class AnalyticsEngineDataset {
  constructor(gateway) {
    this.gateway = gateway;
  }
  writeDataPoint({ blobs = [], doubles = [], indexes = [] }) {
    const fits =
      blobs.length <= POINT.blobs &&
      doubles.length <= POINT.doubles &&
      indexes.length <= POINT.indexes &&
      blobs.reduce((sum, blob) => sum + bytes(blob), 0) <= POINT.blobBytes &&
      indexes.every((index) => bytes(index) <= POINT.indexBytes);
    if (!fits) throw new TypeError("writeDataPoint(): over a limit of Analytics Engine");
    this.gateway.count("point");
  }
}

/** Static files, or a service binding of another Worker. `before` may refuse. */
export class Fetcher {
  constructor(origin, before = () => {}) {
    this.fetch = async (asked, init) => {
      before();
      const url = new URL(new URL(asked.url ?? asked).pathname, origin);
      return fetch(url, { ...init, headers: { ...init?.headers, ...ALONE } });
    };
  }
}

/** WebCrypto with the limit that workerd has in production and lifts when it runs locally. */
export function capPbkdf2(iterationsMax = 100_000) {
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  crypto.subtle.deriveBits = (method, ...rest) => {
    if (method.iterations > iterationsMax)
      return Promise.reject(
        new DOMException(
          `Pbkdf2 failed: iteration counts above ${iterationsMax} are not supported`,
          "NotSupportedError",
        ),
      );
    return derive(method, ...rest);
  };
}
