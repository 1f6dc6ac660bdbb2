import * as z from "zod/mini";
import type { ValidationKey } from "@/lib/say";
import { chars } from "./chars";

/** Lengths of a text in characters of the API; zod's own count UTF-16 units. */
export const atMost = (most: number, message: ValidationKey) =>
  z.refine<string>((text) => chars(text) <= most, message);

export const atLeast = (least: number, message: ValidationKey) =>
  z.refine<string>((text) => chars(text) >= least, message);
