package io.leverans.web.json;

import io.leverans.application.view.Rechosen;
import io.leverans.domain.identity.ChannelChoice;
import java.util.UUID;

/**
 * An identity whose channel is another now, or is so for another reason.
 *
 * @param reason why it is the channel that it is now
 */
public record RechosenJson(
    UUID identityId,
    String address,
    UUID channelId,
    UUID previousChannelId,
    ChannelChoice.Reason reason) {
  public static RechosenJson of(Rechosen rechosen) {
    return new RechosenJson(
        rechosen.identity().id().value(),
        rechosen.identity().mailbox().address().toString(),
        rechosen.identity().channel().value(),
        rechosen.before().channel().value(),
        rechosen.identity().choice().reason());
  }
}
