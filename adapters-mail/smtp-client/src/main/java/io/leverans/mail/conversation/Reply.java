package io.leverans.mail.conversation;

import io.leverans.mail.reply.ServerReply;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a server answered (RFC 5321 §4.2).
 *
 * @param code 200 to 599, or {@link #NONE}
 * @param lines its words, a line each, without the code
 */
record Reply(int code, List<String> lines) {
  static final int NONE = -1;
  static final Reply MISSING = new Reply(NONE, List.of());
  private static final int CODE_LENGTH = 3;

  Reply {
    lines = List.copyOf(lines);
  }

  /**
   * @param raw the lines as they came, an octet to a character
   */
  static Reply of(int code, String raw) {
    List<String> lines = raw.lines().map(Reply::decoded).map(Reply::withoutCode).toList();
    return new Reply(code >= 200 && code < 600 ? code : NONE, lines);
  }

  /** All its words in one line. */
  String text() {
    return lines.stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** The code and the words. */
  String words() {
    return code == NONE ? text() : (code + " " + text()).strip();
  }

  Optional<String> status() {
    return ServerReply.statusIn(text());
  }

  boolean isPositive() {
    return code / 100 == 2;
  }

  boolean isRefusal() {
    return code / 100 == 4 || code / 100 == 5;
  }

  private static String withoutCode(String line) {
    boolean coded =
        line.length() >= CODE_LENGTH
            && line.chars().limit(CODE_LENGTH).allMatch(Character::isDigit)
            && (line.length() == CODE_LENGTH || " -".indexOf(line.charAt(CODE_LENGTH)) >= 0);
    return coded ? line.substring(Math.min(CODE_LENGTH + 1, line.length())) : line;
  }

  private static String decoded(String line) {
    byte[] octets = line.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException _) {
      return line;
    }
  }
}
