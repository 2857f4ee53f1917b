package io.leverans.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.ChangedMail;
import io.leverans.application.port.out.Claim;
import io.leverans.application.port.out.LargeContentContract;
import io.leverans.application.port.out.NewLoggedMail;
import io.leverans.application.port.out.Sender;
import io.leverans.application.port.out.Store;
import io.leverans.domain.message.MessageId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiLargeContentTest implements LargeContentContract {
  @RegisterExtension static final DatabaseUnderTest DATABASE = new DatabaseUnderTest();

  @Override
  public Store store() {
    return DATABASE.store();
  }

  @Override
  public void runOut(Claim claim) {
    DATABASE.runOut(claim);
  }

  private static byte[] large() {
    byte[] bytes = new byte[600_000];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static void execute(String statement, Object... arguments) {
    DATABASE.jdbi().useHandle(handle -> handle.execute(statement, arguments));
  }

  /** As nodes of the version before wrote it: in one value, without a size. */
  @Test
  void what_the_version_before_stored_is_read() throws IOException {
    var sender = new Sender(store());
    byte[] bytes = large();
    MessageId message = sender.accept(sender.mail("bo@example.com"));
    execute(
        "UPDATE message_content SET bytes = ?, size = NULL WHERE message_id = ?",
        bytes,
        message.value());
    NewLoggedMail logged = sender.letters().loggedMail("<1@mailbox.example>");
    var _ = store().messages().log(logged);
    execute(
        "UPDATE logged_content SET bytes = ?, size = NULL WHERE message_id = ?",
        bytes,
        logged.id().value());

    var content = sender.claimOne().dispatch().content();
    var kept = store().messages().findLogged(sender.team(), logged.id()).orElseThrow();

    assertThat(content.size()).isEqualTo(bytes.length);
    assertThat(content.toArray()).isEqualTo(bytes);
    assertThat(kept.size()).isEqualTo(bytes.length);
    assertThat(kept.toArray()).isEqualTo(bytes);
  }

  /** It took what the one column held for all of the mail. */
  @Test
  void the_version_before_finds_nothing_to_send_where_it_would_find_a_part() {
    var sender = new Sender(store());
    MessageId message =
        sender.accept(ChangedMail.withContent(sender.mail("bo@example.com"), large()));

    List<Optional<byte[]>> found =
        DATABASE
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            "SELECT bytes FROM message_content WHERE message_id = :message")
                        .bind("message", message.value())
                        .map((row, _) -> Optional.ofNullable(row.getBytes("bytes")))
                        .list());

    assertThat(found).containsExactly(Optional.empty());
  }

  @Test
  void a_piece_that_is_not_there_ends_the_reading() {
    var sender = new Sender(store());
    MessageId message =
        sender.accept(ChangedMail.withContent(sender.mail("bo@example.com"), large()));
    execute("DELETE FROM content_chunk WHERE message_id = ? AND position = 1", message.value());
    var content = sender.claimOne().dispatch().content();

    assertThatThrownBy(content::toArray).isInstanceOf(IOException.class);
  }
}
