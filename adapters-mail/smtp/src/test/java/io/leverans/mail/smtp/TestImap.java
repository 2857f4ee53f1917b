package io.leverans.mail.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.leverans.mail.conversation.ServerKeys;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/**
 * An IMAP server with one folder, on a socket of its own. It knows no command that changes
 * anything: whoever says one is answered BAD.
 */
final class TestImap implements AutoCloseable {
  private static final Pattern SEARCH =
      Pattern.compile("SEARCH (?:UID (\\d+):\\*|SINCE \\S+) (\\d+):(\\d+)");
  private static final Pattern FETCH = Pattern.compile("([\\d:,]+) \\((.*)\\)");

  private final boolean implicitTls;
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final SortedMap<Long, byte[]> mails = new TreeMap<>();
  private final List<Conversation> idling = new ArrayList<>();
  private long validity = 7;
  private long next = 1;

  /** What it offers, in its answer to CAPABILITY. */
  volatile String capabilities = "IMAP4rev1 IDLE AUTH=PLAIN";

  /** The only password that it takes. */
  volatile String password = "secret";

  /** Said in place of the answer to a sign-in. */
  volatile String refusal = "NO [AUTHENTICATIONFAILED] Wrong password";

  /** Said as the length of each literal that holds a whole mail, if not its own. */
  volatile String announced = "";

  /** Whether it shows mails that nobody asked for as well. */
  volatile boolean unasked;

  /** Done before each mail is shown as a whole. */
  volatile Runnable beforeEach = () -> {};

  /** Those that came long ago. */
  final Set<Long> old = ConcurrentHashMap.newKeySet();

