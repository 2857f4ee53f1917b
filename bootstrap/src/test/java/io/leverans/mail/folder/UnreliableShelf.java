package io.leverans.mail.folder;

import io.leverans.application.port.provider.MailTransportContract.Behaviour;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The file system, with whatever can go wrong with it. */
final class UnreliableShelf implements Shelf {
  private volatile Behaviour behaviour = Behaviour.TAKES_EVERYTHING;

  void behave(Behaviour next) {
    behaviour = next;
  }

  @Override
  public void prepare(Path folder, String name, Octets content) throws IOException {
    switch (behaviour) {
      case CANNOT_BE_REACHED -> throw new NoSuchFileException(folder.toString());
      case DEFERS -> throw new IOException("no space left on device");
      case REJECTS -> throw new TooLargeException("larger than the disk");
      case BREAKS_BEFORE_THE_END -> {
        FILES.prepare(folder, name, content);
        FILES.discard(folder, name);
        throw new IOException("input/output error");
      }
      case HANGS -> hang();
      case SPEAKS_RUBBISH -> throw new IllegalStateException("\u0000\u0007");
      case LIES -> {
        // says it is there
      }
      case TAKES_EVERYTHING,
          BREAKS_AFTER_THE_END,
          HANGS_AFTER_THE_END,
          SPEAKS_RUBBISH_AFTER_THE_END,
          CHANGES_ITS_MIND ->
          FILES.prepare(folder, name, content);
    }
  }

  @Override
  public Committed commit(Path folder, String name) throws IOException {
    return switch (behaviour) {
      case CANNOT_BE_REACHED -> throw new NoSuchFileException(folder.toString());
      case CHANGES_ITS_MIND -> {
        FILES.discard(folder, name);
        yield new Committed.Refused("read-only file system");
      }
      case BREAKS_AFTER_THE_END -> {
        var _ = FILES.commit(folder, name);
        throw new IOException("input/output error");
      }
      case HANGS_AFTER_THE_END -> {
        Committed committed = FILES.commit(folder, name);
        hang();
        yield committed;
      }
      case SPEAKS_RUBBISH_AFTER_THE_END -> {
        var _ = FILES.commit(folder, name);
        throw new IllegalStateException("\u0000\u0007");
      }
      case TAKES_EVERYTHING, DEFERS, REJECTS, BREAKS_BEFORE_THE_END, HANGS, SPEAKS_RUBBISH, LIES ->
          FILES.commit(folder, name);
    };
  }

  @Override
  public void discard(Path folder, String name) {
    FILES.discard(folder, name);
  }

  private static void hang() throws IOException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }
}
