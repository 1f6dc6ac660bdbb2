import type en from "@/messages/en/validation";

export type ValidationKey = keyof typeof en;

/** A schema's message, checked to be a key of the words of forms. */
export const say = (key: ValidationKey): ValidationKey => key;
