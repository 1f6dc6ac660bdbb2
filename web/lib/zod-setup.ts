import { config } from "zod/mini";

// Otherwise zod probes `new Function`, which the Content-Security-Policy forbids.
config({ jitless: true });
