package io.leverans.web.identity;

import io.leverans.application.port.in.ChooseChannel;
import io.leverans.application.view.Caller;
import io.leverans.domain.channel.ChannelId;
import io.leverans.domain.identity.IdentityId;
import io.leverans.web.input.Ids;
import io.leverans.web.input.JsonBody;
import io.leverans.web.input.JsonFields;
import io.leverans.web.problem.ProblemType;
import java.util.List;
import java.util.Optional;

/** The body of PUT /v1/identities/{id}/channel. */
record ChooseChannelJson(JsonBody body) {
  private static final List<String> FIELDS = List.of("channelId");
  private static final String WHAT =
      "the id of the channel to send through, or null to leave it to the rule again";

  ChooseChannel.Command toCommand(Caller caller, IdentityId identity) {
    Optional<ChannelId> channel = body.fields(FIELDS).flatMap(ChooseChannelJson::channel);
    body.findings().refuseAny();
    return new ChooseChannel.Command(caller, identity, channel);
  }

  /** Null means something here; what is forgotten does not. */
  private static Optional<ChannelId> channel(JsonFields fields) {
    return fields.isNull("channelId")
        ? Optional.empty()
        : fields
            .require("channelId", WHAT)
            .flatMap(field -> field.read(ProblemType.INVALID_FIELD, Ids::require))
            .map(ChannelId::new);
  }
}
