// Pyodide with Cloudflare's own Python SDK, and stand-ins for what the runtime gives that SDK.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadPyodide } from "pyodide";

const IMPORT = `
import importlib, os, re, sys
sys.path += ["/shim", "/project/src", "/project/python_modules"]
from _cloudflare import allow_entropy, import_patch_manager
import _workers_sdk_entropy_import_context, _workers_sdk_package_patches
import_patch_manager.install()
allow_entropy.before_top_level()
import js
from workers import Request
before = js.process.threadCpuUsage()
Default = importlib.import_module(module).Default
spent = js.process.threadCpuUsage(before)  # other programs of the machine don't count
import_ms = round((spent.user + spent.system) / 1000)
files = {
    name: module.__file__
    for name, module in sys.modules.items()
    if re.fullmatch("/project/python_modules/.+[.]py", getattr(module, "__file__", None) or "")
}
parts_at_start = sorted({".".join(name.split(".")[: 2 if name[:6] == "bashi." else 1]) for name in files})
source_kb_at_start = sum(os.stat(file).st_size for file in set(files.values())) // 1000
import_patch_manager.remove()
for hook in import_patch_manager.after_snapshot + import_patch_manager.before_first:
    hook()
allow_entropy.enter_request_context()
worker = Default(js.Object.new(), environment)

async def fetch(request):
    return await worker.fetch(Request(request))

async def scheduled(controller):
    await worker.scheduled(controller)

async def queue(batch):
    await worker.queue(batch)

async def call(asked):
    from contract import answer
    return await answer(worker.env, asked)
`;

function copy(files, project, target, part) {
  files.mkdirTree(target);
  for (const entry of readdirSync(path.join(project, part), { withFileTypes: true })) {
    const [inside, to] = [path.join(part, entry.name), `${target}/${entry.name}`];
    if (entry.isDirectory()) copy(files, project, to, inside);
    else files.writeFile(to, readFileSync(path.join(project, inside)));
  }
}

export async function startPython({ project, shim, environment, module }) {
  const started = performance.now();
  const python = await loadPyodide({ env: { HOME: "/home" } });
  // In memory, as the runtime has them.
  for (const part of ["src", "python_modules"]) copy(python.FS, project, `/project/${part}`, part);
  python.mountNodeFS("/shim", shim);
  python.registerJsModule("_pyodide_entrypoint_helper", {
    cloudflareWorkersModule: { env: environment, waitUntil: (work) => void work },
    cloudflareSocketsModule: {},
    doAnImport: (name) => import(name),
    patchWaitUntil: () => {},
    patch_env_helper: () => {},
  });
  python.registerJsModule("_cloudflare_compat_flags", {
    python_request_headers_preserve_commas: true,
    python_workflows_implicit_dependencies: true,
  });
  const boot_ms = Math.round(performance.now() - started);
  python.globals.set("environment", environment);
  python.globals.set("module", module);
  // A Worker's top level runs before there is any network.
  const reach = globalThis.fetch;
  globalThis.fetch = () => {
    throw new Error("Disallowed operation called within global scope");
  };
  await python.runPythonAsync(IMPORT);
  globalThis.fetch = reach;
  const heap_mb = () => Math.round(python._module.HEAPU8.length / 1e6);
  const [fetch, scheduled, queue, call, import_ms, source_kb_at_start, parts_at_start] = [
    "fetch", "scheduled", "queue", "call", "import_ms", "source_kb_at_start", "parts_at_start",
  ].map((name) => python.globals.get(name));
  const at_start = { import_ms, source_kb: source_kb_at_start, parts: parts_at_start.toJs() };
  const used_mb = () => Math.round(python._module._sbrk(0) / 1e5) / 10;
  return { used_mb, fetch, scheduled, queue, call, boot_ms, at_start, heap_mb, heap_at_start_mb: heap_mb() };
}
