package io.leverans.mail.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The distinguished encoding of ASN.1 values (ITU-T X.690), as far as certificates need it. */
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  /** Tag of a primitive value that a context numbers, RFC 5280 calls them {@code [0]} and so on. */
  static final int CONTEXT = 0x80;

  /** Tag of a constructed value that a context numbers. */
  static final int CONTEXT_CONSTRUCTED = 0xa0;

  private Der() {}

  /** One value: tag, length, content. */
  static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length <= 0xff) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] text(int tag, String text) {
    return value(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An object identifier whose content is given in hexadecimal. */
  static byte[] identifier(String content) {
    return value(OBJECT_IDENTIFIER, HexFormat.of().parseHex(content));
  }
}
