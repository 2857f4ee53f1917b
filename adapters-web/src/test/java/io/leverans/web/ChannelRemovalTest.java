package io.leverans.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.leverans.application.port.in.RemoveChannel;
import io.leverans.application.port.in.RemoveChannel.WithMail;
import io.leverans.application.view.WaitingAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelRemovalTest extends ConnectionRequests {
  @Test
  void a_removed_channel_tells_whose_channel_is_another() {
    var asked = new ArrayList<RemoveChannel.Command>();
    api.removeChannel =
        command -> {
          asked.add(command);
          return new RemoveChannel.Result.Removed(
              List.of(ChannelSamples.RECHOSEN), Optional.empty(), RemoveChannel.Access.NONE);
        };
    var answer = api.delete(ChannelSamples.PATH);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/rechosen/0/reason")).isEqualTo("team-channel");
    assertThat(answer.json().has("waiting")).isFalse();
    assertThat(answer.json().has("access")).isFalse();
    assertThat(asked)
        .containsExactly(
            new RemoveChannel.Command(Samples.CALLER, Samples.CHANNEL_ID, WithMail.REFUSE));
  }

  @Test
  void a_channel_is_removed_with_mail_left_waiting_only_if_that_is_said() {
    var asked = new ArrayList<WithMail>();
    api.removeChannel =
        command -> {
          asked.add(command.withMail());
          return new RemoveChannel.Result.Removed(
              List.of(), Optional.of(ChannelSamples.WAITING), RemoveChannel.Access.STILL_NEEDED);
        };
    var answer = api.delete(ChannelSamples.PATH + "?waiting=keep");
    assertThat(answer.json().path("waiting").toString())
        .isEqualTo("{\"messages\":3,\"recipients\":5,\"since\":\"2026-11-24T12:00:00Z\"}");
    assertThat(answer.at("/access")).isEqualTo("still-needed");
    assertThat(asked).containsExactly(WithMail.LEAVE_WAITING);
  }

  @Test
  void a_channel_that_mail_waits_for_is_not_removed() {
    var answer = remove(new RemoveChannel.Result.MailWaits(ChannelSamples.WAITING));
    assertProblem(answer, 409, "mail-waits");
    assertThat(answer.at("/detail"))
        .contains("3 messages for 5 recipients", "2026-11-24T12:00:00Z")
        .contains(ChannelSamples.PATH + "/move-waiting", "?waiting=keep");
    assertThat(answer.at("/waiting/messages")).isEqualTo("3");
    assertDescribed("Problem", answer);
    var one = new WaitingAmount(1, 1, Samples.NOON);
    assertThat(remove(new RemoveChannel.Result.MailWaits(one)).at("/detail"))
        .contains("1 message for 1 recipient.");
  }

  @Test
  void a_channel_that_cannot_be_removed_says_why() {
    assertProblem(remove(new RemoveChannel.Result.UnknownChannel()), 404, "unknown-channel");
    assertProblem(remove(new RemoveChannel.Result.NotYours()), 403, "channel-not-yours");
  }

  @Test
  void what_to_do_with_waiting_mail_is_a_word_of_ours() {
    var answer = api.delete(ChannelSamples.PATH + "?waiting=drop");
    assertProblem(answer, 400, "invalid-parameter");
    assertThat(answer.at("/parameter")).isEqualTo("waiting");
  }
}
