/** The part of the browser's barcode reader that is used here. */
export interface Detector {
  detect(frame: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface NativeDetector {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** The browser's own reader where it knows QR codes, else ZXing, fetched from this site. */
export async function makeDetector(): Promise<Detector> {
  const formats = ["qr_code"];
  const { BarcodeDetector: Native } = globalThis as { BarcodeDetector?: NativeDetector };
  if (
    Native &&
    (await Native.getSupportedFormats().catch((): string[] => [])).includes("qr_code")
  ) {
    return new Native({ formats });
  }
  const { BarcodeDetector, prepareZXingModule } = await import("barcode-detector/ponyfill");
  // Its default address is a public CDN.
  prepareZXingModule({ overrides: { locateFile: () => "/zxing/zxing_reader.wasm" } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}
