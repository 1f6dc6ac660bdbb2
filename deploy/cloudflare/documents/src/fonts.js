// The faces of bashi/render/fonts; a test holds this list against that folder.
import NotoSansBold from "../../../../bashi/render/fonts/NotoSans-Bold.ttf";
import NotoSansRegular from "../../../../bashi/render/fonts/NotoSans-Regular.ttf";
import NotoSansArabicBold from "../../../../bashi/render/fonts/NotoSansArabic-Bold.ttf";
import NotoSansArabicRegular from "../../../../bashi/render/fonts/NotoSansArabic-Regular.ttf";
import NotoSansBengaliBold from "../../../../bashi/render/fonts/NotoSansBengali-Bold.ttf";
import NotoSansBengaliRegular from "../../../../bashi/render/fonts/NotoSansBengali-Regular.ttf";
import NotoSansDevanagariBold from "../../../../bashi/render/fonts/NotoSansDevanagari-Bold.ttf";
import NotoSansDevanagariRegular from "../../../../bashi/render/fonts/NotoSansDevanagari-Regular.ttf";
import NotoSansGujaratiBold from "../../../../bashi/render/fonts/NotoSansGujarati-Bold.ttf";
import NotoSansGujaratiRegular from "../../../../bashi/render/fonts/NotoSansGujarati-Regular.ttf";
import NotoSansGurmukhiBold from "../../../../bashi/render/fonts/NotoSansGurmukhi-Bold.ttf";
import NotoSansGurmukhiRegular from "../../../../bashi/render/fonts/NotoSansGurmukhi-Regular.ttf";
import NotoSansHebrewBold from "../../../../bashi/render/fonts/NotoSansHebrew-Bold.ttf";
import NotoSansHebrewRegular from "../../../../bashi/render/fonts/NotoSansHebrew-Regular.ttf";
import NotoSansKhmerBold from "../../../../bashi/render/fonts/NotoSansKhmer-Bold.ttf";
import NotoSansKhmerRegular from "../../../../bashi/render/fonts/NotoSansKhmer-Regular.ttf";
import NotoSansTamilBold from "../../../../bashi/render/fonts/NotoSansTamil-Bold.ttf";
import NotoSansTamilRegular from "../../../../bashi/render/fonts/NotoSansTamil-Regular.ttf";
import NotoSansTeluguBold from "../../../../bashi/render/fonts/NotoSansTelugu-Bold.ttf";
import NotoSansTeluguRegular from "../../../../bashi/render/fonts/NotoSansTelugu-Regular.ttf";
import NotoSansThaiBold from "../../../../bashi/render/fonts/NotoSansThai-Bold.ttf";
import NotoSansThaiRegular from "../../../../bashi/render/fonts/NotoSansThai-Regular.ttf";

export const fonts = [
  NotoSansBold,
  NotoSansRegular,
  NotoSansArabicBold,
  NotoSansArabicRegular,
  NotoSansBengaliBold,
  NotoSansBengaliRegular,
  NotoSansDevanagariBold,
  NotoSansDevanagariRegular,
  NotoSansGujaratiBold,
  NotoSansGujaratiRegular,
  NotoSansGurmukhiBold,
  NotoSansGurmukhiRegular,
  NotoSansHebrewBold,
  NotoSansHebrewRegular,
  NotoSansKhmerBold,
  NotoSansKhmerRegular,
  NotoSansTamilBold,
  NotoSansTamilRegular,
  NotoSansTeluguBold,
  NotoSansTeluguRegular,
  NotoSansThaiBold,
  NotoSansThaiRegular,
];
