package io.leverans.mail.folder;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.AttemptReport;
import io.leverans.domain.delivery.Cause;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.Envelope;
import io.leverans.domain.delivery.Evidence;
import io.leverans.domain.delivery.Failure;
import io.leverans.domain.delivery.HandOver;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.delivery.MailTransport;
import io.leverans.domain.delivery.NextHop;
import io.leverans.domain.delivery.Outcome;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes messages into files. Each is written under a name that nobody reads; the renaming is the
 * point of no return.
 */
final class FolderTransport implements MailTransport {
  private final Shelf shelf;
  private final Patience patience;
  private final FolderMarking marking;

  FolderTransport(Shelf shelf, Patience patience, FolderMarking marking) {
    this.shelf = shelf;
    this.patience = patience;
    this.marking = marking;
  }

  @Override
  public AttemptReport attempt(Dispatch dispatch, OpenChannel channel, HandOver handOver) {
    Path folder = FolderForm.folderOf(channel.settings());
    List<String> transcript = new ArrayList<>();
    Map<DeliveryId, Outcome> outcomes = new HashMap<>();
    for (Letter letter : letters(dispatch, channel)) {
      Outcome outcome = new Writing(folder, letter, transcript).handOver(handOver);
      letter.aboard().forEach(delivery -> outcomes.put(delivery, outcome));
    }
    NextHop hop =
        new NextHop("folder", folder.toString(), new NextHop.Security.Plain("a folder has none"));
    return new AttemptReport(outcomes, Optional.of(hop), transcript);
  }

  private List<Letter> letters(Dispatch dispatch, OpenChannel channel) {
    Octets stamp =
        Octets.of(
            channel
                .settings()
                .find(FolderForm.STAMP)
                .map(line -> "Stamp: " + line + "\r\n")
                .orElse("")
                .getBytes(US_ASCII));
    Octets content = stamp.followedBy(marking.asSent(dispatch));
    if (FolderProvider.sharesFiles(channel.settings())) {
      Set<DeliveryId> all =
          dispatch.envelopes().stream().map(Envelope::delivery).collect(Collectors.toSet());
      return List.of(new Letter(dispatch.id().value() + "." + dispatch.attempt(), all, content));
    }
    return dispatch.envelopes().stream()
        .map(Envelope::delivery)
        .map(
            delivery ->
                new Letter(delivery.value() + "." + dispatch.attempt(), Set.of(delivery), content))
        .toList();
  }

  /** One file to be. */
  private record Letter(String name, Set<DeliveryId> aboard, Octets content) {}

  /** The writing of one file. */
  private final class Writing {
    private final Path folder;
    private final Letter letter;
    private final List<String> transcript;

    Writing(Path folder, Letter letter, List<String> transcript) {
      this.folder = folder;
      this.letter = letter;
      this.transcript = transcript;
    }

    Outcome handOver(HandOver handOver) {
      try {
        patience.with(
            () -> {
              shelf.prepare(folder, letter.name(), letter.content());
              return folder;
            });
      } catch (Shelf.TooLargeException tooLarge) {
        return new Outcome.Rejected(failure(Cause.MESSAGE_TOO_LARGE, tooLarge));
      } catch (IOException failed) {
        return deferred(failure(Cause.NETWORK_FAILURE, failed));
      }
      transcript.add("wrote " + letter.name());
      return switch (permission(handOver)) {
        case GO -> commit();
        case LEASE_LOST -> withdrawn(Cause.UNDETERMINED, "The attempt was no longer ours.");
        case CANCELLED -> withdrawn(Cause.CANCELLED, "It was withdrawn.");
        case LANE_CLOSED -> {
          takeBack();
          yield new Outcome.HeldBack(Duration.ZERO);
        }
      };
    }

    private Permission permission(HandOver handOver) {
      boolean answered = false;
      try {
        Permission permission = handOver.request(letter.aboard());
        answered = true;
        return permission;
      } finally {
        if (!answered) {
          takeBack();
        }
      }
    }

    private Outcome commit() {
      try {
        return switch (patience.with(() -> shelf.commit(folder, letter.name()))) {
          case Shelf.Committed.Done(var fileName) -> {
            transcript.add("it is " + fileName + " now");
            yield new Outcome.Accepted(Evidence.RELAY, fileName);
          }
          case Shelf.Committed.Refused(var why) -> {
            transcript.add("it could not be renamed: " + why);
            yield deferred(Failure.of(Cause.REMOTE_SYSTEM_ERROR, why));
          }
        };
      } catch (IOException unknown) {
        takeBack();
        return new Outcome.InDoubt(failure(Cause.NETWORK_FAILURE, unknown));
      }
    }

    private Outcome withdrawn(Cause cause, String words) {
      takeBack();
      return deferred(Failure.of(cause, words));
    }

    /** Only what has not got its final name. */
    private void takeBack() {
      try {
        patience.with(
            () -> {
              shelf.discard(folder, letter.name());
              return folder;
            });
        transcript.add("took back what had no final name");
      } catch (IOException _) {
        transcript.add("could not take it back; nobody reads it under that name");
      }
    }

    private Outcome deferred(Failure failure) {
      return new Outcome.Deferred(failure, Optional.empty());
    }

    private Failure failure(Cause cause, IOException failed) {
      transcript.add("failed: " + failed.getMessage());
      return Failure.of(cause, "The folder does not take it: " + failed.getMessage());
    }
  }
}
