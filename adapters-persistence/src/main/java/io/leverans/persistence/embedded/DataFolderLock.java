package io.leverans.persistence.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a data folder to one process. The operating system gives the lock back when its holder
 * ends, however it ends.
 */
final class DataFolderLock implements AutoCloseable {
  /**
   * The folders of this process. Opening and closing the lock file a second time would give up the
   * first lock, since POSIX ties it to the process and not to the open file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private DataFolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @throws EmbeddedPostgresException if a running process holds it; the message names it
   */
  static DataFolderLock take(Path folder) throws IOException {
    Path realFolder = folder.toRealPath();
    if (!HELD_HERE.add(realFolder)) {
      throw refusal(realFolder, "this very process", ProcessHandle.current().pid());
    }
    boolean taken = false;
    try {
      FileChannel channel = lock(realFolder);
      taken = true;
      return new DataFolderLock(realFolder, channel);
    } finally {
      if (!taken) {
        HELD_HERE.remove(realFolder);
      }
    }
  }

  /** Whether a process holds it, which then has the database on the folder under its care. */
  static boolean isHeld(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    if (!Files.exists(file)) {
      return false;
    }
    if (HELD_HERE.contains(folder.toRealPath())) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel = FileChannel.open(folder.resolve("lock"), READ, WRITE, CREATE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw refusal(folder, "another process", holder(channel));
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /** The holder's process id, or 0 when it has not been written yet. */
  private static long holder(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    channel.read(buffer, 0);
    String text = UTF_8.decode(buffer.flip()).toString().strip();
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  private static EmbeddedPostgresException refusal(Path folder, String who, long pid) {
    String command =
        Optional.of(pid)
            .flatMap(ProcessHandle::of)
            .flatMap(handle -> handle.info().commandLine())
            .map(line -> ": " + (line.length() > 200 ? line.substring(0, 200) + "…" : line))
            .orElse("");
    return new EmbeddedPostgresException(
        "The data folder %s is in use by %s (process %d%s). Stop that process, or choose another data folder"
            .formatted(folder, who, pid, command));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(folder);
  }
}
