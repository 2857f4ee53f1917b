package io.leverans.bench.rig;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;

/** One connection to the sink. Answers what was asked together in one packet (RFC 2920). */
final class Conversation {
  private static final String HELLO =
      """
      250-sink.example\r
      250-PIPELINING\r
      250-SIZE 104857600\r
      250-8BITMIME\r
      250 ENHANCEDSTATUSCODES\r
      """;
  private static final int NOT_OF_THE_LOAD = -1;

  private final Sink sink;
  private final LineInput in;
  private final OutputStream out;
  private final StringBuilder answers = new StringBuilder();

  /** That of the message under way, also when another has begun meanwhile. */
  private Round round;

  private int recipient = NOT_OF_THE_LOAD;
  private boolean isKnown;

  Conversation(Sink sink, Socket socket) throws IOException {
    this.sink = sink;
    round = sink.round();
    in = new LineInput(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void hold() throws IOException {
    answers.append("220 sink.example ESMTP\r\n");
    boolean goesOn = true;
    while (goesOn) {
      if (!in.hasMore()) {
        flush();
      }
      Optional<String> line = in.line();
      goesOn = line.isPresent() && answer(line.get());
    }
    flush();
  }

  private boolean answer(String line) throws IOException {
    switch (line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT)) {
      case "EHLO", "HELO" -> answers.append(HELLO);
      case "RCPT" -> answers.append(answerToRecipient(line));
      case "DATA" -> takeContent();
      case "QUIT" -> {
        answers.append("221 2.0.0 bye\r\n");
        return false;
      }
      default -> answers.append("250 2.0.0 well\r\n");
    }
    return true;
  }

  private String answerToRecipient(String line) {
    round = sink.round();
    recipient = numberIn(line);
    int oneIn = sink.behaviour().deferOneIn();
    isKnown =
        recipient == NOT_OF_THE_LOAD
            || oneIn == 0
            || recipient % oneIn != 0
            || !round.defer(recipient);
    return isKnown
        ? "250 2.1.5 known\r\n"
        : "451 4.7.1 Greylisted, please try again in 5 minutes\r\n";
  }

  /** The number in {@code <r123@…>}, if it is one of the round's. */
  private int numberIn(String line) {
    int at = line.indexOf("<r");
    int number = 0;
    for (int i = at + 2; at >= 0 && i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '@' && i > at + 2) {
        return round.has(number) ? number : NOT_OF_THE_LOAD;
      }
      if (c < '0' || c > '9') {
        break;
      }
      number = number * 10 + (c - '0');
    }
    return NOT_OF_THE_LOAD;
  }

  private void takeContent() throws IOException {
    if (!isKnown) {
      answers.append("554 5.5.1 no recipients\r\n");
      return;
    }
    answers.append("354 go ahead\r\n");
    flush();
    if (recipient == NOT_OF_THE_LOAD) {
      sink.read(in.content());
    } else {
      in.skipContent();
      round.sink(recipient);
    }
    answers.append("250 2.0.0 taken\r\n");
  }

  private void flush() throws IOException {
    if (answers.isEmpty()) {
      return;
    }
    int latency = sink.behaviour().latency();
    if (latency > 0) {
      try {
        Thread.sleep(latency);
      } catch (InterruptedException e) {
        throw (InterruptedIOException) new InterruptedIOException().initCause(e);
      }
    }
    out.write(answers.toString().getBytes(ISO_8859_1));
    answers.setLength(0);
  }
}
