package io.leverans.bootstrap.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePlatformKeysTest {
  @TempDir private Path folder;

  @Test
  void a_key_is_made_once_and_kept() {
    byte[] first = new FilePlatformKeys(folder).obtain("return-path-1", () -> bytes("first"));
    byte[] second = new FilePlatformKeys(folder).obtain("return-path-1", () -> bytes("second"));

    assertThat(first).isEqualTo(bytes("first"));
    assertThat(second).isEqualTo(bytes("first"));
  }

  @Test
  void only_its_owner_may_read_it() throws Exception {
    Path keys = folder.resolve("keys");
    var _ = new FilePlatformKeys(keys).obtain("dkim-a", () -> bytes("secret"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("dkim-a"))))
        .isEqualTo("rw-------");
    assertThat(keys.toFile().list()).containsExactly("dkim-a");
  }

  @Test
  void a_name_cannot_lead_out_of_the_folder() {
    assertThatThrownBy(() -> new FilePlatformKeys(folder).obtain("../x", () -> bytes("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
