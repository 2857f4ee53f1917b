package io.leverans.mail.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leverans.application.port.provider.Author;
import io.leverans.application.port.provider.ChannelProviderFactory;
import io.leverans.application.port.provider.FilledIn;
import io.leverans.application.port.provider.FilledIn.FieldProblem;
import io.leverans.application.port.provider.Proof;
import io.leverans.domain.bounce.IncomingReport;
import io.leverans.domain.bounce.Link;
import io.leverans.domain.bounce.ReportInbox.Receipt;
import io.leverans.domain.channel.ChannelKind;
import io.leverans.domain.channel.OpenChannel;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.Dispatch;
import io.leverans.domain.delivery.HandOver.Permission;
import io.leverans.domain.identity.Mailbox;
import io.leverans.domain.message.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderProviderTest {
  @TempDir private Path folder;

  private final FolderProvider provider = FolderWorld.provider(Shelf.FILES, Map.of());

  @Test
  void it_is_found_like_every_other_kind() {
    assertThat(ServiceLoader.load(ChannelProviderFactory.class))
        .extracting(ChannelProviderFactory::kind)
        .contains(new ChannelKind("folder"));
  }

  @Test
  void what_is_filled_in_is_completed_and_its_secret_kept_apart() {
    FilledIn read = provider.read(Map.of("folder", folder.toString(), "stamp", "aunt Ada"));
    assertThat(read).isInstanceOf(FilledIn.Complete.class);
    if (read instanceof FilledIn.Complete(var settings, var secrets)) {
      assertThat(settings.values())
          .isEqualTo(Map.of("folder", folder.toString(), "group", "recipient"));
      assertThat(secrets).isEqualTo(Map.of("stamp", "aunt Ada"));
    }
  }

  @Test
  void each_field_that_cannot_work_is_named() {
    FilledIn read =
        provider.read(
            Map.of("folder", "here", "group", "both", "stamp", "one\ntwo", "colour", "red"));
    assertThat(read).isInstanceOf(FilledIn.Faulty.class);
    if (read instanceof FilledIn.Faulty(var problems)) {
      assertThat(problems)
          .extracting(FieldProblem::field)
          .containsExactly("colour", "folder", "group", "stamp");
    }
  }

  @Test
  void a_folder_that_can_be_written_works_and_is_left_as_it_was() throws IOException {
    assertThat(provider.prove(channel(folder), Optional.empty())).isInstanceOf(Proof.Works.class);
    assertThat(FolderWorld.filesIn(folder, "")).isEmpty();
  }

  @Test
  void a_folder_that_is_not_there_fails_at_its_field() {
    Proof proof = provider.prove(channel(folder.resolve("nowhere")), Optional.empty());
    assertThat(proof).isInstanceOf(Proof.Fails.class);
    if (proof instanceof Proof.Fails(var fault, var field, _, _)) {
      assertThat(field).contains("folder");
      assertThat(fault.words()).contains("nowhere");
      assertThat(fault.remedy()).contains("Make the folder");
    }
  }

  @Test
  void a_file_holds_the_stamp_the_mark_and_the_message() throws IOException {
    Dispatch dispatch = FolderWorld.dispatch("anna@example.com");
    OpenChannel stamped =
        FolderWorld.channel(Map.of("folder", folder.toString(), "stamp", "aunt Ada"));
    var _ = provider.transport().attempt(dispatch, stamped, _ -> Permission.GO);
    Path file = FolderWorld.filesIn(folder, ".eml").getFirst();
    String token = FolderWorld.tokenFor(dispatch.envelopes().getFirst().delivery());
    assertThat(Files.readString(file))
        .startsWith("Stamp: aunt Ada\r\nLeverans-Delivery: " + token + "\r\nSubject: hello\r\n");
  }

  @Test
  void mail_of_another_channel_is_adopted_without_its_signature() throws IOException {
    Octets theirs =
        Octets.of(
            "DKIM-Signature: v=1;\r\n b=abc\r\nFrom: x@example.net\r\n\r\nHello.\r\n"
                .getBytes(UTF_8));
    Octets ours =
        provider.adopt(
            theirs, Author.of(Mailbox.parse("Ada <ada@example.org>")), channel(folder).settings());
    assertThat(new String(ours.toArray(), UTF_8))
        .isEqualTo("From: Ada <ada@example.org>\r\n\r\nHello.\r\n");
  }

  @Test
  void a_report_named_by_a_token_is_taken_once_it_is_safe() throws Exception {
    DeliveryId delivery = new DeliveryId(UUID.randomUUID());
    List<IncomingReport> received = new CopyOnWriteArrayList<>();
    Path report = folder.resolve(FolderWorld.tokenFor(delivery) + ".eml");
    Files.writeString(report, "Subject: not delivered\r\n\r\nSorry.\r\n");
    FolderProvider reading =
        FolderWorld.provider(
            Shelf.FILES, Map.of("bounces", folder.toString(), "bounces-pause", "20ms"));
    try (AutoCloseable _ =
        reading
            .bounces()
            .orElseThrow()
            .open(
                incoming -> {
                  received.add(incoming);
                  return received.size() == 1 ? Receipt.NOT_STORED : Receipt.STORED;
                })) {
      await().until(() -> Files.notExists(report));
    }
    assertThat(received)
        .as("kept until it was safe")
        .hasSize(2)
        .extracting(IncomingReport::link)
        .containsOnly(new Link.Genuine(FolderWorld.TEAM, delivery));
  }

  @Test
  void a_report_with_the_token_inside_is_linked_too() throws Exception {
    DeliveryId delivery = new DeliveryId(UUID.randomUUID());
    List<IncomingReport> received = new CopyOnWriteArrayList<>();
    Files.writeString(
        folder.resolve("returned.eml"),
        "Subject: returned\r\n\r\nLeverans-Delivery: %s\r\n"
            .formatted(FolderWorld.tokenFor(delivery)));
    FolderProvider reading =
        FolderWorld.provider(Shelf.FILES, Map.of("bounces", folder.toString()));
    try (AutoCloseable _ =
        reading
            .bounces()
            .orElseThrow()
            .open(
                incoming -> {
                  received.add(incoming);
                  return Receipt.STORED;
                })) {
      await().until(() -> !received.isEmpty());
    }
    assertThat(received.getFirst().link()).isEqualTo(new Link.Genuine(FolderWorld.TEAM, delivery));
  }

  private static OpenChannel channel(Path folder) {
    return FolderWorld.channel(Map.of("folder", folder.toString()));
  }
}
