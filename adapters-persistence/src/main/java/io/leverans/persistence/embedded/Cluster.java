package io.leverans.persistence.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What PostgreSQL keeps on the disk: the folder that {@code initdb} makes, and beside it the
 * password of its superuser.
 */
final class Cluster {
  static final String FOLDER = "cluster";
  static final String SUPERUSER = "postgres";

  private static final Duration INITDB_PATIENCE = Duration.ofMinutes(5);

  /** First values of postgresql.conf, which is the operator's to edit afterwards. */
  private static final List<String> FIRST_SETTINGS =
      List.of(
          "shared_buffers=128MB",
          "max_connections=100",
          "wal_compression=on",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_checkpoints=off",
          // Details and statements would put addresses into the log.
          "log_error_verbosity=terse",
          "log_min_error_statement=panic");

  private final Path dataFolder;
  private final PostgresBinaries binaries;
  private final ServerAccount account;

  Cluster(Path dataFolder, PostgresBinaries binaries, ServerAccount account) {
    this.dataFolder = dataFolder;
    this.binaries = binaries;
    this.account = account;
  }

  Path folder() {
    return dataFolder.resolve(FOLDER);
  }

  /**
   * Makes the cluster unless it is there.
   *
   * @throws EmbeddedPostgresException if it is another major version's, or cannot be made
   */
  void prepare(Durability durability) throws IOException {
    if (Files.exists(folder())) {
      checkVersion();
      return;
    }
    deleteUnfinished();
    ensurePassword();
    Path unfinished = Files.createTempDirectory(dataFolder, "unfinished-");
    account.own(dataFolder);
    initdb(unfinished, durability);
    Files.move(unfinished, folder(), StandardCopyOption.ATOMIC_MOVE);
  }

  String password() throws IOException {
    if (!Files.exists(passwordFile())) {
      throw new EmbeddedPostgresException(
          "%s is missing, and without it nobody can log in to the database beside it. Put it back from a backup, or choose another data folder"
              .formatted(passwordFile()));
    }
    return Files.readString(passwordFile()).strip();
  }

  Path passwordFile() {
    return dataFolder.resolve("password");
  }

  private void checkVersion() throws IOException {
    Path versionFile = folder().resolve("PG_VERSION");
    if (!Files.exists(versionFile)) {
      throw new EmbeddedPostgresException(
          "%s is not PostgreSQL's: it has no PG_VERSION. Put it back from a backup, or choose another data folder"
              .formatted(folder()));
    }
    String found = Files.readString(versionFile).strip();
    if (!found.equals(Integer.toString(binaries.majorVersion()))) {
      throw new EmbeddedPostgresException(
          "%s was made by PostgreSQL %s, and this Leverans brings PostgreSQL %d, which cannot read it. Bring it over with pg_upgrade, or start the Leverans that made it, or choose another data folder"
              .formatted(folder(), found, binaries.majorVersion()));
    }
  }

  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(dataFolder, "unfinished-*")) {
      for (Path leftover : leftovers) {
        Folders.delete(leftover);
      }
    }
  }

  /** A password whose cluster was never finished is used for the next one. */
  private void ensurePassword() throws IOException {
    if (Files.exists(passwordFile())) {
      return;
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path unfinished =
        Files.createTempFile(
            dataFolder,
            "unfinished-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n", UTF_8);
    Files.move(unfinished, passwordFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void initdb(Path target, Durability durability) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + target,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile(),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums"));
    FIRST_SETTINGS.forEach(setting -> command.addAll(List.of("--set", setting)));
    command.addAll(durability.initdbOptions());
    Program.Result result = Program.run(account.running(command), INITDB_PATIENCE);
    if (!result.succeeded()) {
      throw new EmbeddedPostgresException(
          "PostgreSQL cannot make its data folder in %s; initdb says:\n%s\nMend the cause and start again"
              .formatted(dataFolder, result.output()));
    }
  }
}
