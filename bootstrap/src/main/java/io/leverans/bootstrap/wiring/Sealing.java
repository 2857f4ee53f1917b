package io.leverans.bootstrap.wiring;

import io.leverans.application.port.out.Keysets;
import io.leverans.bootstrap.settings.KeysetSource;
import io.leverans.bootstrap.settings.SettingKey;
import io.leverans.secrets.MasterKeys;
import io.leverans.secrets.SealingKeys;

/** The keys that seal secrets, from where the operator keeps theirs. */
final class Sealing {
  private Sealing() {}

  static SealingKeys open(KeysetSource source, Keysets keysets) {
    return SealingKeys.load(masterKeys(source), keysets);
  }

  private static MasterKeys masterKeys(KeysetSource source) {
    return switch (source) {
      case KeysetSource.File(var path) -> MasterKeys.fromFile(path);
      case KeysetSource.Value(var keyset) ->
          MasterKeys.fromValue(SettingKey.SECRETS_KEYSET.key(), keyset);
      case KeysetSource.Command(var line) ->
          MasterKeys.fromCommand(SettingKey.SECRETS_KEYSET_COMMAND.key(), line);
    };
  }
}
