package io.leverans.mail.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.provider.MailTransportContract;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.MailTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A file for each recipient. */
class FolderTransportContractTest implements MailTransportContract {
  private final UnreliableShelf shelf = new UnreliableShelf();
  private final FolderProvider provider = FolderWorld.provider(shelf, Map.of("timeout", "1s"));
  @TempDir private Path folder;

  @AfterEach
  void nothing_half_done_is_left() throws IOException {
    assertThat(FolderWorld.filesIn(folder, ".part")).isEmpty();
  }

  @Override
  public MailTransport transport() {
    return provider.transport();
  }

  @Override
  public OpenChannel channel() {
    return FolderWorld.channel(Map.of("folder", folder.toString(), "group", group()));
  }

  String group() {
    return "recipient";
  }

  @Override
  public Dispatch dispatch() {
    return FolderWorld.dispatch("anna@example.com");
  }

  @Override
  public Peer peer() {
    return new Peer() {
      @Override
      public void behave(Behaviour behaviour) {
        shelf.behave(behaviour);
      }

      @Override
      public int messagesTaken() {
        try {
          return FolderWorld.filesIn(folder, ".eml").size();
        } catch (IOException unreadable) {
          throw new UncheckedIOException(unreadable);
        }
      }
    };
  }
}
