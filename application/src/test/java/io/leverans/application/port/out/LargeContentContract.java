package io.leverans.application.port.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leverans.application.port.out.NewMail.PlannedDelivery;
import io.leverans.application.port.out.NewMail.PlannedDispatch;
import io.leverans.application.port.out.WaitingMail.Moved;
import io.leverans.application.port.out.WaitingMail.MovedMessage;
import io.leverans.application.port.out.WaitingMail.WaitingMessage;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.channel.Lane;
import io.leverans.domain.delivery.DeliveryId;
import io.leverans.domain.delivery.DispatchId;
import io.leverans.domain.message.MessageId;
import io.leverans.domain.message.Octets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is promised of a mail however large it is. */
public interface LargeContentContract extends StoreContract {
  int PIECE = 256 * 1024;

  /** What is no size of anything, so that a piece in another's place shows. */
  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % 251 + i / PIECE);
    }
    return bytes;
  }

  /** Comparing first and telling afterwards: nobody reads megabytes of what is wrong. */
  private static void assertHolds(Octets found, byte[] bytes) throws IOException {
    assertThat(found.size()).isEqualTo(bytes.length);
    assertThat(Arrays.equals(found.toArray(), bytes)).as("the same octets").isTrue();
    try (InputStream in = found.open()) {
      in.skipNBytes(bytes.length / 2);
      int rest = bytes.length - bytes.length / 2;
      assertThat(in.readNBytes(bytes.length)).as("from the middle").hasSize(rest);
    }
  }

  private NewLoggedMail logged(Sender sender, Octets bytes) {
    return ChangedMail.withContent(sender.letters().loggedMail("<1@mailbox.example>"), bytes);
  }

  private NewMail containing(Sender sender, Octets bytes) {
    return ChangedMail.withContent(sender.mail("bo@example.com"), bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 1, 25 * 1024 * 1024})
  default void a_mail_comes_out_as_it_went_in(int size) throws IOException {
    var sender = new Sender(store());
    byte[] bytes = bytes(size);
    MessageId message = sender.accept(containing(sender, Octets.of(bytes)));

    Claim claim = sender.claimOne();

    assertHolds(claim.dispatch().content(), bytes);
    var found = store().messages().findDispatch(sender.team(), Sender.only(claim)).orElseThrow();
    assertHolds(found.dispatch().content(), bytes);
    assertThat(sender.read(message).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 1, 25 * 1024 * 1024})
  default void a_logged_mail_comes_out_as_it_went_in(int size) throws IOException {
    var sender = new Sender(store());
    byte[] bytes = bytes(size);
    NewLoggedMail mail = logged(sender, Octets.of(bytes));

    assertThat(store().messages().log(mail)).isInstanceOf(Messages.Logging.Logged.class);

    assertHolds(store().messages().findLogged(sender.team(), mail.id()).orElseThrow(), bytes);
    assertThat(sender.read(mail.id()).size()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PIECE, PIECE + 1, 3 * PIECE + 1})
  default void a_mail_that_is_moved_keeps_what_it_was_and_becomes_what_it_is_there(int size)
      throws IOException {
    var sender = new Sender(store());
    byte[] before = bytes(size);
    MessageId message = sender.accept(containing(sender, Octets.of(before)));
    WaitingMessage waiting =
        store().waitingMail().list(sender.team(), sender.channel(), 1, Optional.empty()).getFirst();
    assertHolds(waiting.composed(), before);
    Octets there = Octets.of(new byte[] {'!'}).followedBy(waiting.composed());

    Moved moved = store().waitingMail().move(sender.team(), moved(sender, waiting, there));

    assertThat(moved).isEqualTo(Moved.MOVED);
    byte[] after = new byte[size + 1];
    after[0] = '!';
    System.arraycopy(before, 0, after, 1, size);
    assertHolds(sender.claimOne().dispatch().content(), after);
    assertThat(sender.read(message).size()).isEqualTo(size + 1L);
  }

  private MovedMessage moved(Sender sender, WaitingMessage waiting, Octets there) {
    List<PlannedDelivery> left =
        waiting.left().entrySet().stream()
            .map(entry -> new PlannedDelivery(entry.getKey(), entry.getValue()))
            .toList();
    return new MovedMessage(
        waiting.id(),
        sender.channel(),
        new ChannelId(store().ids().next()),
        there,
        Optional.empty(),
        List.of(
            new PlannedDispatch(new DispatchId(store().ids().next()), new Lane("there"), left)));
  }

  @Test
  default void a_mail_that_is_not_of_the_size_it_tells_is_not_stored() {
    for (int given : List.of(PIECE - 1, 2 * PIECE, 4 * PIECE)) {
      var sender = new Sender(store());
      assertStoresNothing(sender, given, new ByteArrayInputStream(bytes(given)));
    }
  }

  @Test
  default void a_mail_whose_reading_breaks_off_is_not_stored() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    var sender = new Sender(store());
    assertStoresNothing(
        sender,
        2 * PIECE,
        new SequenceInputStream(new ByteArrayInputStream(bytes(2 * PIECE)), broken));
  }

  private void assertStoresNothing(Sender sender, int given, InputStream source) {
    var octets =
        new Octets() {
          @Override
          public long size() {
            return 3 * PIECE + 1;
          }

          @Override
          public InputStream open() {
            return source;
          }
        };
    NewMail mail = containing(sender, octets);

    assertThatThrownBy(() -> store().messages().accept(mail)).as("of %d", given).isNotNull();

    assertThat(store().messages().find(sender.team(), mail.message().id())).isEmpty();
    assertThat(sender.claim()).isEmpty();
  }

  @Test
  default void a_hundred_that_are_read_slowly_keep_nobody_from_the_store() throws IOException {
    var sender = new Sender(store());
    var _ = sender.accept(containing(sender, Octets.of(bytes(2 * PIECE))));
    Claim claim = sender.claimOne();
    InputStream[] readers = new InputStream[100];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = claim.dispatch().content().open();
      assertThat(readers[i].read()).isZero();
    }

    DeliveryId delivery = Sender.only(claim);
    assertThat(store().messages().findDispatch(sender.team(), delivery)).isPresent();

    for (InputStream reader : readers) {
      assertThat(reader.readAllBytes()).hasSize(2 * PIECE - 1);
    }
  }
}
