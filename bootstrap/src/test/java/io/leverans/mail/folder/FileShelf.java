package io.leverans.mail.folder;

import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files as the operating system has them. */
final class FileShelf implements Shelf {
  private static final String PREPARED = ".part";
  private static final String FINAL = ".eml";

  @Override
  public void prepare(Path folder, String name, Octets content) throws IOException {
    long room = Files.getFileStore(folder).getTotalSpace();
    if (content.size() > room) {
      throw new TooLargeException(
          "the disk holds %d octets, the message has %d".formatted(room, content.size()));
    }
    boolean written = false;
    try (FileChannel file =
            FileChannel.open(
                folder.resolve(name + PREPARED),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        InputStream in = content.open()) {
      in.transferTo(Channels.newOutputStream(file));
      file.force(true);
      written = true;
    } finally {
      if (!written) {
        discard(folder, name);
      }
    }
  }

  @Override
  public Committed commit(Path folder, String name) throws IOException {
    Path prepared = folder.resolve(name + PREPARED);
    Path last = folder.resolve(name + FINAL);
    try {
      Files.move(prepared, last, StandardCopyOption.ATOMIC_MOVE);
      return new Committed.Done(last.getFileName().toString());
    } catch (IOException failed) {
      if (Files.exists(prepared) && Files.deleteIfExists(prepared)) {
        return new Committed.Refused(String.valueOf(failed.getMessage()));
      }
      throw failed;
    }
  }

  @Override
  public void discard(Path folder, String name) {
    try {
      Files.deleteIfExists(folder.resolve(name + PREPARED));
    } catch (IOException _) {
      // nobody reads it under that name
    }
  }
}
