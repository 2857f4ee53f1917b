package io.leverans.bootstrap.wiring;

import io.leverans.application.port.in.IdentifyCaller;
import io.leverans.application.port.in.ReadIdentities;
import io.leverans.application.port.in.SetUpTeam;
import io.leverans.application.view.Caller;
import io.leverans.domain.identity.Identity;
import io.leverans.domain.identity.IdentityId;
import io.leverans.domain.identity.Mailbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The team that a new deployment comes with, and the file that its key lies in.
 *
 * @param identity one that it can send from at once, if it has any
 */
public record FirstTeam(String apiKey, Path keyFile, Optional<IdentityId> identity) {

  /** The team whose key lies in the file; made, with its key, if there is no such file or team. */
  static FirstTeam obtain(
      Path keyFile,
      IdentifyCaller identifyCaller,
      SetUpTeam setUpTeam,
      ReadIdentities identities,
      SetUpTeam.Command ifNew) {
    String apiKey =
        stored(keyFile)
            .filter(key -> identifyCaller.identify(key).isPresent())
            .orElseGet(() -> make(keyFile, setUpTeam, ifNew));
    Caller admin = identifyCaller.identify(apiKey).orElseThrow();
    return new FirstTeam(
        apiKey, keyFile, identities.list(admin).stream().map(Identity::id).findFirst());
  }

  private static Optional<String> stored(Path keyFile) {
    try {
      return Files.exists(keyFile)
          ? Optional.of(Files.readString(keyFile).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the API key in " + keyFile, e);
    }
  }

  private static String make(Path keyFile, SetUpTeam setUpTeam, SetUpTeam.Command command) {
    String apiKey = setUpTeam.setUp(command).apiKey();
    try {
      Files.deleteIfExists(keyFile);
      Files.createFile(
          keyFile,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(keyFile, apiKey + "\n", StandardOpenOption.WRITE);
      return apiKey;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the API key to " + keyFile, e);
    }
  }

  static SetUpTeam.Command sandboxTeam() {
    return new SetUpTeam.Command(
        "Sandbox team", "Sandy", List.of(Mailbox.parse("Sandy Sender <sandy@acme.example>")));
  }

  static SetUpTeam.Command operatorsTeam() {
    return new SetUpTeam.Command("Operator", "Operator", List.of());
  }
}
