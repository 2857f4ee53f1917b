package io.leverans.mail.conversation;

import io.leverans.mail.conversation.Script.Reaction;
import io.leverans.mail.conversation.Script.Step;
import io.leverans.mail.conversation.ScriptedConversation.Notes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server on a real socket that does at each step what a test wants. */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Notes notes = new Notes();
  private final Opening opening;
  private final ServerKeys keys;
  private volatile Script script = Script.POLITE;
  private volatile String offers = "250-mail.test\r\n250-8BITMIME\r\n250 SIZE 10000000";

  /** How a connection begins. */
  public enum Opening {
    IN_CLEAR,
    /** As on port 465. */
    IN_TLS
  }

  public ScriptedServer() {
    this(Opening.IN_CLEAR, ServerKeys.SELF_SIGNED);
  }

  public ScriptedServer(Opening opening, ServerKeys keys) {
    this.opening = opening;
    this.keys = keys;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("scripted-server").start(this::acceptAll);
  }

  public void follow(Script next) {
    script = next;
  }

  /** One more of what a friendly server offers in its answer to EHLO. */
  public void offer(String extension) {
    offers = offers.replaceFirst("\r\n", "\r\n250-" + extension + "\r\n");
  }

  public int port() {
    return listener.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  /** How many connections stand now, as the server sees it. */
  public int openConnections() {
    return open.size();
  }

  /** All command lines of all connections. */
  public List<String> commands() {
    return List.copyOf(notes.commands());
  }

  /** The messages whose final dot was read, dots unstuffed. */
  public List<String> messages() {
    return List.copyOf(notes.messages());
  }

  /** The names that clients wanted to be proved, connection by connection (SNI). */
  public List<String> namesAskedFor() {
    return List.copyOf(notes.namesAskedFor());
  }

  /** What came of messages that never ended. */
  public List<String> unfinished() {
    return List.copyOf(notes.unfinished());
  }

  /** Closes all connections that stand, as a server that restarts does. */
  public void dropConnections() {
    open.forEach(ScriptedServer::closeQuietly);
  }

  public void forget() {
    notes.commands().clear();
    notes.messages().clear();
    notes.unfinished().clear();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    dropConnections();
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try {
      var conversation =
          new ScriptedConversation(socket, number, this::reactionAt, () -> offers, keys, notes);
      if (opening == Opening.IN_TLS) {
        conversation.encrypt();
      }
      conversation.run();
    } catch (IOException _) {
      // the client went away, or the script ended the connection
    } finally {
      open.remove(socket);
      closeQuietly(socket);
    }
  }

  /** By what is followed now, which may change within a conversation. */
  private Optional<Reaction> reactionAt(Step step, String line, int connection) {
    return script.at(step, line, connection);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // gone
    }
  }
}
