package io.leverans.bootstrap.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The mails of one file, one after the other. A file that starts with "From " is an mbox (RFC
 * 4155): each mail in it begins with such a line, which has a time in it and a blank line before
 * it. Any other file is one mail. Lines of whatever length are read in pieces, and what goes beyond
 * the first mebibyte of a mail is passed over.
 */
final class Mbox {
  /** As far as a mail is looked at. */
  static final int MOST_OCTETS = 1024 * 1024;

  private static final int LONGEST_PIECE = 1024;
  private static final String SEPARATOR = "From ";
  private static final Pattern TIME = Pattern.compile("\\b\\d{1,2}:\\d{2}");

  private final InputStream in;
  private final byte[] piece = new byte[LONGEST_PIECE];
  private int length;
  private Progress progress = Progress.BEFORE_FIRST;
  private int number;

  Mbox(InputStream in) {
    this.in = in;
  }

  private enum Progress {
    BEFORE_FIRST,
    BETWEEN_MAILS,
    AT_END
  }

  /** The next mail's first octets; empty after the last. Only an empty file has an empty mail. */
  Optional<byte[]> next() throws IOException {
    return switch (progress) {
      case BEFORE_FIRST -> {
        readPiece();
        yield Optional.of(startsWithSeparator() ? mail() : wholeFile());
      }
      case BETWEEN_MAILS -> Optional.of(mail());
      case AT_END -> Optional.empty();
    };
  }

  /** Whether the file is known to hold more than one mail. */
  boolean holdsSeveral() {
    return number > 1 || progress == Progress.BETWEEN_MAILS;
  }

  /** Which mail of the file the last one was, from 1. */
  int number() {
    return number;
  }

  private byte[] wholeFile() throws IOException {
    number++;
    progress = Progress.AT_END;
    byte[] octets = Arrays.copyOf(piece, length);
    ByteArrayOutputStream mail = new ByteArrayOutputStream(length);
    mail.writeBytes(octets);
    mail.writeBytes(in.readNBytes(MOST_OCTETS - length));
    return mail.toByteArray();
  }

  /** From behind the line that was read to before the next such line. */
  private byte[] mail() throws IOException {
    number++;
    boolean more = true;
    while (more && !endsLine()) {
      more = readPiece();
    }
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    boolean lineBegins = true;
    boolean afterBlank = false;
    while (readPiece()) {
      if (lineBegins && afterBlank && isSeparator()) {
        progress = Progress.BETWEEN_MAILS;
        return mail.toByteArray();
      }
      mail.write(piece, 0, Math.min(length, MOST_OCTETS - mail.size()));
      afterBlank = lineBegins && isBlank();
      lineBegins = endsLine();
    }
    progress = Progress.AT_END;
    return mail.toByteArray();
  }

  /** Reads to the end of the line, or as much of it as a piece takes. */
  private boolean readPiece() throws IOException {
    length = 0;
    int octet = 0;
    while (length < LONGEST_PIECE && octet != '\n' && (octet = in.read()) >= 0) {
      piece[length++] = (byte) octet;
    }
    return length > 0;
  }

  private boolean endsLine() {
    return length > 0 && piece[length - 1] == '\n';
  }

  private boolean isBlank() {
    return endsLine() && (length == 1 || (length == 2 && piece[0] == '\r'));
  }

  private boolean startsWithSeparator() {
    return text().startsWith(SEPARATOR);
  }

  private boolean isSeparator() {
    return startsWithSeparator() && TIME.matcher(text()).find();
  }

  private String text() {
    return new String(piece, 0, length, StandardCharsets.ISO_8859_1);
  }
}
