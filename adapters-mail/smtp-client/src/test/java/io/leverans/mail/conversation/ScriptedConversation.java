package io.leverans.mail.conversation;

import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;

/** One connection to a {@link ScriptedServer}. */
final class ScriptedConversation {
  private final Socket socket;
  private final int number;
  private final Script script;
  private final Supplier<String> offers;
  private final ServerKeys keys;
  private final Notes notes;
  private InputStream in;
  private OutputStream out;
  private boolean encrypted;
  private boolean signingIn;
  private boolean nobodyTaken = true;

  /** What a server was told in all its conversations. Safe for use by many threads. */
  record Notes(
      List<String> commands,
      List<String> messages,
      List<String> unfinished,
      List<String> namesAskedFor) {
    Notes() {
      this(
          new CopyOnWriteArrayList<>(),
          new CopyOnWriteArrayList<>(),
          new CopyOnWriteArrayList<>(),
          new CopyOnWriteArrayList<>());
    }
  }

  /** The connection is over. */
  private static final class Over extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param number counts from 1
   * @param offers the answer to EHLO, asked for each time
   */
  ScriptedConversation(
      Socket socket,
      int number,
      Script script,
      Supplier<String> offers,
      ServerKeys keys,
      Notes notes)
      throws IOException {
    this.socket = socket;
    this.number = number;
    this.script = script;
    this.offers = offers;
    this.keys = keys;
    this.notes = notes;
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void run() throws IOException {
    react(Step.CONNECTED, "", "220 mail.test ESMTP");
    for (String line = readLine(); line != null; line = readLine()) {
      notes.commands().add(line);
      Step step = stepOf(line);
      switch (step) {
        case EHLO -> react(step, line, offers.get());
        case STARTTLS -> startTls(line);
        case AUTH, AUTH_LINE ->
            signingIn = react(step, line, "235 2.7.0 welcome").startsWith("334");
        case DATA -> data(line);
        case QUIT -> {
          react(step, line, "221 bye");
          return;
        }
        case MAIL -> {
          nobodyTaken = true;
          react(step, line, "250 2.0.0 OK");
        }
        case RCPT -> nobodyTaken &= !react(step, line, "250 2.0.0 OK").contains("250");
        default -> react(step, line, "250 2.0.0 OK");
      }
    }
  }

  private void data(String line) throws IOException {
    String usual = nobodyTaken ? "554 5.5.1 no valid recipients" : "354 go ahead";
    if (react(Step.DATA, line, usual).lines().noneMatch(reply -> reply.startsWith("354"))) {
      return;
    }
    StringBuilder content = new StringBuilder();
    boolean asked = false;
    for (String read = readLine(); ; read = readLine()) {
      if (read == null) {
        notes.unfinished().add(content.toString());
        throw new Over();
      }
      if (read.equals(".")) {
        break;
      }
      content.append(read.startsWith(".") ? read.substring(1) : read).append("\r\n");
      if (!asked) {
        asked = true;
        react(Step.WITHIN_CONTENT, read, "");
      }
    }
    notes.messages().add(content.toString());
    react(Step.END, ".", "250 2.0.0 queued as 4711");
  }

  private void startTls(String line) throws IOException {
    if (!react(Step.STARTTLS, line, "220 go ahead").startsWith("220")) {
      return;
    }
    encrypt();
  }

  void encrypt() throws IOException {
    SSLSocket tls =
        (SSLSocket)
            keys.context()
                .getSocketFactory()
                .createSocket(socket, "client.test", socket.getPort(), true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    if (tls.getSession() instanceof ExtendedSSLSession session) {
      session.getRequestedServerNames().stream()
          .map(SNIHostName.class::cast)
          .map(SNIHostName::getAsciiName)
          .forEach(notes.namesAskedFor()::add);
    }
    in = new BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
    encrypted = true;
  }

  private String react(Step step, String line, String usual) throws IOException {
    return react(script.at(step, line, number).orElse(new Reaction.Say(usual)));
  }

  private String react(Reaction reaction) throws IOException {
    return switch (reaction) {
      case Reaction.Say(var reply) -> {
        say(reply);
        yield reply;
      }
      case Reaction.SayAndHangUp(var reply) -> {
        say(reply);
        throw new Over();
      }
      case Reaction.SayAndWait(var reply, var later) -> {
        say(reply);
        in.read();
        say(later);
        in.transferTo(OutputStream.nullOutputStream());
        throw new Over();
      }
      case Reaction.HangUp _ -> throw new Over();
      case Reaction.Cut _ -> {
        socket.setSoLinger(true, 0);
        throw new Over();
      }
      case Reaction.FallSilent _ -> {
        in.transferTo(OutputStream.nullOutputStream());
        throw new Over();
      }
      case Reaction.Send(var octets, var next) -> {
        send(octets);
        yield octets + react(next);
      }
      case Reaction.Drip(var first, var pause) -> {
        drip(first, pause);
        throw new Over();
      }
      case Reaction.StopReading _ -> {
        awaitClose();
        throw new Over();
      }
      case Reaction.GoOn _ -> "";
    };
  }

  private void drip(String first, Duration pause) throws IOException {
    for (int sent = 0; ; sent++) {
      LockSupport.parkNanos(pause.toNanos());
      send(sent < first.length() ? first.substring(sent, sent + 1) : "x");
    }
  }

  /** By the test, which closes what stands at its end. */
  private void awaitClose() {
    while (!socket.isClosed()) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  private void say(String reply) throws IOException {
    if (!reply.isEmpty()) {
      send(reply + "\r\n");
    }
  }

  private void send(String octets) throws IOException {
    out.write(octets.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int last = -1;
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      if (octet == '\n' && last == '\r') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.length() - 1);
      }
      line.write(octet);
      last = octet;
    }
    return null;
  }

  private Step stepOf(String line) {
    if (signingIn) {
      return Step.AUTH_LINE;
    }
    String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO", "HELO" -> Step.EHLO;
      case "STARTTLS" -> encrypted ? Step.OTHER : Step.STARTTLS;
      case "AUTH" -> Step.AUTH;
      case "MAIL" -> Step.MAIL;
      case "RCPT" -> Step.RCPT;
      case "DATA" -> Step.DATA;
      case "RSET" -> Step.RSET;
      case "QUIT" -> Step.QUIT;
      default -> Step.OTHER;
    };
  }
}
