package io.leverans.mail.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;

/**
 * Mails damaged in ways that programs, or people who mean it, damage them. Same number, same mail.
 */
final class Mutations {
  private static final int LARGEST = 1_200_000;
  private static final List<String> WORDS =
      List.of(
          "\n\n",
          "\r\n.\r\n",
          "\n--",
          "From ",
          "<a@b.co>",
          "550 5.1.1 ",
          "#5.1.0#",
          "Status: 4.4.7\n",
          "Action: failed\n",
          "Action: expanded\n",
          "Final-Recipient: rfc822; x@y.example\n",
          "Original-Recipient: utf-8; \\x{D800}@\\x{110000}.example\n",
          "Diagnostic-Code: smtp; 552-5.2.2 full\n 552 5.2.2 full\n",
          "Remote-MTA: dns; [::1]\n",
          "Content-Type: message/delivery-status\n\n",
          "Content-Type: message/rfc822\n\n",
          "Content-Type: multipart/report; report-type=\"delivery-status\"; boundary=\n",
          "Content-Type: text/html; charset=utf-7\n\n<p>&#xFFFFFFFF;&amp",
          "Feedback-Type: abuse\n",
          "Auto-Submitted: auto-replied\n",
          "{\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{",
          "\u001b$B$\u001b(B",
          "b.abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvw@c.de",
          "--- The following addresses had permanent fatal errors ---\n",
          "Reason: ");
  private static final List<String> PIECES =
      List.of(
          "a",
          " ",
          "\t",
          "<",
          "(",
          "((a",
          "a@",
          "@.",
          "=?utf-8?q?",
          "=?x?b?=",
          "5.",
          "5.1.1 ",
          "=\n",
          "--",
          "&#",
          "a: b\n",
          " x\n",
          "\\x{",
          "+2B",
          "\"",
          ";a*0=",
          ",",
          "[",
          "{\"a\":[",
          ">",
          "\0",
          "\u00ff",
          ": ",
          "\r",
          "\n",
          "\r\n");
  private static final List<String> CHARSETS =
      List.of(
          "utf-16",
          "utf-7",
          "iso-2022-jp",
          "x-unknown",
          "\"\"",
          "us-ascii",
          "euc-kr",
          "../../etc",
          "utf-32",
          "\"utf-8;\"",
          "hz-gb-2312",
          "cp1252",
          "\u00e9",
          "iso-2022-cn",
          "x".repeat(900));
  private static final List<String> ENCODINGS =
      List.of("base64", "quoted-printable", "uuencode", "x-uue", "binary", "8bit", "nonsense", "");

  private final List<byte[]> samples;

  Mutations(List<byte[]> samples) {
    this.samples = List.copyOf(samples);
  }

  byte[] mail(long number) {
    // Neighbouring seeds of Random begin alike.
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    byte[] mail = sample(random);
    for (int i = random.nextInt(6); i >= 0; i--) {
      mail = damaged(mail, random);
    }
    return mail.length > LARGEST ? Arrays.copyOf(mail, LARGEST) : mail;
  }

  private byte[] damaged(byte[] mail, Random random) {
    return switch (random.nextInt(13)) {
      case 0 -> withFlippedBits(mail, random);
      case 1 -> cut(mail, random);
      case 2 -> withRepeatedRange(mail, random);
      case 3 -> spliced(mail, sample(random), random);
      case 4 -> inserted(mail, random, pick(WORDS, random));
      case 5 -> inserted(mail, random, pick(PIECES, random).repeat(flood(random)));
      case 6 -> inserted(mail, random, pick(WORDS, random).repeat(1 + flood(random) / 20));
      case 7 -> withOtherLineEnds(mail, random);
      case 8 -> enclosed(mail, random);
      case 9 -> withOtherBoundary(mail, random);
      case 10 -> rewritten(mail, "(?i)charset=[^;\\s]*", "charset=" + pick(CHARSETS, random));
      case 11 -> withOtherEncoding(mail, random);
      default -> withRepeatedText(mail, random);
    };
  }

  private byte[] sample(Random random) {
    return samples.get(random.nextInt(samples.size()));
  }

  private static byte[] withFlippedBits(byte[] mail, Random random) {
    byte[] changed = mail.clone();
    for (int i = random.nextInt(30); i >= 0 && changed.length > 0; i--) {
      int at = random.nextInt(changed.length);
      changed[at] =
          random.nextBoolean()
              ? (byte) (changed[at] ^ (1 << random.nextInt(8)))
              : (byte) pick(PIECES, random).charAt(0);
    }
    return changed;
  }

  private static byte[] cut(byte[] mail, Random random) {
    int from = random.nextInt(mail.length + 1);
    int to = Math.min(mail.length, from + random.nextInt(mail.length + 1) / 2);
    return joined(Arrays.copyOf(mail, from), Arrays.copyOfRange(mail, to, mail.length));
  }

