package io.leverans.mail.conversation;

import io.leverans.domain.delivery.NextHop.Security;
import io.leverans.mail.conversation.ConversationOptions.Encryption;
import io.leverans.mail.conversation.GuardedSocket.Pulse;
import io.leverans.mail.reply.Phase;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Commands and replies on one connection. Angus Mail opens the session and reads replies; whole
 * messages are not sent through its own methods, since they tell a link that broke before the final
 * dot and one that broke after it by the same exception, and send RSET after every refusal.
 *
 * <p>Remembers every reply, names the phase, and keeps the transcript.
 *
 * <p>For one thread at a time, all of it, as its {@link Conversation} is: the one that opens it,
 * and after it whoever takes it from {@link KeptConnections}, under whose lock it changes hands.
 * The watchdog, which comes from beside, knows the socket alone. So nothing here is guarded, and
 * what is {@code synchronized} is so for the library: where its own methods are called that ask for
 * its lock to be held.
 */
final class CommandLine extends SMTPTransport {
  static final int CLOSING = 421;
  static final int GO_AHEAD = 354;
  private static final int READY_FOR_TLS = 220;
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /**
   * Without a password the session would look for one in its memory: a table under one lock, keyed
   * by URLs, which are compared by the address that the system's resolver finds for the host.
   */
  private static final String NO_PASSWORD = "";

  private static final String NOBODY = "";
  private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

  private final GuardedSocket socket;
  private final Timeouts timeouts;
  private final Encryption encryption;
  private Transcript transcript;
  private Phase phase = Phase.GREETING;
  private Reply lastReply = Reply.MISSING;
  private State state = State.CLEAN;
  private Offered offered = Offered.NOTHING;
  private Secrets secrets = Secrets.NONE;

  /** What the server still holds of us. */
  private enum State {
    CLEAN,
    IN_TRANSACTION,
    CLOSING
  }

  CommandLine(
      Session session,
      ServerAddress server,
      GuardedSocket socket,
      ConversationOptions options,
      Transcript transcript) {
    super(session, new URLName("smtp", server.host(), server.port(), null, NOBODY, NO_PASSWORD));
    this.socket = socket;
    this.timeouts = options.timeouts();
    this.encryption = options.encryption();
    this.transcript = transcript;
    setLocalHost(options.ownName());
  }

  /** Encrypts before anything is said. */
  void encryptFirst(ServerTls tls, String host) throws IOException {
    phase = Phase.TLS;
    socket.allow(timeouts.command());
    socket.encrypt(tls, host);
    socket.rest();
    phase = Phase.GREETING;
  }

  /** Reads the greeting, says hello, and encrypts if the session says so. */
  void begin() throws MessagingException {
    socket.allow(timeouts.command());
    connect(socket);
    socket.rest();
  }

  /** Signs nobody in: {@link SignIn} does. */
  @Override
  protected boolean protocolConnect(
      String host, int port, @Nullable String user, @Nullable String password)
      throws MessagingException {
    return super.protocolConnect(host, port, null, null);
  }

  Phase phase() {
    return phase;
  }

  Reply lastReply() {
    return lastReply;
  }

  Security security() {
    return socket.security();
  }

  boolean isOpen() {
    return state != State.CLOSING && !socket.isClosed();
  }

  Pulse pulse() {
    return socket.pulse();
  }

  /** Whether it has said more than was asked for, in what was read from the network. */
  boolean spokeUnasked() {
    return socket.spokeUnasked();
  }

  boolean wasCutOff() {
    return socket.wasCutOff();
  }

  boolean isEncrypted() {
    return socket.security() instanceof Security.Encrypted;
  }

  void writeInto(Transcript transcript) {
    this.transcript = transcript;
  }

  void note(String event) {
    transcript.note(event);
  }

  void allow(Duration time) {
    socket.allow(time);
  }

  void rest() {
    socket.rest();
  }

  void drop() {
    socket.drop();
  }

  void quit() {
    try {
      socket.allow(timeouts.connect());
      if (!socket.isClosed()) {
        close();
      }
    } catch (MessagingException _) {
      // nobody waits for the goodbye
    } finally {
      socket.close();
    }
  }

