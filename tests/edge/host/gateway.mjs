// The worker inside workerd that owns the real bindings. The Python side reaches it by one call an
// operation: miniflare's own proxies make a blocking call for each prepare() and bind().
export const GATEWAY = `
const pack = (v) =>
  v instanceof ArrayBuffer ? { $octets: [...new Uint8Array(v)] }
  : ArrayBuffer.isView(v) ? { $octets: [...new Uint8Array(v.buffer, v.byteOffset, v.byteLength)] }
  : Array.isArray(v) ? v.map(pack)
  : v && typeof v === "object" ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, pack(x)]))
  : v;
const unpack = (v) => (v && typeof v === "object" && "$octets" in v ? new Uint8Array(v.$octets) : v);
const statement = (env, db, s) =>
  s.params === null ? env[db].prepare(s.sql) : env[db].prepare(s.sql).bind(...s.params.map(unpack));
async function run(env, m) {
  if (m.op === "query") return statement(env, m.db, m.statements[0])[m.method]();
  if (m.op === "batch") return env[m.db].batch(m.statements.map((s) => statement(env, m.db, s)));
  if (m.op === "object") {
    const found = await env[m.binding].get(m.key);
    return found === null ? null : await found.arrayBuffer();
  }
  return env[m.binding][m.method](...m.args.map(unpack));
}
async function picture({ IMAGES }, { method, transforms, options }, stream) {
  if (method === "info") return Response.json(await IMAGES.info(stream));
  const image = transforms.reduce((image, one) => image.transform(one), IMAGES.input(stream));
  return (await image.output(options)).response();
}
export default {
  async fetch(request, env) {
    if (request.headers.has("x-asked"))
      return picture(env, JSON.parse(request.headers.get("x-asked")), request.body).catch(
        ({ message, code }) => Response.json({ message, code }, { status: 500 }));
    const asked = await request.json();
    try {
      const out = await run(env, asked);
      return Response.json({ out: out === undefined ? null : pack(out) });
    } catch (error) {
      return Response.json({ failed: error.message });
    }
  },
};`;

// The static files alone, as the binding gives them.
export const FILES = `
export default { fetch: (request, env) => env.ASSETS.fetch(request) };`;

// The worker in front, in place of the Python one: it stands behind the real router of the static
// assets, and hands on requests, crons and queued messages.
export const FRONT = `
const tell = async (env, what, content) => {
  const answer = await env.PYTHON.fetch("http://python.internal/" + what, {
    method: "POST", body: JSON.stringify(content) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};
export default {
  async fetch(request, env) {
    // As Cloudflare does, the caller's address is told in one header; tests choose theirs.
    const headers = new Headers(request.headers);
    headers.set("cf-connecting-ip", headers.get("x-forwarded-for") ?? "127.0.0.1");
    headers.delete("x-forwarded-for");
    return env.PYTHON.fetch(new Request(request, { headers }));
  },
  async scheduled(event, env) {
    await tell(env, "scheduled", { cron: event.cron, scheduledTime: event.scheduledTime });
  },
  async queue(batch, env) {
    const messages = batch.messages.map(({ id, body, attempts }) => ({ id, body, attempts }));
    const said = await tell(env, "queue", { queue: batch.queue, messages });
    for (const message of batch.messages) {
      if (said[message.id] === "ack") message.ack();
      else message.retry();
    }
  },
};`;
