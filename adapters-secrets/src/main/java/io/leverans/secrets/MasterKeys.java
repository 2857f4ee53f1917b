package io.leverans.secrets;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the operator keeps the master keyset, which encrypts the keyset in the database and is not
 * in it. Nothing is read before it is needed.
 */
public final class MasterKeys {
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

  private final String source;
  private final Origin origin;

  private MasterKeys(String source, Origin origin) {
    this.source = source;
    this.origin = origin;
  }

  /** A file, made on the first start of a deployment, that only its owner may read. */
  public static MasterKeys fromFile(Path file) {
    return new MasterKeys("the file " + file, new KeysetFile(file));
  }

  /**
   * A value that was set.
   *
   * @param name what was set: an environment variable or a key of the configuration
   * @param keyset Tink's JSON, plain or in base64
   */
  public static MasterKeys fromValue(String name, String keyset) {
    return new MasterKeys(name, () -> Optional.of(keyset));
  }

  /**
   * A program that prints the keyset, as {@link #fromValue} takes it, within 30 seconds. Its
   * standard error is not kept, as it may hold secrets too.
   *
   * @param name where the program was set, for errors
   * @param command program and arguments; no shell reads them
   */
  public static MasterKeys fromCommand(String name, List<String> command) {
    return fromCommand(name, command, COMMAND_LIMIT);
  }

  static MasterKeys fromCommand(String name, List<String> command, Duration limit) {
    var program = new KeysetCommand(name, command, limit);
    return new MasterKeys("the output of the command " + name, () -> Optional.of(program.output()));
  }

  /** Made where there is none, if this is a place to make one. */
  MasterKeyset obtain() {
    String text = origin.read().orElseGet(this::make);
    return MasterKeyset.parse(source, text);
  }

  /** The one that was there before; never a new one, which could open nothing. */
  MasterKeyset existing() {
    return MasterKeyset.parse(
        source,
        origin
            .read()
            .orElseThrow(
                () ->
                    new UnusableKeysetException(
                        "there is no master keyset in "
                            + source
                            + ", but the keyset in the database was made with one: restore it, or "
                            + "copy it from another node")));
  }

  private String make() {
    return origin.keep(AeadKeys.toJson(AeadKeys.generate()));
  }

  @Override
  public String toString() {
    return "MasterKeys[" + source + "]";
  }

  /** A place that a keyset comes from. */
  @FunctionalInterface
  interface Origin {
    Optional<String> read();

    /** Keeps a new keyset, and answers with the one that is kept: another's may have come first. */
    default String keep(String keyset) {
      throw new IllegalStateException("no keyset can be kept here");
    }
  }
}