  /** Says goodbye and waits a little until the server has closed: it may count connections. */
  synchronized void quitHeard() {
    try {
      if (isOpen()) {
        sendCommand("QUIT");
        socket.allow(GOODBYE);
        var _ = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (MessagingException | IOException _) {
      // it closes late, or not at all
    } finally {
      socket.close();
    }
  }

  /** What it said it can do, in its last answer to our hello. */
  Offered offered() {
    return offered;
  }

  void transactionBegun() {
    state = State.IN_TRANSACTION;
  }

  void transactionEnded() {
    if (state == State.IN_TRANSACTION) {
      state = State.CLEAN;
    }
  }

  /** A round trip more, so only after a transaction that did not come to its end. */
  void resetIfNeeded(Duration time) throws LinkLostException {
    if (state == State.IN_TRANSACTION) {
      Reply reply = command(Phase.MAIL, "RSET", time);
      if (!reply.isPositive()) {
        throw new LinkLostException("the server did not forget the last message: " + reply.words());
      }
      state = State.CLEAN;
    }
  }

  /**
   * Sends a command and reads its reply.
   *
   * @throws LinkLostException if no intelligible reply came
   */
  Reply command(Phase phase, String command, Duration time) throws LinkLostException {
    send(List.of(command), time);
    return awaitReply(phase, command, time);
  }

  /**
   * Sends commands in one go, each of which gets a reply of its own.
   *
   * @throws LinkLostException if they could not be sent
   */
  void send(List<String> commands, Duration time) throws LinkLostException {
    commands.forEach(transcript::sent);
    socket.allow(time);
    try {
      write(String.join("\r\n", commands));
    } catch (IOException broken) {
      throw lost(commands.getFirst(), broken);
    }
  }

  private void write(String commands) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((commands + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Keeps what holds secrets out of replies and transcript, should the server repeat them. */
  void keep(Secrets others) {
    secrets = others;
  }

  /**
   * Sends a line of a sign-in and reads its reply. It passes by the library, which would write it
   * into its own trace.
   *
   * @param shown what the transcript may hold of it
   * @throws LinkLostException if no intelligible reply came
   */
  Reply signIn(String secret, String shown, Duration time) throws LinkLostException {
    phase = Phase.AUTH;
    transcript.sent(shown);
    socket.allow(time);
    try {
      write(secret);
    } catch (IOException broken) {
      throw lost("the sign-in", broken);
    }
    return awaitReply("the sign-in");
  }

  /** Sends the final dot and no more, so that a caller knows whether it left. */
  void sendFinalDot(Duration time) throws IOException {
    phase = Phase.CONTENT;
    transcript.sent(".");
    socket.allow(time);
    socket.getOutputStream().write(FINAL_DOT);
    socket.getOutputStream().flush();
  }

  /**
   * Whether a write that failed left nothing on its way. The network refuses so few octets as a
   * whole; a connection that was closed by ourselves while it wrote may have written.
   */
  boolean showsThatNothingLeft(IOException failedWrite) {
    return !isEncrypted() && !(failedWrite instanceof ClosedChannelException);
  }

  /**
   * Waits for a reply to a command that was sent before.
   *
   * @throws LinkLostException if no intelligible one came
   */
  Reply awaitReply(Phase phase, String command, Duration time) throws LinkLostException {
    this.phase = phase;
    socket.allow(time);
    return awaitReply(command);
  }

  /**
   * Waits for a reply to what was sent before.
   *
   * @throws LinkLostException if no intelligible one came
   */
  synchronized Reply awaitReply(String after) throws LinkLostException {
    try {
      var _ = readServerResponse();
    } catch (MessagingException broken) {
      throw lost(after, broken);
    }
    return replied(after);
  }

  private Reply replied(String after) throws LinkLostException {
    socket.rest();
    if (lastReply.code() == Reply.NONE) {
      throw new LinkLoss.Unanswered(lastReply).exceptionAfter(after);
    }
    if (lastReply.code() == CLOSING) {
      state = State.CLOSING;
    }
    return lastReply;
  }

  /** Says what became of the link. */
  LinkLostException lost(String after, Exception broken) {
    return loss(broken).exceptionAfter(after);
  }

  LinkLoss loss(Exception broken) {
    return socket.wasCutOff() ? new LinkLoss.CutOff() : new LinkLoss.Broken(lastReply, broken);
  }

  /** For the content, past the library's own buffer, which is empty after DATA. */
  ContentStream contentStream() {
    return new ContentStream(socket.getOutputStream());
  }

  @Override
  protected void sendCommand(String command) throws MessagingException {
    phase = phaseOf(command);
    transcript.sent(command);
    socket.allow(timeouts.command());
    super.sendCommand(command);
  }

  @Override
  protected int readServerResponse() throws MessagingException {
    lastReply = Reply.MISSING;
    int code = super.readServerResponse();
    String raw = getLastServerResponse();
    boolean ended = code == Reply.NONE && (raw == null || raw.equals("[EOF]"));
    if (!ended && raw != null) {
      String harmless = secrets.hiddenIn(raw);
      harmless.lines().forEach(transcript::received);
      lastReply = Reply.of(code, harmless);
    }
    return code;
  }

  /** A server that is too busy for EHLO is not asked again by HELO. */
  @Override
  protected boolean ehlo(String domain) throws MessagingException {
    boolean understood = super.ehlo(domain);
    if (!understood && lastReply.code() / 100 != 5) {
      throw new MessagingException("EHLO was not answered");
    }
    offered = understood ? Offered.in(lastReply) : Offered.NOTHING;
    return understood;
  }

  /** A server that offers to encrypt and then refuses to is spoken with in plain, if at all. */
  @Override
  protected void startTLS() throws MessagingException {
    try {
      super.startTLS();
    } catch (MessagingException failed) {
      boolean refused = lastReply.code() != Reply.NONE && lastReply.code() != READY_FOR_TLS;
      if (!refused || encryption == Encryption.STARTTLS_REQUIRED) {
        throw failed;
      }
      socket.setSecurity(new Security.Plain("STARTTLS was refused: " + lastReply.words()));
    }
  }

  private Phase phaseOf(String command) {
    String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO", "HELO" -> phase == Phase.TLS ? Phase.TLS : Phase.HELLO;
      case "STARTTLS" -> Phase.TLS;
      default -> phase;
    };
  }
}
