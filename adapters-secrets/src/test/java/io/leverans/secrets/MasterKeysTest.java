package io.leverans.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.memory.MemoryKeysets;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.SealedSecrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeysTest {
  private static final ChannelId CHANNEL = new ChannelId(new UUID(0, 1));
  private static final Map<String, String> SECRETS = Map.of("password", "kräftig");
  private static final String NAME = "LEVERANS_SECRETS_KEYSET";

  @TempDir private Path folder;

  private final MemoryKeysets keysets = new MemoryKeysets();

  @Test
  void a_file_is_made_on_the_first_start_and_used_on_the_next() throws Exception {
    Path file = folder.resolve("keys/master.json");
    SealedSecrets sealed = load(MasterKeys.fromFile(file)).seal(CHANNEL, SECRETS);
    String made = Files.readString(file);

    assertThat(load(MasterKeys.fromFile(file)).open(CHANNEL, sealed)).isEqualTo(SECRETS);
    assertThat(Files.readString(file)).isEqualTo(made);
    assertThat(file.getParent().toFile().list()).containsExactly("master.json");
  }

  @Test
  void only_its_owner_may_read_the_file() throws Exception {
    Path file = folder.resolve("keys/master.json");
    var _ = load(MasterKeys.fromFile(file));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void a_file_that_another_node_made_meanwhile_holds() throws Exception {
    Path file = folder.resolve("master.json");
    Files.writeString(file, "theirs");

    assertThat(new KeysetFile(file).keep("ours")).isEqualTo("theirs");
    assertThat(Files.readString(file)).isEqualTo("theirs");
  }

  @Test
  void a_lost_file_is_not_made_anew_as_long_as_something_is_sealed_under_it() throws Exception {
    Path file = folder.resolve("master.json");
    var _ = load(MasterKeys.fromFile(file));
    Files.delete(file);

    assertThatThrownBy(() -> load(MasterKeys.fromFile(file)))
        .isInstanceOf(UnusableKeysetException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("restore it");
    assertThat(file).doesNotExist();
  }

  @Test
  void a_file_that_cannot_be_read_or_made_is_refused_by_name() throws Exception {
    Path file = Files.createDirectory(folder.resolve("a-folder"));
    Path within = Files.createFile(folder.resolve("a-file")).resolve("master.json");

    assertThatThrownBy(() -> load(MasterKeys.fromFile(file)))
        .isInstanceOf(UnusableKeysetException.class)
        .hasMessageContaining(file + " cannot be read");
    assertThatThrownBy(() -> load(MasterKeys.fromFile(within)))
        .isInstanceOf(UnusableKeysetException.class)
        .hasMessageContaining(within + " cannot be");
  }

  @Test
  void the_master_keyset_of_another_deployment_is_refused_by_name() {
    var _ = load(MasterKeys.fromFile(folder.resolve("one.json")));
    var _ = SealingKeys.load(MasterKeys.fromFile(folder.resolve("two.json")), new MemoryKeysets());

    assertThatThrownBy(() -> load(MasterKeys.fromFile(folder.resolve("two.json"))))
        .isInstanceOf(UnusableKeysetException.class)
        .hasMessageContaining("two.json")
        .hasMessageContaining("restore");
  }

  @Test
  void a_value_that_was_set_is_taken_as_json_and_in_base64() {
    String json = AeadKeys.toJson(AeadKeys.generate());
    String wrapped = Base64.getMimeEncoder().encodeToString(json.getBytes(UTF_8));
    SealedSecrets sealed = load(MasterKeys.fromValue(NAME, json)).seal(CHANNEL, SECRETS);

    assertThat(load(MasterKeys.fromValue(NAME, "\n" + json + "\n")).open(CHANNEL, sealed))
        .isEqualTo(SECRETS);
    assertThat(load(MasterKeys.fromValue(NAME, wrapped + "\n")).open(CHANNEL, sealed))
        .isEqualTo(SECRETS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2-is-the-secret",
        "{\"primaryKeyId\": \"hunter2-is-the-secret\"}",
        "{\"key\": hunter2-is-the-secret",
        "aHVudGVyMi1pcy10aGUtc2VjcmV0"
      })
  void a_value_that_is_no_keyset_is_refused_by_name_and_not_quoted(String value) {
    assertThatThrownBy(() -> load(MasterKeys.fromValue(NAME, value)))
        .isInstanceOf(UnusableKeysetException.class)
        .hasMessageContaining(NAME)
        .satisfies(refusal -> assertThat(everythingSaidBy(refusal)).doesNotContain("hunter2"));
  }

  @Test
  void a_command_prints_the_keyset() throws Exception {
    Path file = folder.resolve("printed.json");
    Files.writeString(file, AeadKeys.toJson(AeadKeys.generate()));
    SealedSecrets sealed = load(command("cat", file.toString())).seal(CHANNEL, SECRETS);

    assertThat(load(MasterKeys.fromFile(file)).open(CHANNEL, sealed)).isEqualTo(SECRETS);
  }

  @Test
  void a_command_that_fails_is_named_without_what_it_printed() {
    assertRefused(
        command("sh", "-c", "echo hunter2-out; echo hunter2-err >&2; exit 3"),
        "ended with status 3");
    assertRefused(command("sh", "-c", "echo hunter2-out"), "holds no keyset");
    assertRefused(
        command("/nowhere/vault", "hunter2-argument"), "'/nowhere/vault' cannot be started");
  }

  @Test
  void a_command_that_does_not_end_is_ended_with_all_that_it_started() throws Exception {
    Path mark = folder.resolve("mark");
    MasterKeys keys =
        MasterKeys.fromCommand(
            "secrets.command",
            List.of("sh", "-c", "sleep 600 & echo $! > '" + mark + "'; wait"),
            Duration.ofSeconds(1));

    assertRefused(keys, "did not end within 1 seconds");
    Optional<ProcessHandle> started =
        ProcessHandle.of(Long.parseLong(Files.readString(mark).strip()));
    started.ifPresent(
        process -> assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10)));
  }

  @Test
  void where_the_keys_come_from_is_all_that_is_shown_of_them() {
    String json = AeadKeys.toJson(AeadKeys.generate());
    MasterKeys keys = MasterKeys.fromValue(NAME, json);

    assertThat(keys).hasToString("MasterKeys[" + NAME + "]");
    assertThat(keys.obtain()).hasToString("MasterKeyset[" + NAME + "]");
  }

  private void assertRefused(MasterKeys keys, String how) {
    assertThatThrownBy(() -> load(keys))
        .isInstanceOf(UnusableKeysetException.class)
        .hasMessageContaining("secrets.command")
        .hasMessageContaining(how)
        .satisfies(refusal -> assertThat(everythingSaidBy(refusal)).doesNotContain("hunter2"));
  }

  private SealingKeys load(MasterKeys master) {
    return SealingKeys.load(master, keysets);
  }

  private static MasterKeys command(String... words) {
    return MasterKeys.fromCommand("secrets.command", List.of(words));
  }

  private static String everythingSaidBy(Throwable refusal) {
    var said = new StringWriter();
    refusal.printStackTrace(new PrintWriter(said));
    return said.toString();
  }
}