  private static byte[] withRepeatedRange(byte[] mail, Random random) {
    int from = random.nextInt(mail.length + 1);
    int to = Math.min(mail.length, from + random.nextInt(2000));
    byte[] range = Arrays.copyOfRange(mail, from, to);
    ByteArrayOutputStream grown = new ByteArrayOutputStream();
    grown.write(mail, 0, to);
    for (int i = random.nextInt(random.nextInt(100) == 0 ? 500 : 5); i >= 0; i--) {
      grown.writeBytes(grown.size() < LARGEST ? range : new byte[0]);
    }
    grown.write(mail, to, mail.length - to);
    return grown.toByteArray();
  }

  private static byte[] spliced(byte[] mail, byte[] other, Random random) {
    int end = random.nextInt(mail.length + 1);
    int begin = random.nextInt(other.length + 1);
    return joined(Arrays.copyOf(mail, end), Arrays.copyOfRange(other, begin, other.length));
  }

  private static byte[] inserted(byte[] mail, Random random, String text) {
    int at = random.nextInt(mail.length + 1);
    if (random.nextBoolean()) {
      at = lineStart(mail, at);
    }
    byte[] head = joined(Arrays.copyOf(mail, at), octets(text));
    return joined(head, Arrays.copyOfRange(mail, at, mail.length));
  }

  private static byte[] withRepeatedText(byte[] mail, Random random) {
    int from = random.nextInt(mail.length + 1);
    int to = Math.min(mail.length, from + 1 + random.nextInt(60));
    String text = text(Arrays.copyOfRange(mail, from, to));
    return inserted(mail, random, text.repeat(1 + flood(random) / 10));
  }

  private static byte[] withOtherLineEnds(byte[] mail, Random random) {
    String end = pick(List.of("\n", "\r\n", "\r", "\r\r\n", "\n\n", "\u0085"), random);
    return rewritten(mail, "\r?\n", end);
  }

  private static byte[] enclosed(byte[] mail, Random random) {
    StringBuilder around = new StringBuilder();
    for (int i = 1 + random.nextInt(random.nextInt(60) == 0 ? 2000 : 10); i > 0; i--) {
      around.append(
          random.nextBoolean()
              ? "Content-Type: multipart/mixed; boundary=\"%1$d\"\n\n--%1$d\n"
                  .formatted(random.nextInt(random.nextBoolean() ? 2 : 9000))
              : "Content-Type: message/rfc822\n\n");
    }
    return joined(octets(around.toString()), mail);
  }

  private static byte[] withOtherBoundary(byte[] mail, Random random) {
    String boundary =
        switch (random.nextInt(6)) {
          case 0 -> "\"\"";
          case 1 -> "-";
          case 2 -> "\"" + "b".repeat(random.nextInt(5000)) + "\"";
          case 3 -> "\" \"";
          case 4 -> "x; boundary=y";
          default -> "\"(\\\\\"";
        };
    byte[] renamed = rewritten(mail, "(?i)boundary=(\"[^\"]*\"|[^;\\s]*)", "boundary=" + boundary);
    String delimiter = "\n--" + boundary.replace("\"", "") + (random.nextBoolean() ? "--\n" : "\n");
    return inserted(
        renamed, random, delimiter.repeat(1 + random.nextInt(random.nextInt(30) == 0 ? 600 : 6)));
  }

  private static byte[] withOtherEncoding(byte[] mail, Random random) {
    String encoding = "Content-Transfer-Encoding: " + pick(ENCODINGS, random) + "\n";
    String type =
        "\nContent-Type: " + pick(List.of("text/plain", "message/delivery-status"), random);
    return random.nextBoolean()
        ? inserted(mail, random, encoding)
        : rewritten(mail, "\r?\nContent-Type: \\S+", "\n" + encoding + type.strip());
  }

  /** Mostly a few, sometimes some thousands, seldom as many as a mail can hold. */
  private static int flood(Random random) {
    int luck = random.nextInt(1000);
    if (luck == 0) {
      return random.nextInt(400_000);
    }
    return random.nextInt(luck < 20 ? 20_000 : 200);
  }

  private static int lineStart(byte[] mail, int at) {
    int start = at;
    while (start > 0 && mail[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static byte[] rewritten(byte[] mail, String pattern, String text) {
    String replacement = Matcher.quoteReplacement(text);
    return octets(text(mail).replaceAll(pattern, replacement));
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    int kept = Math.clamp((long) LARGEST - head.length, 0, tail.length);
    byte[] whole = Arrays.copyOf(head, head.length + kept);
    System.arraycopy(tail, 0, whole, head.length, kept);
    return whole;
  }

  private static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
