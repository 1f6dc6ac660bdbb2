"""Read QR codes in pictures."""

import zxingcpp
from PIL.Image import Image


def read_qr_codes(picture: Image) -> list[zxingcpp.Barcode]:
    """No other codes: the modules of a QR read as a bar code too, now and then."""
    return zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
