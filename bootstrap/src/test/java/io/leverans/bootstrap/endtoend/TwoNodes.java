package io.leverans.bootstrap.endtoend;

import io.leverans.bootstrap.wiring.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Two live nodes on one database, each of which is started again when it was killed. */
final class TwoNodes implements AutoCloseable {
  private final HeldDatabase database;
  private final List<String> settings;
  private final Set<UUID> known = new HashSet<>();
  private final List<Member> members = new ArrayList<>();
  private Member alive;

  /** One of the two, through all its lives. */
  private final class Member {
    private final Path folder;
    private final URI address = URI.create("http://localhost:" + FreePort.find());
    private CompletableFuture<LeveransProcess> process;
    private Optional<UUID> holder = Optional.empty();

    Member(Path folder) throws IOException {
      this.folder = Files.createDirectories(folder);
      this.process = starting();
    }

    private CompletableFuture<LeveransProcess> starting() {
      List<String> arguments = new ArrayList<>(List.of("start"));
      settings.forEach(setting -> arguments.add("--set=" + setting));
      arguments.add("--set=http.port=" + address.getPort());
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return LeveransProcess.start(folder, address, arguments);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          },
          task -> Thread.ofPlatform().start(task));
    }

    /** Of those that the database knows, it is the one that was not there before. */
    void awaitReady() throws Exception {
      var _ = process.join();
      if (holder.isPresent()) {
        return;
      }
      Set<UUID> now = database.nodes();
      now.removeAll(known);
      holder = now.stream().findFirst();
      known.addAll(now);
    }

    boolean isHolder(UUID node) {
      return holder.filter(node::equals).isPresent();
    }

    void kill() {
      process.join().kill();
      holder = Optional.empty();
      process = starting();
    }
  }

  /** Starts one after the other. */
  TwoNodes(Path folder, HeldDatabase database, List<String> settings) throws Exception {
    this.database = database;
    this.settings = settings;
    for (String name : List.of("a", "b")) {
      Member member = new Member(folder.resolve(name));
      members.add(member);
      member.awaitReady();
    }
    alive = members.getFirst();
  }

  void awaitBoth() throws Exception {
    for (Member member : members) {
      member.awaitReady();
    }
  }

  /** Kills the node that has the lease of the message; it is on its way back when this returns. */
  void killHolderOf(UUID message) {
    UUID holder = database.holderOf(message).orElseThrow();
    Member held =
        members.stream()
            .filter(member -> member.isHolder(holder))
            .findFirst()
            .orElseThrow(() -> new AssertionError("neither node has the lease: " + holder));
    alive = members.stream().filter(member -> member != held).findFirst().orElseThrow();
    held.kill();
  }

  /** To a node that was not killed last. */
  Http http() throws IOException {
    return new Http(
        alive.address, Files.readString(members.getFirst().folder.resolve("data/api-key")).strip());
  }

  /** One that did not start keeps the other from nothing. */
  @Override
  public void close() {
    var closed =
        members.stream().map(member -> member.process.thenAccept(LeveransProcess::close)).toList();
    closed.forEach(CompletableFuture::join);
  }
}
