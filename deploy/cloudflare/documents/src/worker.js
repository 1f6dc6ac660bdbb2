// Sets a document with Typst: POST /ticket.typ with its data as JSON answers a PDF.
import init, { TypstCompilerBuilder } from "@myriaddreamin/typst-ts-web-compiler";
import wasm from "@myriaddreamin/typst-ts-web-compiler/pkg/typst_ts_web_compiler_bg.wasm";
import { fonts } from "./fonts.js";
import ticket from "../../../../bashi/render/documents/ticket.typ";

const SOURCES = { "/ticket.typ": ticket };
const FULL_DIAGNOSTICS = 3;
let starting;

async function start() {
  await init({ module_or_path: wasm });
  const builder = newBuilder();
  // There are no files but the sources.
  await builder.set_access_model(null, () => 0, () => false, (path) => path, () => undefined);
  for (const font of fonts) await builder.add_raw_font(new Uint8Array(font));
  const compiler = await builder.build();
  for (const [path, text] of Object.entries(SOURCES)) compiler.add_source(path, text);
  return compiler;
}

// It makes functions from text (`new Function("return 0")`), which no Worker may. All of them are
// replaced before they are called.
function newBuilder() {
  const Native = globalThis.Function;
  globalThis.Function = function StandIn() {
    return () => 0;
  };
  try {
    return new TypstCompilerBuilder();
  } finally {
    globalThis.Function = Native;
  }
}

export default {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !(pathname in SOURCES))
      return new Response("no such document", { status: 404 });
    const data = await request.text();
    const compiler = await (starting ??= start());
    compiler.reset();
    compiler.map_shadow("/data.json", new TextEncoder().encode(data));
    const made = compiler.compile(pathname, [], "pdf", FULL_DIAGNOSTICS);
    if (!made.result) return Response.json(made.diagnostics, { status: 422 });
    return new Response(made.result, { headers: { "content-type": "application/pdf" } });
  },
};
