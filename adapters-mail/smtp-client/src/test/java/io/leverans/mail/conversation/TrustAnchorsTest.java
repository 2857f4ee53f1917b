package io.leverans.mail.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.mail.conversation.NameServers.Answer;
import io.leverans.mail.conversation.NameServers.Origin;
import io.leverans.mail.conversation.NameServers.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Which files of keys a check of signatures may begin with. */
class TrustAnchorsTest {
  private static final String DIGEST =
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private final SignedNames world = new SignedNames();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "; nothing\n",
        ". IN A 127.0.0.1\n",
        "hello\n",
        "corp. IN DS 1 13 2 " + DIGEST,
        ". IN DS 1 13 99 abab\n",
        ". IN DS 1 250 2 " + DIGEST,
        ". CH DS 1 13 2 " + DIGEST
      })
  void what_holds_no_keys_is_no_file_of_trust_anchors(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("other.zone"), text);
    assertThatThrownBy(() -> TrustAnchors.in(file)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ". IN DS 1 250 2 " + DIGEST,
        ". IN DS 1 13 99 abab",
        "corp. IN DS 1 13 2 " + DIGEST
      })
  void an_anchor_that_is_of_no_use_takes_nothing_from_another(String useless) throws IOException {
    Path file = world.dns().trustAnchors(folder);
    Files.writeString(file, Files.readString(file) + useless + "\n");
    assertThat(world.asking(file).ask("mail.test", Type.A).await())
        .isInstanceOfSatisfying(
            Answer.Found.class,
            found ->
                assertThat(found.origin()).isEqualTo(new Origin("mail.test", Standing.PROVEN)));
  }
}
