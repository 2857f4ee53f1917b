package io.leverans.web.input;

import io.leverans.domain.message.Octets;
import java.util.Optional;

/** A body as it came: in memory, or in a file where it is large. To be closed after the answer. */
final class ReceivedBody implements AutoCloseable {
  private final Octets octets;
  private final Optional<SpooledFile> file;
  private final Room.Place place;

  private ReceivedBody(Octets octets, Optional<SpooledFile> file, Room.Place place) {
    this.octets = octets;
    this.file = file;
    this.place = place;
  }

  static ReceivedBody of(byte[] bytes) {
    return new ReceivedBody(Octets.of(bytes), Optional.empty(), () -> {});
  }

  /** Waits for room in memory for its texts. */
  static ReceivedBody of(SpooledFile file, Spool spool) {
    return new ReceivedBody(file, Optional.of(file), spool.enter(file.size()));
  }

  Octets octets() {
    return octets;
  }

  /** Where it lies, if it is large. */
  Optional<SpooledFile> file() {
    return file;
  }

  @Override
  public void close() {
    place.close();
    file.ifPresent(SpooledFile::close);
  }
}