  TestImap(boolean implicitTls) {
    this.implicitTls = implicitTls;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What was said to it, without tags. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  List<String> commands(String beginning) {
    return commands.stream().filter(command -> command.startsWith(beginning)).toList();
  }

  /** A mail arrives; who waits is told. */
  synchronized long add(String mail) {
    long uid = next++;
    mails.put(uid, mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(ISO_8859_1));
    idling.forEach(one -> one.tell("* " + mails.size() + " EXISTS"));
    return uid;
  }

  synchronized void remove(long uid) {
    mails.remove(uid);
  }

  /** As after a restore from a backup: all mails are there and have other numbers. */
  synchronized void renumber() {
    validity++;
    next = 1;
    List<byte[]> all = List.copyOf(mails.values());
    mails.clear();
    all.forEach(mail -> mails.put(next++, mail));
  }

  synchronized int waiting() {
    return idling.size();
  }

  /** Hangs up on all. */
  void drop() {
    open.forEach(TestImap::closeQuietly);
  }

  /** Is not there any more. */
  void vanish() {
    close();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void converse(Socket socket) {
    try {
      new Conversation(implicitTls ? encrypted(socket) : socket).run();
    } catch (IOException _) {
      closeQuietly(socket);
    }
  }

  private static Socket encrypted(Socket socket) throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            ServerKeys.OF_THE_COMPANY
                .context()
                .getSocketFactory()
                .createSocket(socket, null, socket.getPort(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    return encrypted;
  }

  /** One client's. */
  private final class Conversation {
    private Socket socket;
    private InputStream in;

    Conversation(Socket socket) throws IOException {
      take(socket);
    }

    private void take(Socket now) throws IOException {
      socket = now;
      in = new BufferedInputStream(now.getInputStream());
    }

    void run() throws IOException {
      tell("* OK ready");
      while (true) {
        String line = line();
        String tag = line.replaceFirst(" .*", "");
        String command = line.substring(tag.length()).strip();
        commands.add(command);
        if (command.equals("LOGOUT")) {
          tell("* BYE");
          tell(tag + " OK");
          socket.close();
          return;
        }
        answer(tag, command);
      }
    }

    private void answer(String tag, String command) throws IOException {
      String word = command.replaceFirst(" .*", "");
      switch (word) {
        case "CAPABILITY" -> {
          tell("* CAPABILITY " + capabilities);
          tell(tag + " OK");
        }
        case "STARTTLS" -> {
          tell(tag + " OK");
          take(encrypted(socket));
        }
        case "LOGIN" ->
            tell(tag + (command.endsWith(" \"" + password + "\"") ? " OK" : " " + refusal));
        case "AUTHENTICATE" -> authenticate(tag, command);
        case "EXAMINE" -> examine(tag, command);
        case "UID" -> uid(tag, command.substring("UID ".length()));
        case "IDLE" -> idle(tag);
        default -> tell(tag + " BAD unknown command");
      }
    }

    private void authenticate(String tag, String command) throws IOException {
      tell("+ ");
      String words = new String(Base64.getDecoder().decode(line()), ISO_8859_1);
      boolean right =
          command.endsWith("PLAIN")
              ? words.endsWith("\0" + password)
              : words.contains("auth=Bearer " + password + "\1");
      if (!right && !command.endsWith("PLAIN")) {
        tell("+ eyJzdGF0dXMiOiI0MDAifQ==");
        var _ = line();
      }
      tell(tag + (right ? " OK" : " " + refusal));
    }

    private void examine(String tag, String command) {
      synchronized (TestImap.this) {
        if (!command.equals("EXAMINE \"INBOX\"")) {
          tell(tag + " NO [NONEXISTENT] no such folder");
          return;
        }
        tell("* " + mails.size() + " EXISTS");
        tell("* OK [UIDVALIDITY " + validity + "] valid");
        tell("* OK [UIDNEXT " + next + "] next");
        tell(tag + " OK [READ-ONLY]");
      }
    }

    private void uid(String tag, String command) throws IOException {
      synchronized (TestImap.this) {
        if (command.startsWith("SEARCH ")) {
          tell("* SEARCH " + joined(search(command)));
        } else if (command.startsWith("FETCH ")) {
          fetch(command.substring("FETCH ".length()));
        } else {
          tell(tag + " BAD unknown command");
          return;
        }
        tell(tag + " OK");
      }
    }

    private List<Long> search(String command) throws IOException {
      Matcher asked = SEARCH.matcher(command);
      if (!asked.matches() || Integer.parseInt(asked.group(3)) > mails.size()) {
        throw new IOException("no search: " + command);
      }
      List<Long> here =
          List.copyOf(mails.keySet())
              .subList(Integer.parseInt(asked.group(2)) - 1, Integer.parseInt(asked.group(3)));
      if (asked.group(1) == null) {
        return here.stream().filter(uid -> !old.contains(uid)).toList();
      }
      // The star is the last one, whatever stands before the colon.
      long from = Math.min(Long.parseLong(asked.group(1)), mails.lastKey());
      return here.stream().filter(uid -> uid >= from).toList();
    }

    private static String joined(List<Long> numbers) {
      return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    private void fetch(String command) throws IOException {
      Matcher matcher = FETCH.matcher(command);
      if (!matcher.matches()) {
        throw new IOException("no fetch: " + command);
      }
      Set<Long> asked = new HashSet<>();
      for (String range : matcher.group(1).split(",", -1)) {
        String[] ends = range.split(":", -1);
        for (long uid = Long.parseLong(ends[0]);
            uid <= Long.parseLong(ends[ends.length - 1]);
            uid++) {
          asked.add(uid);
        }
      }
      int number = 0;
      for (Map.Entry<Long, byte[]> mail : mails.entrySet()) {
        number++;
        if (asked.contains(mail.getKey()) || unasked) {
          fetched(number, mail.getKey(), mail.getValue(), matcher.group(2));
        }
      }
    }

    private void fetched(int number, long uid, byte[] mail, String items) throws IOException {
      if (items.contains("BODY.PEEK[HEADER.FIELDS (")) {
        byte[] header = headerOf(mail, items);
        say(
            "* %d FETCH (UID %d RFC822.SIZE %d BODY[HEADER.FIELDS (FROM)] {%d}\r\n"
                .formatted(number, uid, mail.length, header.length));
        socket.getOutputStream().write(header);
        say(")\r\n");
      } else if (items.matches("UID BODY\\.PEEK\\[\\]<0\\.\\d+>")) {
        beforeEach.run();
        int most = Integer.parseInt(items.replaceAll(".*\\.(\\d+)>", "$1"));
        int length = Math.min(most, mail.length);
        String told = announced.isEmpty() ? String.valueOf(length) : announced;
        say("* %d FETCH (UID %d BODY[]<0> {%s}\r\n".formatted(number, uid, told));
        socket.getOutputStream().write(mail, 0, length);
        say(")\r\n");
      } else {
        throw new IOException("what is asked for would mark mails as read: " + items);
      }
    }

    private static byte[] headerOf(byte[] mail, String items) {
      String names =
          items.replaceFirst(".*HEADER\\.FIELDS \\((.*)\\)\\].*", "$1").toLowerCase(Locale.ROOT);
      List<String> wanted = List.of(names.split(" ", -1));
      String header = new String(mail, ISO_8859_1).replaceFirst("(?s)\r\n\r\n.*", "\r\n");
      String found =
          header
              .lines()
              .filter(
                  line -> wanted.contains(line.replaceFirst(":.*", "").toLowerCase(Locale.ROOT)))
              .map(line -> line + "\r\n")
              .collect(Collectors.joining());
      return (found + "\r\n").getBytes(ISO_8859_1);
    }

    private void idle(String tag) throws IOException {
      synchronized (TestImap.this) {
        idling.add(this);
      }
      tell("+ idling");
      String end = line();
      synchronized (TestImap.this) {
        idling.remove(this);
      }
      tell(tag + (end.equals("DONE") ? " OK" : " BAD"));
    }

    private void tell(String line) {
      try {
        say(line + "\r\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }

    private String line() throws IOException {
      var line = new ByteArrayOutputStream();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException();
        }
        line.write(octet);
      }
      return line.toString(ISO_8859_1).stripTrailing();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // it is gone
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException _) {
      // it is gone
    }
    drop();
  }
}
